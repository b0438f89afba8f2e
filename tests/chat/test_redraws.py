"""Of many who want to change one message, the last one does."""

import asyncio

import pytest

from bot.chat.redraws import Redraws


async def test_of_those_who_wait_only_the_last_one_draws() -> None:
    redraws, drawn, gate = Redraws(), list[int](), asyncio.Event()

    async def step(number: int) -> None:
        await gate.wait()
        drawn.append(number)

    waiting = [
        asyncio.create_task(redraws.draw(1, 2, lambda number=number: step(number)))
        for number in range(4)
    ]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*waiting)
    assert drawn == [0, 3]


async def test_other_messages_do_not_wait() -> None:
    redraws, drawn = Redraws(), list[str]()

    async def never() -> None:
        await asyncio.Event().wait()

    async def draw() -> None:
        drawn.append("other")

    stuck = asyncio.create_task(redraws.draw(1, 2, never))
    await asyncio.sleep(0)
    await redraws.draw(1, 3, draw)
    assert drawn == ["other"]
    stuck.cancel()


async def test_after_one_that_failed_the_next_one_draws() -> None:
    redraws, drawn = Redraws(), list[str]()

    async def fail() -> None:
        raise RuntimeError("no")

    async def draw() -> None:
        drawn.append("next")

    with pytest.raises(RuntimeError):
        await redraws.draw(1, 2, fail)
    await redraws.draw(1, 2, draw)
    assert drawn == ["next"]
