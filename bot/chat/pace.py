"""Not faster than Telegram allows, and patient where it says so.

python-telegram-bot's own limiter knows no limit for one private chat, and one "wait" of Telegram's
makes it pause all chats. Here each chat waits for itself, before anything of a connection is held.
"""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter, ExtBot

# "Avoid sending more than one message per second" in one chat (Bots FAQ).
CHAT_REST_S = 1.0
# Calls under way at once that are no messages: as many as there are pools of connections.
SIDE_BY_SIDE = 32
# The preview of a message that is still being written: worthless later, so it gives up where others
# wait for Telegram, and lets messages go first.
DRAFT = "sendMessageDraft"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a call wants to wait for its turn.

    `begin` is awaited when the turn has come, right before the first byte goes out; such a call is
    not repeated here when Telegram says to wait. `later` lets others in the same chat go first.
    `chat_id` names the chat of a call that does not do so itself.
    """

    begin: Callable[[], Awaitable[None]] | None = None
    later: bool = False
    chat_id: int | None = None


# What the whole of `chat` sends with: the library's bot, on our limiter.
type_bot = ExtBot[Wish]


class Places:
    """Room for so many at once; a place is taken until `rest_s` seconds after it was left.

    Reckoned from the end of a call and not from its beginning, no second can see more calls arrive
    at Telegram than there are places, however long each is on its way.
    """

    def __init__(self, places: int, rest_s: float) -> None:
        self._free = places
        self._rest_s = rest_s
        self._numbers = itertools.count()
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self.in_use = 0  # taken, resting or waited for

    @asynccontextmanager
    async def one(self, *, later: bool = False) -> AsyncIterator[None]:
        """Take a place, in the order of asking but for those who let others go first."""
        self.in_use += 1
        try:
            await self._take(later)
        except asyncio.CancelledError:
            self.in_use -= 1
            raise
        try:
            yield
        finally:
            if self._rest_s:
                asyncio.get_running_loop().call_later(self._rest_s, self._leave)
            else:
                self._leave()

    async def _take(self, later: bool) -> None:
        if self._free:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (later, next(self._numbers), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it came just now, for nobody
                self._pass_on()
            raise

    def _leave(self) -> None:
        self.in_use -= 1
        self._pass_on()

    def _pass_on(self) -> None:
        while self._waiting:
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class Holds:
    """Until when Telegram wants each chat left alone."""

    def __init__(self) -> None:
        self._until: dict[int, float] = {}

    def left_s(self, chat: int) -> float:
        """How many seconds are left of it; none when it is zero or less."""
        left_s = self._until.get(chat, 0.0) - asyncio.get_running_loop().time()
        if left_s <= 0:
            self._until.pop(chat, None)
        return left_s

    def hold(self, chat: int, told: RetryAfter) -> None:
        """Leave a chat alone for as long as Telegram said."""
        until = asyncio.get_running_loop().time() + wait_s(told)
        self._until[chat] = max(until, self._until.get(chat, 0.0))


class Pace(BaseRateLimiter[Wish]):
    """At most `per_s` messages and edits a second in all, and one each `chat_rest_s` in a chat.

    Anything else waits only where Telegram said so, and then only in that chat. What it says about
    a preview holds back previews alone: nothing that matters is to wait for an ornament.
    """

    def __init__(self, per_s: float, *, chat_rest_s: float = CHAT_REST_S) -> None:
        places = max(1, int(per_s))
        self._all = Places(places, places / per_s)
        self._others = Places(SIDE_BY_SIDE, 0)
        self._chat_rest_s = chat_rest_s
        self._lines: dict[int, Places] = {}
        self._held = Holds()
        self._drafts_held = Holds()

    async def initialize(self) -> None:
        """Nothing to do; the base asks for it."""

    async def shutdown(self) -> None:
        """Nothing to do; the base asks for it."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Wish | None,
    ) -> Any:
        """Make a call when its turn has come. Raises RetryAfter only where it is not repeated."""
        wish = rate_limit_args or Wish()
        chat = int(wish.chat_id or data.get("chat_id") or 0)

        async def call() -> Any:
            if wish.begin:
                await wish.begin()
            return await callback(*args, **kwargs)

        if endpoint == DRAFT:
            return await self._at_once(chat, call)
        if not endpoint.startswith(("send", "edit")):
            return await self._patiently(chat, call, self._others, wish)
        async with self._line(chat, later=wish.later):
            return await self._patiently(chat, call, self._all, wish)

    async def _patiently(
        self, chat: int, call: Callable[[], Awaitable[Any]], places: Places, wish: Wish
    ) -> Any:
        """However often Telegram says to wait. No place is held meanwhile."""
        while True:
            await self._released(chat)
            try:
                async with places.one(later=wish.later):
                    if self._held.left_s(chat) <= 0:  # it may have grown while we stood in line
                        return await call()
            except RetryAfter as exc:
                self._held.hold(chat, exc)
                if wish.begin:
                    raise

    async def _at_once(self, chat: int, call: Callable[[], Awaitable[Any]]) -> Any:
        left_s = max(self._held.left_s(chat), self._drafts_held.left_s(chat))
        if left_s > 0:
            raise RetryAfter(timedelta(seconds=left_s))
        try:
            async with self._all.one(later=True):
                return await call()
        except RetryAfter as exc:
            self._drafts_held.hold(chat, exc)
            raise

    @asynccontextmanager
    async def _line(self, chat: int, *, later: bool) -> AsyncIterator[None]:
        line = self._lines.get(chat)
        if line is None:
            self._forget_quiet()
            line = self._lines[chat] = Places(1, self._chat_rest_s)
        async with line.one(later=later):
            yield

    def _forget_quiet(self) -> None:
        """Keep no line of a chat where nothing happens; looked for when there are many."""
        if len(self._lines) >= 1000:
            self._lines = {chat: one for chat, one in self._lines.items() if one.in_use}

    async def _released(self, chat: int) -> None:
        while (left_s := self._held.left_s(chat)) > 0:  # noqa: ASYNC110 (it may grow meanwhile)
            await asyncio.sleep(left_s)


def wait_s(told: RetryAfter) -> float:
    """How many seconds Telegram wants us to wait."""
    wait = told.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
