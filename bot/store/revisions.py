"""Changing versions of drafts that are not written yet, or that the person wrote themselves."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.drafts import Version
from bot.store.draft_tables import VersionRow
from bot.store.drafts import WANTED
from bot.store.leases import lapsed


async def reword(session: AsyncSession, version: Version, wish: str, *, now: datetime) -> bool:
    """Another wish in place of one that nobody carries out yet; False when it is too late."""
    changed = await session.scalar(
        update(VersionRow)
        .where(
            VersionRow.id == version.id,
            VersionRow.state == WANTED,
            lapsed(VersionRow.lease_until, now),
        )
        .values(wish=wish)
        .returning(VersionRow.id)
    )
    return changed is not None


async def set_text(session: AsyncSession, version_id: int, text: str) -> None:
    """The person edited their final text."""
    await session.execute(update(VersionRow).where(VersionRow.id == version_id).values(text=text))
