"""Queries about looks back at weeks."""

from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.weeks import Week, WeekBody
from bot.store import people
from bot.store.draft_tables import VersionRow, WeekRow

_body = TypeAdapter(WeekBody)


async def keep(
    session: AsyncSession, person_id: int, week: date, body: WeekBody, *, now: datetime
) -> Week:
    """The look back at a week, in place of what was seen of it while it ran."""
    await people.lock(session, person_id)
    row = await _row(session, person_id, week)
    if row is None:
        row = WeekRow(person_id=person_id, week=week)
        session.add(row)
    row.composed_at = now
    row.body = _body.dump_python(body, mode="json")
    await session.flush()
    return _week(row)


async def get(session: AsyncSession, person_id: int, week_id: int) -> Week | None:
    """One by its id, if it is this person's."""
    row = await session.get(WeekRow, week_id)
    return _week(row) if row and row.person_id == person_id else None


async def of(session: AsyncSession, person_id: int, week: date) -> Week | None:
    """The one of the week that ends with this day."""
    row = await _row(session, person_id, week)
    return _week(row) if row else None


async def newest(session: AsyncSession, person_id: int) -> Week | None:
    """The last one that was composed."""
    mine = select(WeekRow).where(WeekRow.person_id == person_id)
    row = await session.scalar(mine.order_by(WeekRow.week.desc()).limit(1))
    return _week(row) if row else None


async def titles(session: AsyncSession, person_id: int) -> dict[int, str]:
    """What each draft is called by its newest script; none that has no script."""
    rows = await session.execute(
        select(VersionRow.draft_id, VersionRow.script)
        .where(VersionRow.person_id == person_id)
        .order_by(VersionRow.draft_id, VersionRow.number)
    )
    # Not asked in SQL: without a script a row holds the null of JSON, which is none of SQL's.
    return {draft_id: script["title"] for draft_id, script in rows if script}


async def _row(session: AsyncSession, person_id: int, week: date) -> WeekRow | None:
    mine = WeekRow.person_id == person_id
    return await session.scalar(select(WeekRow).where(mine, WeekRow.week == week))


def _week(row: WeekRow) -> Week:
    return Week(row.id, row.person_id, row.week, row.composed_at, _body.validate_python(row.body))
