"""A full disk and a database that cannot be written: nothing is acknowledged that is not kept."""

import asyncio
import resource
from pathlib import Path
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.chat.inbox import Inbox, IntakeRequest
from bot.journey import intake
from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import Phone
from bot.sandbox.server import serving
from bot.settings import sqlite_in
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.fakes import FakeClock
from tests.faults.conftest import Alive


def let_files_grow(alive: Alive, bytes_: int) -> None:
    """Let no file of the process grow beyond this: as on a full disk, SQLite cannot write its log
    any further."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.prlimit(alive.process.pid, resource.RLIMIT_FSIZE, (bytes_, hard))


async def test_on_a_full_disk_nothing_is_acknowledged_and_when_there_is_room_everything(
    alive: Alive,
) -> None:
    let_files_grow(alive, 0)
    said = alive.say(20)
    await asyncio.sleep(2)
    assert alive.acknowledged == [1]
    assert alive.process.returncode is None
    let_files_grow(alive, resource.RLIM_INFINITY)
    await alive.until(lambda: set(alive.acknowledged) == {1, *said})
    assert alive.unkept == []
    assert alive.kept() == [1, *said]


async def test_a_disk_that_fills_up_at_work_loses_and_doubles_nothing(alive: Alive) -> None:
    said = alive.say(40)
    await alive.until(lambda: len(alive.acknowledged) > 1)
    let_files_grow(alive, 0)
    await asyncio.sleep(1)
    let_files_grow(alive, resource.RLIM_INFINITY)
    await alive.until(lambda: set(alive.acknowledged) == {1, *said})
    assert alive.unkept == []
    assert alive.kept() == [1, *said]


async def test_with_a_read_only_database_telegram_is_told_to_keep_everything(
    tmp_path: Path, clock: FakeClock
) -> None:
    url = sqlite_in(tmp_path)
    await migrate(url)
    writable = Database(url)
    read_only = Database(f"sqlite+aiosqlite:///file:{tmp_path}/goldpan.db?mode=ro&uri=true")
    cloud = Cloud(clock.now)
    Phone(cloud).send("not lost")
    for db in (read_only, writable):
        desk: Any = type("Desk", (), {"db": db, "clock": clock, "admits": lambda _: True})
        request = IntakeRequest(_Closed(desk, _nobody))
        async with serving(cloud) as address:
            await request.initialize()
            call = request.do_request(f"{address}/bot{cloud.token}/getUpdates", "POST")
            if db is read_only:
                with pytest.raises(NetworkError, match="could not be stored"):
                    await call
            else:
                await call
            await request.shutdown()
    assert [one.attempts for one in await intake.due(writable, now=clock.now())] == [0]
    for db in (read_only, writable):
        await db.close()


class _Closed(Inbox):
    """Stores, and hands nothing over."""

    def _take(self, waiting: object) -> None:
        pass


async def _nobody(raw: dict[str, Any]) -> None:
    raise AssertionError(raw)
