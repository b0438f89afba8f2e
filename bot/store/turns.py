"""Queries about whose turn it is to fetch a bot's updates, and about times nobody fetched them."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.leases import runs
from bot.store.passing import AbsenceRow, TurnRow


async def find(session: AsyncSession, bot_id: int) -> TurnRow | None:
    """Who has or had the turn for this bot."""
    return await session.get(TurnRow, bot_id)


async def another_bot(session: AsyncSession, bot_id: int) -> int | None:
    """The id of a bot that is not this one and was served from this database."""
    return await session.scalar(select(TurnRow.bot_id).where(TurnRow.bot_id != bot_id).limit(1))


async def claim(
    session: AsyncSession,
    bot_id: int,
    *,
    holder: str,
    is_gone: Callable[[str], bool],
    now: datetime,
    lease_until: datetime,
) -> str | None:
    """Take the turn until `lease_until`; None when it is ours, else who has it."""
    row = await session.get(TurnRow, bot_id, with_for_update=True)
    if row is None:
        session.add(TurnRow(bot_id=bot_id, holder=holder, lease_until=lease_until))
        return None
    if runs(row.lease_until, now) and row.holder != holder and not is_gone(row.holder):
        return row.holder
    row.holder, row.lease_until = holder, lease_until
    return None


async def release(session: AsyncSession, bot_id: int, *, holder: str) -> None:
    """Give the turn back, if it is still ours."""
    await session.execute(
        update(TurnRow)
        .where(TurnRow.bot_id == bot_id, TurnRow.holder == holder)
        .values(lease_until=None)
    )


async def note_absence(
    session: AsyncSession, people: Sequence[int], *, since: datetime, until: datetime
) -> None:
    """Each of these people is to be told of a time whose messages may be lost."""
    session.add_all(AbsenceRow(person_id=one, since=since, until=until) for one in people)


async def untold(session: AsyncSession) -> bool:
    """Whether anybody is still to be told of an absence."""
    return await session.scalar(select(AbsenceRow.id).where(_UNTOLD).limit(1)) is not None


async def claim_untold(session: AsyncSession, *, now: datetime) -> Sequence[AbsenceRow]:
    """Absences nobody was told of yet; from now on they count as told."""
    rows = await session.scalars(
        update(AbsenceRow).where(_UNTOLD).values(told_at=now).returning(AbsenceRow)
    )
    return rows.all()


async def untell(session: AsyncSession, absence_id: int) -> None:
    """It was certainly not told after all."""
    await session.execute(
        update(AbsenceRow).where(AbsenceRow.id == absence_id).values(told_at=None)
    )


_UNTOLD = AbsenceRow.told_at.is_(None)
