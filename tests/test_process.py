"""The bot as a real process: waiting for Telegram, ending well, giving way to one another."""

import asyncio
import logging
import os
import signal
import sqlite3
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import process
from bot.app import SystemClock
from bot.process import END_AFTER, TRACE_AFTER, Watch, is_gone
from bot.sandbox import cloud as clouds
from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.server import serving
from tests.fakes import free_port

TOP = Path(__file__).parents[1]
PATIENCE_S = 60


class World:
    """A stand-in for Telegram, a data folder, and the processes between."""

    def __init__(self, cloud: Cloud, address: str, folder: Path) -> None:
        self.cloud = cloud
        self.phone = Phone(cloud)
        self.address = address
        self.folder = folder
        self.processes: list[Process] = []

    async def run(self, **environ: str) -> Process:
        """Start `goldpan run`; its log is a file of its own."""
        with self.log_file(len(self.processes)).open("w") as log:
            one = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self.folder,
                env={
                    "PATH": os.environ["PATH"],
                    "PYTHONPATH": str(TOP),
                    "TELEGRAM_API_URL": self.address,
                    "TELEGRAM_BOT_TOKEN": clouds.TOKEN,
                    "OWNER_IDS": str(PERSON_ID),
                    "WRITER": "offline",
                    **environ,
                },
                stderr=log,
            )
        self.processes.append(one)
        return one

    def log_file(self, n: int) -> Path:
        return self.folder / f"{n}.log"

    def log(self, n: int = 0) -> str:
        return self.log_file(n).read_text("utf-8")

    def rows(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "data" / "goldpan.db")) as connection:
            return connection.execute(query).fetchall()

    def reactions(self) -> int:
        return sum(one.kind == "reaction" and one.side == "bot" for one in self.phone.events)

    def told(self) -> list[str]:
        events = self.phone.events
        return [one.text for one in events if one.kind == "text" and one.side == "bot"]

    async def until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not done():  # noqa: ASYNC110 (there is nothing to wait on)
                await asyncio.sleep(0.02)

    async def ended(self, one: Process) -> int:
        async with asyncio.timeout(PATIENCE_S):
            return await one.wait()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    cloud = Cloud(SystemClock().now)
    async with serving(cloud) as address:
        world = World(cloud, address, tmp_path)
        yield world
        for one in world.processes:
            if one.returncode is None:
                one.kill()
            await one.wait()


async def test_an_unreachable_telegram_is_waited_for_and_told_of_once(world: World) -> None:
    world.cloud.faults.error_502 = True
    world.phone.send("early")
    running = await world.run()
    await world.until(lambda: "cannot be reached" in world.log())
    world.cloud.faults.error_502 = False
    await world.until(lambda: world.reactions() == 1)
    assert world.log().count("cannot be reached") == 1
    assert world.log().count("is reached again") == 1
    assert running.returncode is None


async def test_what_was_taken_in_is_kept_while_telegram_is_unreachable(world: World) -> None:
    first = await world.run()
    world.phone.send("the first makes a person")
    await world.until(lambda: world.reactions() == 1)
    first.kill()
    await world.ended(first)
    with closing(sqlite3.connect(world.folder / "data" / "goldpan.db")) as connection:
        raw = (
            '{"update_id": 5, "message": {"message_id": 99, "date": 1, "text": "left over",'
            f' "from": {{"id": {PERSON_ID}, "is_bot": false, "first_name": "A"}},'
            f' "chat": {{"id": {PERSON_ID}, "type": "private"}}}}}}'
        )
        connection.execute(
            "INSERT INTO inbox (update_id, person_id, raw, state, attempts, due_at)"
            " VALUES (5, ?, ?, 'waiting', 0, '2026-01-01 00:00:00.000000')",
            [PERSON_ID, raw],
        )
        connection.commit()
    world.cloud.faults.reset = True
    await world.run()
    await world.until(lambda: ("left over",) in world.rows("SELECT text FROM fragments"))


@pytest.mark.parametrize("begun", [True, False])
async def test_a_token_nobody_knows_is_one_line_and_exit_1(world: World, begun: bool) -> None:
    if not begun:
        world.cloud.token = "1:another"
    running = await world.run()
    if begun:
        await world.until(lambda: world.cloud.updates.polled)
        world.cloud.token = "1:another"
        world.cloud.updates.release()
    assert await world.ended(running) == 1
    last = world.log().splitlines()[-1]
    assert last.startswith("goldpan run: ")
    assert "does not know this token" in last
    assert "Traceback" not in world.log()
    assert clouds.TOKEN not in world.log()


