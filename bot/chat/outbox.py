"""Parcels on their way: worded from what is stored, sent part by part, each step survivable."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.chat import digest, draft, expand, hear, reading, week, why
from bot.chat.delivery import certainly_not_delivered, send_part
from bot.chat.desk import Desk
from bot.chat.insist import until_stored
from bot.chat.layout import notices
from bot.chat.layout.letter import Letter
from bot.chat.pace import Wish, type_bot
from bot.chat.wording import wording
from bot.domain.parcels import Content, Parcel
from bot.domain.records import Person
from bot.journey import outbox as journey
from bot.journey import people

log = logging.getLogger(__name__)
T = TypeVar("T")


class _TakenOver(Exception):
    """Another worker has the parcel by now."""


class _Start:
    """Writes down that a message is about to go out; once, also when it goes out in plain text."""

    def __init__(self, desk: Desk, parcel: Parcel, as_of: datetime) -> None:
        self._desk = desk
        self._parcel = parcel
        self._as_of = as_of
        self._begun = False

    async def __call__(self) -> None:
        if self._begun:
            return
        now = self._desk.clock.now()
        if not await journey.begin(self._desk.db, self._parcel, as_of=self._as_of, now=now):
            raise _TakenOver
        self._begun = True


async def deliver(desk: Desk, bot: type_bot, parcel: Parcel) -> None:
    """Send one claimed parcel, and write down what became of it."""
    person = await people.find(desk.db, parcel.person_id)
    assert person is not None, "a parcel belongs to a person"
    # The parts of one letter are cut from the same words, however long after one another.
    as_of = parcel.begun_at if parcel.begun_at and parcel.parts_sent else desk.clock.now()
    letter = await _letter(desk, person, parcel, as_of)
    if letter is None:
        log.info("parcel %d is dropped, what it held is gone", parcel.id)
        await journey.nothing_left(desk.db, parcel)
    elif await _signed(desk, bot, parcel):
        await _send(desk, bot, parcel, list(letter.parts()), as_of)


async def _signed(desk: Desk, bot: type_bot, parcel: Parcel) -> bool:
    """Put the reaction on the person's message that goes with the parcel, if one does. It harms
    nobody if it happens twice, so without it the parcel waits."""
    if parcel.parts_sent or parcel.kind not in (Content.HEARING, Content.UNHEARD):
        return True
    try:
        await hear.sign(desk, bot, parcel)
    except BadRequest as exc:  # the chat takes no reactions: better without
        log.warning("no reaction on a recording: %s", exc)
    except NetworkError:
        await _noted(desk, journey.not_sent, parcel, refused=False)
        return False
    except Forbidden:
        await _noted(desk, journey.blocked, parcel)
        return False
    return True


async def _send(
    desk: Desk, bot: type_bot, parcel: Parcel, parts: list[Letter], as_of: datetime
) -> None:
    # Nobody is waiting for the others.
    later = parcel.kind not in (Content.EXPANSION, Content.WAITS, Content.DRAFT)
    while True:
        # Should its words have become fewer meanwhile, the end with the buttons comes again.
        place = min(parcel.parts_sent, len(parts) - 1)
        wish = Wish(begin=_Start(desk, parcel, as_of), later=later)
        try:
            sent = await send_part(bot, parcel.person_id, parts[place], wish=wish)
        except _TakenOver:
            return
        except RetryAfter:  # the next turn comes when the wait is over
            parcel = await _noted(desk, journey.go_on, parcel, parts_sent=place)
        except TelegramError as exc:
            await _not_sent(desk, parcel, exc)
            return
        else:
            if place + 1 == len(parts):
                await _noted(desk, journey.sent, parcel, message_id=sent.message_id)
                return
            parcel = await _noted(
                desk, journey.go_on, parcel, parts_sent=place + 1, message_id=sent.message_id
            )


async def _not_sent(desk: Desk, parcel: Parcel, exc: TelegramError) -> None:
    """What certainly did not arrive is tried again; what may have arrived is not."""
    log.warning("parcel %d was not sent: %s", parcel.id, type(exc).__name__)
    refused = isinstance(exc, BadRequest)
    if isinstance(exc, Forbidden):
        await _noted(desk, journey.blocked, parcel)
    elif not certainly_not_delivered(exc):
        await _noted(desk, journey.lost, parcel)
    elif await _noted(desk, journey.not_sent, parcel, refused=refused):
        log.error("parcel %d is given up: %s", parcel.id, exc)


async def _noted(
    desk: Desk, verb: Callable[..., Awaitable[T]], parcel: Parcel, **facts: object
) -> T:
    """What became of a message that went out; else it would go out once more, or count as lost."""
    return await until_stored(
        desk.clock, lambda: verb(desk.db, parcel, now=desk.clock.now(), **facts)
    )


async def _letter(desk: Desk, person: Person, parcel: Parcel, as_of: datetime) -> Letter | None:
    """What a parcel says; None when what it holds is gone."""
    match parcel.kind:
        case Content.DIGEST:
            return await digest.letter(desk, person, parcel.about, as_of)
        case Content.DRAFT:
            return await draft.letter(desk, person, parcel.about)
        case Content.EXPANSION:
            return await expand.letter(desk, person, parcel.about)
        case Content.WAITS:
            return await expand.waiting(desk, person, parcel.about)
        case Content.HEARING:
            return await hear.letter(desk, person, parcel.about)
        case Content.UNHEARD:
            return await hear.reason(desk, person, parcel.about)
        case Content.WHY:
            return await why.letter(desk, person, parcel.about)
        case Content.PAGE:
            return await reading.letter(desk, person, parcel.about)
        case Content.WEEK:
            return await week.letter(desk, person, parcel.about)
        case Content.OFFER:
            return await _offer(desk, person, parcel.about)


async def _offer(desk: Desk, person: Person, parcel_id: int) -> Letter | None:
    """Say that something may not have arrived, with a button that shows it."""
    lost = await journey.find(desk.db, parcel_id)
    if lost is None:
        return None
    say = wording(person.language)
    named = _NAMED.get(lost.kind)
    found = await named(desk, person, lost.about) if named else None
    return notices.offer(say, *found) if found else None


# What waits begins by itself, whoever was told: nothing of it is lost.
_NAMED = {
    Content.DIGEST: digest.named,
    Content.DRAFT: draft.named,
    Content.EXPANSION: expand.named,
    Content.HEARING: hear.named,
    Content.UNHEARD: hear.named,
    Content.WHY: why.named,
    Content.PAGE: reading.named,
    Content.WEEK: week.named,
}
