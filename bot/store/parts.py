"""Queries about the messages of fragments that came as several, or with files."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.pastes import NEARLY_FULL_UNITS
from bot.domain.records import Fragment, Said
from bot.store.tables import FragmentRow, PartRow

# Ours: what takes longer to arrive is no paste and no album.
ARRIVES_WITHIN = timedelta(seconds=5)


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


async def more_to_come(session: AsyncSession, person_id: int, now: datetime) -> bool:
    """Whether the person's newest fragment may be the beginning of a long paste or of an album that
    is still arriving. By Telegram's dates, which are close to ours."""
    newest = await session.scalar(
        select(FragmentRow)
        .where(FragmentRow.person_id == person_id)
        .order_by(FragmentRow.n.desc())
        .limit(1)
    )
    if newest is None or abs(now - newest.captured_at) > ARRIVES_WITHIN:
        return False
    return newest.album is not None or len(newest.text) >= NEARLY_FULL_UNITS // 2
