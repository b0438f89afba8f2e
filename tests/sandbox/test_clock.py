"""Simulated time, moved from one thread and slept on in another."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.journey.ports import Clock
from bot.sandbox.clock import PlayClock, RunningClock

START = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def clock() -> PlayClock:
    return PlayClock(START)


@pytest.fixture
def elsewhere() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop that runs in another thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_it_is_a_clock(clock: Clock):
    assert clock.now() == START


async def test_time_stands_still_until_it_is_moved(clock, eventually):
    sleeper = asyncio.create_task(clock.sleep(60))
    await eventually(clock.earliest)
    clock.advance(after(59))
    await asyncio.sleep(0)
    assert not sleeper.done()
    clock.advance(after(60))
    await sleeper
    assert clock.now() == after(60)


async def test_sleepers_in_another_thread_wake_in_the_order_they_are_due(
    clock, elsewhere, eventually
):
    woken = []

    async def sleep(seconds):
        await clock.sleep(seconds)
        woken.append(seconds)

    naps = [asyncio.run_coroutine_threadsafe(sleep(seconds), elsewhere) for seconds in (3, 1, 2)]
    await eventually(lambda: len(clock._sleepers) == 3)
    assert clock.earliest() == after(1)
    clock.advance(after(10))
    for nap in naps:
        await asyncio.wrap_future(nap)
    assert woken == [1, 2, 3]
    assert clock.earliest() is None


async def test_a_cancelled_sleeper_is_no_longer_due(clock, eventually):
    sleeper = asyncio.create_task(clock.sleep(60))
    await eventually(clock.earliest)
    sleeper.cancel()
    await asyncio.wait([sleeper])
    assert clock.earliest() is None


async def test_no_time_at_all_is_slept_at_once(clock):
    await clock.sleep(0)
    await clock.sleep(-1)


async def test_the_clock_never_goes_back(clock):
    clock.advance(after(60))
    clock.advance(START)
    assert clock.now() == after(60)


async def test_forgotten_sleepers_are_never_woken(clock, eventually):
    sleeper = asyncio.create_task(clock.sleep(60))
    await eventually(clock.earliest)
    clock.forget_sleepers()
    assert clock.earliest() is None
    clock.advance(after(60))
    await asyncio.sleep(0)
    assert not sleeper.done()
    sleeper.cancel()


def test_a_sleeper_whose_loop_is_gone_does_no_harm(clock):
    loop = asyncio.new_event_loop()
    sleeper = clock.sleep(60)
    loop.run_until_complete(asyncio.wait([task := loop.create_task(sleeper)], timeout=0))
    loop.close()
    clock.advance(after(60))
    assert clock.now() == after(60)
    with pytest.raises(RuntimeError, match="closed"):
        task.cancel()


async def test_a_running_clock_goes_by_itself_and_sleeps_real_time():
    clock = RunningClock()
    before = clock.now()
    await clock.sleep(0.01)
    assert clock.now() - before >= timedelta(seconds=0.01)
    assert clock.earliest() is None


async def test_a_jump_wakes_who_is_due_and_shortens_the_rest():
    clock = RunningClock()
    due, later = (asyncio.create_task(clock.sleep(seconds)) for seconds in (3600, 3600.2))
    await asyncio.sleep(0)
    clock.advance(clock.now() + timedelta(seconds=3600.1))
    await due
    assert not later.done()
    await asyncio.wait_for(later, 30)
    clock.advance(clock.now() - timedelta(days=1))
    assert timedelta(seconds=3600) <= clock.ahead < timedelta(seconds=3700)


def test_a_running_clock_never_wakes_up_yesterday(tmp_path: Path):
    file = tmp_path / "clock"
    RunningClock(file).advance(datetime.now(UTC) + timedelta(days=2))
    assert RunningClock(file).now() > datetime.now(UTC) + timedelta(days=1, hours=23)


@pytest.mark.parametrize("written", ["nonsense", "inf", "-inf", "nan", "1e300", "1e12", "-1", ""])
def test_a_file_that_tells_no_time_counts_as_none(tmp_path: Path, written):
    (tmp_path / "clock").write_text(written)
    clock = RunningClock(tmp_path / "clock")
    assert clock.ahead == timedelta()
    assert clock.now() <= datetime.now(UTC)
