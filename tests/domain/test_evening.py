"""When a day begins and a digest is due, in zones whose clocks jump."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.evening import LEEWAY, day_start, due_at, due_evening, local_date, next_due_at, over
from bot.domain.records import Language, Person

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
A_DAY, A_MOMENT = timedelta(days=1), timedelta(microseconds=1)

ZONES = (
    *("Asia/Taipei", "Asia/Kathmandu", "Europe/Berlin", "Europe/Helsinki", "Africa/Casablanca"),
    *("America/St_Johns", "America/Santiago", "America/Havana", "America/Nuuk", "Atlantic/Azores"),
    "Australia/Lord_Howe",  # jumps by half an hour
    "Antarctica/Troll",  # jumps by two
    "Pacific/Chatham",  # at 02:45
)
people = st.builds(
    lambda zone, at, starts: person(zone, at, day_starts=starts),
    st.sampled_from(ZONES),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sampled_from([time(0), time(3, 30), time(4), time(5), time(12)]),
)
JUMPS = ("02-15", "03-08", "03-22", "03-29", "04-05", "09-06", "09-27", "10-04", "10-25", "11-01")
"""When the clocks of those zones jump in 2026, give or take a day."""
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
moments |= st.builds(
    lambda day, minutes: datetime.fromisoformat(f"2026-{day}T00Z") + timedelta(minutes=minutes),
    st.sampled_from(JUMPS),
    st.integers(-36 * 60, 36 * 60),
)


def person(
    zone: str = "Asia/Taipei",
    at: time | None = time(21),
    *,
    digest_from: datetime = LONG_AGO,
    day_starts: time = time(4),
) -> Person:
    return Person(
        id=1,
        language=Language.EN,
        timezone=zone,
        digest_at=at,
        digest_from=digest_from,
        day_starts=day_starts,
    )


def local(text: str, zone: str = "Asia/Taipei") -> datetime:
    """What clocks in the zone show, as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def clock_time(moment: datetime, one: Person) -> time:
    return moment.astimezone(one.zone).time()


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-20 23:59", FRIDAY),
        ("2026-11-21 00:00", FRIDAY),
        ("2026-11-21 03:59:59.999999", FRIDAY),
        ("2026-11-21 04:00", SATURDAY),
    ],
)
def test_an_hour_past_midnight_belongs_to_the_evening_before(now: str, day: date) -> None:
    assert local_date(local(now), person()) == day


def test_a_day_begins_at_its_hour_in_the_persons_own_zone() -> None:
    began = local("2026-11-20 04:00")
    assert day_start(local("2026-11-20 04:00"), person()) == began
    assert day_start(local("2026-11-21 03:59"), person()) == began
    assert day_start(local("2026-11-20 12:00"), person(day_starts=time(0))) == local("2026-11-20")


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (time(21), "2026-11-20 21:00"),
        (time(4), "2026-11-20 04:00"),
        (time(3, 59), "2026-11-21 03:59"),
        (time(0), "2026-11-21 00:00"),
    ],
)
def test_a_digest_past_midnight_ends_the_evening_before(at: time, due: str) -> None:
    assert due_at(FRIDAY, person(at=at)) == local(due)


@pytest.mark.parametrize(
    ("zone", "evening", "at", "due"),
    [
        ("Europe/Berlin", date(2026, 3, 28), time(21), "2026-03-28T20:00+00:00"),
        ("Europe/Berlin", date(2026, 3, 29), time(21), "2026-03-29T19:00+00:00"),
        ("Europe/Berlin", date(2026, 10, 24), time(21), "2026-10-24T19:00+00:00"),
        ("Europe/Berlin", date(2026, 10, 25), time(21), "2026-10-25T20:00+00:00"),
        ("Australia/Sydney", date(2026, 4, 4), time(21), "2026-04-04T10:00+00:00"),
        ("Australia/Sydney", date(2026, 4, 5), time(21), "2026-04-05T11:00+00:00"),
    ],
)
def test_the_hour_on_the_wall_stays_when_clocks_jump(
    zone: str, evening: date, at: time, due: str
) -> None:
    assert due_at(evening, person(zone, at)) == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("zone", "evening", "at", "shown"),
    [
        ("Europe/Berlin", date(2026, 3, 28), time(2, 30), time(3, 30)),
        ("Europe/Helsinki", date(2026, 3, 28), time(3, 59), time(4, 59)),
        ("Australia/Sydney", date(2026, 10, 3), time(2, 30), time(3, 30)),
        ("Australia/Lord_Howe", date(2026, 10, 3), time(2, 15), time(2, 45)),
    ],
)
def test_an_hour_that_is_skipped_comes_as_far_past_the_jump(
    zone: str, evening: date, at: time, shown: time
) -> None:
    one = person(zone, at)
    assert clock_time(due_at(evening, one), one) == shown


@pytest.mark.parametrize(
    ("zone", "evening", "first"),
    [
        ("Europe/Berlin", date(2026, 10, 24), "2026-10-25T00:30+00:00"),
        ("America/New_York", date(2026, 10, 31), "2026-11-01T07:30+00:00"),
        ("Australia/Sydney", date(2026, 4, 4), "2026-04-04T15:30+00:00"),
    ],
)
def test_an_hour_that_happens_twice_means_the_first(zone: str, evening: date, first: str) -> None:
    one = person(zone, time(2, 30))
    once = datetime.fromisoformat(first)
    assert due_at(evening, one) == once
    assert due_evening(once, one) == due_evening(once + timedelta(hours=1), one) == evening


def test_a_digest_is_due_from_its_hour_on_and_not_a_moment_sooner() -> None:
    nine = local("2026-11-20 21:00")
    assert due_evening(nine - A_MOMENT, person()) is None
    assert due_evening(nine, person()) == FRIDAY
    assert due_evening(local("2026-11-21 03:59"), person()) == FRIDAY
    assert due_evening(local("2026-11-21 04:00"), person()) is None


