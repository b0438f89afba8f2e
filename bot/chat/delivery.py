"""Putting letters into a chat."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from urllib.request import getproxies

import httpx
from telegram import CallbackQuery, Message, ReplyParameters
from telegram.error import BadRequest, RetryAfter
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.chat.layout.letter import Letter

log = logging.getLogger(__name__)
T = TypeVar("T")
# How often one message may be told to wait before we let somebody else decide.
MOST_WAITS = 3


class Pace:
    """Lets at most `per_s` calls a second begin. Telegram takes 30 messages a second from a bot."""

    def __init__(self, per_s: float) -> None:
        self._gap_s = 1 / per_s
        self._next_at = 0.0

    async def turn(self) -> None:
        """Return when it is this call's turn."""
        now = asyncio.get_running_loop().time()
        at, self._next_at = max(now, self._next_at), max(now, self._next_at) + self._gap_s
        await asyncio.sleep(at - now)


POOLS = 32


class Spread(httpx.AsyncBaseTransport):
    """Gives each request to the least busy of several connection pools.

    A pool looks at each of its connections anew for every request: with 32 in one pool, that alone
    made a reaction cost twice as much processor time as with one each in 32.
    """

    def __init__(self, pools: Sequence[httpx.AsyncBaseTransport]) -> None:
        self._pools = pools
        self._busy = [0] * len(pools)

    @classmethod
    def options(cls) -> dict[str, Any]:
        """What HTTPXRequest takes to use it. Nothing where the environment names a proxy: only
        httpx's own transport goes through that."""
        if getproxies():
            return {}
        verify = httpx.create_ssl_context()
        pools = [httpx.AsyncHTTPTransport(verify=verify) for _ in range(POOLS)]
        return {"transport": cls(pools)}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As the base's."""
        n = min(range(len(self._pools)), key=self._busy.__getitem__)
        self._busy[n] += 1
        try:
            return await self._pools[n].handle_async_request(request)
        finally:
            self._busy[n] -= 1

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools:
            await pool.aclose()


class PacedRequest(HTTPXRequest):
    """The connection messages go over: never faster than Telegram allows this bot."""

    def __init__(self, pace: Pace, **options: Any) -> None:
        super().__init__(**options)
        self._pace = pace

    async def do_request(self, url: str, *args: Any, **kw: Any) -> tuple[int, bytes]:
        """As HTTPXRequest's; messages and edits wait for their turn."""
        if url.rpartition("/")[2].startswith(("send", "edit")):
            await self._pace.turn()
        return await super().do_request(url, *args, **kw)


async def send(
    bot: ExtBot[None], chat_id: int, letter: Letter, *, reply_to: int | None = None
) -> Message:
    """Send a letter in as many messages as it needs; the last one, which has the buttons.

    Raises telegram.error.TelegramError when Telegram does not take it.
    """
    reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
    sent: Message | None = None
    for part in letter.parts():
        sent = await _patiently(
            partial(
                bot.send_message,
                chat_id,
                part.text,
                entities=part.entities,
                reply_markup=part.keyboard,
                reply_parameters=reply,
            )
        )
        reply = None
    assert sent is not None, "a letter has at least one part"
    return sent


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call, and again when Telegram says how long to wait: the parts that went out before
    must not go out twice."""
    for _ in range(MOST_WAITS):
        try:
            return await call()
        except RetryAfter as exc:
            wait = exc.retry_after
            await asyncio.sleep(wait.total_seconds() if isinstance(wait, timedelta) else wait)
    return await call()


async def edit(bot: ExtBot[None], message: Message, letter: Letter) -> None:
    """Change a message of ours in place: what fits into it, with all its buttons. The same again is
    no error."""
    part = replace(next(letter.parts()), keyboard=letter.keyboard)
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
    """Put our one reaction on a message. One that was deleted meanwhile needs none."""
    try:
        await bot.set_message_reaction(message.chat_id, message.message_id, emoji)
    except BadRequest as exc:
        if "not found" not in str(exc):
            raise


async def toast(query: CallbackQuery, text: str | None = None) -> None:
    """Answer a button. One pressed long ago can no longer be answered, which harms nobody."""
    try:
        await query.answer(text)
    except BadRequest as exc:
        log.info("a button press could not be answered: %s", exc)
