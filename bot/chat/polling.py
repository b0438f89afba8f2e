"""Fetching updates: one getUpdates after the other, each batch stored before the next offset."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import urlencode

from bot.chat.inbox import Inbox
from bot.chat.line import Line, PatientBot
from bot.chat.raw import ALLOWED_UPDATES, number

# How long one getUpdates may wait for news; Telegram's own advice is "long polling, not short".
POLL_S = 30
# Ours: beyond that, how long Telegram's answer may be under way.
ANSWER_S = 10

Beat = Callable[[], Awaitable[None]]  # Telegram answered


class Poller:
    """Polls until cancelled.

    Telegram forgets what a higher offset confirms, and that offset is only known here after the
    batch was committed. Everything else (no line, another poller, a database that is full, an
    answer that never comes) only delays the next round.
    """

    def __init__(self, bot: PatientBot, inbox: Inbox, line: Line, beat: Beat) -> None:
        self._bot = bot
        self._inbox = inbox
        self._line = line
        self._beat = beat
        self._offset = 0
        self._answered = False

    async def run(self, begun: Callable[[], None]) -> None:
        """Fetch for ever; `begun` is called when fetching is about to. Raises GoldpanError when it
        can go on no more."""
        await self._line.until(self._bot.delete_webhook)
        begun()
        while True:
            await self._line.until(self._round)

    async def _round(self) -> None:
        updates = await self._fetch()
        await self._inbox.keep(updates)
        numbers = [n for one in updates if (n := number(one)) is not None]
        if updates and not numbers:  # would come again at once, and again
            raise ValueError("updates without a number")
        if numbers:  # of this batch alone: after a quiet week Telegram may count from anywhere
            self._offset = max(numbers) + 1
        await self._beat()

    async def _fetch(self) -> list[Any]:
        """As they are: the library would stumble over one it cannot read, and over all behind."""
        # The first is answered at once: it tells how long nobody had asked.
        wait_s = POLL_S if self._answered else 0
        asked = {"timeout": wait_s, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if self._offset:
            asked["offset"] = self._offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        updates = await self._bot.for_updates.post(url, read_timeout=wait_s + ANSWER_S)
        self._answered = True
        return cast("list[Any]", updates)
