"""Recordings: listened to, shown as words, corrected by a reply."""

import asyncio
import logging
from collections.abc import Collection
from contextlib import suppress

from telegram import InlineKeyboardButton
from telegram.error import BadRequest

from bot.chat import delivery
from bot.chat.buttons import MadeUp, Press
from bot.chat.desk import Desk, Visit
from bot.chat.heartbeat import held
from bot.chat.insist import until_stored
from bot.chat.layout import hearing as layout
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.pace import type_bot
from bot.chat.signs import KEPT, NOT_HEARD, NOT_YET_HEARD, NOT_YOURS
from bot.chat.signs import sign as sign_kept
from bot.chat.wording import wording
from bot.domain.heard import Heard
from bot.domain.hearing import Hearing, Stage
from bot.domain.parcels import Content, Parcel
from bot.domain.records import Fragment, Origin, Person
from bot.domain.words import is_blank
from bot.errors import EngineError, StoreError, Trouble
from bot.journey import hear as journey
from bot.journey.ports import ListenAsk, Listener

log = logging.getLogger(__name__)
# Often enough that a lease (2 minutes) outlasts one that fails. Of real time, also in a play: that
# is what listening takes.
HOLD_S = 40.0
# Ours: whatever a listener's own limits are, this is no listening any more.
PATIENCE_S, PATIENCE_PER_S = 900.0, 3.0
# Two hours is as much as is heard of any recording (`engines.audio`).
MOST_HEARD_S = 2 * 3600


def patience_s(said_s: int | None) -> float:
    """How long a recording of this length is listened to at most. Of one that says none, as audio
    sent as a document or without marks of its length (Telegram then says 0), the longest may be
    meant."""
    return PATIENCE_S + PATIENCE_PER_S * min(said_s or MOST_HEARD_S, MOST_HEARD_S)


async def work(
    desk: Desk,
    listener: Listener,
    hearing: Hearing,
    *,
    limit_s: float | None = None,
    hold_s: float = HOLD_S,
) -> None:
    """Listen to one claimed recording, for `limit_s` or else its `patience_s`, and store its words
    or what went wrong. Every `hold_s` it is noted that somebody still listens."""
    limit_s = limit_s or patience_s(hearing.said_s)

    async def hold() -> None:
        await journey.hold(desk.db, hearing, now=desk.clock.now())

    async with held(hold, every_s=hold_s):
        try:
            found = await _heard(desk, listener, hearing, limit_s)
        except EngineError as exc:
            failure = exc
            if desk.outage.is_news(failure.trouble):
                log.warning("recording %d was not heard: %s", hearing.id, failure)
            await until_stored(
                desk.clock,
                lambda: journey.fail(desk.db, hearing, failure, now=desk.clock.now()),
            )
        else:
            if found.text and desk.outage.is_over():  # silence is heard without a server
                log.warning("recordings are heard again")
            # Listening may have been paid for: it is not done again for the database's sake.
            await until_stored(
                desk.clock, lambda: journey.keep(desk.db, hearing, found, now=desk.clock.now())
            )


async def letter(desk: Desk, person: Person, hearing_id: int) -> Letter | None:
    """The words of a recording, silently in answer to it; None when there are none."""
    hearing = await journey.find(desk.db, person.id, hearing_id)
    if hearing is None or not hearing.text:
        return None
    return layout.transcript(wording(person.language), hearing)


async def reason(desk: Desk, person: Person, hearing_id: int) -> Letter | None:
    """Why a recording has no words, silently in answer to it; None when it has some by now."""
    hearing = await journey.find(desk.db, person.id, hearing_id)
    return layout.reason(wording(person.language), hearing) if hearing else None


async def named(
    desk: Desk, person: Person, hearing_id: int
) -> tuple[str, InlineKeyboardButton] | None:
    """What a transcript is called, and a button that shows it."""
    hearing = await journey.find(desk.db, person.id, hearing_id)
    return layout.named(wording(person.language), hearing) if hearing else None


async def sign(desk: Desk, bot: type_bot, parcel: Parcel) -> None:
    """The reaction on the recording that a parcel is about."""
    hearing = await journey.find(desk.db, parcel.person_id, parcel.about)
    if hearing is None:
        return
    emoji = NOT_HEARD
    if parcel.kind is Content.HEARING:  # there may be others in the same album
        together = await journey.of_fragment(desk.db, hearing.fragment_id)
        emoji = _sign(hearing.origin, {one.stage for one in together})
    await delivery.react_at(bot, hearing.person_id, hearing.note, emoji)


