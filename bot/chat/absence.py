"""Telling people of a time in which what they sent may have been lost."""

import logging
from functools import partial

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.chat import delivery
from bot.chat.delivery import certainly_not_delivered
from bot.chat.desk import Desk
from bot.chat.insist import until_stored
from bot.chat.layout import notices
from bot.chat.pace import type_bot
from bot.chat.wording import wording
from bot.errors import StoreError
from bot.journey import turns
from bot.journey.turns import Absence

log = logging.getLogger(__name__)


async def tell(desk: Desk, bot: type_bot) -> None:
    """Tell everybody who was not told yet; who cannot be reached just now, the next time."""
    try:
        for absence in await turns.untold(desk.db, now=desk.clock.now()):
            if not await _told(bot, absence):
                await until_stored(desk.clock, partial(turns.untell, desk.db, absence))
    except StoreError as exc:
        log.error("who is to be told of an absence could not be read: %s", exc)


async def _told(bot: type_bot, absence: Absence) -> bool:
    """False when it certainly did not arrive and may the next time."""
    person = absence.person
    letter = notices.absence(wording(person.language), person, absence.since, absence.until)
    try:
        await delivery.send(bot, person.id, letter)
    except TelegramError as exc:
        if certainly_not_delivered(exc) and not isinstance(exc, BadRequest | Forbidden):
            return False
        log.warning("an absence may not have been told: %s", exc)
    return True
