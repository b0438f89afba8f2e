"""Keeping what a person sends."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.marks import Mark
from bot.domain.records import Fragment, Kind, Said
from bot.domain.words import is_blank
from bot.journey import joining
from bot.store import fragments, keep, people
from bot.store.database import Database


async def capture(db: Database, said: Said) -> Fragment | None:
    """Keep one message as a fragment; None when it is blank.

    A message that is kept already gives the fragment it became: delivering it twice is harmless.
    """
    return (await capture_all(db, [said]))[0]


async def capture_all(db: Database, said: Sequence[Said]) -> list[Fragment | None]:
    """Keep many people's messages in one transaction, each as `capture` does.

    Raises LookupError, and keeps none, when somebody among them was never let in.
    """
    wanted = {
        (one.person_id, one.message_id): one
        for one in said
        if one.kind is not Kind.TEXT or not is_blank(one.text)
    }
    if not wanted:
        return [None] * len(said)
    async with db.write() as session:
        last = await people.lock(session, *{one.person_id for one in wanted.values()})
        if strangers := {one.person_id for one in wanted.values()} - last.keys():
            raise LookupError(f"nobody let in {strangers}")
        kept, newest = await fragments.around(session, list(wanted), last)
        if new := [one for sent, one in wanted.items() if sent not in kept]:
            kept |= await joining.store(session, new, last, newest)
    return [kept.get((one.person_id, one.message_id)) for one in said]


async def revise(
    db: Database, *, person_id: int, message_id: int, text: str, now: datetime
) -> Fragment | None:
    """Take an edited message as a new revision of its fragment; the old text is kept.

    None when the message never was a fragment. The same text again changes nothing.
    """
    async with db.write() as session:
        await people.lock(session, person_id)  # its words may be stored at this very moment
        fragment = await fragments.by_message(session, person_id, message_id)
        if fragment and fragment.kind is Kind.LINK:
            return fragment  # its words are the page's, whatever /read is edited to
        if fragment:
            text = await joining.edited(session, fragment, message_id, text)
        if fragment and fragment.text != text and not is_blank(text):
            await keep.revise(session, fragment, text, now=now)
        return fragment


async def mark(
    db: Database, *, person_id: int, message_id: int, mark: Mark, now: datetime
) -> Fragment | None:
    """Mark the fragment sent as this message; None when that message is not a fragment."""
    async with db.write() as session:
        fragment = await fragments.about(session, person_id, message_id)
        if fragment is None:
            return None
        if mark is Mark.NOT_MINE:
            await keep.disown(session, fragment.id)
        elif fragment.gold_at is None:
            await keep.set_gold(session, fragment.id, now)
        return await fragments.by_number(session, person_id, fragment.n)


async def unmark(db: Database, *, person_id: int, message_id: int, mark: Mark) -> Fragment | None:
    """Take a mark away again."""
    async with db.write() as session:
        fragment = await fragments.about(session, person_id, message_id)
        if fragment is None:
            return None
        if mark is Mark.NOT_MINE:
            await keep.own_again(session, fragment.id)
        else:
            await keep.set_gold(session, fragment.id, None)
        return await fragments.by_number(session, person_id, fragment.n)
