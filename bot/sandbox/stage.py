"""Runs the application in a thread and event loop of its own, so that it can be killed.

A kill throws the loop away with everything on it: no handler finishes, nothing is flushed, no
offset is confirmed. What the application still knows when it starts again is what it had stored.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
LET_GO_WITHIN_S = 5


class Performer(Protocol):
    """An application that can be put on a stage."""

    async def start(self) -> None:
        """Begin to serve; return once updates are being fetched."""
        ...

    async def tick(self, now: datetime) -> None:
        """Do what is due at `now`."""
        ...

    async def stop(self) -> None:
        """End in good order."""
        ...

    async def let_go(self) -> None:
        """Close connections and files, and do nothing else."""
        ...

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        ...


class ThreadStage:
    """A `bot.sandbox.play.Stage` around any performer; `make` builds a fresh one for each start."""

    def __init__(self, make: Callable[[], Performer]) -> None:
        self._make = make
        self._performer: Performer | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    async def start(self) -> None:
        """Start a thread and, in it, a fresh performer. Raises what the performer raises."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="application")
        self._thread.start()
        self._performer = self._make()
        await self._there(self._performer.start())

    async def tick(self, now: datetime) -> None:
        """Let the performer do what is due."""
        assert self._performer is not None, "start comes first"
        await self._there(self._performer.tick(now))

    async def idle(self) -> bool:
        """Whether the performer has nothing under way. Asked on its own loop, so that whatever was
        handed to that loop before has had its turn."""
        return await self._there(self._look())

    async def stop(self) -> None:
        """Let the performer end as it would on SIGTERM. Stopping twice does nothing."""
        if self._performer:
            await self._there(self._performer.stop())
        await self.kill()

    async def kill(self) -> None:
        """Cancel everything at once and throw the loop away. Killing twice does nothing."""
        loop, thread, performer = self._loop, self._thread, self._performer
        if loop is None or thread is None:
            return
        await self._there(_end(performer))
        self._loop = self._thread = self._performer = None
        loop.call_soon_threadsafe(loop.stop)
        await asyncio.to_thread(thread.join)
        loop.close()

    async def _look(self) -> bool:
        assert self._performer is not None, "start comes first"
        return self._performer.idle

    async def _there(self, work: Coroutine[Any, Any, T]) -> T:
        assert self._loop is not None, "start comes first"
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))


async def _end(performer: Performer | None) -> None:
    """Cancel every task but this one, then close what the operating system would close."""
    me = asyncio.current_task()
    for task in asyncio.all_tasks() - {me}:
        task.cancel()
    # A cancelled transaction rolls back in a task of its own, as the system would do for a file.
    # One that is cancelled while it closes its connection may wait for ever: aiosqlite can be
    # stopped twice, and its thread answers once.
    with suppress(TimeoutError):
        async with asyncio.timeout(LET_GO_WITHIN_S):
            while left := asyncio.all_tasks() - {me}:
                await asyncio.wait(left)
    if performer:
        await performer.let_go()
