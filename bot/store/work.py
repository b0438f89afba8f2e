"""One question to the database a minute: is there anything to do?"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Person
from bot.store import digests, ideas, people
from bot.store.tables import DigestRow, ExpansionRow, PersonRow


async def overview(
    session: AsyncSession, now: datetime
) -> tuple[bool, Sequence[tuple[Person, date | None]]]:
    """Whether work waits unclaimed, and each person with the last evening that has its digest.

    One statement, because it is asked every minute of the year.
    """
    expansion = exists().where(
        ExpansionRow.state.in_((ideas.WANTED, ideas.DUG)),
        or_(ExpansionRow.lease_until.is_(None), ExpansionRow.lease_until <= now),
    )
    unfinished = (digests.COMPOSING, digests.READY, digests.SENDING)
    digest = exists().where(
        and_(DigestRow.state.in_(unfinished), DigestRow.lease_until <= now),
    )
    last = select(func.max(DigestRow.evening)).where(DigestRow.person_id == PersonRow.id)
    query = select(PersonRow, last.scalar_subquery(), or_(expansion, digest))
    rows = (await session.execute(query)).all()
    return any(row[2] for row in rows), [(people.as_person(row[0]), row[1]) for row in rows]
