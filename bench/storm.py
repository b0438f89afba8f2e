"""People write while the bot is killed again and again: what is lost, and what comes twice.

The stand-in for Telegram runs in this process, a round trip away; the bot is a real child process
that gets SIGKILL at moments drawn from a seed, and is started again at once.
"""

import asyncio
import sqlite3
from asyncio.subprocess import Process
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from bench import process
from bot.sandbox.cloud import Cloud
from bot.sandbox.faults import Faults
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.server import serving

ROUND_TRIP_S = 0.05
"""Ours: about what a server in Europe is away from Telegram. Losses hide without it."""
Kept = list[tuple[int, str]]  # whose, and the text, in the order in which they were kept


@dataclass(frozen=True, slots=True)
class Weather:
    """What happens to a bot. The same seed gives the same messages and moments of death."""

    seed: int
    people: int = 50
    messages: int = 1000
    over_s: float = 20.0
    kills: int = 5
    queued: bool = False  # whether everything waits when the bot starts, as after an outage
    faults: dict[str, Any] = field(default_factory=dict)  # switches of `Faults`, by name
    calm_s: float = 80.0  # so long without an answer means that none will come any more


@dataclass(slots=True)
class Toll:
    """What it cost."""

    sent: int = 0
    lost: int = 0  # texts that were kept nowhere
    doubled: int = 0  # texts that were kept more than once, each time counted
    repeated: int = 0  # acknowledgements beyond the first of each message
    in_flight: int = 0  # updates not yet booked as handled, summed over the kills
    out_of_order: int = 0  # neighbours of one person's that were kept the wrong way round
    unanswered: int = 0
    too_soon: int = 0  # calls into a chat before the RetryAfter it was given was over
    took_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Subject:
    """A bot to send into the storm: how to start it and how to see what it kept."""

    name: str
    command: tuple[str, ...]
    kept: Callable[[Path], Kept] | None = None  # None: it keeps nothing, its answers count
    in_flight: Callable[[Path], int] = lambda _: 0


def query(file: Path, sql: str) -> list[Any]:
    """What a bot's database holds, empty when there is none yet."""
    if not file.exists():
        return []
    with closing(sqlite3.connect(file)) as connection:
        try:
            return connection.execute(sql).fetchall()
        except sqlite3.OperationalError:  # killed before it had created its tables
            return []


def _fragments(folder: Path) -> Kept:
    return query(folder / "goldpan.db", "SELECT person_id, text FROM fragments ORDER BY n")


def _waiting(folder: Path) -> int:
    return len(query(folder / "goldpan.db", "SELECT 1 FROM inbox WHERE state = 'waiting'"))


GOLDPAN = Subject("Goldpan", ("bot", "run"), _fragments, _waiting)
ECHO = Subject("bare echo", ("bench.echo",))
KEEPING_ECHO = Subject(
    "echo that commits",
    ("bench.keeping_echo",),
    lambda folder: query(folder / "echo.db", "SELECT person_id, text FROM kept ORDER BY rowid"),
)


class Answers:
    """Counts, for every text, how often it was acknowledged: reacted to or echoed."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self.count: Counter[tuple[int, str]] = Counter()
        self.last_at = perf_counter()
        cloud.overhear(self._note)

    def _note(self, method: str, arguments: dict[str, Any], _: Any) -> None:
        if method not in {"setMessageReaction", "sendMessage"}:
            return
        chat_id = int(arguments["chat_id"])
        text = arguments.get("text") or self._text(chat_id, int(arguments["message_id"]))
        self.count[chat_id, text] += 1
        self.last_at = perf_counter()

    def _text(self, chat_id: int, message_id: int) -> str:
        return str(self._cloud.chat(chat_id).messages[message_id]["text"])


class Storm:
    """One subject in one weather; `blow` gives its toll."""

    def __init__(self, subject: Subject, weather: Weather, folder: Path) -> None:
        self._subject, self._weather, self._folder = subject, weather, folder
        self._random = Random(weather.seed)
        self._cloud = Cloud(lambda: datetime.now(UTC))
        self._answers = Answers(self._cloud)
        self._phones = [Phone(self._cloud, person_id=PERSON_ID + n) for n in range(weather.people)]
        self._sent: dict[int, list[str]] = defaultdict(list)
        self._faults = Faults(slow_s=ROUND_TRIP_S, **weather.faults)
        self._faults.chance = Random(weather.seed)
        self._toll = Toll(sent=weather.messages)

    async def blow(self) -> Toll:
        """Stream the messages, kill and restart, wait until it is calm, count."""
        began = perf_counter()
        async with serving(self._cloud) as address:
            self._switch_on()
            writing = asyncio.create_task(self._write())
            if self._weather.queued:
                await writing
            last = await self._live(address)
            try:
                await writing
                await self._calm()
            finally:
                last.kill()
                await last.wait()
        self._toll.took_s = perf_counter() - began
        return self._count()

    def _switch_on(self) -> None:
        for name in (*self._weather.faults, "slow_s", "chance"):
            setattr(self._cloud.faults, name, getattr(self._faults, name))

    async def _write(self) -> None:
        weather, began = self._weather, perf_counter()
        moments = sorted(self._random.uniform(0, weather.over_s) for _ in range(weather.messages))
        for n, at in enumerate(moments):
            phone = self._random.choice(self._phones)
            if not weather.queued:
                await asyncio.sleep(max(0.0, began + at - perf_counter()))
            text = f"thought number {n}"
            phone.send(text)
            self._sent[phone.person_id].append(text)

    async def _live(self, address: str) -> Process:
        """One life after the other; the last is left running."""
        weather, random, began = self._weather, Random(self._weather.seed + 1), perf_counter()
        for at in sorted(random.uniform(0.03, 0.97) * weather.over_s for _ in range(weather.kills)):
            alive = await self._start(address)
            await asyncio.sleep(max(0.1, began + at - perf_counter()))
            alive.kill()
            await alive.wait()
            self._toll.in_flight += self._subject.in_flight(self._folder)
        return await self._start(address)

    async def _start(self, address: str) -> Process:
        owners = [phone.person_id for phone in self._phones]
        return await process.start(self._subject.command, self._folder, address, owners=owners)

    async def _calm(self) -> None:
        """Return when everything is answered, or when nothing has been for long."""
        self._answers.last_at = perf_counter()
        calm_s, last = self._weather.calm_s, self._answers
        while self._unanswered() and perf_counter() < last.last_at + calm_s:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        await asyncio.sleep(1)  # for what comes twice

    def _unanswered(self) -> list[tuple[int, str]]:
        return [one for one in self._all_sent() if one not in self._answers.count]

    def _all_sent(self) -> Iterable[tuple[int, str]]:
        return ((who, text) for who, texts in self._sent.items() for text in texts)

    def _count(self) -> Toll:
        toll, answers = self._toll, self._answers.count
        kept = self._subject.kept(self._folder) if self._subject.kept else [*answers]
        times = Counter(kept)
        toll.lost = sum(one not in times for one in self._all_sent())
        toll.doubled = sum(n - 1 for n in times.values())
        toll.repeated = sum(n - 1 for n in answers.values())
        toll.unanswered = len(self._unanswered())
        toll.too_soon = self._cloud.faults.too_soon
        toll.out_of_order = sum(_inversions(kept, who, texts) for who, texts in self._sent.items())
        return toll


def _inversions(kept: Kept, person_id: int, sent: list[str]) -> int:
    place = {text: n for n, text in enumerate(sent)}
    mine = [place[text] for who, text in kept if who == person_id]
    return sum(one > other for one, other in pairwise(mine))
