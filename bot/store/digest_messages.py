"""Queries about which message of the bot's a digest came in."""

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import draft_messages
from bot.store.draft_tables import DigestMessageRow


async def shown_as(session: AsyncSession, person_id: int, digest_id: int, message_id: int) -> None:
    """Remember that this message shows a digest now, and no longer one of its drafts."""
    row = await session.scalar(_message(person_id, message_id))
    if row is None:
        row = DigestMessageRow(person_id=person_id, message_id=message_id)
        session.add(row)
    row.digest_id = digest_id
    await session.flush()
    await draft_messages.forget(session, person_id, message_id)


async def came_in(session: AsyncSession, person_id: int, message_id: int) -> int | None:
    """The digest that came in this message, whatever that shows just now; None when none did."""
    row = await session.scalar(_message(person_id, message_id))
    return row.digest_id if row else None


def _message(person_id: int, message_id: int) -> Select[DigestMessageRow]:
    return select(DigestMessageRow).where(
        DigestMessageRow.person_id == person_id, DigestMessageRow.message_id == message_id
    )
