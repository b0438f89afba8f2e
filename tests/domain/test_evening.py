"""When a day begins and a digest is due, in zones whose clocks jump."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.evening import (
    LEEWAY,
    REST,
    Outlook,
    Stage,
    Tonight,
    comes_at,
    day_start,
    due_at,
    due_evening,
    local_date,
    next_due_at,
    outlook,
    over,
    rested,
    since,
    skipped,
    wanted,
)
from bot.domain.records import Language, Person

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
A_DAY, A_MOMENT = timedelta(days=1), timedelta(microseconds=1)
HOUR = timedelta(hours=1)

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


def test_weekends_and_pauses_are_passed_over_and_belong_to_the_next_digest() -> None:
    weekdays = replace(person(), weekdays_only=True)
    assert [wanted(FRIDAY + n * A_DAY, weekdays) for n in range(4)] == [True, False, False, True]
    assert due_evening(local("2026-11-21 22:00"), weekdays) is None
    assert next_due_at(local("2026-11-20 21:00"), weekdays) == local("2026-11-23 21:00")
    paused = replace(person(), paused_until=date(2026, 11, 25))
    assert due_evening(local("2026-11-24 21:00"), paused) is None
    assert due_evening(local("2026-11-25 21:00"), paused) == date(2026, 11, 25)
    assert next_due_at(local("2026-11-20 12:00"), paused) == local("2026-11-25 21:00")
    both = replace(paused, paused_until=SATURDAY, weekdays_only=True)
    assert next_due_at(local("2026-11-20 12:00"), both) == local("2026-11-23 21:00")


def test_an_hour_past_midnight_counts_as_the_evening_before_on_weekdays_too() -> None:
    one = replace(person(at=time(1)), weekdays_only=True)
    assert due_evening(local("2026-11-21 01:00"), one) == FRIDAY
    assert due_evening(local("2026-11-22 01:00"), one) is None


def test_nobody_is_late_for_an_hour_that_was_past_when_its_person_arrived() -> None:
    landed = local("2026-11-20 23:00", "Asia/Tokyo")
    one = replace(person("Asia/Tokyo"), zone_from=landed)
    assert due_evening(landed, one) == FRIDAY
    assert comes_at(FRIDAY, one, landed) == landed
    assert comes_at(SATURDAY, one, landed) == local("2026-11-21 21:00", "Asia/Tokyo")
    assert comes_at(FRIDAY, one, landed - A_DAY) == local("2026-11-20 21:00", "Asia/Tokyo")


@pytest.mark.parametrize(
    ("now", "to", "tonight", "next_at"),
    [
        # Taipei 20:30: east, where it is 21:30 already; and west, where it is noon.
        ("2026-11-20T12:30+00:00", "Asia/Tokyo", Tonight.DUE, "2026-11-21T12:00+00:00"),
        ("2026-11-20T12:30+00:00", "Europe/London", Tonight.COMES, "2026-11-20T21:00+00:00"),
        # Taipei 21:30, when Friday's has come: west over the same evening.
        ("2026-11-20T13:30+00:00", "Europe/London", Tonight.CAME, "2026-11-21T21:00+00:00"),
        ("2026-11-20T13:30+00:00", "Asia/Tokyo", Tonight.CAME, "2026-11-21T12:00+00:00"),
    ],
)
def test_travelling_moves_the_next_one_and_doubles_none(
    now: str, to: str, tonight: Tonight, next_at: str
) -> None:
    moment = datetime.fromisoformat(now)
    done = {FRIDAY: Stage.CAME} if moment >= local("2026-11-20 21:00") else {}
    found = outlook(moment, replace(person(to), zone_from=moment), done)
    assert (found.tonight, found.next_at) == (tonight, datetime.fromisoformat(next_at))


def test_eastward_over_the_date_line_an_evening_may_be_gone() -> None:
    noon = local("2026-11-20 12:00", "Pacific/Honolulu")  # Saturday morning in Auckland
    before, after = person("Pacific/Honolulu"), person("Pacific/Auckland")
    assert skipped(before, after, noon, {})
    assert not skipped(before, after, noon, {FRIDAY: Stage.CAME})
    assert not skipped(before, person("America/New_York"), noon, {})
    assert not skipped(replace(before, paused_until=SATURDAY), after, noon, {})
    assert outlook(noon, after, {}).next_at == local("2026-11-21 21:00", "Pacific/Auckland")


@pytest.mark.parametrize("moved", ["2026-11-21T08:30Z", "2026-11-21T05:30Z"])
def test_nobody_who_travels_has_a_second_one_within_hours_of_the_last(moved: str) -> None:
    came, now = local("2026-11-20 21:00", "America/Los_Angeles"), datetime.fromisoformat(moved)
    before = person("America/Los_Angeles", digest_from=came - A_DAY)
    arrived = replace(before, timezone="Pacific/Auckland", zone_from=now)
    after = rested(before, arrived, now, came)
    done = {FRIDAY: Stage.CAME}
    seen = outlook(now, after, done)
    assert (seen.tonight, seen.last_at) == (Tonight.PASSED_OVER, came)
    assert seen.next_at == local("2026-11-22 21:00", "Pacific/Auckland")
    assert seen.next_at - came < 3 * REST
    assert due_evening(now, after) is None
    assert due_evening(local("2026-11-21 21:00", "Pacific/Auckland"), after) is None
    assert not skipped(before, after, now, done)
    weekdays = replace(after, digest_from=now, weekdays_only=True)
    assert rested(after, weekdays, now, came).digest_from == after.digest_from
    hour = replace(after, digest_from=now, digest_at=time(22))
    assert rested(after, hour, now, came).digest_from == now
    assert outlook(came + REST, after, done).last_at is None


def test_who_travels_half_a_day_after_the_last_one_waits_for_none() -> None:
    came, now = local("2026-11-20 21:00"), local("2026-11-21 09:00")
    before = person(digest_from=came - A_DAY)
    after = rested(before, replace(before, timezone="Asia/Tokyo", zone_from=now), now, came)
    seen = outlook(now, after, {FRIDAY: Stage.CAME})
    assert (seen.next_at, seen.last_at) == (local("2026-11-21 21:00", "Asia/Tokyo"), None)


def test_westward_over_the_date_line_two_evenings_may_have_come_already() -> None:
    night = local("2026-11-21 22:00", "Pacific/Auckland")
    came = {FRIDAY: Stage.CAME, SATURDAY: Stage.CAME}
    found = outlook(night, person("Pacific/Honolulu"), came)
    assert found.tonight is Tonight.CAME_BOTH
    assert found.next_at == local("2026-11-22 21:00", "Pacific/Honolulu")


def test_what_becomes_of_tonight_is_known() -> None:
    noon, ten = local("2026-11-20 12:00"), local("2026-11-20 22:00")
    for now, one, stages, tonight in (
        (noon, person(at=None), {}, Tonight.OFF),
        (noon, person(), {}, Tonight.COMES),
        (ten, person(), {}, Tonight.DUE),
        (ten, person(digest_from=local("2026-11-20 21:30")), {}, Tonight.PAST),
        (ten, person(), {FRIDAY: Stage.WRITING}, Tonight.WRITING),
        (ten, person(), {FRIDAY: Stage.SILENT}, Tonight.SILENT),
        (noon + A_DAY, replace(person(), weekdays_only=True), {}, Tonight.UNWANTED),
        (ten, replace(person(), paused_until=SATURDAY), {}, Tonight.UNWANTED),
    ):
        assert outlook(now, one, stages).tonight is tonight


def test_a_digest_that_was_begun_has_time_to_go_out_wherever_its_person_went() -> None:
    begun = local("2026-11-20 21:00", "Europe/London")
    there = person("Pacific/Auckland")  # ten in the morning of Saturday
    assert over(FRIDAY, begun, there)
    assert not over(FRIDAY, begun, there, begun)
    assert over(FRIDAY, begun + LEEWAY, there, begun)
    assert over(FRIDAY, begun, there, begun + A_DAY)  # a clock was set back


def test_a_digest_says_since_when_only_if_that_is_not_the_evening_before() -> None:
    assert since(None, FRIDAY, person()) is None
    assert since(local("2026-11-19 21:00"), FRIDAY, person()) is None
    assert since(local("2026-11-20 02:00"), FRIDAY, person()) is None
    assert since(local("2026-11-20 21:00"), date(2026, 11, 23), person()) == FRIDAY


changes = st.one_of(
    st.tuples(st.just("zone"), st.sampled_from([*ZONES, "Pacific/Auckland", "Pacific/Honolulu"])),
    st.tuples(st.just("hour"), st.builds(time, st.integers(0, 23), st.sampled_from([0, 30, 59]))),
    st.tuples(st.just("off"), st.none()),
    st.tuples(st.just("weekdays"), st.booleans()),
    st.tuples(st.just("pause"), st.integers(1, 20)),
    st.tuples(st.just("resume"), st.none()),
)
lives = st.lists(
    st.tuples(st.integers(1, 12 * 24 * 60), st.booleans(), changes), min_size=20, max_size=45
)


class Year:
    """A year of changes as journey/people makes them: what came, and what was said not to come."""

    def __init__(self, one: Person, now: datetime) -> None:
        self.person, self.now, self.begun = one, now, now
        self.came: dict[date, Stage] = {}
        self.told: set[date] = set()
        self.last: datetime | None = None
        self.since: set[str] = set()  # what was changed since then

    def live(self, until: datetime) -> None:
        """From due moment to due moment."""
        self.tick()
        while (due := next_due_at(self.now, self.person, self.came)) and due <= until:
            self.pass_over(self.now, due)
            self.now = due
            assert self.tick()
        self.pass_over(self.now, until)
        self.now = until

    def passed_over(self, found: Outlook) -> None:
        """Evenings that would have come shortly after the last one, which was said."""
        assert found.last_at
        assert found.next_at
        always = self.person.paused_until is None and not self.person.weekdays_only
        day = local_date(found.last_at, self.person) - A_DAY
        while due_at(day, self.person) <= self.person.digest_from:
            self.told.add(day)
            day += A_DAY
        if always and day not in self.came:  # where clocks jump a day is up to two hours longer
            assert found.next_at - found.last_at <= 3 * REST + 2 * HOUR

    def pass_over(self, start: datetime, end: datetime) -> None:
        """Evenings without a digest by the person's own wish."""
        day, last = local_date(start, self.person), local_date(end, self.person)
        while day <= last:
            if not wanted(day, self.person):
                self.told.add(day)
            day += A_DAY

    def tick(self) -> bool:
        due = due_evening(self.now, self.person)
        if due is None or due in self.came:
            return False
        self.came[due] = Stage.CAME
        assert self.last is None or self.since != {"zone"} or self.now - self.last >= REST
        self.last, self.since = self.now, set()
        return True

    def change(self, kind: str, value: object) -> None:
        self.tick()
        before = self.person
        self.since.add(kind)
        after = changed(before, self.now, kind, value)
        self.person = rested(before, after, self.now, self.last)
        found = outlook(self.now, self.person, self.came)
        if found.tonight in (Tonight.PAST, Tonight.UNWANTED, Tonight.OFF):
            self.told.add(local_date(self.now, self.person))
        if found.last_at:
            self.passed_over(found)
        if skipped(before, self.person, self.now, self.came):
            day = local_date(self.now, before)
            self.told |= {day, day + A_DAY} - {local_date(self.now, self.person)}


