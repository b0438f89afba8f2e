"""A played month holds what the evening digest promises."""

import asyncio
from itertools import pairwise

import pytest

from bench.text import month, month_days
from bench.text.month_judge import Figures
from bot.domain.records import Language


@pytest.fixture(scope="module")
def played() -> Figures:
    """Thirty evenings in Taiwan with a paid writer that strays and fails, and the free one behind
    it; the two other languages are played by `make bench-text`."""
    return asyncio.run(month.played(Language.ZH_HANT, "paid"))


def test_every_evening_that_has_something_to_say_is_sent_once(played: Figures) -> None:
    assert played.sent.good == played.sent.of == 25


def test_no_draft_repeats_an_earlier_one_and_no_digest_has_more_than_three(
    played: Figures,
) -> None:
    assert (played.repeats, played.most <= 3) == (0, True)


def test_every_line_holds_and_none_that_was_meant_to_deceive_is_shown(played: Figures) -> None:
    assert played.lines > 80
    assert (played.refused, played.deceived.good) == (0, 0)
    assert played.deceived.of > 10


def test_a_thin_day_gets_a_question_and_a_silent_one_nothing(played: Figures) -> None:
    assert (str(played.thin), str(played.silent)) == ("5/5", "3/3")


def test_what_was_put_off_is_back_on_its_evening(played: Figures) -> None:
    assert str(played.back) == "3/3"


def test_a_digest_is_paid_for_once_and_repaired_once(played: Figures) -> None:
    assert played.attempts > 20
    assert (played.most_attempts, played.most_repairs, played.needless) == (1, 1, 0)


def test_whether_the_digest_should_come_otherwise_is_asked_once(played: Figures) -> None:
    assert played.asks == 1


@pytest.mark.parametrize("language", month_days.LANGUAGES)
def test_a_month_holds_days_of_every_kind(language: Language) -> None:
    days = month_days.read(language).days
    assert len(days) == 30
    assert {one.kind for one in days} == month_days.CARRIES | month_days.THIN | {"silent", "again"}
    assert [one.kind == "silent" for one in days].count(True) == 3
    assert all(one.said or two.said for one, two in pairwise(days))
