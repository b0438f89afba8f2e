"""Putting letters into a chat."""

import logging

from telegram import CallbackQuery, Message, ReplyParameters
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.chat.layout.letter import Letter

log = logging.getLogger(__name__)


async def send(
    bot: ExtBot[None], chat_id: int, letter: Letter, *, reply_to: int | None = None
) -> Message:
    """Send a letter in as many messages as it needs; the last one, which has the buttons.

    Raises telegram.error.TelegramError when Telegram does not take it.
    """
    reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
    sent: Message | None = None
    for part in letter.parts():
        sent = await bot.send_message(
            chat_id,
            part.text,
            entities=part.entities,
            reply_markup=part.keyboard,
            reply_parameters=reply,
        )
        reply = None
    assert sent is not None, "a letter has at least one part"
    return sent


async def edit(bot: ExtBot[None], message: Message, letter: Letter) -> None:
    """Change a message of ours in place. The same again is no error."""
    part = next(iter(letter.parts()))
    try:
        await bot.edit_message_text(
            part.text,
            chat_id=message.chat_id,
            message_id=message.message_id,
            entities=part.entities,
            reply_markup=part.keyboard,
        )
    except BadRequest as exc:
        if "not modified" not in str(exc):
            raise


async def react(bot: ExtBot[None], message: Message, emoji: str) -> None:
    """Put our one reaction on a message."""
    await bot.set_message_reaction(message.chat_id, message.message_id, emoji)


async def toast(query: CallbackQuery, text: str | None = None) -> None:
    """Answer a button. One pressed long ago can no longer be answered, which harms nobody."""
    try:
        await query.answer(text)
    except BadRequest as exc:
        log.info("a button press could not be answered: %s", exc)