def changed(one: Person, now: datetime, kind: str, value: object) -> Person:
    if kind == "zone":
        return replace(one, timezone=str(value), zone_from=now)
    at = one.digest_at or time(21)
    if kind == "hour":
        assert isinstance(value, time)
        one = replace(one, digest_at=value)
    elif kind == "off":
        one = replace(one, digest_at=None)
    elif kind == "weekdays":
        one = replace(one, digest_at=at, weekdays_only=bool(value))
    else:
        until = local_date(now, one) + int(str(value or 0)) * A_DAY
        one = replace(one, digest_at=at, paused_until=until if value else None)
    return replace(one, digest_from=now)


@settings(max_examples=30, deadline=None)
@given(people, lives)
def test_a_year_of_changes_doubles_no_evening_and_explains_each_that_is_missing(
    one: Person, life: Sequence[tuple[int, bool, tuple[str, object]]]
) -> None:
    year = Year(one, datetime(2026, 1, 1, tzinfo=UTC))
    year.live(year.now + 3 * A_DAY)
    first = min(year.came)
    for minutes, in_that_second, (kind, value) in life:
        year.live(year.now + timedelta(minutes=minutes))
        if in_that_second and (due := next_due_at(year.now, year.person, year.came)):
            year.pass_over(year.now, due)
            year.now = due  # and no tick yet
        year.change(kind, value)
    year.live(year.now + 3 * A_DAY)
    days = (local_date(year.now, year.person) - A_DAY - first).days
    missing = {first + n * A_DAY for n in range(days)} - set(year.came)
    assert missing <= year.told
