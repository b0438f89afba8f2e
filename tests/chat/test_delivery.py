"""Sending: in parts, patiently, not faster than allowed."""

import asyncio
from typing import Any

import pytest
from telegram.error import BadRequest, RetryAfter

from bot.chat import delivery
from bot.chat.delivery import MOST_WAITS, Pace
from bot.chat.layout.letter import Letter
from tests.chat.conftest import Chat
from tests.fakes import FailingBot

TWO_PARTS = Letter("a" * 4000 + "\n" + "b" * 4000)


async def send(bot: Any, letter: Letter) -> None:
    await delivery.send(bot, 42, letter)


async def test_being_told_to_wait_repeats_only_the_part_that_did_not_go_out() -> None:
    bot = FailingBot(None, RetryAfter(0), RetryAfter(0))
    await send(bot, TWO_PARTS)
    assert [text[0] for text in bot.arrived] == ["a", "b"]


async def test_being_told_to_wait_for_ever_is_an_error_in_the_end() -> None:
    with pytest.raises(RetryAfter):
        await send(FailingBot(*[RetryAfter(0)] * (MOST_WAITS + 1)), Letter("x"))


async def test_a_refusal_is_not_repeated() -> None:
    bot = FailingBot(BadRequest("chat not found"))
    with pytest.raises(BadRequest):
        await send(bot, Letter("x"))
    assert bot.arrived == []


async def test_calls_keep_their_pace() -> None:
    loop, pace = asyncio.get_running_loop(), Pace(per_s=100)
    begun = loop.time()
    await asyncio.gather(*(pace.turn() for _ in range(6)))
    # The first goes at once, the others a hundredth of a second after one another. A busy machine
    # can only make it longer.
    assert loop.time() - begun >= 0.049


async def test_a_page_of_gold_over_one_message_keeps_its_buttons(chat: Chat) -> None:
    for n in range(7):
        chat.phone.send(f"{n} " + "long " * 790)
        chat.phone.reply(2 * n + 1, "⭐")
    chat.phone.send("/gold")
    await chat.answered()
    chat.phone.tap("›")
    await chat.answered()
    (gold,) = chat.heard()
    assert "1✨" in [label for row in chat.phone.events[-1].buttons for label in row]
    assert len(gold) < 4096
