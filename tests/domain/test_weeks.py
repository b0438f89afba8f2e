"""Where a week begins and ends, and what is counted in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain import weeks
from bot.domain.drafts import Draft, Status
from bot.domain.records import Fragment, Idea, Kind, Language, Media, Origin, Person, Verdict
from bot.domain.weeks import Found, WeekBody

SUNDAY, FRIDAY = date(2026, 11, 22), date(2026, 11, 20)
MING = Person(42, Language.ZH_HANT, "Asia/Taipei", time(21), datetime(2026, 1, 1, tzinfo=UTC))
OFF_WORK = replace(MING, weekdays_only=True)
A_DAY = timedelta(days=1)


def at(day: int, hour: float) -> datetime:
    """A moment in Taipei on this day of November 2026."""
    return datetime(2026, 11, day, tzinfo=UTC) + timedelta(hours=hour - 8)


def fragment(n: int, when: datetime, text: str = "下雨了", **more: Any) -> Fragment:
    return Fragment(n, 42, n, more.pop("kind", Kind.TEXT), Origin.OWN, text, n, when, **more)


def draft(id: int, when: datetime, status: Status = Status.NEW, **more: Any) -> Draft:
    return Draft(id, 42, "short", when, status=status, status_at=more.pop("done", when), **more)


def look_back(
    *fragments: Fragment, drafts: tuple[Draft, ...] = (), gold: tuple[Any, ...] = ()
) -> WeekBody:
    kept = [*(one for one in fragments if one.gold_at), *gold]
    titles = {one.id: f"稿 {one.id}" for one in drafts}
    return weeks.look_back(SUNDAY, MING, Found(fragments, kept, drafts, titles, ()))


@pytest.mark.parametrize(
    ("evening", "person", "week"),
    [
        (SUNDAY, MING, SUNDAY),
        (SUNDAY + A_DAY, MING, SUNDAY),  # should it not have come
        (FRIDAY, MING, None),
        (FRIDAY, OFF_WORK, FRIDAY),
        (FRIDAY + 3 * A_DAY, OFF_WORK, FRIDAY),
        (SUNDAY + 2 * A_DAY, OFF_WORK, None),
        (SUNDAY, replace(MING, digest_at=None), None),
        (SUNDAY, replace(MING, paused_until=SUNDAY + A_DAY), None),
        (SUNDAY, replace(MING, paused_until=SUNDAY), SUNDAY),
    ],
)
def test_the_week_is_looked_back_at_on_its_last_evening(
    evening: date, person: Person, week: date | None
) -> None:
    assert weeks.due(evening, person) == week


@pytest.mark.parametrize(
    ("now", "person", "week"),
    [
        (at(16, 9), MING, SUNDAY),
        (at(22, 20.9), MING, SUNDAY),
        (at(22, 21), MING, SUNDAY + 7 * A_DAY),
        (at(23, 3), MING, SUNDAY + 7 * A_DAY),
        (at(23, 3), replace(MING, digest_at=None), SUNDAY),  # still Sunday's night
        (at(21, 9), OFF_WORK, FRIDAY + 7 * A_DAY),
    ],
)
def test_the_running_week_ends_with_its_evening(now: datetime, person: Person, week: date) -> None:
    assert weeks.running(now, person) == week


def test_each_day_has_its_fragments_and_those_of_a_week_before() -> None:
    body = look_back(
        fragment(1, at(9, 12)),
        fragment(2, at(14, 12)),
        fragment(3, at(16, 12)),
        fragment(4, at(17, 2)),  # the night belongs to Monday
        fragment(5, at(22, 20)),
    )
    assert [(one.said, one.before) for one in body.days] == [
        (2, 1), (0, 0), (0, 0), (0, 0), (0, 0), (0, 1), (1, 0)
    ]  # fmt: skip
    assert (body.days[0].day, body.said, body.before) == (date(2026, 11, 16), 3, 2)


def test_what_is_said_after_the_evening_is_counted_in_the_next_week_and_only_there() -> None:
    late = fragment(1, at(15, 23)), fragment(2, at(22, 23))
    this = look_back(*late)
    assert [one.said for one in this.days] == [1, 0, 0, 0, 0, 0, 0]
    following = weeks.look_back(SUNDAY + 7 * A_DAY, MING, Found(late, (), (), {}, ()))
    first = following.days[0]
    assert (first.said, first.before) == (1, 1)


def test_gold_is_counted_by_the_day_it_was_kept_and_shown_by_its_lines() -> None:
    old = fragment(1, at(2, 12), "外婆的縫紉機", gold_at=at(18, 12))
    idea = Idea(
        7, 42, 1, 0, "如果地鐵會說話", "", "", "", (), "claude", verdict=Verdict.KEPT,
        decided_at=at(19, 12),
    )  # fmt: skip
    body = look_back(old, gold=(idea,))
    assert [one.kept for one in body.days] == [0, 0, 1, 1, 0, 0, 0]
    assert [(one.n, one.text, one.by) for one in body.gold] == [
        (1, "外婆的縫紉機", ""), (0, "如果地鐵會說話", "claude")
    ]  # fmt: skip
    assert body.said == 0
    assert not body.silent


def test_minutes_of_voice_are_the_person_s_own() -> None:
    note = Media("f", None, "audio/ogg", 1, duration_s=90)
    mine = fragment(1, at(17, 9), kind=Kind.VOICE, media=(note,))
    theirs = replace(mine, n=2, origin=Origin.FORWARDED)
    assert look_back(mine, theirs).voice_s == 90


def test_drafts_are_told_by_what_became_of_them() -> None:
    body = look_back(
        drafts=(
            draft(1, at(3, 21), Status.PUBLISHED, done=at(4, 9), figures="300 views"),
            draft(2, at(3, 21), Status.PUBLISHED, done=at(4, 9), figures="9 likes"),
            draft(3, at(17, 21), Status.FILMED, done=at(18, 9), opened_at=at(17, 22)),
            draft(4, at(10, 21), Status.PUBLISHED, done=at(19, 9), figures="812 views"),
            draft(5, at(18, 20), opened_at=at(18, 21)),
            draft(6, at(19, 20), postponed_to=date(2026, 11, 24)),
        )
    )
    assert (body.written, body.opened, body.filmed, body.published) == (3, 2, 1, 1)
    assert [one.draft_id for one in body.drafts] == [4, 3, 5, 6]
    assert [(one.draft_id, one.figures) for one in body.earlier] == [(1, "300 views")]
    assert [(one.title, one.until) for one in body.waiting] == [("稿 6", date(2026, 11, 24))]


def test_long_figures_are_told_short_and_counted_whole() -> None:
    long = "昨天這支影片觀看 1,234,567，讚 12,345，留言 1,234，分享 1,234,567，收藏 1,234,567"
    done = draft(1, at(17, 21), Status.PUBLISHED, done=at(18, 9), figures=long)
    (made,) = look_back(drafts=(done,)).drafts
    assert made.figures == "昨天這支影片觀看 1,234,567，讚 12,345，留言 1,234，分享…"
    assert made.numbers["saves"] == 1_234_567


def test_a_draft_that_was_only_wanted_is_not_counted() -> None:
    body = weeks.look_back(SUNDAY, MING, Found((), (), [draft(1, at(18, 9))], {}, ()))
    assert (body.written, body.drafts, body.silent) == (0, (), True)
