"""Single cards drawn where a button was pressed, and known for what they show."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from telegram.error import BadRequest

from bot.chat import delivery
from bot.chat.desk import Visit
from bot.chat.layout.letter import Letter
from bot.domain.records import Idea
from bot.journey import backlog as journey


@dataclass(frozen=True, slots=True)
class View:
    """What a message says, and the one idea it shows if it does."""

    letter: Letter
    idea: Idea | None = None


log = logging.getLogger(__name__)
Look = Callable[[], Awaitable[View]]


async def send(visit: Visit, look: Look) -> None:
    """Show it in a new message."""
    view = await look()
    sent = await delivery.send(visit.bot, visit.person.id, view.letter)
    if view.idea:
        await _known(visit, sent.message_id, view)


def draw_later(visit: Visit, look: Look) -> None:
    """Show in the message that was pressed what is to be seen by then; in a new one where Telegram
    no longer gives us the old."""
    message = visit.update.effective_message
    if message is None or not message.is_accessible:
        visit.afterwards.append(partial(send, visit, look))
        return

    async def draw() -> None:
        view = await look()
        try:
            await delivery.edit(visit.bot, message, view.letter)
        except BadRequest as exc:  # too old to change, or deleted
            log.info("a card is shown in a new message: %s", exc)
            await send(visit, look)
            return
        await _known(visit, message.message_id, view)

    redraws = visit.desk.redraws
    visit.afterwards.append(partial(redraws.draw, message.chat_id, message.message_id, draw))


async def _known(visit: Visit, message_id: int, view: View) -> None:
    """A reply to it is about what it shows."""
    await journey.shown_as(visit.desk.db, visit.person.id, message_id, view.idea)
