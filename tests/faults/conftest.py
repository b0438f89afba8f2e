"""The bot as a process of its own, and what it kept."""

import asyncio
import sqlite3
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.process import running
from bot.sandbox.cloud import Cloud, Event
from bot.sandbox.phone import Phone
from bot.sandbox.server import serving


@dataclass
class Alive:
    """A running bot and its owner's phone. `unkept` are messages it acknowledged although they
    were not in the database."""

    cloud: Cloud
    phone: Phone
    process: Process
    database: Path
    acknowledged: list[int] = field(default_factory=list)
    unkept: list[int] = field(default_factory=list)

    def note(self, event: Event) -> None:
        if event.side == "bot" and event.kind == "reaction" and event.on:
            self.acknowledged.append(event.on)
            self.unkept += [] if event.on in self.kept() else [event.on]

    def kept(self) -> list[int]:
        """The messages that are fragments, in the order in which they were numbered."""
        with closing(sqlite3.connect(self.database)) as connection:
            rows = connection.execute("SELECT message_id FROM fragments ORDER BY n").fetchall()
        return [row[0] for row in rows]

    def say(self, how_many: int) -> list[int]:
        """Send so many messages; their numbers."""
        return [self.phone.send(f"thought number {n}") or 0 for n in range(how_many)]

    async def until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not done():  # noqa: ASYNC110 (there is nothing to wait on)
                await asyncio.sleep(0.02)


@pytest.fixture
async def alive(tmp_path: Path) -> AsyncIterator[Alive]:
    """A bot that has answered once."""
    cloud = Cloud(lambda: datetime.now(UTC))
    phone = Phone(cloud)
    async with (
        serving(cloud) as address,
        running(("bot", "run"), tmp_path, address) as process,
    ):
        alive = Alive(cloud, phone, process, tmp_path / "goldpan.db")
        cloud.listen(alive.note)
        phone.send("the first")
        await alive.until(lambda: alive.acknowledged == [1])
        yield alive
