"""The command menu of Telegram's apps."""

import logging

from telegram import BotCommand
from telegram.error import TelegramError

from bot.chat.layout.greetings import menu
from bot.chat.pace import type_bot
from bot.chat.routes import MENU
from bot.chat.wording import wording
from bot.domain.records import Language

log = logging.getLogger(__name__)


async def show(bot: type_bot) -> None:
    """Set it. Telegram knows two-letter languages only, so both Chinese share one."""
    try:
        for code, language in ((None, Language.EN), ("zh", Language.ZH_HANT)):
            says = menu(wording(language))
            commands = [BotCommand(name, says[name]) for name in MENU]
            await bot.set_my_commands(commands, language_code=code)
    except TelegramError as exc:
        log.warning("the command menu could not be set: %s", exc)
