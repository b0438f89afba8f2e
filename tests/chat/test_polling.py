"""Fetching: what is confirmed, and by which number."""

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.chat.line import Line
from bot.chat.polling import Poller


class Batches:
    """A bot whose getUpdates gives these batches and then nothing any more; the offsets asked for
    are remembered."""

    base_url = "http://test/bot"

    def __init__(self, *batches: Sequence[Any]) -> None:
        self._left = list(batches)
        self.offsets: list[int] = []
        self.done = asyncio.Event()
        self.for_updates = self

    async def delete_webhook(self) -> None: ...

    async def post(self, url: str, *, read_timeout: float) -> Sequence[Any]:
        asked = parse_qs(urlsplit(url).query)
        self.offsets.append(int(asked.get("offset", ["0"])[0]))
        if not self._left:
            self.done.set()
            await asyncio.Event().wait()
        return self._left.pop(0)


class Kept:
    """An inbox that takes everything."""

    async def keep(self, updates: Sequence[Any]) -> None: ...


async def offsets(*batches: Sequence[int]) -> list[int]:
    """Which offsets a poller asks for that is given updates of these numbers."""
    bot: Any = Batches(*([{"update_id": n} for n in batch] for batch in batches))
    kept: Any = Kept()
    polling = asyncio.create_task(Poller(bot, kept, Line("test"), beat).run(lambda: None))
    await asyncio.wait_for(bot.done.wait(), 10)
    polling.cancel()
    await asyncio.wait([polling])
    asked: list[int] = bot.offsets
    return asked


async def beat() -> None: ...


async def test_each_batch_is_confirmed_by_the_next_offset() -> None:
    assert await offsets([7, 8], [], [9]) == [0, 9, 9, 10]


async def test_numbers_that_begin_anew_are_confirmed_too() -> None:
    """Telegram does that when there was nothing for a week."""
    assert await offsets([900], [3, 4], [5]) == [0, 901, 5, 6]


async def test_a_batch_in_any_order_is_confirmed_to_its_end() -> None:
    assert await offsets([9, 7, 8]) == [0, 10]
