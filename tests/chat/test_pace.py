"""Turns: no faster than allowed, each chat waiting for itself."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.chat.pace import Pace, Wish

MING, MEI = 42, 43


class Telegram:
    """Takes calls and notes when each began, on the loop's clock; refuses when told to."""

    def __init__(self, pace: Pace, *refusals: Exception | None, takes_s: float = 0.0) -> None:
        self.calls: list[tuple[str, int, float]] = []
        self.together = self.most_together = 0
        self._pace = pace
        self._refusals = list(refusals)
        self._takes_s = takes_s

    async def ask(self, endpoint: str, chat: int = MING, wish: Wish | None = None) -> None:
        """One call as the library makes it."""

        async def callback(*_: Any) -> None:
            self.together += 1
            self.most_together = max(self.most_together, self.together)
            await asyncio.sleep(self._takes_s)
            self.together -= 1
            if (refusal := self._refusals.pop(0) if self._refusals else None) is not None:
                raise refusal
            self.calls.append((endpoint, chat, asyncio.get_running_loop().time()))

        data = {"chat_id": chat}
        await self._pace.process_request(callback, (), {}, endpoint, data, wish)

    def order(self) -> list[tuple[str, int]]:
        return [(endpoint, chat) for endpoint, chat, _ in self.calls]

    def gaps(self) -> list[float]:
        at = [one for _, _, one in self.calls]
        return [b - a for a, b in itertools.pairwise(at)]


async def test_a_chat_rests_after_each_message_and_edit() -> None:
    telegram = Telegram(Pace(1000, chat_rest_s=0.05))
    await asyncio.gather(
        telegram.ask("sendMessage"), telegram.ask("editMessageText"), telegram.ask("sendDocument")
    )
    assert [one for one, _ in telegram.order()] == [
        "sendMessage",
        "editMessageText",
        "sendDocument",
    ]
    # The loop's timers may come a clock's tick early; a busy machine only makes it longer.
    assert min(telegram.gaps()) > 0.049


async def test_no_window_of_time_sees_more_messages_than_allowed_however_slow_they_are() -> None:
    telegram = Telegram(Pace(5, chat_rest_s=0), takes_s=0.02)
    await asyncio.gather(*(telegram.ask("sendMessage", chat) for chat in range(1, 13)))
    at = [one for _, _, one in telegram.calls]
    assert all(later - first > 0.999 for first, later in zip(at, at[5:], strict=False))


async def test_less_than_one_message_a_second_is_less_than_one() -> None:
    telegram = Telegram(Pace(0.5, chat_rest_s=0))
    begun = asyncio.get_running_loop().time()
    await telegram.ask("sendMessage", MING)
    second = asyncio.create_task(telegram.ask("sendMessage", MEI))
    done, _ = await asyncio.wait([second], timeout=0.3)
    assert not done
    await second
    assert asyncio.get_running_loop().time() - begun > 1.99


async def test_reactions_and_answers_to_buttons_wait_for_nobody() -> None:
    telegram = Telegram(Pace(1, chat_rest_s=60))
    await telegram.ask("sendMessage")
    async with asyncio.timeout(1):
        for _ in range(50):
            await telegram.ask("setMessageReaction")
        await telegram.ask("answerCallbackQuery", wish=Wish(chat_id=MING))


@pytest.mark.parametrize("endpoint", ["sendMessage", "editMessageText", "setMessageReaction"])
async def test_being_told_to_wait_holds_that_chat_alone_and_is_no_failure(endpoint: str) -> None:
    telegram = Telegram(Pace(1000, chat_rest_s=0), RetryAfter(1))
    begun = asyncio.get_running_loop().time()
    told = asyncio.create_task(telegram.ask(endpoint, MING))
    await asyncio.sleep(0.01)
    await asyncio.gather(
        telegram.ask("sendMessage", MING),
        telegram.ask("setMessageReaction", MING),
        telegram.ask("sendMessage", MEI),
        told,
    )
    assert telegram.order()[0] == ("sendMessage", MEI)
    assert all(at - begun > 0.999 for _, chat, at in telegram.calls if chat == MING)


