"""The offline writer: questions that quote the person, and drafts in nothing but their words."""

import shutil
from pathlib import Path

import pytest
import yaml

from bot.domain.likeness import quotations
from bot.domain.records import Language
from bot.domain.sieve import sift
from bot.domain.taste import Tally, Taste
from bot.domain.words import is_blank, is_thin
from bot.engines.offline import CARDS, OfflineWriter
from bot.engines.prompts import PromptLibrary
from bot.errors import PromptError
from bot.journey.ports import ExpandAsk, IdeaSketch, Material

PROMPTS = Path(__file__).parents[2] / "prompts"
HANT, HANS, EN = Language.ZH_HANT, Language.ZH_HANS, Language.EN
SEED = "坐到公司那一站,念頭就散了"

NOODLES = "拉麵店老闆每天四點起床熬湯。他說湯不會騙人。我問他為什麼不用機器。他說機器不會聞。"
CAT = "我家的貓不喝水。醫生說要放三個碗。放了以後牠只喝馬桶的。我覺得牠在教我放下。"


@pytest.fixture(scope="module")
def writer() -> OfflineWriter:
    return OfflineWriter(PromptLibrary(PROMPTS))


def material(*texts: str) -> tuple[Material, ...]:
    return tuple(Material(n, text) for n, text in enumerate(texts, 1))


async def cards(writer: OfflineWriter, ask: ExpandAsk) -> list[IdeaSketch]:
    return [sketch async for sketch in writer.expand(ask)]


def asking(seed: str, language: Language = HANT, **more: object) -> ExpandAsk:
    return ExpandAsk(1, seed, None, language, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "seed",
    [
        SEED,
        "靈感都在捷運上",
        "阿嬤的雜貨店要收了",
        "我喺地鐵度諗到嘅嘢,返到屋企就唔記得咗啲",
        "时间管理",
        "害怕失败",
        "他說「好累」就走了",
        "plan B",
        "My boss said “great idea” and never called.",
        'my boss said "no" to the "plan"',
        "I only film in stairwells. The light is bad. Nobody minds.",
        "مرحبا بالعالم",
        "拍片 vlog",
        "<b>bold</b> & {word} {0} %s",
        "念頭\n\n散了",
        "長" * 3000 + "故事 結尾",
    ],
)
async def test_any_seed_that_is_not_thin_gets_at_least_four_cards(
    writer: OfflineWriter, seed: str, language: Language
):
    dealt = await cards(writer, asking(seed, language))
    kept = sift(dealt).kept
    assert not is_thin(seed)
    assert len(dealt) == CARDS
    assert len(kept) >= 10
    assert len({card.mechanism for card in kept}) == len(kept)


@pytest.mark.parametrize("seed", ["嗯", "😀" * 2048, "🍌", "https://example.com/a", "a\u200bb"])
async def test_a_fragment_with_hardly_a_word_still_gets_four_cards(
    writer: OfflineWriter, seed: str
):
    assert len(sift(await cards(writer, asking(seed))).kept) >= 4


async def test_every_card_quotes_the_persons_own_words(writer: OfflineWriter):
    for card in await cards(writer, asking(SEED, HANT, material=material(CAT))):
        assert quotations(card.title)
        for words in quotations(card.title):
            assert words.removesuffix("…") in SEED + CAT


async def test_the_question_is_in_the_language_asked_for_and_the_quote_as_written(
    writer: OfflineWriter,
):
    titles = [card.title for card in await cards(writer, asking(SEED, HANS))]
    assert any("念頭就散了" in title for title in titles)
    assert any("护士" in title or "镜头" in title or "哪" in title for title in titles)