async def test_an_address_telegram_does_not_bring_updates_to_is_one_line_and_exit_1(
    world: World,
) -> None:
    nowhere = "http://127.0.0.1:70000/hook"
    running = await world.run(WEBHOOK_URL=nowhere, WEBHOOK_LISTEN=f"127.0.0.1:{free_port()}")
    assert await world.ended(running) == 1
    assert world.log().splitlines()[-1] == (
        f"goldpan run: Telegram does not bring updates to {nowhere} (Invalid webhook url "
        "specified); mend WEBHOOK_URL, which must be a public https address, or leave it empty to "
        "poll"
    )
    assert "Traceback" not in world.log()


async def test_another_bots_database_is_refused_before_anything_is_taken_in(world: World) -> None:
    first = await world.run()
    await world.until(lambda: world.cloud.updates.polled)
    first.send_signal(signal.SIGTERM)
    await world.ended(first)
    world.cloud.token = "7000000002:another"
    world.phone.send("to the other bot")
    other = await world.run(TELEGRAM_BOT_TOKEN=world.cloud.token)
    assert await world.ended(other) == 1
    (line,) = world.log(1).splitlines()
    assert line.startswith("goldpan run: the database holds what was sent to another bot (id ")
    assert "DATA_DIR" in line
    assert world.rows("SELECT * FROM inbox") == []
    elsewhere = await world.run(TELEGRAM_BOT_TOKEN=world.cloud.token, DATA_DIR="elsewhere")
    await world.until(lambda: world.reactions() == 1)
    assert elsewhere.returncode is None


async def test_a_new_token_of_the_same_bot_goes_on_where_the_old_one_ended(world: World) -> None:
    first = await world.run()
    await world.until(lambda: world.cloud.updates.polled)
    first.send_signal(signal.SIGTERM)
    await world.ended(first)
    world.cloud.token = f"{clouds.BOT['id']}:renewed"
    await world.run(TELEGRAM_BOT_TOKEN=world.cloud.token)
    world.phone.send("to the same bot")
    await world.until(lambda: world.reactions() == 1)


async def test_an_answer_that_never_comes_does_not_keep_it_from_stopping(world: World) -> None:
    running = await world.run()
    await world.until(lambda: world.cloud.updates.polled)
    world.cloud.faults.slow_s = 3600.0
    world.phone.send("acknowledged never")
    await world.until(lambda: len(world.rows("SELECT text FROM fragments")) == 1)
    running.send_signal(signal.SIGTERM)
    assert await world.ended(running) == 0
    assert world.rows("SELECT state FROM inbox") == [("waiting",)]


async def test_a_second_signal_ends_it_at_once(world: World) -> None:
    running = await world.run()
    await world.until(lambda: world.cloud.updates.polled)
    world.cloud.faults.slow_s = 3600.0
    world.phone.send("acknowledged never")
    await world.until(lambda: len(world.rows("SELECT text FROM fragments")) == 1)
    running.send_signal(signal.SIGTERM)
    await world.until(lambda: "once more ends it at once" in world.log())
    running.send_signal(signal.SIGTERM)
    assert await world.ended(running) == 128 + signal.SIGTERM


async def test_a_stop_lets_what_is_in_hand_come_to_its_end(world: World) -> None:
    running = await world.run()
    await world.until(lambda: world.cloud.updates.polled)
    world.cloud.faults.slow_s = 0.5
    world.phone.send("in hand")
    await world.until(lambda: len(world.rows("SELECT text FROM fragments")) == 1)
    running.send_signal(signal.SIGINT)
    assert await world.ended(running) == 0
    assert world.reactions() == 1
    assert world.rows("SELECT state FROM inbox") == [("handled",)]
    assert world.rows("SELECT lease_until FROM turns") == [(None,)]


