"""Writing down what has happened already, however long the database needs."""

import logging
from collections.abc import Awaitable, Callable
from itertools import chain, repeat
from typing import TypeVar

from bot.errors import StoreError
from bot.journey.intake import WAITS_S
from bot.journey.ports import Clock

log = logging.getLogger(__name__)
T = TypeVar("T")


async def until_stored(clock: Clock, step: Callable[[], Awaitable[T]]) -> T:
    """What `step` gives, as soon as the database takes it. What was done must not be done again
    only because that could not be written."""
    pauses_s = chain(WAITS_S, repeat(WAITS_S[-1]))
    while True:
        try:
            return await step()
        except Exception as exc:  # of whatever kind: the alternative is to do it once more
            unforeseen = None if isinstance(exc, StoreError) else exc
            log.error("what was done is not written down yet: %s", exc, exc_info=unforeseen)
            await clock.sleep(next(pauses_s))