async def test_a_chat_that_must_wait_takes_no_place_from_the_others() -> None:
    telegram = Telegram(Pace(1000), RetryAfter(600))
    waiting = [asyncio.create_task(telegram.ask("setMessageReaction", MING))]
    await asyncio.sleep(0.01)
    waiting += [asyncio.create_task(telegram.ask("setMessageReaction", MING)) for _ in range(200)]
    await asyncio.sleep(0)
    async with asyncio.timeout(1):
        await telegram.ask("setMessageReaction", MEI)
    assert telegram.order() == [("setMessageReaction", MEI)]
    for one in waiting:
        one.cancel()
    await asyncio.wait(waiting)


async def test_so_many_reactions_are_under_way_at_once_and_no_more() -> None:
    telegram = Telegram(Pace(1000), takes_s=0.01)
    await asyncio.gather(*(telegram.ask("setMessageReaction") for _ in range(100)))
    assert telegram.most_together == 32


async def test_whoever_waits_for_an_answer_goes_before_what_can_wait() -> None:
    telegram = Telegram(Pace(1000, chat_rest_s=0.02))
    later = Wish(later=True)
    await asyncio.gather(
        telegram.ask("sendMessage"),
        telegram.ask("sendDigest", wish=later),
        telegram.ask("sendDigest", wish=later),
        telegram.ask("editMessageText"),
        telegram.ask("sendAnswer"),
    )
    names = [one for one, _ in telegram.order()]
    assert names == ["sendMessage", "editMessageText", "sendAnswer", "sendDigest", "sendDigest"]


async def test_what_is_to_be_written_down_before_is_when_the_turn_has_come() -> None:
    telegram = Telegram(Pace(1000, chat_rest_s=60))
    begun: list[str] = []

    def begin(name: str) -> Callable[[], Awaitable[None]]:
        async def note() -> None:
            begun.append(name)

        return note

    await telegram.ask("sendMessage", wish=Wish(begin=begin("first")))
    second = asyncio.create_task(telegram.ask("sendMessage", wish=Wish(begin=begin("second"))))
    await asyncio.sleep(0.02)
    assert begun == ["first"]
    second.cancel()
    await asyncio.wait([second])


async def test_what_was_written_down_is_not_repeated_behind_the_writers_back() -> None:
    async def begin() -> None:
        pass

    telegram = Telegram(Pace(1000), RetryAfter(1))
    with pytest.raises(RetryAfter):
        await telegram.ask("sendMessage", wish=Wish(begin=begin))


async def test_a_preview_never_waits_for_the_chat() -> None:
    telegram = Telegram(Pace(1000, chat_rest_s=60), None, RetryAfter(60))
    await telegram.ask("sendMessage")
    for _ in range(2):  # refused by Telegram, then held back without asking it
        with pytest.raises(RetryAfter):
            await telegram.ask("sendMessageDraft")
    assert len(telegram.calls) == 1


async def test_a_preview_that_is_refused_holds_back_nothing_but_previews() -> None:
    telegram = Telegram(Pace(1000, chat_rest_s=0), RetryAfter(600))
    with pytest.raises(RetryAfter):
        await telegram.ask("sendMessageDraft")
    async with asyncio.timeout(5):
        for endpoint in ("sendMessage", "setMessageReaction", "answerCallbackQuery"):
            await telegram.ask(endpoint)
    with pytest.raises(RetryAfter):
        await telegram.ask("sendMessageDraft")
    assert len(telegram.calls) == 3


async def test_a_preview_is_held_back_with_the_rest_of_its_chat() -> None:
    telegram = Telegram(Pace(1000, chat_rest_s=0), RetryAfter(600))
    waiting = asyncio.create_task(telegram.ask("sendMessage"))
    await asyncio.sleep(0.01)
    with pytest.raises(RetryAfter):
        await telegram.ask("sendMessageDraft")
    assert not telegram.calls
    waiting.cancel()
    await asyncio.wait([waiting])


async def test_who_stops_waiting_leaves_the_line_to_the_next() -> None:
    telegram = Telegram(Pace(1000, chat_rest_s=0.02))
    await telegram.ask("sendMessage")
    given_up = asyncio.create_task(telegram.ask("sendMessage"))
    await asyncio.sleep(0)
    next_one = asyncio.create_task(telegram.ask("sendMessage"))
    await asyncio.sleep(0)
    given_up.cancel()
    async with asyncio.timeout(5):
        await next_one
    assert len(telegram.calls) == 2
