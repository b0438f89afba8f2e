"""What a preview shows while ideas come in, and that one that fails costs nothing but itself."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Chat, Message
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.chat.preview import Preview, Tempo
from tests.fakes import lost, sketches


class Screen:
    """A chat as a person sees it: drafts, and messages that are edited and deleted. The next call
    fails as `fails` says; `knows_drafts` is what its server knows."""

    def __init__(self, *fails: Exception | None, knows_drafts: bool = True) -> None:
        self.drafts: list[str] = []
        self.messages: dict[int, str] = {}
        self.ever: list[str] = []
        self.left = list(fails)
        self.knows_drafts = knows_drafts
        self.slow = asyncio.Event()
        self.slow.set()
        self.seen_at: list[float] = []

    async def send_message_draft(self, chat_id: int, draft_id: int, text: str) -> bool:
        await self._call()
        if not self.knows_drafts:
            raise InvalidToken("Not Found")
        self.drafts.append(text)
        return True

    async def send_message(self, chat_id: int, text: str, **_: Any) -> Message:
        await self._call()
        number = len(self.ever) + 1
        self.messages[number] = text
        self.ever.append(text)
        return Message(number, datetime(2026, 11, 20, tzinfo=UTC), Chat(chat_id, "private"))

    async def edit_message_text(self, text: str, message_id: int, **_: Any) -> None:
        await self._call()
        self.messages[message_id] = text
        self.ever.append(text)

    async def delete_message(self, chat_id: int, message_id: int) -> bool:
        await self._call()
        del self.messages[message_id]
        return True

    async def _call(self) -> None:
        self.seen_at.append(asyncio.get_running_loop().time())
        await self.slow.wait()
        if self.left and (failure := self.left.pop(0)):
            raise failure


QUICK = Tempo(every_s=0.1, first_sign_s=60)


@asynccontextmanager
async def shown(screen: Screen, tempo: Tempo = QUICK) -> AsyncIterator[Preview]:
    bot: Any = screen
    async with Preview(bot, 42, "⛏ Digging …", draft_id=1, tempo=tempo) as preview:
        yield preview


def add(preview: Preview, *titles: str) -> None:
    for one in sketches(*titles):
        preview.add(one)


async def until(done: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not done():  # noqa: ASYNC110 (there is nothing to wait on)
            await asyncio.sleep(0.005)


async def test_the_first_idea_is_shown_at_once_and_the_next_ones_together() -> None:
    screen = Screen()
    async with shown(screen) as preview:
        add(preview, "one")
        await until(lambda: screen.drafts)
        add(preview, "two")
        add(preview, "three")
        await until(lambda: len(screen.drafts) == 2)
    assert screen.drafts == ["⛏ Digging …\n· one", "⛏ Digging …\n· one\n· two\n· three"]
    first, second = screen.seen_at
    assert second - first >= 0.1


async def test_who_waits_long_sees_that_it_has_begun_and_then_the_first_idea_at_once() -> None:
    screen = Screen()
    async with shown(screen, Tempo(every_s=60, first_sign_s=0.01)) as preview:
        await until(lambda: screen.drafts)
        add(preview, "one")
        await until(lambda: len(screen.drafts) == 2)
    assert screen.drafts == ["⛏ Digging …", "⛏ Digging …\n· one"]


async def test_a_draft_is_kept_alive_while_nothing_new_comes() -> None:
    screen = Screen()
    async with shown(screen, Tempo(every_s=0, keep_s=0.05)) as preview:
        add(preview, "one")
        await until(lambda: len(screen.drafts) == 3)
    assert set(screen.drafts) == {"⛏ Digging …\n· one"}


def test_a_draft_is_shown_again_before_telegram_lets_it_vanish_after_30_seconds() -> None:
    assert Tempo().keep_s + Tempo().every_s < 30


async def test_a_frame_telegram_has_no_time_for_is_skipped_for_the_newest() -> None:
    screen = Screen(RetryAfter(timedelta(seconds=0.2)))
    async with shown(screen) as preview:
        add(preview, "one")
        await until(lambda: screen.seen_at)
        add(preview, "two")
        await until(lambda: screen.drafts)
    assert screen.drafts == ["⛏ Digging …\n· one\n· two"]
    assert screen.seen_at[1] - screen.seen_at[0] >= 0.2


async def test_a_frame_that_got_lost_is_followed_by_another() -> None:
    screen = Screen(NetworkError("reset"))
    async with shown(screen) as preview:
        add(preview, "one")
        await until(lambda: screen.drafts)
    assert screen.drafts == ["⛏ Digging …\n· one"]


async def test_nothing_is_shown_of_a_round_that_is_there_at_once() -> None:
    screen = Screen()
    async with shown(screen):
        pass
    assert screen.seen_at == []


async def test_many_ideas_are_shown_as_far_as_one_message_reaches() -> None:
    screen = Screen()
    async with shown(screen) as preview:
        add(preview, *("雨" * 100 + str(n) for n in range(100)))
        await until(lambda: screen.drafts)
    assert len(screen.drafts[0]) <= 4096


async def test_a_frame_that_hangs_keeps_the_cards_for_a_moment_only() -> None:
    screen = Screen()
    screen.slow.clear()
    async with asyncio.timeout(5), shown(screen, Tempo(last_s=0.05)) as preview:
        add(preview, "one")
        await until(lambda: screen.seen_at)


class TestWithoutDrafts:
    @pytest.mark.parametrize("refusal", [BadRequest("method not found"), InvalidToken("Not Found")])
    async def test_one_message_is_edited_and_gone_when_the_cards_come(
        self, refusal: Exception
    ) -> None:
        screen = Screen(refusal)
        async with shown(screen) as preview:
            add(preview, "one")
            await until(lambda: screen.messages)
            add(preview, "two")
            await until(lambda: len(screen.ever) == 2)
            assert list(screen.messages.values()) == ["⛏ Digging …\n· one\n· two"]
        assert screen.messages == {}
        assert screen.drafts == []

    async def test_an_edit_that_fails_is_followed_by_another(self) -> None:
        screen = Screen(None, None, NetworkError("reset"), knows_drafts=False)
        async with shown(screen) as preview:
            add(preview, "one")
            await until(lambda: screen.messages)
            add(preview, "two")
            await until(lambda: len(screen.ever) == 2)
        assert screen.ever[-1] == "⛏ Digging …\n· one\n· two"

    @pytest.mark.parametrize(
        "refusal", [Forbidden("blocked"), BadRequest("chat not found"), lost(TimedOut())]
    )
    async def test_where_no_message_can_be_shown_either_there_is_none(
        self, refusal: Exception
    ) -> None:
        screen = Screen(None, refusal, knows_drafts=False)
        async with shown(screen) as preview:
            add(preview, "one")
            await until(lambda: len(screen.seen_at) == 2)
            add(preview, "two")
        assert (screen.messages, len(screen.seen_at)) == ({}, 2)

    async def test_a_message_that_cannot_be_deleted_keeps_no_cards_back(self) -> None:
        screen = Screen(None, None, BadRequest("message can't be deleted"), knows_drafts=False)
        async with shown(screen) as preview:
            add(preview, "one")
            await until(lambda: screen.messages)
        assert len(screen.messages) == 1
