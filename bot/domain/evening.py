"""When a person's day begins and when their digest is due.

A day belongs to the evening that ends it: with days starting at 04:00, what is said at 01:30 still
belongs to the evening before. Clocks that jump: an hour that happens twice means the first time, an
hour that is skipped means the same distance past the jump (both are `fold=0` of PEP 495).
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.records import Person

A_DAY = timedelta(days=1)
SATURDAY = 5  # as `date.weekday` counts
# Ours: an evening may come due so close to the day's end, or past it where clocks jump over its
# hour, that the first tick finds the next day begun. It is given as long as a digest cut short by a
# crash has.
LEEWAY = timedelta(minutes=5)
# Ours: half a day. Whoever travels has no second digest sooner; as evenings are a day apart, the
# next comes within a day and a half of the last.
REST = timedelta(hours=12)


class Stage(StrEnum):
    """How far the digest of an evening is."""

    WRITING = "writing"
    CAME = "came"
    SILENT = "silent"  # its hour came, and there was nothing to say


class Tonight(StrEnum):
    """What becomes of the digest of the person's present day."""

    OFF = "off"
    UNWANTED = "unwanted"  # a weekend, or paused
    COMES = "comes"  # at its hour
    DUE = "due"  # its hour is past, and it comes at once
    WRITING = "writing"
    CAME = "came"
    CAME_BOTH = "came both"  # and so has tomorrow's: they came over the date line
    SILENT = "silent"
    PAST = "past"  # its hour was past when the person chose it
    PASSED_OVER = "passed over"  # they travelled, and the last one came shortly before


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a person may expect: tonight, and the moment of the next one; None when off. `last_at`
    is when the last one came, if an evening is passed over because that was shortly before."""

    tonight: Tonight
    next_at: datetime | None
    last_at: datetime | None = None


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC moment at which local clocks show `at` on the calendar day `day`."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def local_date(now: datetime, person: Person) -> date:
    """The date of the person's day at `now`, counted from when their days start."""
    local = now.astimezone(person.zone)
    return local.date() if local.time() >= person.day_starts else local.date() - A_DAY


def small_hours(now: datetime, person: Person) -> bool:
    """Whether midnight is past and the person's day is not: "today" would mean either."""
    return now.astimezone(person.zone).date() != local_date(now, person)


def day_start(now: datetime, person: Person) -> datetime:
    """When the person's present day began."""
    return moment(local_date(now, person), person.day_starts, person.zone)


def due_at(evening: date, person: Person) -> datetime:
    """When the digest of this evening is due. The person must have a digest hour."""
    assert person.digest_at is not None
    past_midnight = person.digest_at < person.day_starts
    return moment(evening + timedelta(days=past_midnight), person.digest_at, person.zone)


def comes_at(evening: date, person: Person, now: datetime) -> datetime:
    """The moment from which the digest of this evening is late: when it was due, yet nobody was
    promised one before they came into their time zone. `now`, because clocks are set back."""
    due = due_at(evening, person)
    return max(due, min(person.zone_from, now)) if person.zone_from else due


def wanted(evening: date, person: Person) -> bool:
    """Whether the person wants a digest on this evening."""
    if person.digest_at is None or (person.weekdays_only and evening.weekday() >= SATURDAY):
        return False
    return person.paused_until is None or evening >= person.paused_until


def due_evening(now: datetime, person: Person) -> date | None:
    """The evening whose digest is due at `now`, None when none is.

    Late within its own day it still comes; when the day is over, what it would have held belongs
    to the next, and so does that of an evening without one. Evenings due before the person came,
    or before they last changed the hour, are not made up for.
    """
    if person.digest_at is None:
        return None
    evening = local_date(now, person)
    if due_at(evening, person) > now:
        evening -= A_DAY
    due = due_at(evening, person)
    if not wanted(evening, person) or over(evening, now, person):
        return None
    return evening if _from(now, person) < due <= now else None


