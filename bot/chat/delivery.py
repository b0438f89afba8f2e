"""Putting letters into a chat.

An answer that does not come may belong to a message that arrived. So a message is never sent again
for that reason, while an edit or a reaction, which may happen twice without harm, is: the update
that asked for it fails and is handled again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from telegram import (
    CallbackQuery,
    ForceReply,
    InputMediaPhoto,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.chat.layout.letter import Letter
from bot.chat.pace import Wish, type_bot

log = logging.getLogger(__name__)
T = TypeVar("T")
# Pauses before a further part of a letter is tried again that did not go out. The parts before it
# have arrived, so nobody may begin anew.
PAUSES_S = (1, 4, 15)
PICTURE = "week.png"  # nobody but an app that saves it sees the name
MAX_PHOTO = 10 * 1024 * 1024  # bytes (Bot API, sending files)


class MaybeDelivered(TelegramError):
    """A letter of which nobody knows whether all of it arrived; it is not to be sent again."""


async def send(
    bot: type_bot, chat_id: int, letter: Letter, *, reply_to: int | None = None
) -> Message:
    """Send a letter in as many messages as it needs; the last one, which has the buttons.

    Raises MaybeDelivered when it must not be sent again, and any other TelegramError when certainly
    nothing of it arrived.
    """
    first, *further = letter.parts()
    sent = await send_part(bot, chat_id, first, reply_to=reply_to)
    for part in further:
        sent = await _in_the_end(partial(send_part, bot, chat_id, part))
    return sent


async def send_part(
    bot: type_bot,
    chat_id: int,
    part: Letter,
    *,
    reply_to: int | None = None,
    wish: Wish | None = None,
) -> Message:
    """Send one message, without its marks if Telegram cannot read them.

    Raises MaybeDelivered when it may have arrived, and any other TelegramError when it has not.
    """
    answers = reply_to or part.answers
    reply = ReplyParameters(answers, allow_sending_without_reply=True) if answers else None
    force = ForceReply(input_field_placeholder=part.hint) if part.hint else None
    how: dict[str, Any] = {
        "reply_markup": part.keyboard or force,
        "reply_parameters": reply,
        "disable_notification": part.silent or None,
        "rate_limit_args": wish,
    }
    text = partial(bot.send_message, chat_id, **how)
    if not part.picture:
        return await _once(_plain_if_need_be(part, text))

    async def photo(text: str, entities: list[MessageEntity]) -> Message:
        return await bot.send_photo(
            chat_id,
            part.picture,
            caption=text,
            caption_entities=entities,
            filename=PICTURE,
            **how,
        )

    return await _once(_bare_if_need_be(part, photo, text))


async def send_file(
    bot: type_bot, chat_id: int, name: str, content: bytes, below: Letter | None = None
) -> Message:
    """Send a file under this name, with a letter of a few lines below it. Raises like
    `send_part`."""
    words = below or Letter("")
    return await _once(
        bot.send_document(
            chat_id,
            content,
            filename=name,
            caption=words.text or None,
            caption_entities=words.entities or None,
            reply_markup=words.keyboard,
        )
    )


async def edit(bot: type_bot, message: Message, letter: Letter) -> None:
    """Change a message of ours in place: what fits into it, with all its buttons. The same again is
    no error."""
    await edit_at(bot, message.chat_id, message.message_id, letter)


async def edit_at(bot: type_bot, chat_id: int, message_id: int, letter: Letter) -> None:
    """The same for a message that is known by its number alone."""
    part = replace(next(letter.parts()), keyboard=letter.keyboard)
    which: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id}
    text = partial(bot.edit_message_text, reply_markup=part.keyboard, **which)

    async def photo(text: str, entities: list[MessageEntity]) -> Message | bool:
        media = InputMediaPhoto(
            part.picture, caption=text, caption_entities=entities, filename=PICTURE
        )
        return await bot.edit_message_media(media, reply_markup=part.keyboard, **which)

    try:
        await _plain_if_need_be(part, photo if part.picture else text)
    except BadRequest as exc:
        if "not modified" not in str(exc):
            raise


async def react(bot: type_bot, message: Message, emoji: str) -> None:
    """Put our one reaction on a message. One that was deleted meanwhile needs none."""
    await react_at(bot, message.chat_id, message.message_id, emoji)


async def react_at(bot: type_bot, chat_id: int, message_id: int, emoji: str) -> None:
    """The same for a message that is known by its number alone."""
    try:
        await bot.set_message_reaction(chat_id, message_id, emoji)
    except BadRequest as exc:
        if "not found" not in str(exc):
            raise


async def toast(bot: type_bot, query: CallbackQuery, text: str | None = None) -> None:
    """Answer a button. What it asked for is done by now, so an answer that fails harms nobody:
    above all, it does not have all of it done again."""
    try:
        await bot.answer_callback_query(
            query.id, text, rate_limit_args=Wish(chat_id=query.from_user.id)
        )
    except NetworkError as exc:
        log.info("a button press could not be answered: %s", exc)


def certainly_not_delivered(exc: TelegramError) -> bool:
    """Whether Telegram answered with an error, or was never reached. An answer that did not come
    (a connection lost, a timeout while reading) may belong to a message that was delivered."""
    if isinstance(exc, MaybeDelivered):
        return False
    # The HTTP client's error. There is none when Telegram itself answered, and the library's own
    # when it answered with an error in a form that only a gateway gives.
    lost = exc.__cause__
    never_reached = {"ConnectError", "ConnectTimeout", "PoolTimeout", "TelegramError"}
    return lost is None or type(lost).__name__ in never_reached


def is_over(failure: Exception | None) -> bool:
    """Whether an update is done with although something failed: to handle it again would repeat
    an answer that may have arrived, or write to somebody who blocked the bot."""
    return isinstance(failure, MaybeDelivered | Forbidden)


async def _plain_if_need_be(part: Letter, call: Callable[..., Awaitable[T]]) -> T:
    """Better without bold than not at all."""
    try:
        return await call(text=part.text, entities=part.entities)
    except BadRequest as exc:
        if not part.spans or "entit" not in str(exc).lower():
            raise
        log.warning("Telegram could not read the marks of a message: %s", exc)
    return await call(text=part.text, entities=[])


async def _bare_if_need_be(
    part: Letter, photo: Callable[..., Awaitable[T]], text: Callable[..., Awaitable[T]]
) -> T:
    """Better without its picture than not at all."""
    if len(part.picture) <= MAX_PHOTO:
        try:
            return await _plain_if_need_be(part, photo)
        except BadRequest as exc:
            log.warning("Telegram did not take a picture: %s", exc)
    return await _plain_if_need_be(part, text)


async def _once(sending: Awaitable[T]) -> T:
    """What came of it, told apart by whether it may be done again."""
    try:
        return await sending
    except TelegramError as exc:
        if certainly_not_delivered(exc):
            raise
        raise MaybeDelivered(f"no answer to a message ({exc})") from exc


async def _in_the_end(call: Callable[[], Awaitable[T]]) -> T:
    """Send what must not be begun anew, however often it takes."""
    for pause_s in PAUSES_S:
        try:
            return await call()
        except NetworkError as exc:
            log.info("a further part of a letter did not go out: %s", exc)
        await asyncio.sleep(pause_s)
    try:
        return await call()
    except NetworkError as exc:
        raise MaybeDelivered(f"only the beginning of a letter arrived ({exc})") from exc
