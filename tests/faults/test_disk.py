"""A full disk and a database that cannot be written: nothing is acknowledged that is not kept."""

import asyncio
import resource
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from telegram.request import HTTPXRequest

from bot.chat.inbox import Inbox
from bot.chat.line import Line, PatientBot
from bot.chat.pace import Pace
from bot.chat.polling import Poller
from bot.domain.records import Person
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


async def test_with_a_read_only_database_telegram_keeps_everything_until_it_can_be_written(
    tmp_path: Path, clock: FakeClock
) -> None:
    url = sqlite_in(tmp_path)
    await migrate(url)
    writable = Database(url)
    read_only = Database(f"sqlite+aiosqlite:///file:{tmp_path}/goldpan.db?mode=ro&uri=true")
    cloud = Cloud(clock.now)
    Phone(cloud).send("not lost")
    slept: list[float] = []
    inbox: dict[str, Inbox] = {}

    async def sleep(seconds: float) -> None:
        """Meanwhile somebody mends the rights."""
        slept.append(seconds)
        assert cloud.updates.unconfirmed
        inbox["now"] = _inbox(writable, clock)

    class Whichever:
        async def keep(self, updates: list[Any]) -> None:
            await inbox["now"].keep(updates)

    inbox["now"] = _inbox(read_only, clock)
    async with serving(cloud) as address:
        bot = PatientBot(
            cloud.token,
            base_url=f"{address}/bot",
            base_file_url=f"{address}/file/bot",
            request=HTTPXRequest(),
            get_updates_request=HTTPXRequest(),
            rate_limiter=Pace(30),
        )
        whichever: Any = Whichever()
        poller = Poller(bot, whichever, Line(address, sleep=sleep), _beat)
        polling = asyncio.create_task(poller.run(begun=lambda: None))
        await asyncio.wait_for(cloud.updates.all_confirmed(), 20)
        polling.cancel()
        await asyncio.wait([polling])
        await bot.shutdown()
    assert len(slept) == 1
    assert len(await intake.due(writable, now=clock.now())) == 1
    for db in (read_only, writable):
        await db.close()


async def test_what_is_left_is_handed_over_although_nothing_can_be_written(
    db: Database, clock: FakeClock, ming: Person, tmp_path: Path
) -> None:
    given_up = intake.Waiting(1, ming.id, "{}", 100)
    await intake.keep(db, [given_up, intake.Waiting(2, ming.id, "{}", 0)], now=clock.now())
    await intake.failed(db, given_up, now=clock.now(), for_good=True)
    read_only = Database(f"sqlite+aiosqlite:///file:{tmp_path}/goldpan.db?mode=ro&uri=true")
    inbox = _inbox(read_only, clock)
    application: Any = SimpleNamespace(bot=None, add_error_handler=lambda _: None)
    await inbox.open(application)
    assert not inbox.idle
    await inbox.stop()
    await read_only.close()


def _inbox(db: Database, clock: FakeClock) -> Inbox:
    desk: Any = SimpleNamespace(db=db, clock=clock, admits=lambda _: True, afterwards={})
    doorkeeper: Any = None  # nobody here is a stranger
    return Inbox(desk, doorkeeper)


async def _beat() -> None: ...
