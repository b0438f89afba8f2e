"""The application beside real time: its minutes, its jumps, its deaths."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.errors import PlayError
from bot.sandbox import keeper as keepers
from bot.sandbox.clock import RunningClock
from bot.sandbox.keeper import Keeper


class Puppet:
    """A stage that notes what it is told, and fails or dawdles when it is to."""

    def __init__(self) -> None:
        self.starts = 0
        self.alive = False
        self.busy = False
        self.ticks: list[datetime] = []
        self.failing = False

    async def start(self) -> None:
        assert not self.alive, "started on top of itself"
        self.starts += 1
        self.alive = True

    async def kill(self) -> None:
        self.alive = False

    async def stop(self) -> None:
        self.alive = False

    async def tick(self, now: datetime) -> None:
        assert self.alive, "ticked after its death"
        self.ticks.append(now)
        if self.failing:
            raise RuntimeError("no digest today")

    async def idle(self) -> bool:
        assert self.alive, "asked after its death"
        return not self.busy


@pytest.fixture
def puppet() -> Puppet:
    return Puppet()


@pytest.fixture
async def keeper(puppet, cloud, monkeypatch):
    """A keeper who looks at the clock all the time, at the very beginning of a minute."""
    monkeypatch.setattr(keepers, "LOOK_S", 0.001)
    clock = RunningClock()
    now = clock.now()
    clock.ahead = now.replace(second=0, microsecond=0) + timedelta(minutes=1) - now
    keeper = Keeper(puppet, cloud=cloud, clock=clock, patience_s=0.05)
    yield keeper
    await keeper.stop()


async def test_started_twice_it_runs_once(keeper, puppet):
    await keeper.start()
    await keeper.start()
    assert (puppet.starts, keeper.running) == (1, True)


async def test_a_minute_is_ticked_once_however_often_the_clock_is_looked_at(
    keeper, puppet, eventually
):
    looks = []
    real = keeper.clock.now
    keeper.clock.now = lambda: looks.append(1) or real()
    await keeper.start()
    await eventually(lambda: len(looks) > 20)
    minutes = [tick.replace(second=0, microsecond=0) for tick in puppet.ticks]
    assert minutes
    assert len(set(minutes)) == len(minutes)


async def test_the_next_minute_comes_whatever_became_of_the_last(
    keeper, puppet, eventually, caplog
):
    puppet.failing = True
    await keeper.start()
    await eventually(lambda: len(puppet.ticks) == 1)
    keeper.clock.advance(keeper.clock.now() + timedelta(minutes=1))
    await eventually(lambda: len(puppet.ticks) == 2)
    assert "no digest today" in caplog.text
    before = len(puppet.ticks)
    await keeper.jump(keeper.clock.now() + timedelta(minutes=3))
    assert len(puppet.ticks) == before + 3


async def test_a_kill_takes_the_sleepers_along(keeper, eventually):
    await keeper.start()
    sleeper = asyncio.create_task(keeper.clock.sleep(3600))
    await eventually(keeper.clock.earliest)
    await keeper.kill()
    assert keeper.clock.earliest() is None
    assert not keeper.running
    sleeper.cancel()
    await asyncio.wait([sleeper])


async def test_the_dead_are_idle_and_are_not_asked(keeper, puppet):
    assert await keeper.idle()
    await keeper.start()
    puppet.busy = True
    assert not await keeper.idle()
    await keeper.kill()
    assert await keeper.idle()
    await keeper.jump(keeper.clock.now() + timedelta(minutes=5))


async def test_a_jump_past_an_application_that_never_rests_says_so(keeper, puppet):
    await keeper.start()
    puppet.busy = True
    goal = keeper.clock.now() + timedelta(hours=1)
    with pytest.raises(PlayError, match="still busy; the clock stopped on the way"):
        await keeper.jump(goal)
    assert keeper.clock.now() < goal
    assert not keeper.jumping


async def test_who_listens_is_told_of_every_change(keeper):
    told = []
    keeper.listen(lambda: told.append((keeper.running, keeper.jumping)))
    await keeper.start()
    await keeper.jump(keeper.clock.now() + timedelta(seconds=1))
    await keeper.kill()
    assert (told[0], told[-1]) == ((True, False), (False, False))
    assert (True, True) in told
