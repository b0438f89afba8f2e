"""What was spent, per person and day of theirs."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import evening
from bot.store import people
from bot.store.database import Database
from bot.store.tables import SpendRow

MICRO = Decimal(1_000_000)


class Tokens(Protocol):
    """How many tokens a call used, by what they cost."""

    @property
    def input_tokens(self) -> int: ...
    @property
    def output_tokens(self) -> int: ...
    @property
    def cache_read_tokens(self) -> int: ...
    @property
    def cache_write_tokens(self) -> int: ...


class Ledger:
    """Reserves the worst case of a paid call before it is made and settles it afterwards."""

    def __init__(self, db: Database, now: Callable[[], datetime]) -> None:
        self._db = db
        self._now = now

    async def reserve(
        self, person_id: int, *, job: str, model: str, usd: Decimal, cap_usd: Decimal
    ) -> int | None:
        """Book `usd` for a call about to be made; None when the day's spend would pass the cap."""
        now = self._now()
        async with self._db.write() as session:
            await people.lock(session, person_id)
            if await _spent(session, person_id, now) + usd > cap_usd:
                return None
            row = SpendRow(person_id=person_id, at=now, job=job, model=model, micro_usd=_micro(usd))
            session.add(row)
            await session.flush()
            return row.id

    async def settle(self, entry_id: int, *, usage: Tokens, usd: Decimal) -> None:
        """Replace the worst case by what the call really cost."""
        async with self._db.write() as session:
            await session.execute(
                update(SpendRow)
                .where(SpendRow.id == entry_id)
                .values(
                    micro_usd=_micro(usd),
                    input_tokens=usage.input_tokens,
                    output_tokens=usage.output_tokens,
                    cache_read_tokens=usage.cache_read_tokens,
                    cache_write_tokens=usage.cache_write_tokens,
                )
            )

    async def spent_today(self, person_id: int) -> Decimal:
        """US dollars booked since this person's day began."""
        async with self._db.read() as session:
            return await _spent(session, person_id, self._now())


async def _spent(session: AsyncSession, person_id: int, now: datetime) -> Decimal:
    person = await people.get(session, person_id)
    if person is None:
        return Decimal(0)
    booked = await session.scalar(
        select(func.sum(SpendRow.micro_usd)).where(
            SpendRow.person_id == person_id, SpendRow.at >= evening.day_start(now, person)
        )
    )
    return Decimal(booked or 0) / MICRO


def _micro(usd: Decimal) -> int:
    return int((usd * MICRO).to_integral_value(rounding="ROUND_CEILING"))
