"""Queries about files and pages that somebody still has to look into."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Kind, Media, Unread
from bot.store.tables import FragmentRow, MediaRow


async def waiting(
    session: AsyncSession,
    person_ids: Collection[int],
    *,
    pictures_since: datetime | None,
    but: Collection[int],
    most: int,
) -> list[Unread]:
    """Up to `most` of the pages that these people asked for, and of the pictures they sent since
    this moment (None: no pictures), in order of arrival; none of those in `but`."""
    wanted = FragmentRow.kind == Kind.LINK
    if pictures_since:
        # An album may begin with a video; a picture sent as a file is material like any other file.
        seen = FragmentRow.kind.in_((Kind.PHOTO, Kind.VIDEO))
        picture = (seen, MediaRow.mime.startswith("image/"), MediaRow.path.is_not(None))
        wanted = or_(wanted, and_(*picture, FragmentRow.captured_at >= pictures_since))
    rows = await session.execute(
        select(MediaRow, FragmentRow)
        .join(FragmentRow, FragmentRow.id == MediaRow.fragment_id)
        .where(MediaRow.words.is_(None), MediaRow.trouble.is_(None), wanted)
        .where(FragmentRow.person_id.in_(person_ids), MediaRow.id.not_in(but))
        .order_by(MediaRow.id)
        .limit(most)
    )
    return [_unread(media, fragment) for media, fragment in rows]


async def store(session: AsyncSession, media_id: int, *, words: str, by: str) -> None:
    """What stands in it, or what a writer sees in it."""
    await session.execute(
        update(MediaRow).where(MediaRow.id == media_id).values(words=words, by=by)
    )


async def note(session: AsyncSession, media_id: int, trouble: str) -> None:
    """Why it has no words, or not all of them."""
    await session.execute(update(MediaRow).where(MediaRow.id == media_id).values(trouble=trouble))


def _unread(media: MediaRow, fragment: FragmentRow) -> Unread:
    return Unread(
        id=media.id,
        person_id=fragment.person_id,
        fragment_id=fragment.id,
        message_id=fragment.message_id,
        media=Media(file_id=media.file_id, path=media.path, mime=media.mime, size=media.size),
    )
