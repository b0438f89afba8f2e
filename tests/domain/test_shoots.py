"""The days and hours one can film on, and what a calendar is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import shoots
from bot.domain.drafts import Draft, Status

TAIPEI, BERLIN = ZoneInfo("Asia/Taipei"), ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 20, 20, 30, tzinfo=TAIPEI)
DRAFT = Draft(7, 42, "short", datetime(2026, 11, 20, 4, tzinfo=UTC))


def test_a_day_offers_only_the_hours_that_are_left_of_it() -> None:
    (left,) = shoots.hours(FRIDAY.date(), FRIDAY, TAIPEI)
    assert left == (22 * 60, FRIDAY.replace(hour=22, minute=0))
    assert len(shoots.hours(date(2026, 11, 21), FRIDAY, TAIPEI)) == 6


def test_the_first_page_begins_today_and_the_last_ends_in_four_weeks() -> None:
    pages = [shoots.days(FRIDAY, TAIPEI, page) for page in range(shoots.PAGES)]
    assert [len(page) for page in pages] == [7, 7, 7, 7]
    assert pages[0][0] == date(2026, 11, 20)
    assert pages[3][-1] == date(2026, 12, 17)


def test_a_day_whose_hours_are_past_is_not_offered() -> None:
    assert shoots.days(FRIDAY.replace(hour=22), TAIPEI, 0)[0] == date(2026, 11, 21)


def test_an_hour_that_clocks_jump_over_is_moved_past_the_jump() -> None:
    at = shoots.moment(date(2027, 3, 28), 2 * 60 + 30, BERLIN)
    assert at.astimezone(BERLIN).replace(tzinfo=None) == datetime(2027, 3, 28, 3, 30)


def test_an_hour_that_clocks_show_twice_is_the_first() -> None:
    at = shoots.moment(date(2026, 10, 25), 2 * 60 + 30, BERLIN)
    assert at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(["Asia/Taipei", "America/Los_Angeles", "Australia/Lord_Howe", "Africa/Cairo"]),
)
def test_whatever_is_offered_lies_ahead_on_its_day_and_is_never_made_up(
    now: datetime, name: str
) -> None:
    zone = ZoneInfo(name)
    for page in range(shoots.PAGES):
        for day in shoots.days(now, zone, page):
            assert not shoots.made_up(day, now, zone)
            for minute, at in shoots.hours(day, now, zone):
                assert at > now
                assert at.date() == day
                assert at == shoots.moment(day, minute, zone)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 15), (30, 30), (45, 30), (90, 30), (91, 45), (600, 120)]
)
def test_filming_takes_setting_up_and_ten_times_the_script(seconds: int, minutes: int) -> None:
    assert shoots.lasting(seconds) == timedelta(minutes=minutes)


def test_a_calendar_knows_a_draft_again_but_not_by_its_number_alone() -> None:
    assert shoots.uid(DRAFT) == shoots.uid(replace(DRAFT, film_changes=3, person_id=1))
    assert shoots.uid(DRAFT) != shoots.uid(replace(DRAFT, id=8))
    later = replace(DRAFT, created_at=DRAFT.created_at + timedelta(microseconds=1))
    assert shoots.uid(DRAFT) != shoots.uid(later)


@pytest.mark.parametrize("status", Status)
def test_what_is_filmed_is_not_to_be_filmed(status: Status) -> None:
    draft = replace(DRAFT, film_at=FRIDAY.astimezone(UTC), status=status)
    done = status in (Status.FILMED, Status.PUBLISHED)
    assert shoots.local(draft, TAIPEI) == (None if done else FRIDAY)


@pytest.mark.parametrize("words", ["shoots", " Shoots ", "拍攝", "拍摄"])
def test_what_is_planned_is_asked_for_in_three_languages(words: str) -> None:
    assert shoots.lists(words)


@pytest.mark.parametrize("words", ["", "the shoots of spring", "拍攝的那天下雨"])
def test_a_thought_that_begins_like_it_is_a_thought(words: str) -> None:
    assert not shoots.lists(words)
