"""A year and more of evenings, from due moment to due moment: each digest is sent once.

The journeys are the real ones, on a real database; what is left out is the wording, Telegram and
the thread that aiosqlite gives each connection.
Time stands still while they work. Once a day, at a moment drawn from the seed, the process dies:
half of these moments are ones at which digests are due, so that it dies at their work.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import aiosqlite

from bench.measure import Row
from bot import resources
from bot.domain import evening
from bot.domain.forms import Form
from bot.domain.parcels import Content, Parcel
from bot.domain.records import Language, Person, Said
from bot.engines.forms import read_forms
from bot.engines.offline import OfflineWriter
from bot.engines.prompts import PromptLibrary
from bot.journey import digest, outbox, people, work
from bot.journey.capture import capture_all
from bot.settings import sqlite_in
from bot.store.database import Database
from bot.store.migrate import migrate

SEED, PEOPLE, DAYS = 4, 100, 400
SHARDS = 2
"""Processes that share the people; each has a database of its own."""
START = datetime(2026, 10, 1, tzinfo=UTC)  # the clocks of the north jump three times until the end
SAY_EVERY = timedelta(hours=8)  # so that no evening is silent, also where clocks jump
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # no disk to wait for
ZONES = (
    *("Asia/Taipei", "Asia/Kathmandu", "Europe/Berlin", "Europe/London", "Africa/Casablanca"),
    *("America/New_York", "America/Los_Angeles", "America/Santiago", "America/St_Johns"),
    *("Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Honolulu"),
)
HOURS = (time(21), time(22, 30), time(2, 30))  # 02:30 is skipped or comes twice where clocks jump


@dataclass(slots=True)
class Count:
    """What became of the evenings."""

    due: int = 0
    once: int = 0
    twice: int = 0
    offered: int = 0  # it died in mid-send: not sent again, but offered
    missed: int = 0
    killed: int = 0  # deaths in the middle of the work on digests

    def __add__(self, other: "Count") -> "Count":
        return Count(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


class Killed(Exception):
    """The process died here."""


@dataclass(slots=True)
class Year:
    """A shard's people, and what they got."""

    folder: Path
    everyone: list[Person]
    random: Random
    db: Database
    interviewer: OfflineWriter
    forms: Mapping[str, Form]
    sent: Counter[tuple[int, date]] = field(default_factory=Counter)
    offered: set[tuple[int, date]] = field(default_factory=set)
    steps_left: int | None = None  # until it dies
    killed: int = 0
    said: int = 0

    async def live(self) -> Count:
        """Every moment at which something is due, the deaths, and what remains after them."""
        due = {one for person in self.everyone for one, _ in self.evenings(person)}
        deaths = self._deaths(sorted(due))
        again = {at + n * digest.LEASE + A_MINUTE for at in deaths for n in (0, 1, 2)}
        says = {START + n * SAY_EVERY for n in range(DAYS * A_DAY // SAY_EVERY)}
        for now in sorted(due | deaths | again | says):
            if now in says:
                await self._say(now)
            self.steps_left = self.random.randrange(8) if now in deaths else None
            try:
                await self._tick(now)
            except Killed:
                self.killed += 1
            if now in deaths:
                await self.db.close()
                self.db = Database(self.db.url)
        return self._count()

    def evenings(self, person: Person) -> list[tuple[datetime, date]]:
        """Each evening of the person's with the moment it is due."""
        first = START.date()
        days = [first + n * A_DAY for n in range(DAYS)]
        return [(evening.due_at(day, person), day) for day in days]

    def _deaths(self, due: list[datetime]) -> set[datetime]:
        """One a day: a minute, or a moment at which somebody's digest is due."""
        deaths = set()
        for n in range(DAYS):
            day = START + n * A_DAY
            minute = day + self.random.randrange(24 * 60) * A_MINUTE
            today = [at for at in due if day <= at < day + A_DAY]
            deaths.add(self.random.choice(today) if today and n % 2 else minute)
        return deaths

    async def _say(self, now: datetime) -> None:
        self.said += 1
        text = f"on walk {self.said} I saw a heron stand in the car park"
        await capture_all(self.db, [Said(one.id, self.said, text, now) for one in self.everyone])

    async def _tick(self, now: datetime) -> None:
        """As `chat.rounds` does it each minute."""
        if not await work.waits(self.db, lambda _: True, now=now):
            return
        claimed = await digest.claim_due(self.db, lambda _: True, now=now)
        self._step()
        people_by_id = {person.id: person for person in self.everyone}
        for one in claimed:
            person = people_by_id[one.person_id]
            await digest.compose(
                self.db, (), self.interviewer, one, person, forms=self.forms, now=now
            )
            self._step()
        for parcel in await outbox.claim(self.db, lambda _: True, now=now):
            await self._deliver(parcel, now)

    async def _deliver(self, parcel: Parcel, now: datetime) -> None:
        if not await outbox.begin(self.db, parcel, as_of=now, now=now):
            return
        self._step()
        if parcel.kind is Content.OFFER:
            lost = await outbox.find(self.db, parcel.about)
            assert lost, "an offer is about a parcel"
            self.offered.add(await self._evening(lost))
        else:
            self.sent[await self._evening(parcel)] += 1
        self._step()
        await outbox.sent(self.db, parcel, message_id=1, now=now)

    async def _evening(self, parcel: Parcel) -> tuple[int, date]:
        found = await digest.find(self.db, person_id=parcel.person_id, digest_id=parcel.about)
        assert found, "a parcel holds a digest"
        assert found.evening, "only evenings are sent here"
        return parcel.person_id, found.evening

    def _step(self) -> None:
        if self.steps_left == 0:
            raise Killed
        if self.steps_left is not None:
            self.steps_left -= 1

    def _count(self) -> Count:
        count = Count(killed=self.killed)
        for person in self.everyone:
            for at, day in self.evenings(person):
                if at <= START:
                    continue
                count.due += 1
                times = self.sent[person.id, day]
                count.once += times == 1
                count.twice += times > 1
                count.offered += times == 0 and (person.id, day) in self.offered
                count.missed += times == 0 and (person.id, day) not in self.offered
        return count


async def rows() -> AsyncIterator[Row]:
    """How many of the evenings had their digest once, and how many twice."""
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(SHARDS, mp_context=get_context("spawn")) as pool:
        shards = [loop.run_in_executor(pool, shard, n) for n in range(SHARDS)]
        count = sum(await asyncio.gather(*shards), start=Count())
    seed = f"seed {SEED}"
    against = f"due ({PEOPLE} people, {DAYS} days)"
    yield Row("digests sent once", seed, count.once, against, count.due)
    yield Row("digests sent twice", seed, count.twice, against, count.due, more_is_better=False)
    yield Row("digests missed", seed, count.missed, against, count.due, more_is_better=False)
    died = f"deaths at work on digests of {DAYS}"
    yield Row("digests offered, not sent", seed, count.offered, died, count.killed)


def shard(n: int) -> Count:
    """Every `SHARDS`th of the people, in a process of its own."""
    # Half of the time would go into waking aiosqlite's thread, 25 times a digest.
    aiosqlite.Connection._execute = _in_this_thread  # type: ignore[method-assign]
    return asyncio.run(_shard(n))


async def _in_this_thread(self: aiosqlite.Connection, fn: Any, *args: Any, **kwargs: Any) -> Any:
    return fn(*args, **kwargs)


async def _shard(n: int) -> Count:
    with TemporaryDirectory(dir=MEMORY) as name:
        folder = Path(name)
        await migrate(sqlite_in(folder))
        db = Database(sqlite_in(folder))
        everyone = [_person(one) for one in range(n, PEOPLE, SHARDS)]
        for person in everyone:
            await people.welcome(db, person, now=START)
        library = PromptLibrary(resources.folder("prompts"))
        forms = read_forms(library)
        year = Year(folder, everyone, Random(SEED + n), db, OfflineWriter(library), forms)
        try:
            return await year.live()
        finally:
            await year.db.close()


def _person(n: int) -> Person:
    zone, hour = ZONES[n % len(ZONES)], HOURS[n % len(HOURS)]
    return Person(n + 1, Language.EN, zone, digest_at=hour, digest_from=START)