async def acknowledge(visit: Visit, fragment: Fragment) -> None:
    """The reaction on a message with a file; of an album only its first has one, which says how all
    of it stands. Should its recording be heard while that is on its way, the later sign wins."""
    told = ""
    while (emoji := await _sign_of(visit.desk, fragment)) != told:
        await delivery.react_at(visit.bot, visit.person.id, fragment.message_id, emoji)
        told = emoji


async def show(visit: Visit, press: Press) -> str | None:
    """The words of a recording once more, because the person asks for it."""
    shown = await letter(visit.desk, visit.person, press.id) or await reason(
        visit.desk, visit.person, press.id
    )
    if shown is None:
        return gone(visit.say)
    sent = await delivery.send(visit.bot, visit.person.id, shown)
    await _answerable(visit, press.id, sent.message_id)
    return None


async def ask(visit: Visit, press: Press) -> str | None:
    """✏️: open the keyboard for the right words."""
    hearing = await journey.find(visit.desk.db, visit.person.id, press.id)
    if hearing is None:
        return gone(visit.say)
    sent = await delivery.send(visit.bot, visit.person.id, layout.question(visit.say, hearing))
    await _answerable(visit, hearing.id, sent.message_id)
    return None


async def again(visit: Visit, press: Press) -> str:
    """Listen once more to what was tried in vain."""
    if press.args:
        raise MadeUp
    if visit.desk.listener() is None:
        return visit.say.gettext("Nobody listens yet. Everything is kept until somebody does.")
    count = await journey.try_again(
        visit.desk.db, person_id=visit.person.id, now=visit.desk.clock.now()
    )
    if not count:
        return visit.say.gettext("All of that was heard by now.")
    return visit.say.ngettext("{n} tried again", "{n} tried again", count).format(n=count)


async def corrected(visit: Visit, about_message: int | None) -> bool:
    """Whether the message corrects what was heard in a recording; it then says what was said."""
    text = visit.message.text or ""
    if about_message is None or is_blank(text) or visit.message.forward_origin:
        return False
    found = await journey.correct(
        visit.desk.db,
        person_id=visit.person.id,
        about_message=about_message,
        by_message=visit.message.message_id,
        text=text,
        now=visit.desk.clock.now(),
    )
    if found is None:
        return False
    await delivery.react(visit.bot, visit.message, KEPT)
    if found.was is Stage.HEARD:
        await _show_corrected(visit, found.hearing)
    elif found.hearing.origin is not Origin.FORWARDED:
        await delivery.react_at(visit.bot, visit.person.id, found.hearing.note, KEPT)
    return True


async def _sign_of(desk: Desk, fragment: Fragment) -> str:
    stages = {one.stage for one in await journey.of_fragment(desk.db, fragment.id)}
    return _sign(fragment.origin, stages) if stages else sign_kept(fragment)


def _sign(origin: Origin, stages: Collection[Stage]) -> str:
    if origin is Origin.FORWARDED:
        return NOT_YOURS
    if not {Stage.WAITING, Stage.HEARING}.isdisjoint(stages):
        return NOT_YET_HEARD
    return KEPT if {Stage.FAILED, Stage.NOTHING}.isdisjoint(stages) else NOT_HEARD


async def _show_corrected(visit: Visit, hearing: Hearing) -> None:
    """In place where one message holds it all, before and after; else once more, from the start."""
    shown = layout.transcript(visit.say, hearing)
    if hearing.message_id and len(list(shown.parts())) == 1:
        with suppress(BadRequest):  # deleted, or too old to be changed
            await delivery.edit_at(visit.bot, visit.person.id, hearing.message_id, shown)
            return
    await journey.show_anew(visit.desk.db, hearing, now=visit.desk.clock.now())


async def _answerable(visit: Visit, hearing_id: int, message_id: int) -> None:
    hearing = await journey.find(visit.desk.db, visit.person.id, hearing_id)
    if hearing:
        await journey.asked_in(visit.desk.db, hearing, message_id)


async def _heard(desk: Desk, listener: Listener, hearing: Hearing, limit_s: float) -> Heard:
    """Raises EngineError, whatever went wrong."""
    asked = await journey.ask_for(desk.db, desk.shelf, hearing)
    try:
        async with asyncio.timeout(limit_s):
            return await _answer(listener, asked)
    except TimeoutError as exc:
        raise EngineError(Trouble.TIMEOUT, f"nothing within {limit_s:.0f} s") from exc


async def _answer(listener: Listener, asked: ListenAsk) -> Heard:
    try:
        return await listener.hear(asked)
    except (EngineError, StoreError, TimeoutError):
        raise
    except Exception as exc:  # a fault of the listener's must not keep the others from being heard
        log.exception("the listener stumbled")
        raise EngineError(Trouble.MALFORMED, type(exc).__name__) from exc
