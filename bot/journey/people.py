"""Who may use the bot, and how they like it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import evening
from bot.domain.evening import Outlook, Stage
from bot.domain.evening_wishes import Off, On, Pause, When, applied
from bot.domain.records import Language, Person
from bot.journey import evenings
from bot.store import digests, people
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Moved:
    """A person before and after they moved their evenings, and what they may expect now. `skipped`:
    the evening they were about to have is over in the zone they came into."""

    before: Person
    after: Person
    outlook: Outlook
    skipped: bool = False


async def admitted(db: Database) -> frozenset[int]:
    """The ids of everyone let in so far."""
    async with db.read() as session:
        return frozenset(person.id for person in await people.everyone(session))


async def find(db: Database, person_id: int) -> Person | None:
    """One person, None for a stranger."""
    async with db.read() as session:
        return await people.get(session, person_id)


async def welcome(db: Database, newcomer: Person, *, now: datetime) -> Person:
    """Let somebody in; whoever is in already stays as they are."""
    async with db.write() as session:
        known = await people.get(session, newcomer.id)
        if known is None:
            await people.add(session, newcomer, now=now)
        return known or newcomer


async def choose_language(db: Database, person_id: int, language: Language) -> Person | None:
    """Speak this language with the person from now on."""
    async with db.write() as session:
        await people.set_language(session, person_id, language)
        return await people.get(session, person_id)


async def choose_timezone(
    db: Database, person_id: int, timezone: str, *, now: datetime
) -> Moved | None:
    """Reckon the person's days and evenings in this zone from now on."""
    return await _move(
        db, person_id, lambda one, _: replace(one, timezone=timezone, zone_from=now), now=now
    )


async def wish(
    db: Database, person_id: int, wished: Off | On | When | Pause, *, now: datetime
) -> Moved | None:
    """Let the evening digest come as wished from now on. An hour that is already past today counts
    from tomorrow."""
    return await _move(
        db, person_id, lambda one, was: replace(applied(wished, one, was), digest_from=now), now=now
    )


async def choose_form(db: Database, person_id: int, form: str, *, now: datetime) -> Moved | None:
    """Have the digest's drafts in this form."""
    return await _move(db, person_id, lambda one, _: replace(one, digest_form=form), now=now)


async def restore(db: Database, earlier: Person, *, now: datetime) -> Moved | None:
    """Let the digest come as it did for the person as they were, from that same moment on: an
    evening that a change had left without one has it after all. A moment that has not come yet is
    none; `earlier` may be a made-up one."""
    began = min(earlier.digest_from, now)

    def back(one: Person, _: time | None) -> Person:
        return replace(
            one,
            digest_at=earlier.digest_at,
            weekdays_only=earlier.weekdays_only,
            paused_until=earlier.paused_until,
            digest_form=earlier.digest_form,
            digest_from=began,
        )

    return await _move(db, earlier.id, back, now=now)


async def outlook(db: Database, person: Person, *, now: datetime) -> Outlook:
    """What becomes of tonight's digest, and when this person's next one is due."""
    async with db.read() as session:
        return evening.outlook(now, person, await _stages(session, person, now))


async def hour_before(db: Database, person_id: int) -> time | None:
    """The hour the digest had before this one, or before it was off."""
    async with db.read() as session:
        return await people.hour_before(session, person_id)


async def _move(
    db: Database,
    person_id: int,
    moved: Callable[[Person, time | None], Person],
    *,
    now: datetime,
) -> Moved | None:
    """The person moved to other evenings; None for a stranger. An evening that is due is begun
    before, so that it comes whatever is changed in that second."""
    async with db.write() as session:
        await people.lock(session, person_id)
        before = await people.get(session, person_id)
        if before is None:
            return None
        stages = await _stages(session, before, now)
        # Nobody works on it yet.
        await evenings.begin(session, before, stages, now=now, lease_until=now, at_once=True)
        stages = await _stages(session, before, now)
        after = moved(before, await people.hour_before(session, person_id))
        last_at = await digests.last_claimed(session, person_id)
        after = evening.rested(before, after, now, last_at)
        await people.set_evenings(session, before, after)
        stages |= await _stages(session, after, now)
    coming = evening.outlook(now, after, stages)
    return Moved(before, after, coming, skipped=evening.skipped(before, after, now, stages))


async def _stages(session: AsyncSession, person: Person, now: datetime) -> dict[date, Stage]:
    yesterday = evening.local_date(now, person) - evening.A_DAY
    return await digests.stages(session, person.id, yesterday)


async def block(db: Database, person_ids: Collection[int], *, now: datetime) -> None:
    """These people blocked the bot: nothing is written to them until they write again."""
    async with db.write() as session:
        await people.block(session, person_ids, now=now)


async def blocked(db: Database) -> int:
    """How many people blocked the bot."""
    async with db.read() as session:
        return await people.blocked(session)
