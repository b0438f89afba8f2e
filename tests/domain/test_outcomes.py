"""What becomes of drafts moves which comes first, in words a person understands."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.drafts import Draft, Line, Opening, Role, Script, Status
from bot.domain.outcomes import (
    ENOUGH,
    REMEMBERED,
    Became,
    Learned,
    Outcome,
    Trait,
    became,
    learn,
)
from bot.domain.taste import Tally

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)
DRAFT = Draft(1, 42, "short", NOW)


def script(
    opening: Opening = Opening.SCENE,
    *others: Opening,
    seconds: int = 30,
    text: str = "早上的雨",
    form: str = "short",
) -> Script:
    hook = Line(Role.HOOK, text, (1,), opening=opening)
    hooks = tuple(Line(Role.HOOK, text, (1,), opening=one) for one in others)
    return Script("", hook, (), hook, seconds, 1.0, other_hooks=hooks, form=form)


SCENES, QUESTIONS = script(Opening.SCENE), script(Opening.QUESTION)


def told(*pairs: tuple[Script, Became], times: int = 4) -> Learned:
    return learn([Outcome(*pair) for pair in pairs for _ in range(times)])


FILMS_SCENES = told((SCENES, Became.FILMED), (QUESTIONS, Became.IGNORED))


@pytest.mark.parametrize(
    ("draft", "changed", "gone_by", "what"),
    [
        (DRAFT, False, False, None),
        (DRAFT, False, True, Became.IGNORED),
        (replace(DRAFT, postponements=1), False, True, Became.POSTPONED),
        (replace(DRAFT, postponements=1, opened_at=NOW), False, True, Became.OPENED),
        (replace(DRAFT, opened_at=NOW), True, False, Became.KEPT),
        (replace(DRAFT, film_at=NOW), False, False, Became.KEPT),
        (replace(DRAFT, status=Status.KEPT), False, False, Became.KEPT),
        (replace(DRAFT, status=Status.FILMED), True, True, Became.FILMED),
        (replace(DRAFT, status=Status.PUBLISHED), False, False, Became.FILMED),
    ],
)  # fmt: skip
def test_a_draft_became_the_best_that_became_of_it(
    draft: Draft, changed: bool, gone_by: bool, what: Became | None
) -> None:
    assert became(draft, changed=changed, gone_by=gone_by) is what


def test_what_is_filmed_comes_before_what_is_ignored() -> None:
    assert FILMS_SCENES.order([QUESTIONS, SCENES]) == [1, 0]
    assert FILMS_SCENES.likes(SCENES) > 0 > FILMS_SCENES.likes(QUESTIONS)


def test_what_is_opened_comes_before_what_is_not() -> None:
    learned = told((SCENES, Became.OPENED), (QUESTIONS, Became.IGNORED))
    assert learned.order([QUESTIONS, SCENES]) == [1, 0]


def test_a_small_difference_does_not_outrank_the_stronger_thread() -> None:
    some = [(SCENES, Became.FILMED)] * 5 + [(QUESTIONS, Became.FILMED)] * 4
    learned = learn([Outcome(*one) for one in [*some, (QUESTIONS, Became.IGNORED)]])
    assert learned.order([QUESTIONS, SCENES]) == [0, 1]


def test_with_few_outcomes_nothing_is_moved() -> None:
    few = learn([Outcome(SCENES, Became.FILMED)] * (ENOUGH - 1))
    assert few.order([QUESTIONS, SCENES]) == [0, 1]
    assert few.opening(script(Opening.QUESTION, Opening.SCENE)) is None
    assert few.best(few.filmed) == []
    assert Learned().order([QUESTIONS, SCENES]) == [0, 1]


def test_the_opening_that_is_filmed_comes_to_the_front_where_a_script_has_it() -> None:
    assert FILMS_SCENES.opening(script(Opening.QUESTION, Opening.SCENE)) is Opening.SCENE
    assert FILMS_SCENES.opening(script(Opening.QUESTION, Opening.NUMBER)) is None
    assert FILMS_SCENES.opening(script(Opening.SCENE, Opening.QUESTION)) is None


def test_what_stands_out_is_told_with_how_often() -> None:
    assert FILMS_SCENES.best(FILMS_SCENES.filmed) == [(Trait.OPENING, "scene", Tally(4, 4))]
    assert FILMS_SCENES.best(FILMS_SCENES.unopened) == [(Trait.OPENING, "question", Tally(4, 4))]


def test_length_form_and_a_word_that_recurs_count_too() -> None:
    rain = script(text="下雨了", seconds=30)
    tram = script(text="電車停了", seconds=60, form="post")
    learned = told((rain, Became.FILMED), (tram, Became.IGNORED))
    filmed = {trait: value for trait, value, _ in learned.best(learned.filmed)}
    assert filmed == {Trait.LENGTH: "short", Trait.FORM: "short", Trait.THEME: "下雨"}
    assert learned.words["电车"] == "電車"  # told as it was written


def test_what_was_long_ago_is_forgotten() -> None:
    old = [Outcome(QUESTIONS, Became.FILMED)] * REMEMBERED
    learned = learn([*old, *([Outcome(SCENES, Became.FILMED)] * REMEMBERED)])
    assert learned.told == REMEMBERED
    assert set(learned.filmed[Trait.OPENING]) == {"scene"}
