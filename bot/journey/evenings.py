"""An evening that has come: it is begun, and from then on it goes out whatever is changed."""

from collections.abc import Container
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import evening
from bot.domain.digests import Digest
from bot.domain.records import Person
from bot.store import digests, fragments, parts
from bot.store.database import Database


async def begin(
    session: AsyncSession,
    person: Person,
    done: Container[date],
    *,
    now: datetime,
    lease_until: datetime,
    at_once: bool = False,
) -> Digest | None:
    """Claim the digest of the evening that is due for this person; None when none is, or it is
    `done`, or, unless `at_once`, they are in the middle of sending a paste or an album: the half
    that is not here would be in no digest, and a tick later it is whole."""
    tonight = evening.due_evening(now, person)
    if tonight is None or tonight in done:
        return None
    late = now >= evening.due_at(tonight, person) + evening.LEEWAY
    if not (at_once or late) and await parts.more_to_come(session, person.id, now):
        return None
    return await digests.open_digest(
        session,
        person_id=person.id,
        evening=tonight,
        due_at=evening.comes_at(tonight, person, now),
        cut_n=await fragments.last_number(session, person.id),
        now=now,
        lease_until=lease_until,
    )


async def since(db: Database, digest: Digest, person: Person) -> date | None:
    """The day from which on a digest tells, where that is not its own: it came back from a weekend,
    a pause, or the person did."""
    async with db.read() as session:
        _, cut_at = await digests.last_cut(session, digest)
    day = digest.evening or evening.local_date(digest.claimed_at, person)
    return evening.since(cut_at, day, person)
