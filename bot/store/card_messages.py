"""Queries about which message of the bot's shows which cards."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Expansion
from bot.store.expansions import as_expansion
from bot.store.passing import CardMessageRow
from bot.store.tables import ExpansionRow


@dataclass(frozen=True, slots=True)
class Shown:
    """What a message of the bot's shows: an expansion's question, a page of its cards counted from
    0, a single idea of it, or some of them by number."""

    expansion: Expansion
    idea_id: int | None
    page: int
    shows: tuple[int, ...] = ()


async def shown_as(
    session: AsyncSession,
    expansion_id: int,
    message_id: int,
    *,
    idea_id: int | None = None,
    page: int = 0,
    shows: Sequence[int] = (),
) -> None:
    """Remember what this message of the bot shows now, so that a reply to it is known as one."""
    expansion = await session.get_one(ExpansionRow, expansion_id)
    row = await _message(session, expansion.person_id, message_id)
    if row is None:
        row = CardMessageRow(person_id=expansion.person_id, message_id=message_id)
        session.add(row)
    row.expansion_id, row.idea_id, row.page = expansion_id, idea_id, page
    row.shows = list(shows) or None
    await session.flush()


async def shows_nothing(session: AsyncSession, person_id: int, message_id: int) -> None:
    """This message of the bot shows cards no longer: a reply to it is about none."""
    if row := await _message(session, person_id, message_id):
        await session.delete(row)


async def shown_in(session: AsyncSession, person_id: int, message_id: int) -> Shown | None:
    """What this message of the bot shows; None when it shows no cards."""
    row = await _message(session, person_id, message_id)
    if row is None:
        return None
    expansion = await session.get_one(ExpansionRow, row.expansion_id)
    return Shown(as_expansion(expansion), row.idea_id, row.page, tuple(row.shows or ()))


async def _message(session: AsyncSession, person_id: int, message_id: int) -> CardMessageRow | None:
    query = select(CardMessageRow).where(
        CardMessageRow.person_id == person_id, CardMessageRow.message_id == message_id
    )
    return await session.scalar(query)