async def test_a_second_process_waits_and_takes_over(world: World) -> None:
    first = await world.run()
    await world.until(lambda: world.cloud.updates.polled)
    await world.run()
    await world.until(lambda: "waiting to take over" in world.log(1))
    world.phone.send("to the first")
    await world.until(lambda: world.reactions() == 1)
    first.send_signal(signal.SIGTERM)
    assert await world.ended(first) == 0
    world.phone.send("to the second")
    await world.until(lambda: world.reactions() == 2)
    assert "took over" in world.log(1)
    assert "somebody else" not in world.log(0) + world.log(1)


async def test_who_follows_a_killed_process_need_not_wait(world: World) -> None:
    first = await world.run()
    await world.until(lambda: world.cloud.updates.polled)
    first.kill()
    await world.ended(first)
    world.phone.send("to the second")
    await world.run()
    await world.until(lambda: world.reactions() == 1)
    assert "waiting to take over" not in world.log(1)


async def test_another_poller_with_another_database_is_told_of(world: World) -> None:
    await world.run()
    await world.until(lambda: world.cloud.updates.polled)
    await world.run(DATA_DIR="elsewhere")
    await world.until(
        lambda: "somebody else fetches this bot's updates" in world.log(0) + world.log(1)
    )
    world.phone.send("to either")
    await world.until(lambda: world.reactions() >= 1)


async def test_after_more_than_a_day_away_the_person_is_told_once(world: World) -> None:
    first = await world.run(DEFAULT_TIMEZONE="Asia/Taipei")
    world.phone.send("before")
    await world.until(lambda: world.reactions() == 1)
    first.send_signal(signal.SIGTERM)
    await world.ended(first)
    gone_at = datetime.now(UTC) - timedelta(hours=30)
    with closing(sqlite3.connect(world.folder / "data" / "goldpan.db")) as connection:
        connection.execute("UPDATE turns SET answered_at = ?", [f"{gone_at:%Y-%m-%d %H:%M:%S.%f}"])
        connection.commit()
    for _ in range(2):
        again = await world.run()
        await world.until(lambda: bool(world.told()))
        world.phone.send("after")
        reactions = world.reactions()
        await world.until(lambda before=reactions: world.reactions() > before)
        again.send_signal(signal.SIGTERM)
        await world.ended(again)
    (told,) = world.told()
    local = gone_at + timedelta(hours=8)
    assert f"{local:%Y-%m-%d %H:%M}" in told


class TestTheWatch:
    """Over an event loop, one look at a time."""

    def test_a_loop_that_stands_still_is_told_of_once_and_then_ended(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        ends: list[int] = []
        loop = asyncio.new_event_loop()
        watch = Watch(loop, end=ends.append)
        for _ in range(TRACE_AFTER + 1):
            watch.look()
        (stands,) = [one.getMessage() for one in caplog.records]
        assert "test_a_loop_that_stands_still" in stands
        for _ in range(END_AFTER - TRACE_AFTER - 1):
            watch.look()
        assert ends == []
        watch.look()
        assert ends == [1]
        loop.close()

    async def test_a_loop_that_turns_is_left_alone(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO)
        ends: list[int] = []
        watch = Watch(asyncio.get_running_loop(), end=ends.append)
        for _ in range(3 * END_AFTER):
            watch.look()
            await asyncio.sleep(0)
        assert ends == []
        assert caplog.records == []

    def test_a_process_whose_loop_hangs_ends_with_exit_1_and_says_where(self) -> None:
        hang = (
            "import asyncio, logging, threading\n"
            "from bot.process import Watch\n"
            "async def main():\n"
            "    watch = Watch(asyncio.get_running_loop(), look_s=0.001)\n"
            "    watch.start()\n"
            "    stuck_here()\n"
            "def stuck_here():\n"
            "    threading.Event().wait()\n"
            "logging.basicConfig()\n"
            "asyncio.run(main())\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", hang],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP)},
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE_S,
            check=False,
        )
        assert done.returncode == 1
        assert "stuck_here" in done.stderr


def test_a_process_is_gone_only_when_that_is_certain() -> None:
    place, _, rest = process._name().rpartition(" process ")
    assert not is_gone(f"another host process {rest}")
    assert not is_gone("nonsense")
    assert not is_gone(f"{place} process {os.getppid()} since 1")
    child = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # dead, and not buried
    assert is_gone(f"{place} process {child.pid} since 1")
    child.wait()
    assert is_gone(f"{place} process {child.pid} since 1")
