"""Telling of a time in which messages may be lost: again if it did not arrive, once if it may."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.chat import absence
from bot.chat.desk import Desk
from bot.domain.records import Person
from bot.journey.turns import Candidate, Turn
from bot.store.database import Database
from tests.fakes import FailingBot, FakeClock, lost


@pytest.fixture(autouse=True)
async def away(db: Database, ming: Person, clock: FakeClock) -> None:
    """Nobody fetched updates for two days, of which Ming is to be told."""
    turn = Turn(db, clock, 7, Candidate("mine"))
    await turn.wait()
    await turn.answered(lambda _: True)
    clock.set(clock.now() + timedelta(days=2))
    assert await turn.answered(lambda _: True)


@pytest.mark.parametrize(
    "failure",
    [
        lost(httpx.ConnectTimeout("slow")),
        lost(httpx.PoolTimeout("full")),
        lost(httpx.ConnectError("refused")),
        NetworkError("Bad Gateway"),
        RetryAfter(7),
        TelegramError("Internal Server Error"),
    ],
    ids=repr,
)
async def test_what_certainly_did_not_arrive_is_told_the_next_time(
    desk: Desk, failure: TelegramError
) -> None:
    bot: Any = FailingBot(failure)
    await absence.tell(desk, bot)
    assert bot.arrived == []
    for _ in range(2):
        await absence.tell(desk, bot)
    assert len(bot.arrived) == 1


@pytest.mark.parametrize(
    "failure",
    [
        lost(httpx.ReadTimeout("late")),
        lost(httpx.ReadError("reset")),
        BadRequest("chat not found"),
        Forbidden("bot was blocked by the user"),
    ],
    ids=repr,
)
async def test_what_may_have_arrived_or_never_will_is_not_told_again(
    desk: Desk, failure: TelegramError
) -> None:
    bot: Any = FailingBot(failure)
    for _ in range(3):
        await absence.tell(desk, bot)
    assert bot.arrived == []
