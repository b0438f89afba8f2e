"""The whole application as a process, beside a bare echo bot.

Each bot has a stand-in for Telegram of its own, in this process, and is spoken to in the same way.
Ours commits every message (synchronous=FULL) before it reacts; the echo bot keeps nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.measure import Row
from bench.process import running
from bot.sandbox.cloud import Cloud, Event, Past
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.server import serving

ROUNDS = 5
"""Each side is started this often, in turns; the median counts."""
PEOPLE = [PERSON_ID + n for n in range(200)]
BURST = 2000
"""Ours: messages that wait at once, from all of them in turn, as after an outage. Twenty getUpdates
calls bring them (100 at most each), so the time of one call does not decide."""
SINGLES = 60
"""Ours: messages sent one at a time. Three lie beyond the p95, so no single hiccup is it."""
PATIENCE_S = 120
"""Ours: how long an answer may take. A slow machine starts a bot within seconds; who takes two
minutes never answers."""
TEXT = "坐到公司那一站,念頭就散了 {n}"
AGAINST = "bare python-telegram-bot echo"


@dataclass(frozen=True, slots=True)
class Run:
    """What one start of a bot showed."""

    start_s: float  # from its start to its first getUpdates
    burst_per_s: float  # answers, while many messages wait
    p95_ms: float  # from an update to its answer, one message at a time
    peak_mb: float  # resident memory


class Watch:
    """Counts what the bot answers."""

    def __init__(
        self, cloud: Cloud, kinds: Collection[str] = frozenset({"reaction", "text"})
    ) -> None:
        self.answers = 0
        self._kinds = kinds
        self._more = asyncio.Event()
        cloud.listen(self._note)

    def _note(self, event: Event) -> None:
        if event.side == "bot" and event.kind in self._kinds:
            self.answers += 1
            self._more.set()

    async def reach(self, answers: int) -> None:
        """Return when so many answers have come."""
        async with asyncio.timeout(PATIENCE_S):
            while self.answers < answers:
                self._more.clear()
                await self._more.wait()


async def rows() -> AsyncIterator[Row]:
    """Speed, latency, start-up and memory."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        await _run(
            "bot", "run", folder=folder, past=Past()
        )  # creates the database, as a first start does
        ours, theirs = [], []
        for n in range(1, ROUNDS + 1):
            past = Past(update_id=n * 1_000_000_000, message_id=n * 1_000_000)
            ours.append(await _run("bot", "run", folder=folder, past=past))
            theirs.append(await _run("bench.echo", folder=folder, past=past))
    yield _row("messages captured", "a second", "burst_per_s", ours, theirs)
    yield _row("p95 update to reaction", "ms", "p95_ms", ours, theirs)
    yield _row("start to first poll", "s", "start_s", ours, theirs)
    yield _row("peak memory", "MB", "peak_mb", ours, theirs)


def _row(what: str, unit: str, name: str, ours: list[Run], theirs: list[Run]) -> Row:
    mine, other = (median(getattr(run, name) for run in runs) for runs in (ours, theirs))
    return Row(what, unit, mine, AGAINST, other, more_is_better=name == "burst_per_s")


async def _run(*command: str, folder: Path, past: Past) -> Run:
    cloud = Cloud(lambda: datetime.now(UTC), past=past)
    phones, watch = [Phone(cloud, person_id=one) for one in PEOPLE], Watch(cloud)
    async with serving(cloud) as address:
        start = perf_counter()
        async with running(command, folder, address, owners=PEOPLE) as process:
            await polled(cloud)
            start_s = perf_counter() - start
            for phone in phones:
                phone.send("the first, after which everything is warm")
            await watch.reach(len(phones))
            p95_ms = quantiles(await one_by_one(phones[0], watch), n=20)[-1]
            burst_per_s = await _at_once(phones, watch)
            await cloud.updates.all_confirmed()
            return Run(start_s, burst_per_s, p95_ms, _peak_mb(process.pid))


async def one_by_one(phone: Phone, watch: Watch) -> list[float]:
    """Send `SINGLES` texts, each when the one before is answered; how long each took, in ms."""
    took_ms = []
    for n in range(SINGLES):
        sent, answered = perf_counter(), watch.answers
        phone.send(TEXT.format(n=n))
        await watch.reach(answered + 1)
        took_ms.append((perf_counter() - sent) * 1000)
    return took_ms


async def _at_once(phones: Sequence[Phone], watch: Watch) -> float:
    sent, answered = perf_counter(), watch.answers
    for n in range(BURST):
        phones[n % len(phones)].send(TEXT.format(n=n))
    await watch.reach(answered + BURST)
    return BURST / (perf_counter() - sent)


async def polled(cloud: Cloud) -> None:
    """Return once the bot has asked for updates."""
    async with asyncio.timeout(PATIENCE_S):
        while not cloud.updates.polled:  # noqa: ASYNC110 (there is nothing to wait on)
            await asyncio.sleep(0.001)


def _peak_mb(pid: int) -> float:
    """Where /proc is missing (anything but Linux) there is no such row: not a number."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return float("nan")
    peak_kb = next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]
    return int(peak_kb) / 1024
