"""Queries about the messages of fragments that came as several, or with files."""

from collections.abc import Iterable

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Fragment, Said
from bot.store.tables import PartRow


async def of_fragment(session: AsyncSession, fragment_id: int) -> list[tuple[int, str]]:
    """The messages of a fragment that came as several or with files, each with its text, in order;
    empty for any other."""
    rows = await session.scalars(
        select(PartRow).where(PartRow.fragment_id == fragment_id).order_by(PartRow.message_id)
    )
    return [(row.message_id, row.text) for row in rows]


async def add(session: AsyncSession, fragment_id: int, messages: Iterable[Said]) -> None:
    """Note that a fragment came as these messages too."""
    rows = [
        {
            "fragment_id": fragment_id,
            "person_id": one.person_id,
            "message_id": one.message_id,
            "text": one.text,
            "sent_at": one.at,
        }
        for one in messages
    ]
    await session.execute(insert(PartRow), rows)


async def revise(session: AsyncSession, fragment_id: int, message_id: int, text: str) -> bool:
    """One of a fragment's messages was edited; False when the fragment is that message alone."""
    changed = await session.scalar(
        update(PartRow)
        .where(PartRow.fragment_id == fragment_id, PartRow.message_id == message_id)
        .values(text=text)
        .returning(PartRow.id)
    )
    return changed is not None


async def messages(session: AsyncSession, fragment: Fragment) -> list[Said]:
    """The messages a text came as, in order."""
    rows = await session.scalars(
        select(PartRow).where(PartRow.fragment_id == fragment.id).order_by(PartRow.message_id)
    )
    sent = [(row.message_id, row.text, row.sent_at) for row in rows]
    return [
        Said(fragment.person_id, *one, kind=fragment.kind, origin=fragment.origin)
        for one in sent or [(fragment.message_id, fragment.text, fragment.captured_at)]
    ]
