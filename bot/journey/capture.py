"""Keeping what a person sends."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.hearing import with_words
from bot.domain.marks import Mark
from bot.domain.records import Fragment, Kind, Said
from bot.domain.words import is_blank
from bot.store import fragments, heard, hearings, ideas, people
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
        kept = await fragments.by_messages(session, wanted)
        new = []
        for one in (one for sent, one in wanted.items() if sent not in kept):
            last[one.person_id] += 1
            new.append(await _new(session, one, n=last[one.person_id]))
        if new:
            await people.count_fragments(session, last)
            added = await fragments.add(session, new)
            if sounding := {one.id: one.captured_at for one in added if one.media}:
                await hearings.open_for(session, sounding, now=max(sounding.values()))
            kept |= {(one.person_id, one.message_id): one for one in added}
    return [kept.get((one.person_id, one.message_id)) for one in said]


async def _new(session: AsyncSession, said: Said, *, n: int) -> Fragment:
    """What a message becomes; it gets its id when it is stored."""
    continued, about = await _continued(session, said.person_id, said.reply_to_message)
    return Fragment(
        id=0,
        person_id=said.person_id,
        n=n,
        kind=said.kind,
        origin=said.origin,
        text=said.text,
        message_id=said.message_id,
        captured_at=said.at,
        reply_to=continued,
        about=about,
        media=said.media,
    )


async def revise(
    db: Database, *, person_id: int, message_id: int, text: str, now: datetime
) -> Fragment | None:
    """Take an edited message as a new revision of its fragment; the old text is kept.

    None when the message never was a fragment. The same text again changes nothing.
    """
    async with db.write() as session:
        fragment = await fragments.by_message(session, person_id, message_id)
        if fragment and fragment.media:
            text = await _with_what_was_heard(session, fragment, text)
        if fragment and fragment.text != text and not is_blank(text):
            await fragments.revise(session, fragment, text, now=now)
        return fragment


async def mark(
    db: Database, *, person_id: int, message_id: int, mark: Mark, now: datetime
) -> Fragment | None:
    """Mark the fragment sent as this message; None when that message is not a fragment."""
    async with db.write() as session:
        fragment = await _about(session, person_id, message_id)
        if fragment is None:
            return None
        if mark is Mark.NOT_MINE:
            await fragments.disown(session, fragment.id)
        elif fragment.gold_at is None:
            await fragments.set_gold(session, fragment.id, now)
        return await fragments.by_number(session, person_id, fragment.n)


async def unmark(db: Database, *, person_id: int, message_id: int, mark: Mark) -> Fragment | None:
    """Take a mark away again."""
    async with db.write() as session:
        fragment = await _about(session, person_id, message_id)
        if fragment is None:
            return None
        if mark is Mark.NOT_MINE:
            await fragments.own_again(session, fragment.id)
        else:
            await fragments.set_gold(session, fragment.id, None)
        return await fragments.by_number(session, person_id, fragment.n)


async def _with_what_was_heard(session: AsyncSession, fragment: Fragment, caption: str) -> str:
    """An edited caption, and below it the words of the recording, which cannot be edited so."""
    for one in await heard.of_fragment(session, fragment.id):
        caption = with_words(caption, one.text)
    return caption


async def _about(session: AsyncSession, person_id: int, message_id: int) -> Fragment | None:
    """The fragment sent as this message, or the recording whose words this message shows."""
    fragment = await fragments.by_message(session, person_id, message_id)
    hearing = None if fragment else await heard.about(session, person_id, message_id)
    return await fragments.by_number(session, person_id, hearing.n) if hearing else fragment


async def _continued(
    session: AsyncSession, person_id: int, message_id: int | None
) -> tuple[int | None, int | None]:
    """What a reply continues: the number of a fragment (the one replied to, or the seed of the
    cards), and the expansion when it answers cards."""
    if message_id is None:
        return None, None
    fragment = await _about(session, person_id, message_id)
    if fragment:
        return fragment.n, None
    cards = await ideas.by_message(session, person_id, message_id)
    if cards is None:
        return None, None
    return cards.seed_n, None if cards.asked else cards.id
