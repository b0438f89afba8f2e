"""Who may use the bot, and how they like it."""

from collections.abc import Collection
from datetime import datetime, time

from bot.domain import evening
from bot.domain.records import Language, Person
from bot.store import digests, people
from bot.store.database import Database


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


async def choose_timezone(db: Database, person_id: int, timezone: str) -> Person | None:
    """Reckon the person's days and evenings in this zone from now on."""
    async with db.write() as session:
        await people.set_timezone(session, person_id, timezone)
        return await people.get(session, person_id)


async def choose_digest(
    db: Database, person_id: int, at: time | None, *, now: datetime
) -> Person | None:
    """Move the evening digest to another hour, or stop it with None.

    An hour that is already past today counts from tomorrow.
    """
    async with db.write() as session:
        await people.set_digest(session, person_id, at, digest_from=now)
        return await people.get(session, person_id)


async def next_digest_at(db: Database, person: Person, *, now: datetime) -> datetime | None:
    """When this person's next evening digest is due, None when it is off."""
    async with db.read() as session:
        done = await digests.evenings_done(session, person.id, evening.local_date(now, person))
    return evening.next_due_at(now, person, done)


async def block(db: Database, person_ids: Collection[int], *, now: datetime) -> None:
    """These people blocked the bot: nothing is written to them until they write again."""
    async with db.write() as session:
        await people.block(session, person_ids, now=now)


async def blocked(db: Database) -> int:
    """How many people blocked the bot."""
    async with db.read() as session:
        return await people.blocked(session)
