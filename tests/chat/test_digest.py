"""The evening message on its way: what is sent again, what is only offered, what is neither."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram.error import BadRequest, NetworkError

from bot.chat.desk import Desk
from bot.chat.rounds import Rounds
from bot.domain.records import Language, Person, Said
from bot.engines.documents import Documents
from bot.engines.ics import calendar_file
from bot.engines.pages import Pages
from bot.engines.word import word_file
from bot.journey.capture import capture
from bot.store.database import Database
from bot.store.media import Shelf
from tests.fakes import (
    FORMS,
    FailingBot,
    FakeClock,
    ScriptedInterviewer,
    ScriptedWriter,
    lost,
    worn,
)

NINE = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)  # 21:00 in Taipei


@pytest.fixture
async def desk(db: Database, ming: Person, clock: FakeClock, tmp_path: Path) -> Desk:
    """A desk on an evening for which one thing was said."""
    await capture(db, Said(ming.id, 1, "下雨了", clock.now()))
    clock.set(NINE)
    return Desk(
        db=db,
        shelf=Shelf(tmp_path),
        clock=clock,
        writers=(ScriptedWriter(),),
        interviewer=ScriptedInterviewer(),
        documents=Documents(),
        pages=Pages(),
        admits=lambda person_id: person_id == ming.id,
        newcomer=lambda *_: ming,
        forms=FORMS,
        worn=worn,
        word_file=word_file,
        calendar_file=calendar_file,
        default_language=Language.EN,
    )


async def evening(desk: Desk, bot: Any, *, minutes: int = 10) -> None:
    """Let the minutes of an evening pass, each with its tick and all the work that follows."""
    rounds = Rounds(desk, bot)
    clock: Any = desk.clock
    for minute in range(minutes):
        clock.set(NINE + timedelta(minutes=minute))
        await rounds.tick(clock.now())
        await rounds.done()


async def test_two_processes_on_one_database_send_it_once(desk: Desk) -> None:
    bot: Any = FailingBot()
    other = Database(desk.db.url)
    both = [Rounds(desk, bot), Rounds(replace(desk, db=other), bot)]
    for minute in range(5):
        now = NINE + timedelta(minutes=minute)
        await asyncio.gather(*(one.tick(now) for one in both))
        await asyncio.gather(*(one.done() for one in both))
    await other.close()
    assert len(bot.arrived) == 1


async def test_a_digest_is_sent_once(desk: Desk) -> None:
    bot = FailingBot()
    await evening(desk, bot)
    assert len(bot.arrived) == 1
    assert "下雨了" in bot.arrived[0]


@pytest.mark.parametrize(
    "failure",
    [
        NetworkError("Bad Gateway"),
        BadRequest("chat not found"),
        lost(httpx.ConnectError("refused")),
        lost(httpx.ConnectTimeout("slow")),
        lost(httpx.PoolTimeout("full")),
    ],
    ids=repr,
)
async def test_what_certainly_did_not_arrive_is_sent_again(desk: Desk, failure: Exception) -> None:
    bot = FailingBot(failure)
    await evening(desk, bot)
    assert len(bot.arrived) == 1
    assert "下雨了" in bot.arrived[0]


@pytest.mark.parametrize(
    "failure", [lost(httpx.ReadTimeout("late")), lost(httpx.ReadError("reset"))], ids=repr
)
async def test_what_may_have_arrived_is_not_sent_again_but_offered_once(
    desk: Desk, failure: Exception
) -> None:
    bot = FailingBot(failure)
    await evening(desk, bot, minutes=30)
    (offer,) = bot.arrived
    assert "可能沒有送到" in offer
    assert "下雨了" not in offer
    assert bot.keyboards[0] is not None


async def test_a_digest_that_comes_late_says_so(desk: Desk) -> None:
    bot = FailingBot(*[NetworkError("Bad Gateway")] * 7)
    await evening(desk, bot, minutes=12)
    assert "晚了" in bot.arrived[0]


async def test_a_digest_on_time_does_not(desk: Desk) -> None:
    bot = FailingBot(NetworkError("Bad Gateway"))
    await evening(desk, bot)
    assert "晚了" not in bot.arrived[0]


class SlowWriter(ScriptedWriter):
    """Takes longer than its lease, while the minutes go on."""

    def __init__(self, desk_clock: FakeClock, meanwhile: Any) -> None:
        super().__init__()
        self._clock = desk_clock
        self._meanwhile = meanwhile

    async def draft(self, ask: Any) -> None:
        if not self.drafts_asked:
            self.drafts_asked.append(ask)
            self._clock.set(self._clock.now() + timedelta(minutes=5))
            await self._meanwhile()


async def test_a_worker_that_outlasts_its_lease_sends_nothing(desk: Desk, clock: FakeClock) -> None:
    bot: Any = FailingBot()

    async def another_worker() -> None:
        rounds = Rounds(desk, bot)
        await rounds.tick(clock.now())
        await rounds.done()

    slow = SlowWriter(clock, another_worker)
    first = Rounds(
        Desk(
            db=desk.db,
            shelf=desk.shelf,
            clock=clock,
            writers=(slow,),
            interviewer=desk.interviewer,
            documents=Documents(),
            pages=Pages(),
            admits=desk.admits,
            newcomer=desk.newcomer,
            forms=FORMS,
            worn=worn,
            word_file=word_file,
            calendar_file=calendar_file,
            default_language=Language.EN,
        ),
        bot,
    )
    await first.tick(clock.now())
    await first.done()
    assert len(bot.arrived) == 1
