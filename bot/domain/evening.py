"""When a person's day begins and when their digest is due.

A day belongs to the evening that ends it: with days starting at 04:00, what is said at 01:30 still
belongs to the evening before. Clocks that jump: an hour that happens twice means the first time, an
hour that is skipped means the same distance past the jump (both are `fold=0` of PEP 495).
"""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.records import Person


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
    """The newest evening whose digest is due at `now`, None when none is.

    Only the newest: after a week without power there is one late digest, not seven. Evenings due
    before the person came, or before they last changed the hour, are not made up for.
    """
    if person.digest_at is None:
        return None
    evening = local_date(now, person)
    while due_at(evening, person) > now:
        evening -= timedelta(days=1)
    return evening if due_at(evening, person) > person.digest_from else None


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