def test_a_skipped_hour_at_the_end_of_the_day_is_not_sent_before_it_comes() -> None:
    # In Helsinki 03:00 became 04:00, so 03:59 means 04:59, when the next day has begun already.
    one = person("Europe/Helsinki", time(3, 59))
    soon = local("2026-03-29 04:30", "Europe/Helsinki")
    assert due_evening(soon, one) is None
    assert next_due_at(soon, one) == local("2026-03-29 04:59", "Europe/Helsinki")
    assert due_evening(local("2026-03-29 04:59", "Europe/Helsinki"), one) == date(2026, 3, 28)


def test_after_a_week_without_power_no_evening_is_made_up_for_whose_day_is_over() -> None:
    back = local("2026-11-27 09:00")
    assert due_evening(back, person()) is None
    assert next_due_at(back, person()) == local("2026-11-27 21:00")


def test_an_hour_just_before_the_days_end_has_some_leeway() -> None:
    one = person(at=time(3, 59))
    assert due_evening(local("2026-11-21 03:59") + LEEWAY - A_MOMENT, one) == FRIDAY
    assert due_evening(local("2026-11-21 03:59") + LEEWAY, one) is None


def test_evenings_due_before_the_person_came_or_changed_the_hour_are_not_made_up_for() -> None:
    nine = local("2026-11-20 21:00")
    late = local("2026-11-20 22:00")
    assert due_evening(late, person(digest_from=nine)) is None
    assert due_evening(late, person(digest_from=late)) is None
    assert due_evening(late, person(digest_from=nine - A_MOMENT)) == FRIDAY
    assert next_due_at(late, person(digest_from=nine)) == local("2026-11-21 21:00")


def test_whoever_wants_none_is_never_due() -> None:
    assert due_evening(local("2026-11-20 22:00"), person(at=None)) is None
    assert next_due_at(local("2026-11-20 22:00"), person(at=None)) is None


def test_the_next_digest_passes_over_evenings_that_are_done() -> None:
    noon = local("2026-11-20 12:00")
    assert next_due_at(noon, person()) == local("2026-11-20 21:00")
    assert next_due_at(noon, person(), {FRIDAY}) == local("2026-11-21 21:00")
    assert next_due_at(noon, person(), {FRIDAY, SATURDAY}) == local("2026-11-22 21:00")


def test_the_next_digest_past_midnight_may_still_be_the_evening_before() -> None:
    one = person(at=time(2))
    assert next_due_at(local("2026-11-21 01:00"), one) == local("2026-11-21 02:00")
    assert next_due_at(local("2026-11-21 02:00"), one) == local("2026-11-22 02:00")


def test_the_next_digest_is_after_the_hour_was_chosen() -> None:
    chosen = local("2026-11-20 22:00")
    noon = local("2026-11-20 12:00")  # as a clock shows that was set back since
    assert next_due_at(noon, person(digest_from=chosen)) == local("2026-11-21 21:00")


def test_a_clock_that_was_days_ahead_when_the_hour_was_chosen_silences_nothing() -> None:
    one = person(digest_from=local("2027-03-01 12:00"))
    assert next_due_at(local("2026-11-20 12:00"), one) == local("2026-11-20 21:00")
    assert due_evening(local("2026-11-20 21:00"), one) == FRIDAY


@given(people, moments)
@example(person("Europe/Helsinki", time(3, 59)), datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
def test_what_is_due_and_what_comes_next_agree(one: Person, now: datetime) -> None:
    due, coming = due_evening(now, one), next_due_at(now, one)
    assert coming is not None
    assert now < coming
    tonight = due_evening(coming, one)
    assert tonight is not None
    assert due_at(tonight, one) == coming
    assert due is None or due_at(due, one) <= now < coming
    assert due is None or (due + A_DAY == tonight and local_date(now, one) - due <= A_DAY)
    assert due_evening(coming - A_MOMENT, one) in {None, tonight - A_DAY}
    assert next_due_at(now, one, {tonight}) == due_at(tonight + A_DAY, one)


@given(people, moments)
def test_a_digest_is_late_until_its_day_is_over_and_then_never(one: Person, now: datetime) -> None:
    tonight = local_date(now, one)
    due = due_at(tonight, one)
    if now >= due:
        assert due_evening(now, one) == tonight
        assert not over(tonight, now, one)
    else:
        assert due_evening(now, one) in {None, tonight - A_DAY}
    assert over(tonight, max(due, day_start(now, one)) + A_DAY + timedelta(hours=3), one)


@settings(max_examples=15, deadline=None)
@given(people, st.integers(2024, 2027))
def test_a_year_has_one_digest_for_every_evening(one: Person, year: int) -> None:
    evenings = list(islice(walk(one, datetime(year, 1, 1, tzinfo=UTC)), 370))
    assert evenings == [evenings[0] + i * A_DAY for i in range(370)]


@settings(max_examples=15, deadline=None)
@given(people, moments, st.integers(1, 5))
def test_ticks_skip_no_evening_and_double_none(one: Person, start: datetime, minutes: int) -> None:
    done: list[date] = []
    for tick in range(3 * 24 * 60 // minutes):
        due = due_evening(start + tick * timedelta(minutes=minutes), one)
        done += [due] if due and due not in done else []
    assert done == [done[0] + i * A_DAY for i in range(len(done))]


def walk(one: Person, now: datetime) -> Iterator[date | None]:
    """The evenings that come due from `now` on, each seen at the moment it is due."""
    while (coming := next_due_at(now, one)) is not None:
        yield due_evening(coming, one)
        now = coming
