"""Telling people of a time in which what they sent may have been lost."""

import logging

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.chat import delivery
from bot.chat.desk import Desk
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
                await turns.untell(desk.db, absence)
    except StoreError as exc:
        log.error("who is to be told of an absence could not be read: %s", exc)


async def _told(bot: type_bot, absence: Absence) -> bool:
    """False when it certainly did not arrive and may the next time."""
    person = absence.person
    letter = notices.absence(wording(person.language), person, absence.since, absence.until)
    try:
        await delivery.send(bot, person.id, letter)
    except (BadRequest, Forbidden, TimedOut) as exc:  # for good, or it may have arrived
        log.warning("an absence was not told: %s", type(exc).__name__)
    except (NetworkError, RetryAfter):
        return False
    except TelegramError as exc:
        log.warning("an absence was not told: %s", type(exc).__name__)
    return True
