"""Waiting for tasks, and ending them."""

import asyncio
from collections.abc import Awaitable
from typing import Any


async def first_of(*steps: Awaitable[Any]) -> None:
    """Return when one of these is over; raises what it raised. The others are cut off, but for
    tasks, which are somebody else's."""
    waits = [asyncio.ensure_future(one) for one in steps]
    try:
        done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            one.result()
    finally:
        await cancel(*(one for one in waits if one not in steps))


async def cancel(*tasks: asyncio.Future[Any] | None) -> None:
    """End tasks of ours. Cancelled in the middle of a query they give their connection back, which
    must be over before the database is closed."""
    ours = [one for one in tasks if one]
    for one in ours:
        one.cancel()
    if ours:
        await asyncio.wait(ours)
