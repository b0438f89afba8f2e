"""Noting, while something slow is done, that somebody still does it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.errors import StoreError
from bot.tasks import cancel


@asynccontextmanager
async def held(hold: Callable[[], Awaitable[None]], *, every_s: float) -> AsyncIterator[None]:
    """Call `hold` every so many seconds of real time, also in a play: nobody else then takes what
    we do, which might be paid for twice. A lease should outlast one call that the database
    refuses."""
    holding = asyncio.create_task(_hold(hold, every_s))
    try:
        yield
    finally:
        await cancel(holding)


async def _hold(hold: Callable[[], Awaitable[None]], every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        with suppress(StoreError):
            await hold()