async def test_a_forced_link_with_a_distant_own_fragment_is_on_the_first_page(
    writer: OfflineWriter,
):
    near, far = Material(2, "公司那一站的念頭"), Material(3, "早餐店阿姨把蛋餅切成六塊")
    borrowed = Material(4, "別人寫的火箭發射現場")
    ask = ExpandAsk(1, SEED, 1, HANT, (Material(1, SEED), near, far, borrowed))
    linked = [card for card in (await cards(writer, ask))[:4] if len(card.sources) == 2]
    assert [card.sources for card in linked] == [(1, 3)]
    assert far.text in linked[0].title


async def test_another_round_deals_others_first_and_never_a_card_seen(writer: OfflineWriter):
    shown: list[str] = []
    for round_ in range(4):
        ask = asking(SEED, material=material(CAT, NOODLES), round=round_, shown=tuple(shown))
        kept = sift(await cards(writer, ask), shown).kept
        assert len(kept) >= 4
        assert not {card.title for card in kept} & set(shown)
        shown += [card.title for card in kept]


async def test_what_the_person_keeps_is_dealt_earlier_than_what_they_drop(writer: OfflineWriter):
    moves = ("reverse", "audience", "constrain", "analogy")
    tallies = {move: Tally(9 * (move == "analogy"), 10) for move in moves}

    async def places(taste: Taste) -> int:
        """Where the first card of that move stands, over many seeds, added up."""
        asks = [asking(f"第{n}條捷運上的靈感", taste=taste) for n in range(30)]
        rounds = [[card.move_id for card in await cards(writer, ask)] for ask in asks]
        return sum(one.index("analogy") for one in rounds)

    assert await places(Taste(moves=tallies)) < 0.6 * await places(Taste())


async def test_the_same_request_gets_the_same_cards(writer: OfflineWriter):
    again = OfflineWriter(PromptLibrary(PROMPTS))
    ask = asking(SEED, material=material(CAT))
    assert await cards(writer, ask) == await cards(again, ask)


async def test_a_blank_seed_gets_no_cards(writer: OfflineWriter):
    assert await cards(writer, asking(" \u200b")) == []


def test_a_question_quotes_what_it_is_about(writer: OfflineWriter):
    asked = {writer.question(SEED, HANT, turn=turn) for turn in range(5)}
    assert len(asked) == 5
    assert all(f"「{SEED}」" in question for question in asked)


@pytest.mark.parametrize("language", Language)
def test_with_nothing_to_quote_the_question_is_still_concrete(
    writer: OfflineWriter, language: Language
):
    asked = [writer.question(" ", language, turn=turn) for turn in (0, 1)]
    assert asked[0] != asked[1]
    assert not any(is_blank(question) or "{" in question for question in asked)


def broken(tmp_path: Path, field: str, value: object) -> PromptLibrary:
    folder = shutil.copytree(PROMPTS, tmp_path / "prompts")
    path = folder / "questions.en.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data[field] = value
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return PromptLibrary(folder)


CARD = {"ask": "{quote}?", "move": "m", "lens": "l", "how": "h"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("about", ["{quote} {mood}"], "about.0: Value error, unknown placeholder {mood}"),
        ("about", ["why?"], "missing placeholder {quote}"),
        ("nothing", ["{quote}?"], "unknown placeholder {quote}"),
        ("links", [CARD], "links.0.ask: Value error, missing placeholder {other}"),
        ("cards", [CARD] * 12, "two cards have the same how: h"),
        (
            "cards",
            [CARD | {"how": str(n)} for n in range(12)],
            "more than 2 cards have the lens: l",
        ),
        (
            "cards",
            [CARD | {"ask": "{0}"}] * 12,
            "cards.0.ask: Value error, unknown placeholder {0}",
        ),
        ("cards", [CARD | {"ask": "{quote"}] * 12, "cards.0.ask"),
        ("card", [], "card: Extra inputs are not permitted"),
    ],
)
def test_a_broken_question_is_named_by_file_and_field(
    tmp_path: Path, field: str, value: object, said: str
):
    with pytest.raises(PromptError) as raised:
        OfflineWriter(broken(tmp_path, field, value))
    assert "questions.en.yaml" in str(raised.value)
    assert said in str(raised.value)
