"""After a day, a week, a month; then it rests."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import returns
from bot.domain.returns import Waiting

MADE = datetime(2026, 11, 20, 4, tzinfo=UTC)
DAY = timedelta(days=1)


def waiting(id: int = 1, *, round: int = 1, made: datetime = MADE, **more: object) -> Waiting:
    facts: dict[str, object] = {"returns": 0, "returns_at": made + DAY, "returned_at": None}
    return Waiting(id, f"idea {id}", "claude", round, made, **(facts | more))  # type: ignore[arg-type]


def chosen(*ideas: Waiting, touched: set[int] | None = None) -> list[int]:
    return [one.id for one in returns.choose(ideas, touched or set(), now=MADE + DAY)]


@pytest.mark.parametrize(("done", "days"), [(0, 7), (1, 30), (2, None), (5, None)])
def test_it_comes_back_after_a_day_a_week_and_a_month_and_then_rests(
    done: int, days: int | None
) -> None:
    now = MADE + (DAY, 7 * DAY, 30 * DAY, 99 * DAY)[min(done, 3)]
    expected = MADE + days * DAY if days else None
    assert returns.following(waiting(returns=done), now) == expected


def test_one_that_is_late_keeps_its_distance() -> None:
    late = MADE + 20 * DAY
    assert returns.following(waiting(), late) == late + 5.5 * DAY


def test_only_what_is_due_or_touched_comes_back() -> None:
    due, resting = waiting(1), waiting(3, returns_at=None)
    early = waiting(2, returns_at=MADE + 2 * DAY)
    assert chosen(due, early, resting) == [1]
    assert chosen(due, early, resting, touched={3}) == [3, 1]


def test_at_most_three_come_back_and_of_as_many_rounds_as_there_are() -> None:
    ideas = [waiting(n, round=1) for n in range(1, 6)] + [waiting(9, round=2)]
    assert chosen(*ideas) == [1, 9, 2]


def test_what_became_due_last_comes_first() -> None:
    old = waiting(1, made=MADE - 40 * DAY, round=1)
    assert chosen(old, waiting(2, round=2)) == [2, 1]


class TestTouched:
    def test_the_words_an_idea_grew_from_do_not_bring_it_back(self) -> None:
        assert not returns.may_be_touched(waiting(), since=MADE, now=MADE + DAY)
        assert not returns.may_be_touched(waiting(), since=None, now=MADE + DAY)
        assert returns.may_be_touched(waiting(), since=MADE + DAY, now=MADE + 2 * DAY)

    def test_the_same_theme_every_day_does_not_bring_it_back_every_day(self) -> None:
        since, rode = MADE + 3 * DAY, MADE + 2 * DAY
        idea = waiting(returned_at=rode)
        assert not returns.may_be_touched(idea, since=since, now=rode + 6 * DAY)
        assert returns.may_be_touched(idea, since=since, now=rode + 7 * DAY)
