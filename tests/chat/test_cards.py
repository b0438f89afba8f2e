"""A page of cards: what its header counts, what its tags say, and which buttons stand under it."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.chat import buttons
from bot.chat.buttons import Action
from bot.chat.layout import cards, why
from bot.chat.layout.letter import Letter
from bot.chat.wording import wording
from bot.domain.records import Expansion, Idea, Language, Mode, Verdict
from bot.journey.expand import Round
from tests.journey.conftest import NOON

SAY = wording(Language.EN)
NEW, KEPT, MAYBE, DROPPED = Verdict.NEW, Verdict.KEPT, Verdict.MAYBE, Verdict.DROPPED


def idea(position: int, verdict: Verdict = NEW, *, by: int = 7, **more: object) -> Idea:
    made = Idea(
        id=100 + position,
        person_id=42,
        expansion_id=1,
        position=position,
        title=f"title {position}",
        lens="a nurse",
        move="reversed",
        mechanism="m",
        sources=(12,),
        by="claude",
        verdict=verdict,
        decided_at=None if verdict is NEW else NOON,
        decided_by=None if verdict is NEW else by,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def page(*ideas: Idea, number: int = 0, **facts: object) -> Letter:
    """A page of these cards, of a round that dug no more than them unless `facts` say so."""
    expansion = Expansion(id=1, person_id=42, seed="rain", seed_n=None, round=0, dug=len(ideas))
    round = Round(replace(expansion, **facts), list(ideas))  # type: ignore[arg-type]
    return cards.page(SAY, round, number)


def header(*ideas: Idea, **facts: object) -> str:
    return page(*ideas, **facts).text.splitlines()[0]


def keys(letter: Letter) -> list[list[str]]:
    assert letter.keyboard is not None
    return [[one.text for one in row] for row in letter.keyboard.inline_keyboard]


def pressed(letter: Letter, label: str) -> tuple[Action, tuple[int, ...]]:
    """What the button with this label carries."""
    assert letter.keyboard is not None
    (data,) = (
        one.callback_data
        for row in letter.keyboard.inline_keyboard
        for one in row
        if label == one.text
    )
    press = buttons.read(str(data))
    assert press is not None
    return press.action, press.ids


class TestTheHeader:
    def test_it_accounts_for_all_that_was_dug(self) -> None:
        ten = [idea(n) for n in range(10)]
        assert header(*ten, dug=20, duplicates=7) == (
            "20 dug · 7 duplicates dropped · 3 more through the same eyes left out · page 1/3"
        )

    def test_beyond_three_pages_the_rest_is_left_out_whoever_looks(self) -> None:
        twelve = [idea(n) for n in range(12)]
        assert header(*twelve, dug=20, duplicates=7) == (
            "20 dug · 7 duplicates dropped · 1 more left out · page 1/3"
        )

    def test_it_counts_what_was_kept_on_all_pages(self) -> None:
        six = [idea(n, KEPT if n in (0, 5) else DROPPED) for n in range(6)]
        assert header(*six, number=1) == "6 dug · page 2/2 · 2 kept"

    @pytest.mark.parametrize(
        ("mode", "says"),
        [
            (Mode.ANGLES, "20 dug"),
            (Mode.HOOKS, "20 hooks dug"),
            (Mode.TITLES, "20 titles dug"),
            (Mode.STORIES, "20 stories dug"),
            (Mode.VISUALS, "20 pictures dug"),
        ],
    )
    def test_it_says_what_was_asked_for(self, mode: Mode, says: str) -> None:
        assert header(idea(0), mode=mode, dug=20, duplicates=19).startswith(f"{says} · ")

    def test_questions_are_called_questions_whatever_was_asked_for(self) -> None:
        assert header(replace(idea(0), by="offline"), mode=Mode.HOOKS) == "1 question · page 1/1"


class TestTheTag:
    def tags(self, *ideas: Idea, number: int = 0) -> list[str]:
        lines = page(*ideas, number=number).text.splitlines()
        return [after for line, after in pairwise(lines) if ". title" in line]

    def test_it_names_the_eyes_the_move_and_the_fragments(self) -> None:
        assert self.tags(idea(0, sources=(12, 3))) == ["(a nurse · reversed) #12 #3"]

    def test_a_card_much_like_one_before_it_on_the_page_says_so_in_words(self) -> None:
        alike = self.tags(idea(0), idea(1, stack=0), idea(2, stack=0))
        assert alike[1:] == ["(a nurse · reversed) #12 · ≈ 1 (much alike)"] * 2

    def test_a_card_like_one_on_another_page_says_nothing_that_cannot_be_seen(self) -> None:
        five = [idea(n) for n in range(5)]
        assert "≈" not in "".join(self.tags(*five, idea(5, stack=3), number=1))
        seventh = self.tags(*five, idea(5), idea(6, stack=5), number=1)[-1]
        assert seventh.endswith("≈ 2 (much alike)")

    def test_a_dropped_card_is_struck_through_and_says_so_in_words(self) -> None:
        letter = page(idea(0), idea(1, DROPPED))
        (struck,) = (one for one in letter.spans if one.kind == "strikethrough")
        assert letter.text[struck.start : struck.end] == "title 1"
        assert self.tags(idea(0), idea(1, DROPPED))[1] == "(a nurse · reversed) #12 · dropped"


class TestTheButtons:
    def test_a_page_has_two_rows_of_four_and_one_of_three(self) -> None:
        assert keys(page(*[idea(n) for n in range(12)])) == [
            ["1⭐", "2⭐", "3⭐", "4⭐"],
            ["1🤨", "2🤨", "3🤨", "4🤨"],
            ["🗑 Drop the rest", "Next page ›", "🎲 Other eyes"],
        ]

    def test_a_page_with_fewer_cards_has_fewer_buttons(self) -> None:
        last = page(*[idea(n) for n in range(9)], number=2)
        assert keys(last) == [
            ["1⭐"],
            ["1🤨"],
            ["🗑 Drop the rest", "‹ First page", "🎲 Other eyes"],
        ]

    def test_a_button_carries_what_it_sets(self) -> None:
        letter = page(idea(0, KEPT), idea(1, MAYBE), idea(2))
        assert pressed(letter, "✓1⭐") == (Action.TAKE_BACK, (100,))
        assert pressed(letter, "1🤨") == (Action.MAYBE, (100,))
        assert pressed(letter, "2⭐") == (Action.KEEP, (101,))
        assert pressed(letter, "✓2🤨") == (Action.TAKE_BACK, (101,))
        assert pressed(letter, "🗑 Drop the rest") == (Action.DROP_REST, (1, 0))

    def test_what_was_dropped_last_is_what_comes_back(self) -> None:
        letter = page(idea(0, DROPPED, by=8), idea(1, DROPPED, by=9), idea(2, KEPT, by=10))
        assert pressed(letter, "✓🗑 Bring back") == (Action.BRING_BACK, (1, 0, 9))

    def test_where_all_is_kept_there_is_nothing_to_drop_or_bring_back(self) -> None:
        assert keys(page(idea(0, KEPT)))[-1] == ["🎲 Other eyes"]


class TestTheQuestionAfterIt:
    def asked(self, *kept: Idea) -> list[str]:
        letter = why.question(SAY, kept)
        assert letter.silent
        return letter.text.splitlines()

    def test_two_stand_by_number_before_one_question(self) -> None:
        assert self.asked(idea(2, KEPT), idea(0, KEPT)) == [
            "That round is panned: you kept 2 of the AI's ideas.",
            "",
            "1. title 2",
            "2. title 0",
            "",
            "Which of the two must you tell, and why you?",
            "",
            "Reply to this, typed or spoken, and it is kept with them; begin with 1 or 2, "
            "and it is kept with that one.",
        ]

    def test_of_many_it_says_which_two_these_are(self) -> None:
        lines = self.asked(*[idea(n, KEPT) for n in range(5)])
        assert lines[:2] == [
            "That round is panned: you kept 5 of the AI's ideas.",
            "The first two you starred:",
        ]
        assert "title 2" not in "".join(lines)

    def test_the_only_one_needs_no_number(self) -> None:
        lines = self.asked(idea(0, KEPT))
        assert lines[2:5] == ["title 0", "", "Why must you be the one to tell it?"]

    @pytest.mark.parametrize(
        ("count", "asks"),
        [
            (1, "Why must you be the one to answer it?"),
            (2, "Which of the two must you answer, and why you?"),
        ],
    )
    def test_of_questions_it_asks_why_the_answer_is_theirs(self, count: int, asks: str) -> None:
        lines = self.asked(*[replace(idea(n, KEPT), by="offline") for n in range(count)])
        assert asks in lines
        assert "AI" not in "".join(lines)
