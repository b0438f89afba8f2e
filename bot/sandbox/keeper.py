"""Keeps the application going beside real time: minute by minute, through jumps and restarts."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.errors import PlayError
from bot.sandbox.clock import RunningClock
from bot.sandbox.cloud import Cloud
from bot.sandbox.play import Stage, settled, walk

log = logging.getLogger(__name__)
LOOK_S = 1.0  # of real time: a tick is at most this late
# Of real time, at each stop of a jump. Longer than a writer's server takes for an answer, short
# enough that somebody who watches still believes in it.
PATIENCE_S = 30.0


class Keeper:
    """A stage whose application is ticked by a clock that goes by itself.

    Starts, kills and jumps wait for one another. `listen` tells of every change of `running`,
    `jumping` and, during a jump, of the time.
    """

    def __init__(
        self, stage: Stage, *, cloud: Cloud, clock: RunningClock, patience_s: float = PATIENCE_S
    ) -> None:
        self.clock = clock
        self.running = False
        self.jumping = False
        self._stage = stage
        self._cloud = cloud
        self._patience_s = patience_s
        self._turn = asyncio.Lock()
        self._ticking: asyncio.Task[None] | None = None
        self._ticked: datetime | None = None
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change."""
        self._listeners.append(listener)

    async def start(self) -> None:
        """Start the application and its minutes. Raises what the application raises."""
        async with self._turn:
            if self.running:
                return
            await self._stage.start()
            self._ticked = None
            self._ticking = self._ticking or asyncio.create_task(self._tick_on())
            self._tell(running=True)

    async def kill(self) -> None:
        """Throw the application away as a kill would; what is sent meanwhile waits for it."""
        async with self._turn:
            self._tell(running=False)
            await self._stage.kill()
            self.clock.forget_sleepers()

    async def stop(self) -> None:
        """End in good order."""
        if self._ticking:
            self._ticking.cancel()
            with suppress(asyncio.CancelledError):
                await self._ticking
        self.running = False
        await self._stage.stop()

    async def tick(self, now: datetime) -> None:
        """Let the application do what is due."""
        await self._stage.tick(now)

    async def idle(self) -> bool:
        """Whether nothing is under way; true of an application that is not running."""
        return await self._stage.idle() if self.running else True

    async def jump(self, to: datetime) -> None:
        """Move the clock to `to`, with everything that falls due on the way. Raises `PlayError`
        when the application does not come to rest; the clock then stands where it was busy."""
        async with self._turn:
            self._tell(jumping=True)
            try:
                await walk(self.clock, to, self._settle)
            except TimeoutError as exc:
                raise PlayError("the bot is still busy; the clock stopped on the way") from exc
            finally:
                self._tell(jumping=False)

    async def _settle(self, tick: datetime | None) -> None:
        if not self.running:
            return
        async with asyncio.timeout(self._patience_s):
            if tick:
                await self._tick(tick)
            await settled(self, self._cloud)
        self._tell()

    async def _tick_on(self) -> None:
        while True:
            async with self._turn:
                now = self.clock.now()
                if self.running and _minute(now) != self._ticked:
                    await self._tick(now)
            await asyncio.sleep(LOOK_S)

    async def _tick(self, now: datetime) -> None:
        self._ticked = _minute(now)
        try:
            await self._stage.tick(now)
        except Exception:  # the next minute comes whatever became of this one
            log.exception("a tick failed")

    def _tell(self, **changes: bool) -> None:
        for name, value in changes.items():
            setattr(self, name, value)
        for listener in self._listeners:
            listener()


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
