"""Messages changed in place: many taps, few edits.

Telegram takes one edit a second in a chat, and a thumb is faster. What a tap decided is stored at
once; the message is drawn when its turn comes, with everything decided by then.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary


class Redraws:
    """One edit of a message at a time. Of those who wait meanwhile, the last one draws."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._newest: dict[tuple[int, int], int] = {}
        self._turns = WeakValueDictionary[tuple[int, int], asyncio.Lock]()

    async def draw(
        self, chat_id: int, message_id: int, step: Callable[[], Awaitable[None]]
    ) -> None:
        """Do `step` when this message's turn has come, unless somebody asked later: theirs shows
        this as well. Raises what `step` raises."""
        key, number = (chat_id, message_id), next(self._numbers)
        self._newest[key] = number
        turn = self._turns.setdefault(key, asyncio.Lock())
        try:
            async with turn:
                if self._newest[key] == number:
                    await step()
        finally:
            if self._newest.get(key) == number:
                del self._newest[key]
