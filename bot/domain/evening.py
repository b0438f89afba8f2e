"""When a person's day begins and when their digest is due.

A day belongs to the evening that ends it: with days starting at 04:00, what is said at 01:30 still
belongs to the evening before. Clocks that jump: an hour that happens twice means the first time, an
hour that is skipped means the same distance past the jump (both are `fold=0` of PEP 495).
"""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.records import Person

# Ours: an evening may come due so close to the day's end, or past it where clocks jump over its
# hour, that the first tick finds the next day begun. It is given as long as a digest cut short by a
# crash has.
LEEWAY = timedelta(minutes=5)


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC moment at which local clocks show `at` on the calendar day `day`."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def local_date(now: datetime, person: Person) -> date:
    """The date of the person's day at `now`, counted from when their days start."""
    local = now.astimezone(person.zone)
    return local.date() if local.time() >= person.day_starts else local.date() - timedelta(days=1)


def day_start(now: datetime, person: Person) -> datetime:
    """When the person's present day began."""
    return moment(local_date(now, person), person.day_starts, person.zone)


def due_at(evening: date, person: Person) -> datetime:
    """When the digest of this evening is due. The person must have a digest hour."""
    assert person.digest_at is not None
    past_midnight = person.digest_at < person.day_starts
    return moment(evening + timedelta(days=past_midnight), person.digest_at, person.zone)


def due_evening(now: datetime, person: Person) -> date | None:
    """The evening whose digest is due at `now`, None when none is.

    Late within its own day it still comes; when the day is over, what it would have held belongs
    to the next. Evenings due before the person came, or before they last changed the hour, are not
    made up for.
    """
    if person.digest_at is None:
        return None
    evening = local_date(now, person)
    if due_at(evening, person) > now:
        evening -= timedelta(days=1)
    due = due_at(evening, person)
    return evening if person.digest_from < due <= now and not over(evening, now, person) else None


def over(evening: date, now: datetime, person: Person) -> bool:
    """Whether it is too late at `now` for the digest of this evening."""
    day_ends = moment(evening + timedelta(days=1), person.day_starts, person.zone)
    if person.digest_at is None:
        return now >= day_ends
    return now >= max(day_ends, due_at(evening, person) + LEEWAY)


def next_due_at(
    now: datetime, person: Person, done: Container[date] = frozenset()
) -> datetime | None:
    """The next moment a digest will be due, passing over evenings that are done; None when off."""
    if person.digest_at is None:
        return None
    evening = local_date(now, person) - timedelta(days=1)
    while evening in done or due_at(evening, person) <= max(now, person.digest_from):
        evening += timedelta(days=1)
    return due_at(evening, person)
