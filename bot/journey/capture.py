"""Keeping what a person sends."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.marks import Mark
from bot.domain.records import Fragment, Kind, Media, Origin
from bot.domain.words import is_blank
from bot.store import fragments, ideas, people
from bot.store.database import Database


async def capture(
    db: Database,
    *,
    person_id: int,
    message_id: int,
    text: str,
    said_at: datetime,
    kind: Kind = Kind.TEXT,
    origin: Origin = Origin.OWN,
    reply_to_message: int | None = None,
    media: Iterable[Media] = (),
) -> Fragment | None:
    """Keep one message as a fragment; None when it is blank.

    A message that is kept already gives the fragment it became: delivering it twice is harmless.
    """
    if kind is Kind.TEXT and is_blank(text):
        return None
    async with db.write() as session:
        await people.lock(session, person_id)
        known = await fragments.by_message(session, person_id, message_id)
        if known:
            return known
        continued, about = await _continued(session, person_id, reply_to_message)
        return await fragments.add(
            session,
            person_id=person_id,
            n=await people.next_fragment_number(session, person_id),
            kind=kind,
            origin=origin,
            text=text,
            message_id=message_id,
            captured_at=said_at,
            reply_to=continued,
            about=about,
            media=media,
        )


async def revise(
    db: Database, *, person_id: int, message_id: int, text: str, now: datetime
) -> Fragment | None:
    """Take an edited message as a new revision of its fragment; the old text is kept.

    None when the message never was a fragment. The same text again changes nothing.
    """
    async with db.write() as session:
        fragment = await fragments.by_message(session, person_id, message_id)
        if fragment and fragment.text != text and not is_blank(text):
            await fragments.revise(session, fragment, text, now=now)
        return fragment


async def mark(
    db: Database, *, person_id: int, message_id: int, mark: Mark, now: datetime
) -> Fragment | None:
    """Mark the fragment sent as this message; None when that message is not a fragment."""
    async with db.write() as session:
        fragment = await fragments.by_message(session, person_id, message_id)
        if fragment is None:
            return None
        if mark is Mark.NOT_MINE:
            await fragments.disown(session, fragment.id)
        elif fragment.gold_at is None:
            await fragments.set_gold(session, fragment.id, now)
        return await fragments.by_message(session, person_id, message_id)


async def unmark(db: Database, *, person_id: int, message_id: int, mark: Mark) -> Fragment | None:
    """Take a mark away again."""
    async with db.write() as session:
        fragment = await fragments.by_message(session, person_id, message_id)
        if fragment is None:
            return None
        if mark is Mark.NOT_MINE:
            await fragments.own_again(session, fragment.id)
        else:
            await fragments.set_gold(session, fragment.id, None)
        return await fragments.by_message(session, person_id, message_id)


async def _continued(
    session: AsyncSession, person_id: int, message_id: int | None
) -> tuple[int | None, int | None]:
    """What a reply continues: the number of a fragment (the one replied to, or the seed of the
    cards), and the expansion when it answers cards."""
    if message_id is None:
        return None, None
    fragment = await fragments.by_message(session, person_id, message_id)
    if fragment:
        return fragment.n, None
    cards = await ideas.by_message(session, person_id, message_id)
    if cards is None:
        return None, None
    return cards.seed_n, None if cards.asked else cards.id
