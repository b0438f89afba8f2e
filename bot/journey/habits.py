"""How the digest comes, as the person answers when they are asked."""

from dataclasses import replace
from datetime import datetime

from bot.domain.records import Person
from bot.journey import people
from bot.journey.people import Moved
from bot.store.database import Database


async def choose(db: Database, before: Person, wanted: Person, *, now: datetime) -> Moved | None:
    """Let the digest come at the hour, on the days and in the form of `wanted`. An hour that is
    already past today counts from tomorrow."""
    moved = wanted.digest_at != before.digest_at
    return await people.restore(db, replace(wanted, digest_from=now) if moved else wanted, now=now)
