"""Queries about what is on its way to people.

A parcel is planned together with what it holds, sending from before its first byte until Telegram
answers, then sent. One whose answer never came is unknown: it may have arrived, so it is never sent
again by itself. One that Telegram refuses for good has failed.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.parcels import Content, Parcel
from bot.store.leases import Moment, is_due, lapsed
from bot.store.passing import ParcelRow

PLANNED, SENDING, SENT, UNKNOWN, FAILED = "planned", "sending", "sent", "unknown", "failed"


async def plan(
    session: AsyncSession, person_id: int, kind: Content, about: int, *, due_at: datetime
) -> None:
    """Let this be sent from `due_at` on. What is planned already stays as it is."""
    known = select(ParcelRow.id).where(ParcelRow.kind == kind, ParcelRow.about == about)
    if await session.scalar(known) is not None:
        return
    session.add(
        ParcelRow(
            person_id=person_id,
            kind=kind,
            about=about,
            state=PLANNED,
            planned_at=due_at,
            due_at=due_at,
        )
    )
    await session.flush()


def to_send(now: Moment) -> ColumnElement[bool]:
    """Which parcels nobody is sending although they are due."""
    return and_(
        ParcelRow.state == PLANNED,
        is_due(ParcelRow.due_at, now),
        lapsed(ParcelRow.lease_until, now),
    )


def left_behind(now: Moment) -> ColumnElement[bool]:
    """Which parcels somebody was sending who is dead by now."""
    return and_(ParcelRow.state == SENDING, lapsed(ParcelRow.lease_until, now))


async def claim(
    session: AsyncSession, person_ids: Collection[int], *, now: datetime, lease_until: datetime
) -> list[Parcel]:
    """Take what is due for these people, in the order it was planned; it is ours until
    `lease_until`."""
    rows = await session.scalars(
        update(ParcelRow)
        .where(to_send(now), ParcelRow.person_id.in_(person_ids))
        .values(lease_until=lease_until)
        .returning(ParcelRow)
    )
    return sorted((_parcel(row) for row in rows), key=lambda one: one.id)


async def give_up_lost(session: AsyncSession, *, now: datetime) -> Sequence[Parcel]:
    """Parcels whose sender died on the way: they may have arrived."""
    rows = await session.scalars(
        update(ParcelRow)
        .where(left_behind(now))
        .values(state=UNKNOWN, lease_until=None)
        .returning(ParcelRow)
    )
    return [_parcel(row) for row in rows]


async def get(session: AsyncSession, parcel_id: int) -> Parcel | None:
    """One parcel by its id."""
    row = await session.get(ParcelRow, parcel_id)
    return _parcel(row) if row else None


async def begun_at(session: AsyncSession, kind: Content, about: int) -> datetime | None:
    """The moment for which the words of this parcel were made; None: none is on its way."""
    known = select(ParcelRow.begun_at).where(ParcelRow.kind == kind, ParcelRow.about == about)
    return await session.scalar(known)


async def begin(
    session: AsyncSession, parcel: Parcel, *, begun_at: datetime, lease_until: datetime
) -> bool:
    """Its next message is on its way. False when somebody else claimed it after us."""
    changed = await session.scalar(
        update(ParcelRow)
        .where(
            ParcelRow.id == parcel.id,
            ParcelRow.state == PLANNED,
            ParcelRow.lease_until == parcel.lease_until,
        )
        .values(state=SENDING, begun_at=begun_at, lease_until=lease_until)
        .returning(ParcelRow.id)
    )
    return changed is not None


async def go_on(
    session: AsyncSession, parcel_id: int, *, parts_sent: int, lease_until: datetime
) -> None:
    """So many of its messages have arrived, and the next is to go out under this lease."""
    await _set(session, parcel_id, state=PLANNED, parts_sent=parts_sent, lease_until=lease_until)


async def sent(session: AsyncSession, parcel_id: int, *, message_id: int, now: datetime) -> None:
    """All of it has arrived; the last message of it is this one."""
    await _set(session, parcel_id, state=SENT, lease_until=None, message_id=message_id, sent_at=now)


async def put_off(
    session: AsyncSession, parcel_id: int, *, losses: int, again_at: datetime
) -> None:
    """It is tried again at `again_at`; so often it may have been lost before."""
    await _set(session, parcel_id, state=PLANNED, lease_until=None, losses=losses, due_at=again_at)


async def drop(session: AsyncSession, parcel_id: int) -> None:
    """There is nothing to send."""
    await session.execute(delete(ParcelRow).where(ParcelRow.id == parcel_id))


async def end(session: AsyncSession, parcel_id: int, state: str) -> None:
    """It is `UNKNOWN` or `FAILED`, and not tried again."""
    await _set(session, parcel_id, state=state, lease_until=None)


async def stuck(session: AsyncSession, person_id: int | None) -> tuple[int, int]:
    """How many parcels, of one person or of all, failed, and of how many nobody knows whether they
    arrived."""
    counts = select(ParcelRow.state, func.count()).group_by(ParcelRow.state)
    counts = counts.where(ParcelRow.state.in_((FAILED, UNKNOWN)))
    if person_id is not None:
        counts = counts.where(ParcelRow.person_id == person_id)
    by_state = {row[0]: row[1] for row in await session.execute(counts)}
    return by_state.get(FAILED, 0), by_state.get(UNKNOWN, 0)


async def forget(session: AsyncSession, kind: Content, abouts: Collection[int]) -> None:
    """Let these be sent once more, as if they never had been. What is on its way stays as it is."""
    over = ParcelRow.state.in_((SENT, UNKNOWN, FAILED))
    ended = select(ParcelRow.id).where(ParcelRow.kind == kind, ParcelRow.about.in_(abouts), over)
    ids = (await session.scalars(ended)).all()
    offers = and_(ParcelRow.kind == Content.OFFER, ParcelRow.about.in_(ids))
    await session.execute(delete(ParcelRow).where(or_(ParcelRow.id.in_(ids), offers)))


async def withdraw(session: AsyncSession, kind: Content, about: int) -> None:
    """Do not send this after all. What went out already stays as it is."""
    await session.execute(
        delete(ParcelRow).where(
            ParcelRow.kind == kind, ParcelRow.about == about, ParcelRow.state == PLANNED
        )
    )


async def _set(session: AsyncSession, parcel_id: int, **values: object) -> None:
    await session.execute(update(ParcelRow).where(ParcelRow.id == parcel_id).values(**values))


def _parcel(row: ParcelRow) -> Parcel:
    return Parcel(
        id=row.id,
        person_id=row.person_id,
        kind=Content(row.kind),
        about=row.about,
        parts_sent=row.parts_sent,
        losses=row.losses,
        planned_at=row.planned_at,
        begun_at=row.begun_at,
        lease_until=row.lease_until,
    )
