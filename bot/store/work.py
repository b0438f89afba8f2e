"""One question to the database a minute: is there anything to do?"""

from datetime import date, datetime, timedelta

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Person
from bot.store import digests, ideas, people
from bot.store.tables import DigestRow, ExpansionRow, PersonRow

# Zones reach from 12 hours behind UTC to 14 ahead, and a day may begin late: an evening that is due
# anywhere is younger than this.
RECENT = timedelta(days=3)


async def overview(
    session: AsyncSession, now: datetime
) -> tuple[bool, dict[int, tuple[Person, set[date]]]]:
    """Whether work waits unclaimed; and by id, each person with the recent evenings that have their
    digest.

    One statement, because it is asked every minute of the year.
    """
    expansion = exists().where(
        ExpansionRow.state.in_((ideas.WANTED, ideas.DUG)),
        or_(ExpansionRow.lease_until.is_(None), ExpansionRow.lease_until <= now),
    )
    unfinished = (digests.COMPOSING, digests.READY, digests.SENDING)
    digest = exists().where(and_(DigestRow.state.in_(unfinished), digests.lapsed(now)))
    recent = and_(DigestRow.person_id == PersonRow.id, DigestRow.evening >= (now - RECENT).date())
    everyone: dict[int, tuple[Person, set[date]]] = {}
    # `digest` looks at every digest, not at those of the join.
    other = select(or_(expansion, digest.correlate_except(DigestRow))).scalar_subquery()
    query = select(PersonRow, DigestRow.evening, other).outerjoin(DigestRow, recent)
    rows = (await session.execute(query.order_by(PersonRow.id))).all()
    for row, evening, _ in rows:
        _, done = everyone.setdefault(row.id, (people.as_person(row), set()))
        if evening:
            done.add(evening)
    return any(row[2] for row in rows), everyone
