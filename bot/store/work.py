"""One question to the database a minute: is there anything to do?"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Person
from bot.store import digests, drafts, expansions, hearings, outbox, people
from bot.store.draft_tables import VersionRow
from bot.store.leases import Asked, Moment, lapsed
from bot.store.passing import HearingRow, ParcelRow
from bot.store.tables import DigestRow, ExpansionRow, PersonRow

# Zones reach from 12 hours behind UTC to 14 ahead, and a day may begin late: an evening that is due
# anywhere is younger than this.
RECENT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is to do for a person: `evenings` are the recent ones that have their digest."""

    person: Person
    work_waits: bool
    evenings: set[date] = field(default_factory=set)


async def overview(
    session: AsyncSession, now: datetime, *, listens: bool = False
) -> dict[int, Standing]:
    """How things stand for each person who did not block the bot, by their ids; recordings wait
    only if somebody `listens`."""
    told = {"recent": (now - RECENT).date(), **Asked.told(now)}
    everyone: dict[int, Standing] = {}
    for row, evening, waits in await session.execute(_question(listens), told):
        known = everyone.setdefault(row.id, Standing(people.as_person(row), bool(waits)))
        if evening:
            known.evenings.add(evening)
    return everyone


@cache
def _question(listens: bool) -> Select[PersonRow, date | None, bool]:
    """One statement, because it is asked every minute of the year; built once, because that takes
    longer than to ask it."""
    now = Asked()
    expansion = exists().where(ExpansionRow.person_id == PersonRow.id, expansions.to_dig(now))
    version = exists().where(VersionRow.person_id == PersonRow.id, drafts.to_write(now))
    digest = exists().where(
        DigestRow.person_id == PersonRow.id,
        DigestRow.state == digests.COMPOSING,
        lapsed(DigestRow.lease_until, now),
    )
    parcel = exists().where(
        ParcelRow.person_id == PersonRow.id,
        or_(outbox.left_behind(now), outbox.to_send(now)),
    )
    # `digest` looks at every digest of the person's, not at those of the join.
    waiting = or_(expansion, version, digest.correlate_except(DigestRow), parcel)
    if listens:
        waiting = or_(waiting, _to_hear(now))
    recent = and_(DigestRow.person_id == PersonRow.id, DigestRow.evening >= bindparam("recent"))
    query = select(PersonRow, DigestRow.evening, waiting).outerjoin(DigestRow, recent)
    return query.where(PersonRow.blocked_at.is_(None)).order_by(PersonRow.id)


def _to_hear(now: Moment) -> ColumnElement[bool]:
    return exists().where(HearingRow.person_id == PersonRow.id, hearings.to_hear(now))