def over(evening: date, now: datetime, person: Person, claimed_at: datetime | None = None) -> bool:
    """Whether it is too late at `now` for the digest of this evening. One that was `claimed_at` a
    moment has time to go out from there, however far its person moved on to another day."""
    ends = [moment(evening + A_DAY, person.day_starts, person.zone)]
    if person.digest_at is not None:
        ends.append(due_at(evening, person) + LEEWAY)
    if claimed_at is not None and claimed_at <= now:
        ends.append(claimed_at + LEEWAY)
    return now >= max(ends)


def next_due_at(
    now: datetime, person: Person, done: Container[date] = frozenset()
) -> datetime | None:
    """The next moment a digest will be due, passing over evenings that are done and those without
    one; None when off."""
    if person.digest_at is None:
        return None
    evening = max(local_date(now, person) - A_DAY, person.paused_until or date.min)
    past = max(now, _from(now, person))
    while evening in done or not wanted(evening, person) or due_at(evening, person) <= past:
        evening += A_DAY
    return due_at(evening, person)


def outlook(now: datetime, person: Person, stages: Mapping[date, Stage]) -> Outlook:
    """What the person may expect; `stages` are those of the evenings that were begun, from the one
    before tonight's on."""
    last_at = _passed_over_after(now, person, stages)
    return Outlook(_tonight(now, person, stages), next_due_at(now, person, stages), last_at)


def rested(before: Person, after: Person, now: datetime, last_at: datetime | None) -> Person:
    """The person `after` a change, whose evenings count from `REST` after the last digest, which
    was claimed at `last_at`, if they came into another time zone: what was to come sooner is passed
    over, and what was said belongs to the next. Until then only another hour changes that."""
    rests = []
    if before.timezone != after.timezone and last_at and last_at <= now:
        rests.append(last_at + REST)
    if before.digest_at == after.digest_at and now < before.digest_from <= now + REST:
        rests.append(before.digest_from)
    return replace(after, digest_from=max([after.digest_from, *rests]))


def skipped(before: Person, after: Person, now: datetime, stages: Mapping[date, Stage]) -> bool:
    """Whether an evening that was to come where the person was is over where they are, without a
    digest of its own: what it would have held comes with the next."""
    evening, today = local_date(now, before), local_date(now, after)
    while evening < today:
        missed = wanted(evening, before) and evening not in stages and over(evening, now, after)
        if missed and _from(now, before) < due_at(evening, before):
            return True
        evening += A_DAY
    return False


def since(cut_at: datetime | None, evening: date, person: Person) -> date | None:
    """The day on which a digest begins that holds more than its own: after a pause, a weekend, a
    week away. None when the last one was cut the evening before, or there was none."""
    if cut_at is None:
        return None
    begins = local_date(cut_at, person)
    return begins if evening - begins > A_DAY else None


def _from(now: datetime, person: Person) -> datetime:
    """The moment after which evenings count. One more than a day ahead was noted by a clock that
    has been set back since: it would silence the digest for as long as that was wrong."""
    ahead = person.digest_from - now > A_DAY
    return datetime.min.replace(tzinfo=UTC) if ahead else person.digest_from


def _passed_over_after(now: datetime, person: Person, done: Container[date]) -> datetime | None:
    """When the last digest was claimed, while an evening is passed over because of it."""
    rest, came = person.digest_from, person.zone_from
    if person.digest_at is None or came is None or not came < rest <= came + REST or now >= rest:
        return None
    sooner = replace(person, digest_from=rest - REST)
    due = next_due_at(rest - REST, sooner, done)
    return rest - REST if due and due <= rest else None


def _tonight(now: datetime, person: Person, stages: Mapping[date, Stage]) -> Tonight:
    evening = local_date(now, person)
    if person.digest_at is None:
        return Tonight.OFF
    if stage := stages.get(evening):
        both = stage is stages.get(evening + A_DAY) is Stage.CAME
        return Tonight.CAME_BOTH if both else Tonight(stage)
    if not wanted(evening, person):
        return Tonight.UNWANTED
    if _passed_over_after(now, person, stages) and due_at(evening, person) <= person.digest_from:
        return Tonight.PASSED_OVER
    if due_at(evening, person) > now:
        return Tonight.COMES
    return Tonight.DUE if due_evening(now, person) == evening else Tonight.PAST
