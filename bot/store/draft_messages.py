"""Queries about which message of the bot's shows which version of a draft."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.drafts import Version
from bot.store import drafts
from bot.store.draft_tables import DraftMessageRow


@dataclass(frozen=True, slots=True)
class Shown:
    """What a message shows, and what it asks for if it asks."""

    version: Version
    asks: str = ""


async def shown_as(
    session: AsyncSession, version: Version, message_id: int, *, asks: str = ""
) -> None:
    """Remember what this message of the bot shows now, so that a reply to it is known as one."""
    row = await _message(session, version.person_id, message_id)
    if row is None:
        row = DraftMessageRow(person_id=version.person_id, message_id=message_id)
        session.add(row)
    row.version_id, row.asks = version.id, asks
    await session.flush()


async def shown_in(session: AsyncSession, person_id: int, message_id: int) -> Shown | None:
    """The version that this message shows; None when it shows none."""
    row = await _message(session, person_id, message_id)
    version = await drafts.version(session, person_id, row.version_id) if row else None
    return Shown(version, row.asks) if row and version else None


async def forget(session: AsyncSession, person_id: int, message_id: int) -> None:
    """This message shows no version any longer."""
    if row := await _message(session, person_id, message_id):
        await session.delete(row)
        await session.flush()


async def _message(
    session: AsyncSession, person_id: int, message_id: int
) -> DraftMessageRow | None:
    query = select(DraftMessageRow).where(
        DraftMessageRow.person_id == person_id, DraftMessageRow.message_id == message_id
    )
    return await session.scalar(query)
