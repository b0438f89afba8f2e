"""Question cards: which are dealt, and which words they quote."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.likeness import quotations
from bot.domain.records import Language, Mode
from bot.domain.sieve import sift
from bot.domain.taste import Tally, Taste
from bot.domain.words import is_thin
from bot.engines.offline import CARDS_A_LOOK, OfflineWriter
from bot.engines.prompts import PromptLibrary
from bot.engines.questions import OF_A_MODE, load_questions
from bot.engines.quoting import nouns
from bot.errors import PromptError
from bot.journey.ports import ExpandAsk, IdeaSketch

PROMPTS = Path(__file__).parents[2] / "prompts"
WRITER = OfflineWriter(PromptLibrary(PROMPTS))
QUESTIONS = load_questions(PromptLibrary(PROMPTS))
HANT, HANS, EN = Language.ZH_HANT, Language.ZH_HANS, Language.EN
ASK = ExpandAsk(1, "坐到公司那一站，念頭就散了", 3, HANT)


async def cards(ask: ExpandAsk) -> list[IdeaSketch]:
    return [sketch async for sketch in WRITER.expand(ask)]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.ANGLES])
async def test_the_first_page_asks_for_what_was_asked_for(mode: Mode, language: Language) -> None:
    dealt = await cards(replace(ASK, mode=mode, language=language))
    made = {card.how for card in QUESTIONS[language].of(mode)}
    assert len(made) >= OF_A_MODE
    assert {card.mechanism for card in dealt[: len(made)]} == made
    assert len(sift(dealt).kept) == len(dealt) == 12


async def test_a_card_says_its_move_as_the_files_of_the_moves_does() -> None:
    dealt = await cards(ASK)
    assert {(card.move_id, card.move) for card in dealt} == {
        ("reverse", "反過來"),
        ("audience", "換個人聽"),
        ("constrain", "加個限制"),
        ("analogy", "打個比方"),
    }
    assert all(card.lens_id == "" and card.lens for card in dealt)


async def test_what_was_tried_least_comes_first_and_then_what_is_kept() -> None:
    moves = {
        "audience": Tally(90, 99),
        "constrain": Tally(0, 99),
        "analogy": Tally(0, 99),
        "reverse": Tally(0, 3),
    }
    dealt = await cards(replace(ASK, taste=Taste(moves=moves)))
    assert [card.move_id for card in dealt[:2]] == ["reverse", "audience"]
    assert {card.move_id for card in dealt[:4]} == set(moves)


async def test_a_refill_is_smaller_and_holds_no_card_shown() -> None:
    shown = tuple(card.title for card in await cards(ASK))
    more = await cards(replace(ASK, looks=1, shown=shown))
    assert len(more) == CARDS_A_LOOK
    assert not {card.title for card in more} & set(shown)


@pytest.mark.parametrize("language", Language)
async def test_a_mix_forces_the_two_together_and_cites_both(language: Language) -> None:
    mixed = replace(ASK, mix="冰箱裡只剩一顆檸檬", mix_n=8, language=language)
    dealt = await cards(mixed)
    assert len(sift(dealt).kept) >= 4
    assert {card.sources for card in dealt} == {(3, 8)}
    assert {card.move_id for card in dealt} == {"link"}
    assert all(set(quotations(card.title)) == {ASK.seed, mixed.mix} for card in dealt)


async def test_two_ideas_that_stand_in_no_fragment_can_be_mixed() -> None:
    dealt = await cards(ExpandAsk(1, "夜班護士", None, HANT, mix="檸檬"))
    assert {card.sources for card in dealt} == {()}


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("坐到公司那一站，念頭就散了", ["公司", "念頭"]),
        ("害怕失败", []),
        ("她很慢地走了", []),
        ("She clapped the second time, on the stairs", ["stairs"]),
        ("a second quickly", []),
        ("My boss said no to the plan", ["boss", "plan"]),
        ("I was walking slowly and talking", []),
        ("我用 Notion 記 MRT 上的事", ["Notion", "MRT"]),
        ("My ad is at 7", []),
        ("🍌🍌", []),
    ],
)
def test_only_what_can_stand_alone_is_asked_about_alone(text: str, alone: list[str]) -> None:
    assert sorted(nouns(text, [])) == sorted(alone)


async def test_without_a_noun_every_card_quotes_a_passage() -> None:
    for round in range(2):
        for card in await cards(ExpandAsk(1, "害怕失败", None, HANS, round=round)):
            assert quotations(card.title) == ["害怕失败"]


ODD = st.sampled_from(
    [
        "🍌", "👩‍🚀", "捷運", "念頭", "coffee", "plan", "2024", "3.5%", "，", "。", "？", "\n", " ",
        "「", "」", "“", "”", '"', "{", "}", "{word}", "%s", "<b>", "/start", "@me", "vlog", "嘅",
        "مرحبا", "дом", "の", "https://example.com/a", "\u200b", "長", "她說", "because",
        "incomprehensibilities", "我覺得",
    ]
)  # fmt: skip
SEEDS = st.lists(ODD, min_size=1, max_size=60).map("".join) | st.text(min_size=1, max_size=80)


@settings(deadline=None, max_examples=60)
@given(SEEDS, st.sampled_from(Language), st.sampled_from(Mode))
async def test_whatever_a_seed_holds_it_gets_at_least_four_cards(
    seed: str, language: Language, mode: Mode
) -> None:
    if is_thin(seed):
        return
    dealt = await cards(ExpandAsk(1, seed, None, language, mode=mode))
    assert len(sift(dealt).kept) >= 4


@pytest.mark.parametrize(
    "seed",
    ["捷運 念頭 " * 600, "長" * 4080 + "故事 結尾", "A plan, and coffee. " * 200, "字" * 4096],
)
async def test_of_a_seed_as_long_as_a_message_cards_quote_passages(seed: str) -> None:
    for mode in Mode:
        dealt = await cards(ExpandAsk(1, seed, None, HANT, mode=mode))
        assert len(sift(dealt).kept) >= 4
        assert all(len(card.title) < 200 for card in dealt)


async def test_of_a_seed_of_emoji_cards_quote_the_emoji() -> None:
    dealt = await cards(ExpandAsk(1, "🍌🍌", None, HANT))
    assert len(dealt) == 12
    assert all(quotations(card.title) == ["🍌🍌"] for card in dealt)


def _without_hooks(data: dict[str, Any]) -> None:
    data["cards"] = [card for card in data["cards"] if card.get("mode") != "hooks"]


def _with_unknown_move(data: dict[str, Any]) -> None:
    data["cards"][0]["move"] = "twist"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without_hooks, "fewer than 4 cards of the mode hooks"),
        (_with_unknown_move, "no move 'twist' in moves.yaml"),
    ],
)
def test_a_file_that_cannot_be_dealt_from_is_named(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    folder = shutil.copytree(PROMPTS, tmp_path / "prompts")
    path = folder / "questions.en.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(PromptError, match=said):
        load_questions(PromptLibrary(folder))
