"""One question to the database a minute: is there anything to do?"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Person
from bot.store import digests, ideas, outbox, people
from bot.store.tables import DigestRow, ExpansionRow, PersonRow


async def overview(
    session: AsyncSession, now: datetime
) -> tuple[bool, Sequence[tuple[Person, date | None]]]:
    """Whether work waits unclaimed, and each person with the last evening that has its digest;
    of those who blocked the bot, nothing.

    One statement, because it is asked every minute of the year.
    """
    expansion = exists().where(
        ExpansionRow.state == ideas.WANTED,
        or_(ExpansionRow.lease_until.is_(None), ExpansionRow.lease_until <= now),
        ExpansionRow.person_id.not_in(people.away()),
    )
    digest = exists().where(
        DigestRow.state == digests.COMPOSING,
        DigestRow.lease_until <= now,
        DigestRow.person_id.not_in(people.away()),
    )
    parcel = exists().where(or_(outbox.left_behind(now), outbox.to_send(now)))
    last = select(func.max(DigestRow.evening)).where(DigestRow.person_id == PersonRow.id)
    waiting = or_(expansion, digest, parcel)
    query = select(PersonRow, last.scalar_subquery(), waiting).where(PersonRow.blocked_at.is_(None))
    rows = (await session.execute(query)).all()
    return any(row[2] for row in rows), [(people.as_person(row[0]), row[1]) for row in rows]
