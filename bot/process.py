"""The bot as a process: signals, one name among others, and a watch over its event loop."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from bot.app import Goldpan, SystemClock
from bot.journey.turns import Candidate
from bot.settings import Settings
from bot.tasks import first_of

log = logging.getLogger(__name__)
LOOK_S = 1.0
# Ours, in looks. Nothing here holds the loop for a second (queries and decoding run in threads), so
# half a minute is a fault worth a trace, and two minutes one that does not pass.
TRACE_AFTER = 30
END_AFTER = 120
# Ours: above what app.stop() takes at most with a healthy loop and disk.
STOP_WITHIN_S = 20


async def serve(settings: Settings) -> None:
    """Run against Telegram until SIGINT or SIGTERM; a second one ends it at once."""
    watch = Watch(asyncio.get_running_loop())
    watch.start()
    stopping = asyncio.Event()
    _on_signals(stopping)
    goldpan = Goldpan(settings, SystemClock(), candidate=Candidate(_name(), is_gone))
    try:
        await first_of(_run(goldpan), stopping.wait())
    finally:
        await goldpan.stop()
        watch.stop()


async def _run(goldpan: Goldpan) -> None:
    await goldpan.start()
    log.info("Goldpan is serving. Stop it with Ctrl-C.")
    await goldpan.over()


class Watch:
    """Looks from a thread of its own whether the event loop still turns.

    A loop that stands still takes polling, handlers and timers with it, and nothing on it can tell.
    Ending the process loses nothing: whatever was taken in is in the database, and a supervisor
    starts it again. Looks are counted, not seconds: a process that was suspended made none.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        *,
        look_s: float = LOOK_S,
        end: Callable[[int], object] = os._exit,
    ) -> None:
        self._loop = loop
        self._look_s = look_s
        self._end = end
        self._thread_id = threading.get_ident()
        self._missed = 0
        self._over = threading.Event()

    def start(self) -> None:
        """Begin to look; called on the loop's own thread."""
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()

    def look(self) -> None:
        """One look: asks the loop for a sign, and counts how many it owes."""
        if self._missed == TRACE_AFTER:
            log.error("the event loop stands still, here:\n%s", self._where())
        if self._missed == END_AFTER:
            log.critical("the event loop did not go on; ending, start it again")
            self._end(1)
        self._missed += 1
        with contextlib.suppress(RuntimeError):  # closed: it is about to end anyway
            self._loop.call_soon_threadsafe(self._sign)

    def _sign(self) -> None:
        self._missed = 0

    def _where(self) -> str:
        frame = sys._current_frames().get(self._thread_id)
        return "".join(traceback.format_stack(frame)) if frame else "(its thread is gone)"

    def _run(self) -> None:
        while not self._over.wait(self._look_s):
            self.look()


def _on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def stop(signum: int) -> None:
        if stopping.is_set():
            os._exit(128 + signum)
        log.info("stopping; once more ends it at once")
        stopping.set()
        end = threading.Timer(STOP_WITHIN_S, os._exit, [1])
        end.daemon = True
        end.start()

    for name in (signal.SIGINT, signal.SIGTERM):
        # Windows has no signal handlers on its loop; there Ctrl-C raises KeyboardInterrupt.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stop, name)


def _name() -> str:
    """This process among all that may share a database. The start keeps apart whoever is given the
    same number later."""
    return f"{_place()} process {os.getpid()} since {time.time():.0f}"


def _place() -> str:
    """Where process numbers mean the same: a host, or one container on it."""
    try:
        space = os.readlink("/proc/self/ns/pid")
    except OSError:
        space = ""
    return f"{socket.gethostname()} {space}".strip()


def is_gone(name: str) -> bool:
    """Whether the process of this name is certainly dead; False whenever that cannot be told."""
    place, _, rest = name.rpartition(" process ")
    number = rest.partition(" ")[0]
    if os.name != "posix" or place != _place() or not number.isdecimal():
        return False
    if int(number) == os.getpid():  # ours now, so no longer theirs
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's, and alive
        return False
    return _is_zombie(number)


def _is_zombie(number: str) -> bool:
    """Dead, and only not yet buried by whoever started it. Told on Linux alone."""
    try:
        stat = Path("/proc", number, "stat").read_text("utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] == "Z"
