"""Cards drawn where a button was pressed, and known for what they show."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from telegram import Message
from telegram.error import BadRequest

from bot.chat import delivery
from bot.chat.desk import Visit
from bot.chat.layout.digest import with_way_back
from bot.chat.layout.letter import Letter
from bot.domain.drafts import Version
from bot.domain.records import Idea
from bot.journey import backlog, draft, offers, pan


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the cards of an expansion, counted from 0."""

    expansion_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Evening:
    """A digest, with all it offers."""

    digest_id: int


@dataclass(frozen=True, slots=True)
class View:
    """What a message says, and the one idea, the page of cards, the version of a draft or the
    digest it shows if it does."""

    letter: Letter
    shows: Idea | Page | Version | Evening | None = None


log = logging.getLogger(__name__)
# None: what was to be seen is gone.
Look = Callable[[], Awaitable[View | None]]


async def send(visit: Visit, look: Look) -> None:
    """Show it in a new message."""
    if view := await look():
        sent = await delivery.send(visit.bot, visit.person.id, view.letter)
        if view.shows:
            await _known(visit, sent.message_id, view)


def draw_later(visit: Visit, look: Look) -> None:
    """Show in the message that was pressed what is to be seen by then; in a new one where Telegram
    no longer gives us the old."""
    message = visit.update.effective_message
    if message is None:
        visit.afterwards.append(partial(send, visit, look))
        return

    async def draw() -> None:
        if not await _changed(visit, message, look):
            await send(visit, look)

    redraws = visit.desk.redraws
    visit.afterwards.append(partial(redraws.draw, visit.person.id, message.message_id, draw))


async def _changed(visit: Visit, message: Message, look: Look) -> bool:
    """Show it in this message; False where that cannot be changed any more."""
    if not message.is_accessible:
        return False
    if view := await look():
        letter = await _with_way_back(visit, message.message_id, view)
        try:
            await delivery.edit(visit.bot, message, letter)
        except BadRequest as exc:  # too old to change, or deleted
            log.info("cards are shown in a new message: %s", exc)
            return False
        await _known(visit, message.message_id, view)
    return True


async def _with_way_back(visit: Visit, message_id: int, view: View) -> Letter:
    """The letter; where a digest was opened in its place, with a button that brings that back."""
    if isinstance(view.shows, Evening):
        return view.letter
    digest_id = await offers.came_in(visit.desk.db, visit.person.id, message_id)
    return with_way_back(visit.say, view.letter, digest_id) if digest_id else view.letter


async def _known(visit: Visit, message_id: int, view: View) -> None:
    """A reply to it is about what it shows, and so is a number in that; only once it is seen."""
    db, person_id, shows = visit.desk.db, visit.person.id, view.shows
    if isinstance(shows, Page):
        await pan.turned(
            db,
            person_id=person_id,
            expansion_id=shows.expansion_id,
            message_id=message_id,
            page=shows.number,
        )
    elif isinstance(shows, Version):
        await draft.shown_as(db, person_id, shows.id, message_id)
    elif isinstance(shows, Evening):
        await offers.shown_as(db, person_id, shows.digest_id, message_id)
    else:
        await backlog.shown_as(db, person_id, message_id, shows)
