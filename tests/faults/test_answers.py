"""Answers of Telegram's that are slow or never come."""

import asyncio
from typing import Any

from tests.faults.conftest import Alive


async def test_an_answer_that_never_comes_holds_up_nothing_and_is_asked_for_again(
    alive: Alive,
) -> None:
    calls: list[int] = []

    def hang_once(method: str, arguments: dict[str, Any], _: Any) -> None:
        if method == "setMessageReaction":
            calls.append(int(arguments["message_id"]))
            alive.cloud.faults.hang = len(calls) == 1
            asyncio.get_running_loop().call_later(0.05, setattr, alive.cloud.faults, "hang", False)

    alive.cloud.overhear(hang_once)
    (first,) = alive.say(1)
    await alive.until(lambda: first in calls)
    await asyncio.sleep(0.1)
    others = alive.say(5)
    await alive.until(lambda: set(others) <= set(calls))
    assert calls.count(first) == 1
    await alive.until(lambda: calls.count(first) == 2)
    assert alive.kept() == [1, first, *others]


async def test_slow_answers_lose_and_double_nothing(alive: Alive) -> None:
    alive.cloud.faults.slow_s = 0.5
    said = alive.say(30)
    await alive.until(lambda: set(alive.acknowledged) == {1, *said})
    assert alive.kept() == [1, *said]
