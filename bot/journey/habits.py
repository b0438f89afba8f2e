"""How the digest comes, as the person answers when they are asked."""

from datetime import datetime

from bot.domain.records import Person
from bot.store import habits, people
from bot.store.database import Database


async def choose(db: Database, before: Person, wanted: Person, *, now: datetime) -> None:
    """Let the digest come at the hour, on the days and in the form of `wanted`. An hour that is
    already past today counts from tomorrow."""
    async with db.write() as session:
        if wanted.digest_at != before.digest_at:
            await people.set_digest(session, wanted.id, wanted.digest_at, digest_from=now)
        await habits.choose(
            session, wanted.id, weekdays_only=wanted.weekdays_only, form=wanted.digest_form
        )
