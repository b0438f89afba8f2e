"""Simulated time: one clock stands still until a play moves it, one goes by itself and can be put
forward."""

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FARTHEST_S = 100 * 366 * 86_400.0  # ours: nobody jumps further, and dates end in the year 9999


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
        with self._lock:
            sleeper = self._lie_down(self._now + timedelta(seconds=seconds))
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

    def _lie_down(self, due_at: datetime) -> _Sleeper:
        loop = asyncio.get_running_loop()
        sleeper = _Sleeper(due_at, loop, loop.create_future())
        self._sleepers.append(sleeper)
        return sleeper

    def _forget(self, sleeper: _Sleeper) -> None:
        with self._lock, suppress(ValueError):
            self._sleepers.remove(sleeper)


class RunningClock(PlayClock):
    """Real time and a head start, which `advance` makes longer.

    With `file` the head start is kept there: an application that has seen tomorrow must not wake
    up yesterday. A file that cannot be read counts as none.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self.ahead = timedelta(seconds=_seconds_in(file))
        super().__init__(self.now())

    def now(self) -> datetime:
        """The moment, aware UTC."""
        return datetime.now(UTC) + self.ahead

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` have gone by, or were jumped over."""
        due_at = self.now() + timedelta(seconds=seconds)
        while (left_s := (due_at - self.now()).total_seconds()) > 0:
            with self._lock:
                sleeper = self._lie_down(due_at)
            try:
                await asyncio.wait([sleeper.woken], timeout=left_s)
            finally:
                self._forget(sleeper)

    def advance(self, to: datetime) -> None:
        """Jump to the moment `to` and wake everybody: who is not due yet sleeps on, for less."""
        with self._lock:
            self.ahead += max(to - self.now(), timedelta())
            woken = sorted(self._sleepers, key=lambda sleeper: sleeper.due_at)
        if self._file:
            self._file.write_text(f"{self.ahead.total_seconds()}\n", "utf-8")
        for sleeper in woken:
            sleeper.wake()


def _seconds_in(file: Path | None) -> float:
    try:
        seconds = float(file.read_text("utf-8")) if file else 0.0
    except (OSError, ValueError):
        return 0.0
    return seconds if 0 <= seconds <= _FARTHEST_S else 0.0  # nor is infinity a time, nor "nan"
