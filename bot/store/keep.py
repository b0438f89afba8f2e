"""Writing fragments down: new ones, and what changes about them."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Fragment, Media, Origin
from bot.store.tables import FragmentRow, MediaRow, RevisionRow

COLUMNS = (
    *("person_id", "n", "kind", "origin", "text", "message_id", "captured_at"),
    *("reply_to", "about", "about_idea", "about_draft", "about_digest", "aside"),
    *("gold_at", "source", "source_at"),
)


async def add(session: AsyncSession, new: Sequence[Fragment]) -> list[Fragment]:
    """Keep fragments, in few statements however many they are; the same with the ids they got."""
    ids = await session.scalars(
        insert(FragmentRow).returning(FragmentRow.id, sort_by_parameter_order=True),
        [
            {name: getattr(one, name) for name in COLUMNS} | {"album": one.album or None}
            for one in new
        ],
    )
    kept = [replace(one, id=id) for one, id in zip(new, ids, strict=True)]
    await add_media(session, [(one.id, file) for one in kept for file in one.media])
    return kept


async def add_media(session: AsyncSession, files: Sequence[tuple[int, Media]]) -> None:
    """Keep files, each with the id of the fragment it belongs to."""
    if files:
        rows = [
            {"fragment_id": id} | asdict(file) | {"words": file.words or None} for id, file in files
        ]
        await session.execute(insert(MediaRow), rows)


async def revise(session: AsyncSession, fragment: Fragment, text: str, *, now: datetime) -> None:
    """Give a fragment a new text and keep the one it had."""
    session.add(RevisionRow(fragment_id=fragment.id, text=fragment.text, replaced_at=now))
    await set_text(session, fragment.id, text)


async def set_text(session: AsyncSession, fragment_id: int, text: str) -> None:
    """Let a fragment say more than it did, as its further messages arrive or are heard."""
    await _set(session, fragment_id, text=text)


async def set_source(session: AsyncSession, fragment_id: int, source: str) -> None:
    """Where a page was found in the end."""
    await _set(session, fragment_id, source=source)


async def set_gold(session: AsyncSession, fragment_id: int, at: datetime | None) -> None:
    """Mark a fragment as gold, or take the mark away."""
    await _set(session, fragment_id, gold_at=at)


async def set_aside(session: AsyncSession, fragment_id: int) -> None:
    """A fragment only says how to change a draft: nothing is made of it."""
    await _set(session, fragment_id, aside=True)


async def disown(session: AsyncSession, fragment_id: int) -> None:
    """The words of this fragment are somebody else's, says the person."""
    await session.execute(
        update(FragmentRow)
        .where(FragmentRow.id == fragment_id, FragmentRow.origin == Origin.OWN)
        .values(origin=Origin.FORWARDED, disowned=True)
    )


async def own_again(session: AsyncSession, fragment_id: int) -> None:
    """Take that back. A forward stays a forward, whatever is said of it."""
    await session.execute(
        update(FragmentRow)
        .where(FragmentRow.id == fragment_id, FragmentRow.disowned)
        .values(origin=Origin.OWN, disowned=False)
    )


async def _set(session: AsyncSession, fragment_id: int, **values: object) -> None:
    await session.execute(update(FragmentRow).where(FragmentRow.id == fragment_id).values(**values))
