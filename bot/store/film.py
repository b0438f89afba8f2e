"""Queries about when drafts are to be filmed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.drafts import DONE, Draft
from bot.store import drafts
from bot.store.draft_tables import DraftRow


async def plan(session: AsyncSession, draft_id: int, at: datetime | None) -> None:
    """It is to be filmed then; None: not any more. The same again changes nothing."""
    row = await session.get_one(DraftRow, draft_id)
    if row.film_at != at:
        row.film_at, row.film_changes = at, row.film_changes + 1


async def between(
    session: AsyncSession, person_id: int, start: datetime, end: datetime | None = None
) -> list[Draft]:
    """Drafts of this person's to be filmed from `start` to before `end`, the soonest first; not
    those that are filmed already."""
    before = [DraftRow.film_at < end] if end else []
    ids = await session.scalars(
        select(DraftRow.id)
        .where(
            DraftRow.person_id == person_id,
            DraftRow.film_at >= start,
            DraftRow.status.not_in(DONE),
            *before,
        )
        .order_by(DraftRow.film_at, DraftRow.id)
    )
    found = [await drafts.get(session, person_id, one) for one in ids]
    return [one for one in found if one]
