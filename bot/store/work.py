"""One question to the database a minute: is there anything to do?"""

from datetime import date, datetime, timedelta

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Person
from bot.store import digests, ideas, outbox, people
from bot.store.leases import lapsed
from bot.store.tables import DigestRow, ExpansionRow, PersonRow

# Zones reach from 12 hours behind UTC to 14 ahead, and a day may begin late: an evening that is due
# anywhere is younger than this.
RECENT = timedelta(days=3)


async def overview(
    session: AsyncSession, now: datetime
) -> tuple[bool, dict[int, tuple[Person, set[date]]]]:
    """Whether work waits unclaimed; and by id, each person who did not block the bot, with the
    recent evenings that have their digest.

    One statement, because it is asked every minute of the year.
    """
    expansion = exists().where(
        ExpansionRow.state == ideas.WANTED,
        lapsed(ExpansionRow.lease_until, now),
        ExpansionRow.person_id.not_in(people.away()),
    )
    digest = exists().where(
        DigestRow.state == digests.COMPOSING,
        lapsed(DigestRow.lease_until, now),
        DigestRow.person_id.not_in(people.away()),
    )
    parcel = exists().where(or_(outbox.left_behind(now), outbox.to_send(now)))
    recent = and_(DigestRow.person_id == PersonRow.id, DigestRow.evening >= (now - RECENT).date())
    everyone: dict[int, tuple[Person, set[date]]] = {}
    # `digest` looks at every digest, not at those of the join.
    waiting = or_(expansion, digest.correlate_except(DigestRow), parcel)
    query = select(PersonRow, DigestRow.evening, select(waiting).scalar_subquery())
    query = query.outerjoin(DigestRow, recent).where(PersonRow.blocked_at.is_(None))
    rows = (await session.execute(query.order_by(PersonRow.id))).all()
    for row, evening, _ in rows:
        _, done = everyone.setdefault(row.id, (people.as_person(row), set()))
        if evening:
            done.add(evening)
    return any(row[2] for row in rows), everyone
