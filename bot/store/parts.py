"""Queries about the messages of fragments that came as several."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.pastes import NEARLY_FULL_UNITS
from bot.domain.records import Kind, Origin, Said
from bot.store.tables import FragmentRow, PartRow


async def open_ended(
    session: AsyncSession, last: Mapping[int, int]
) -> dict[int, tuple[int, list[Said]]]:
    """Of these people, whose newest fragment (its number is given) may be the beginning of a long
    paste: its id and the messages it came as. One statement for nearly everybody."""
    newest = tuple_(FragmentRow.person_id, FragmentRow.n).in_(list(last.items()))
    rows = await session.scalars(
        # No text is longer in characters than in UTF-16 units, and at least half as long.
        select(FragmentRow).where(
            newest,
            FragmentRow.kind == Kind.TEXT,
            FragmentRow.origin == Origin.OWN,
            func.length(FragmentRow.text) >= NEARLY_FULL_UNITS // 2,
        )
    )
    return {row.person_id: (row.id, await _messages(session, row)) for row in rows}


async def of_fragment(session: AsyncSession, fragment_id: int) -> list[tuple[int, str]]:
    """The messages of a fragment that came as several, each with its text, in order; empty for any
    other."""
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


async def revise(session: AsyncSession, fragment_id: int, message_id: int, text: str) -> None:
    """One of a fragment's messages was edited."""
    await session.execute(
        update(PartRow)
        .where(PartRow.fragment_id == fragment_id, PartRow.message_id == message_id)
        .values(text=text)
    )


async def _messages(session: AsyncSession, row: FragmentRow) -> list[Said]:
    parts: Sequence[PartRow] = (
        await session.scalars(
            select(PartRow).where(PartRow.fragment_id == row.id).order_by(PartRow.message_id)
        )
    ).all()
    if not parts:
        return [Said(row.person_id, row.message_id, row.text, row.captured_at)]
    return [Said(row.person_id, one.message_id, one.text, one.sent_at) for one in parts]
