"""The line to Telegram: asked until it works, told of once."""

import asyncio
import logging

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.chat.line import WAITS_S, Line
from bot.errors import GoldpanError, StoreError

API = "https://api.example"


class Naps:
    """Pauses, which pass at once."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        await asyncio.sleep(0)


class Step:
    """Raises these in turn, then gives 7; None hangs for ever."""

    def __init__(self, *fails: Exception | None) -> None:
        self._fails = list(fails)

    async def __call__(self) -> int:
        if not self._fails:
            return 7
        failure = self._fails.pop(0)
        if failure is None:
            await asyncio.Event().wait()
        assert failure is not None
        raise failure


@pytest.fixture
def naps() -> Naps:
    return Naps()


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records]


async def test_however_often_it_fails_the_log_tells_once_and_once_again_when_it_works(
    naps: Naps, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    refused = [NetworkError("connection refused"), NetworkError("Bad Gateway")] * 5
    assert await Line(API, sleep=naps).until(Step(*refused)) == 7
    assert logged(caplog) == [
        f"{API} cannot be reached (connection refused); trying until it can",
        f"{API} is reached again",
    ]
    assert naps.taken == [*WAITS_S, *[WAITS_S[-1]] * 4]


async def test_each_kind_of_trouble_is_told_of(
    naps: Naps, caplog: pytest.LogCaptureFixture
) -> None:
    troubles = [
        NetworkError("Bad Gateway"),
        Conflict("terminated by other getUpdates request"),
        StoreError("disk full"),
        RuntimeError("never foreseen"),
    ]
    assert await Line(API, sleep=naps).until(Step(*troubles)) == 7
    gateway, conflict, store, odd, again = logged(caplog)
    assert "Bad Gateway" in gateway
    assert "somebody else fetches this bot's updates" in conflict
    assert "disk full" in store
    assert "RuntimeError" in odd
    assert "reached again" in again


async def test_it_waits_as_long_as_telegram_asks(naps: Naps) -> None:
    await Line(API, sleep=naps).until(Step(RetryAfter(77)))
    assert naps.taken == [77]


async def test_a_step_that_never_ends_is_cut_off_and_begun_anew(
    naps: Naps, caplog: pytest.LogCaptureFixture
) -> None:
    assert await Line(API, sleep=naps, within_s=0.01).until(Step(None, None)) == 7
    assert "gave no answer" in logged(caplog)[0]


async def test_a_token_nobody_knows_ends_it_and_is_not_shown(naps: Naps) -> None:
    with pytest.raises(GoldpanError, match="does not know this token") as caught:
        await Line(API, sleep=naps).until(Step(InvalidToken("The token `1:secret` was rejected")))
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__


async def test_what_cannot_go_on_ends_it(naps: Naps) -> None:
    with pytest.raises(GoldpanError, match="another process"):
        await Line(API, sleep=naps).until(Step(GoldpanError("another process took over")))


async def test_once_tells_whether_it_worked(naps: Naps) -> None:
    line = Line(API, sleep=naps)
    assert not await line.once(Step(TelegramError("no")))
    assert await line.once(Step())
    assert naps.taken == []
