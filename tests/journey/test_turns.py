"""Whose turn it is to fetch a bot's updates, and who is told when nobody did."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.records import Person
from bot.errors import GoldpanError
from bot.journey import turns
from bot.journey.turns import BEAT, KEPT_FOR, LEASE, Candidate, Holding, Turn
from bot.store.database import Database
from tests.fakes import FakeClock
from tests.journey.conftest import everybody

BOT = 7_000_000_001


def turn(db: Database, clock: FakeClock, name: str, *gone: str) -> Turn:
    return Turn(db, clock, BOT, Candidate(name, lambda other: other in gone))


async def holder(db: Database, clock: FakeClock) -> str | None:
    return (await turns.holding(db, BOT, now=clock.now())).holder


async def test_the_first_has_the_turn_and_a_second_waits_until_it_is_given_back(
    db: Database, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = turn(db, clock, "first"), turn(db, clock, "second")
    await first.wait()
    waiting = asyncio.create_task(second.wait())
    while "waiting to take over" not in caplog.text:  # noqa: ASYNC110 (nothing to wait on)
        await asyncio.sleep(0)
    assert await holder(db, clock) == "first"
    before = clock.now()
    await first.release()
    await waiting
    assert await holder(db, clock) == "second"
    assert clock.now() - before < LEASE
    assert [one.getMessage() for one in caplog.records] == [
        "another process (first) serves this bot; waiting to take over",
        "this process took over",
    ]


async def test_a_turn_nobody_renews_runs_out(db: Database, clock: FakeClock) -> None:
    await turn(db, clock, "first").wait()
    before = clock.now()
    await turn(db, clock, "second").wait()  # the fake clock moves while it sleeps
    assert clock.now() - before >= LEASE
    assert await holder(db, clock) == "second"


async def test_a_dead_process_is_not_waited_for(db: Database, clock: FakeClock) -> None:
    await turn(db, clock, "first").wait()
    before = clock.now()
    await turn(db, clock, "second", "first").wait()
    assert clock.now() == before


async def test_a_turn_taken_before_the_clock_was_set_back_is_not_waited_for(
    db: Database, clock: FakeClock
) -> None:
    await turn(db, clock, "first").wait()
    clock.set(clock.now() - timedelta(hours=3))
    before = clock.now()
    assert await holder(db, clock) is None
    await turn(db, clock, "second").wait()
    assert clock.now() == before
    assert await holder(db, clock) == "second"


class Naps(FakeClock):
    """A clock that ends whoever sleeps more often than that."""

    def __init__(self, naps: int) -> None:
        super().__init__()
        self.left = naps

    async def sleep(self, seconds: float) -> None:
        if not self.left:
            raise asyncio.CancelledError
        self.left -= 1
        await super().sleep(seconds)


async def test_who_renews_keeps_the_turn_without_any_answer(db: Database) -> None:
    clock = Naps(10)
    first = turn(db, clock, "first")
    await first.wait()
    with suppress(asyncio.CancelledError):
        await first.keep()
    assert await turns.holding(db, BOT, now=clock.now() + LEASE / 2) == Holding("first", None)
    assert await turns.holding(db, BOT, now=clock.now() + LEASE) == Holding(None, None)


async def test_a_renewal_the_database_does_not_take_is_made_the_next_time(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Naps(2)
    first = turn(db, clock, "first")
    await first.wait()
    async with db.write() as session:
        await session.execute(
            text("CREATE TRIGGER full BEFORE UPDATE ON turns BEGIN SELECT RAISE(FAIL, 'full'); END")
        )
    with suppress(asyncio.CancelledError):
        await first.keep()
    assert caplog.text.count("could not be renewed") == 2
    assert await holder(db, clock) == "first"
    async with db.write() as session:
        await session.execute(text("DROP TRIGGER full"))
    clock.left = 2
    with suppress(asyncio.CancelledError):
        await first.keep()
    assert await holder(db, clock) == "first"


async def test_who_was_held_up_too_long_notices_that_another_has_the_turn(
    db: Database, clock: FakeClock
) -> None:
    first = turn(db, clock, "first")
    await first.wait()
    clock.set(clock.now() + LEASE)
    await turn(db, clock, "second").wait()
    with pytest.raises(GoldpanError, match=r"another process \(second\) took over"):
        await first.keep()
    with pytest.raises(GoldpanError, match=r"another process \(second\) took over"):
        await first.answered(everybody)
    await first.release()
    assert await holder(db, clock) == "second"


async def test_the_last_answer_is_written_at_most_once_a_minute(
    db: Database, clock: FakeClock
) -> None:
    mine = turn(db, clock, "mine")
    await mine.wait()
    await mine.answered(everybody)
    written = clock.now()
    clock.set(written + BEAT / 2)
    await mine.answered(everybody)
    assert (await turns.holding(db, BOT, now=clock.now())).answered_at == written
    clock.set(written + BEAT)
    await mine.answered(everybody)
    assert (await turns.holding(db, BOT, now=clock.now())).answered_at == clock.now()


async def answered_then_nothing_for(gap: timedelta, db: Database, clock: FakeClock) -> Turn:
    mine = turn(db, clock, "mine")
    await mine.wait()
    await mine.answered(everybody)
    clock.set(clock.now() + gap)
    return mine


async def test_after_more_than_a_day_everybody_is_to_be_told_once(
    db: Database, clock: FakeClock, ming: Person
) -> None:
    began = clock.now()
    mine = await answered_then_nothing_for(timedelta(hours=30), db, clock)
    assert await mine.answered(everybody)
    (told,) = await turns.untold(db, now=clock.now())
    assert (told.person.id, told.since, told.until) == (ming.id, began, clock.now() - KEPT_FOR)
    assert not await turns.untold(db, now=clock.now())
    clock.set(clock.now() + BEAT)
    assert not await mine.answered(everybody)
    await turns.untell(db, told)
    assert await turns.untold(db, now=clock.now()) == [told]


async def test_within_a_day_nothing_is_lost_and_nobody_is_told(
    db: Database, clock: FakeClock, ming: Person
) -> None:
    mine = await answered_then_nothing_for(KEPT_FOR, db, clock)
    assert not await mine.answered(everybody)
    assert not await turns.untold(db, now=clock.now())


async def test_who_is_not_admitted_any_more_is_told_nothing(
    db: Database, clock: FakeClock, ming: Person
) -> None:
    mine = await answered_then_nothing_for(timedelta(days=3), db, clock)
    assert not await mine.answered(lambda person_id: person_id != ming.id)
    assert not await turns.untold(db, now=clock.now())
