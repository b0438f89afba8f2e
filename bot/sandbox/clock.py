"""Simulated time: it stands still until the play moves it."""

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, eq=False)
class _Sleeper:
    due_at: datetime
    loop: asyncio.AbstractEventLoop
    woken: asyncio.Future[None]

    def wake(self) -> None:
        with suppress(RuntimeError):  # its loop was thrown away: nobody is left to wake
            self.loop.call_soon_threadsafe(self._finish)

    def _finish(self) -> None:
        if not self.woken.done():
            self.woken.set_result(None)


class PlayClock:
    """The clock of a play. The application sleeps on it from its own thread and event loop; the
    play moves it from another."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._sleepers: list[_Sleeper] = []
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The play's moment, aware UTC."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Return once the play's time has moved on by `seconds`."""
        if seconds <= 0:
            return await asyncio.sleep(0)
        loop = asyncio.get_running_loop()
        with self._lock:
            due_at = self._now + timedelta(seconds=seconds)
            sleeper = _Sleeper(due_at, loop, loop.create_future())
            self._sleepers.append(sleeper)
        try:
            await sleeper.woken
        finally:
            self._forget(sleeper)

    def earliest(self) -> datetime | None:
        """When the next sleeper is due; None when nobody sleeps."""
        with self._lock:
            return min((sleeper.due_at for sleeper in self._sleepers), default=None)

    def advance(self, to: datetime) -> None:
        """Move to the moment `to` and wake everybody who is due by then, in order. A moment that
        is past leaves the clock where it is."""
        with self._lock:
            self._now = max(self._now, to)
            due = [sleeper for sleeper in self._sleepers if sleeper.due_at <= self._now]
            self._sleepers = [sleeper for sleeper in self._sleepers if sleeper not in due]
        for sleeper in sorted(due, key=lambda sleeper: sleeper.due_at):
            sleeper.wake()

    def forget_sleepers(self) -> None:
        """Drop everybody who sleeps, unwoken, as a kill does."""
        with self._lock:
            self._sleepers.clear()

    def _forget(self, sleeper: _Sleeper) -> None:
        with self._lock, suppress(ValueError):
            self._sleepers.remove(sleeper)
