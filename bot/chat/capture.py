"""Whatever is sent becomes a fragment; one reaction says so, after it was committed."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from telegram import Message, ReactionTypeEmoji

from bot.chat import delivery, expand, hear, offers, revise, voice_asks, worn
from bot.chat.desk import Visit
from bot.chat.files import fetch, read
from bot.chat.layout.letter import Letter
from bot.chat.layout.reading import unread_document
from bot.chat.pace import type_bot
from bot.chat.signs import GOLD, NOT_HEARD, NOT_YOURS, sign
from bot.chat.sources import source_of
from bot.domain.marks import Mark, read_mark
from bot.domain.records import Fragment, Origin, Said
from bot.journey import capture as journey

# Who sends ten stickers is told once that stickers are not kept.
TOLD_FOR = timedelta(minutes=1)


async def text(visit: Visit) -> None:
    """A line of text: kept, unless it only marks what it answers, corrects a recording, or says how
    to change a draft."""
    if visit.replied_to is not None:
        await offers.touched(visit, visit.replied_to)
    if await _marked(visit) or await hear.corrected(visit, visit.replied_to):
        return
    if await revise.replied(visit) or await offers.replied(visit):
        return
    if await voice_asks.answered(visit):
        return
    fragment = await journey.capture(visit.desk.db, said(visit.message))
    if fragment is None:
        return
    await acknowledge(visit.bot, visit.message, fragment)
    if not await worn.answered(visit, fragment):
        await expand.after_answer(visit, fragment)
        await revise.after_answer(visit, fragment)


async def file(visit: Visit) -> None:
    """A voice note, photo or file: its bytes are stored before anything is said, and whatever
    Telegram has that wait for does not hold back what comes behind."""
    if visit.replied_to is not None:
        await offers.touched(visit, visit.replied_to)
    kind, media = await fetch(visit)
    media, trouble = await read(visit, kind, media)
    with_file = replace(said(visit.message), kind=kind, media=(media,))
    fragment = await journey.capture(visit.desk.db, with_file)
    assert fragment is not None, "a file is never blank"
    await expand.after_spoken_answer(visit, fragment)
    await revise.after_spoken(visit, fragment)
    await offers.after_spoken(visit, fragment)
    if not trouble:
        visit.afterwards.append(partial(hear.acknowledge, visit, fragment))
    else:
        visit.afterwards.append(partial(delivery.react, visit.bot, visit.message, NOT_HEARD))
        letter = unread_document(visit.say, fragment.n, trouble)
        visit.afterwards.append(partial(_answer, visit, letter))
    if media.path is None:
        too_big = visit.say.gettext(
            "Over Telegram's 20 MB for bots: noted as #{n}, but the file stays with Telegram. "
            "Send a shorter one, or run a local Bot API server (see the README)."
        )
        letter = Letter(too_big.format(n=fragment.n))
        visit.afterwards.append(partial(_answer, visit, letter))


async def edited(visit: Visit) -> None:
    """An edited message is a new revision of its fragment, or of what it corrected or asked for."""
    message = visit.message
    if await hear.corrected(visit, message.message_id) or await revise.edited(visit):
        return
    await journey.revise(
        visit.desk.db,
        person_id=visit.person.id,
        message_id=message.message_id,
        text=message.text or message.caption or "",
        now=visit.desk.clock.now(),
    )


async def other(visit: Visit) -> None:
    """Stickers, polls, contacts, places, dice, games: not kept, and said so once a minute."""
    now, told_at = visit.desk.clock.now(), visit.desk.refused_at
    if (last := told_at.get(visit.person.id)) and now - last < TOLD_FOR:
        return
    letter = Letter(
        visit.say.gettext(
            "I keep text, voice, photos, videos, files and links. Stickers, polls, contacts, "
            "places and games I cannot keep; say it in words, and it stays."
        )
    )
    await _answer(visit, letter)
    told_at[visit.person.id] = now


async def reaction(visit: Visit) -> None:
    """A reaction of the person's marks a fragment, or a draft; taking it away takes the mark
    away."""
    change = visit.update.message_reaction
    assert change is not None, "routes send only reactions here"
    before, after = _marks(change.old_reaction), _marks(change.new_reaction)
    db, person_id, message_id = visit.desk.db, visit.person.id, change.message_id
    await offers.touched(visit, message_id)
    for mark in before - after:
        if not await journey.unmark(db, person_id=person_id, message_id=message_id, mark=mark):
            await revise.marked(visit, message_id, Mark.NOT_MINE)
    now = visit.desk.clock.now()
    for mark in after - before:
        if not await journey.mark(
            db, person_id=person_id, message_id=message_id, mark=mark, now=now
        ):
            await revise.marked(visit, message_id, mark)


async def _marked(visit: Visit) -> bool:
    """Whether the text was only a mark on a fragment or a draft; that then shows it."""
    mark = read_mark(visit.message.text or "")
    reply = visit.message.reply_to_message
    if mark is None or not isinstance(reply, Message):
        return False
    fragment = await journey.mark(
        visit.desk.db,
        person_id=visit.person.id,
        message_id=reply.message_id,
        mark=mark,
        now=visit.desk.clock.now(),
    )
    if fragment is None and not await revise.marked(visit, reply.message_id, mark):
        return False
    await delivery.react(visit.bot, reply, GOLD if mark is Mark.GOLD else NOT_YOURS)
    return True


def said(message: Message) -> Said:
    """What a message says, as the journeys take it."""
    reply = message.reply_to_message
    source, source_at = source_of(message.forward_origin)
    return Said(
        person_id=message.chat_id,
        message_id=message.message_id,
        text=message.text or message.caption or "",
        at=message.date,
        origin=Origin.FORWARDED if message.forward_origin else Origin.OWN,
        reply_to_message=reply.message_id if reply else None,
        source=source,
        source_at=source_at,
        album=message.media_group_id or "",
    )


async def acknowledge(bot: type_bot, message: Message, fragment: Fragment) -> None:
    """One reaction on the message says what became of it."""
    await delivery.react(bot, message, sign(fragment))


async def _answer(visit: Visit, letter: Letter) -> None:
    message_id = visit.message.message_id
    await delivery.send(visit.bot, visit.person.id, letter, reply_to=message_id)


def _marks(reactions: tuple[object, ...]) -> set[Mark]:
    emoji = (one.emoji for one in reactions if isinstance(one, ReactionTypeEmoji))
    return {mark for one in emoji if (mark := read_mark(one))}
