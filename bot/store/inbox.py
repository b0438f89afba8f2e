"""Queries about updates from Telegram that are stored before they are handled.

An update waits, is handled (its raw text is erased, its number stays for some days so that a
redelivery is recognised), or is parked after too many failures until it is taken up again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.passing import UpdateRow

WAITING, HANDLED, PARKED = "waiting", "handled", "parked"


async def keep(
    session: AsyncSession, updates: Sequence[tuple[int, int, str]], *, now: datetime
) -> set[int]:
    """Store updates, each as (its number, the person's, Telegram's JSON); the numbers of those that
    were not known already. Two statements however many there are."""
    numbers = [update_id for update_id, _, _ in updates]
    known = set(
        await session.scalars(select(UpdateRow.update_id).where(UpdateRow.update_id.in_(numbers)))
    )
    rows = {
        update_id: {"update_id": update_id, "person_id": person_id, "raw": raw}
        for update_id, person_id, raw in updates
        if update_id not in known
    }
    if rows:
        common = {"state": WAITING, "due_at": now, "attempts": 0}
        await session.execute(insert(UpdateRow), [row | common for row in rows.values()])
    return set(rows)


async def due(session: AsyncSession, now: datetime, *, longest: timedelta) -> Sequence[UpdateRow]:
    """What waits to be handled, in Telegram's order.

    A clock that was set back strands nothing: what never failed is always due, and so is what would
    be due later than `longest` from now, which no wait can have been.
    """
    come = or_(UpdateRow.attempts == 0, UpdateRow.due_at <= now, UpdateRow.due_at > now + longest)
    waiting = select(UpdateRow).where(UpdateRow.state == WAITING, come)
    return (await session.scalars(waiting.order_by(UpdateRow.update_id))).all()


async def next_due_at(session: AsyncSession, after: datetime) -> datetime | None:
    """When the earliest update that failed is due again after this moment."""
    return await session.scalar(
        select(func.min(UpdateRow.due_at)).where(
            UpdateRow.state == WAITING, UpdateRow.attempts > 0, UpdateRow.due_at > after
        )
    )


async def handled(session: AsyncSession, update_ids: Sequence[int]) -> None:
    """Done: what the person sent lives on only where the journeys put it."""
    await session.execute(
        update(UpdateRow)
        .where(UpdateRow.update_id.in_(update_ids))
        .values(state=HANDLED, raw=None)
        .execution_options(synchronize_session=False)
    )


async def failed(
    session: AsyncSession, update_id: int, *, attempts: int, again_at: datetime | None
) -> None:
    """It could not be handled; tried again at `again_at`, or parked when that is None."""
    if again_at is None:
        await _set(session, update_id, state=PARKED, attempts=attempts)
    else:
        await _set(session, update_id, attempts=attempts, due_at=again_at)


async def unhandled(
    session: AsyncSession, person_id: int, *, before: int, holding: str
) -> Sequence[UpdateRow]:
    """What waits or is parked of this person's updates `before` that number, if Telegram's JSON
    holds this text."""
    rows = select(UpdateRow).where(
        UpdateRow.state.in_((WAITING, PARKED)),
        UpdateRow.person_id == person_id,
        UpdateRow.update_id < before,
        UpdateRow.raw.contains(holding, autoescape=True),
    )
    return (await session.scalars(rows.order_by(UpdateRow.update_id))).all()


async def take_up(session: AsyncSession, *, now: datetime) -> None:
    """Let everything that is parked wait once more. It has failed so often that one more failure
    parks it again."""
    await session.execute(
        update(UpdateRow)
        .where(UpdateRow.state == PARKED)
        .values(state=WAITING, due_at=now)
        .execution_options(synchronize_session=False)
    )


async def forget(session: AsyncSession, *, before: datetime) -> None:
    """Let go of the numbers of what was due before this moment and is handled."""
    await session.execute(
        delete(UpdateRow)
        .where(UpdateRow.state == HANDLED, UpdateRow.due_at < before)
        .execution_options(synchronize_session=False)
    )


async def newest(session: AsyncSession) -> int:
    """The highest update number ever stored, 0 before the first."""
    return await session.scalar(select(func.max(UpdateRow.update_id))) or 0


async def parked(session: AsyncSession) -> int:
    """How many updates could not be handled at all."""
    count = select(func.count()).select_from(UpdateRow).where(UpdateRow.state == PARKED)
    return await session.scalar(count) or 0


async def _set(session: AsyncSession, update_id: int, **values: object) -> None:
    await session.execute(
        update(UpdateRow).where(UpdateRow.update_id == update_id).values(**values)
    )
