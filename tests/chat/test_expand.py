"""/expand on the real application: what waits, what comes twice, and what is seen meanwhile."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from llmock.pytest_plugin import LLMock
from tornado.web import RequestHandler

from bot.app import Goldpan, SystemClock
from bot.chat.desk import Desk
from bot.chat.rounds import Rounds
from bot.domain.records import Kind, Media, Said
from bot.journey import expand
from bot.journey.capture import capture
from bot.journey.ports import ExpandAsk, IdeaSketch
from bot.journey.seeds import Seed
from bot.sandbox import cloud as clouds
from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.server import serving
from bot.sandbox.stage import ThreadStage
from bot.settings import Settings, sqlite_in
from tests.chat.conftest import Chat
from tests.chat.test_pan import stored
from tests.fakes import FailingBot, ScriptedListener, ScriptedWriter, lost, sketches
from tests.story.test_claude_day import FOUR_EACH, ideas

WALK = Path("examples/walk.ogg")
SAID = "鄰居把鋼琴當花架，琴蓋從來沒開過"
FOUR_MORE = (
    ideas("麵包師凌晨只跟酵母說話", "電梯維修員從不按樓層", "郵差把門牌背成一首歌"),
    ideas("鋼琴調音師聽隔壁吵架", "燈塔沒有人就自己寫日記", "游泳池排水那天的聲音"),
    ideas("計程車後座掉了半句話", "圖書館退休的章還在蓋", "早餐店老闆記得每個人的蛋"),
    ideas("雨傘修理攤只做陰天生意", "牙醫的天花板貼著地圖", "洗衣機裡的零錢唱片"),
)
METRO = "/expand 靈感都在捷運上，一出站就沒了"


def rounds(chat: Chat) -> list[str]:
    return [text for text in chat.heard() if "\n1. " in text]


class TestWaiting:
    @pytest.fixture
    def listener(self) -> ScriptedListener:
        found = ScriptedListener(SAID)
        found.gate = threading.Event()
        return found

    async def test_a_recording_still_to_be_heard_is_dug_once_it_is_also_after_a_restart(
        self, chat: Chat, listener: ScriptedListener
    ) -> None:
        listener.down, listener.gate = True, None
        chat.phone.voice(WALK)
        chat.phone.reply(1, "/expand titles")
        await chat.answered()
        assert chat.heard()[0].startswith("#1 is still to be heard; I dig as soon as it is.")
        listener.down = False
        await chat.restart()
        chat.phone.send("/status")
        await chat.answered()
        assert len(rounds(chat)) == 1
        assert "#1" in rounds(chat)[0]

    async def test_whoever_cannot_wait_writes_what_was_said(
        self, chat: Chat, listener: ScriptedListener
    ) -> None:
        chat.phone.voice(WALK)
        chat.phone.send("/expand")
        # A reply is known for one once the line it answers is booked as sent.
        sent = "SELECT 1 FROM outbox WHERE kind = 'waits' AND state = 'sent'"
        await chat.until(lambda: bool(stored(chat, sent)))
        chat.phone.reply(3, SAID)
        await chat.until(lambda: bool(rounds(chat)))
        assert listener.gate
        listener.gate.set()
        await chat.answered()
        assert len(rounds(chat)) == 1


async def test_a_line_that_something_waits_may_get_lost_and_is_not_offered(desk: Desk) -> None:
    media = Media(file_id="v", path="42/v.ogg", mime="audio/ogg", size=5, duration_s=3)
    now = desk.clock.now()
    note = await capture(desk.db, Said(42, 1, "", now, kind=Kind.VOICE, media=(media,)))
    assert note
    seed = Seed("", note.n, waits=True)
    await expand.begin(desk.db, person_id=42, seed=seed, request_id=1, now=now)
    bot: Any = FailingBot(lost(httpx.ReadTimeout("")))
    for _ in range(3):
        rounds = Rounds(desk, bot)
        await rounds.tick(desk.clock.now())
        await rounds.done()
        await desk.clock.sleep(600)
    assert bot.arrived == []


class TestTwice:
    @pytest.fixture
    def listener(self) -> ScriptedListener:
        return ScriptedListener(SAID)

    async def test_a_wish_that_is_delivered_again_is_dug_once(self, chat: Chat) -> None:
        chat.cloud.faults.duplicate = True
        chat.phone.send(METRO)
        await chat.answered()
        assert len(rounds(chat)) == 1

    async def test_what_waits_for_a_recording_and_is_asked_for_again_is_told_again(
        self, chat: Chat, listener: ScriptedListener
    ) -> None:
        listener.gate = threading.Event()
        chat.phone.voice(WALK)
        for told in (1, 2):
            chat.phone.send("/expand")
            await chat.until(lambda told=told: len(chat.heard()) == told)
        listener.gate.set()
        await chat.answered()
        assert len(rounds(chat)) == 1

    async def test_two_quick_taps_are_one_round_and_both_are_told_so(
        self, folder: Path, llmock: LLMock
    ) -> None:
        for text in FOUR_EACH:
            llmock.reply(text)
        async with with_a_model(folder, llmock) as chat:
            chat.phone.send(METRO)
            await chat.answered()
            for text in FOUR_MORE:
                llmock.reply(text)
            llmock.slow_first_token(2.0, times=4)
            chat.phone.tap("🎲")
            chat.phone.tap("🎲")
            await chat.answered()
            assert chat.heard("toast") == ["⛏ Digging …"] * 2
            assert (len(rounds(chat)), len(llmock.requests)) == (2, 8)

    async def test_the_same_command_twice_at_once_is_one_round(
        self, folder: Path, llmock: LLMock
    ) -> None:
        for text in FOUR_EACH:
            llmock.reply(text)
        llmock.slow_first_token(2.0, times=4)
        async with with_a_model(folder, llmock) as chat:
            chat.phone.send(METRO)
            chat.phone.send(METRO)
            await chat.answered()
            assert (len(rounds(chat)), len(llmock.requests)) == (1, 4)


class _NotThere(RequestHandler):
    """A server of Telegram's from before there were drafts."""

    def post(self, _token: str) -> None:
        self.set_status(404)
        self.write({"ok": False, "error_code": 404, "description": "Not Found"})


@asynccontextmanager
async def with_a_model(
    folder: Path, llmock: LLMock, *routes: Any, **chosen: Any
) -> AsyncIterator[Chat]:
    """The application with a model behind it."""
    clock = SystemClock()
    cloud = Cloud(clock.now)
    phone = Phone(cloud)
    async with serving(cloud, also=routes) as address:
        changes = {
            "telegram_bot_token": clouds.TOKEN,
            "telegram_api_url": address,
            "owner_ids": frozenset({PERSON_ID}),
            "data_dir": folder,
            "database_url": sqlite_in(folder),
            "anthropic_base_url": llmock.base_url("anthropic"),
        }
        settings = Settings.load({}).model_copy(update=changes)
        stage = ThreadStage(lambda: Goldpan(settings, clock, ticking=False, **chosen))
        await stage.start()
        try:
            yield Chat(cloud, phone, stage, folder / "goldpan.db")
        finally:
            await stage.kill()


def leased(chat: Chat) -> int:
    """How many expansions somebody is working on."""
    query = "SELECT count(*) FROM expansions WHERE lease_until IS NOT NULL"
    with closing(sqlite3.connect(chat.database)) as connection:
        return int(connection.execute(query).fetchone()[0])


class TestRestart:
    @pytest.mark.parametrize("how", ["kill", "stop"])
    async def test_what_was_being_dug_is_dug_right_after_it(
        self, folder: Path, llmock: LLMock, how: str
    ) -> None:
        llmock.slow_first_token(8.0, times=4)
        async with with_a_model(folder, llmock, finish_within_s=0.1) as chat:
            chat.phone.send(METRO)
            await chat.until(lambda: bool(leased(chat)))
            await (chat.stage.kill() if how == "kill" else chat.stage.stop())
            llmock.reset()
            for text in FOUR_EACH:
                llmock.reply(text)
            await chat.stage.start()
            await chat.stage.tick(SystemClock().now())
            await chat.answered()
            assert len(rounds(chat)) == 1

    async def test_a_stop_gives_back_what_is_in_hand(self, desk: Desk) -> None:
        class Slow(ScriptedWriter):
            async def expand(self, ask: ExpandAsk) -> AsyncGenerator[IdeaSketch, None]:
                asked.set()
                await asyncio.Event().wait()
                yield sketches("never")[0]

        asked, now = asyncio.Event(), desk.clock.now()
        bot: Any = FailingBot()
        seed = Seed("ideas come on the metro")
        begun = await expand.begin(desk.db, person_id=42, seed=seed, request_id=1, now=now)
        rounds = Rounds(replace(desk, writers=(Slow(name="offline"),)), bot)
        await rounds.tick(now)
        await asked.wait()
        assert await expand.claim(desk.db, desk.admits, now=now) == []
        await rounds.stop()
        assert await expand.claim(desk.db, desk.admits, now=now) == [begun]


async def test_many_wishes_at_once_are_dug_one_after_the_other_without_repeating(
    folder: Path, llmock: LLMock
) -> None:
    for text in (*FOUR_EACH, *FOUR_EACH):
        llmock.reply(text)
    llmock.slow_first_token(1.0, times=4)
    async with with_a_model(folder, llmock) as chat:
        chat.phone.send(METRO)
        chat.phone.send("/expand 早餐店的老闆記得每個人")
        await chat.until(lambda: bool(leased(chat)))
        assert leased(chat) == 1
        await chat.answered()
        with closing(sqlite3.connect(chat.database)) as connection:
            titles = [row[0] for row in connection.execute("SELECT title FROM ideas")]
        assert len(titles) == len(set(titles)) >= 12


class TestPreview:
    async def test_the_first_ideas_are_seen_while_a_look_is_still_out(
        self, folder: Path, llmock: LLMock
    ) -> None:
        for text in FOUR_EACH:
            llmock.reply(text)
        llmock.slow_first_token(2.0, times=1)
        async with with_a_model(folder, llmock) as chat:
            chat.phone.send(METRO)
            await chat.until(lambda: bool(chat.heard("preview")))
            assert rounds(chat) == []
            await chat.answered()
            assert any("\n· " in one for one in chat.heard("preview"))
            assert len(rounds(chat)) == 1
            assert chat.phone.chat.preview is None

    async def test_a_server_without_drafts_shows_a_message_that_is_gone_with_the_cards(
        self, folder: Path, llmock: LLMock
    ) -> None:
        for text in FOUR_EACH:
            llmock.reply(text)
        llmock.slow_first_token(2.0, times=1)
        route = (r"/bot([^/]+)/sendMessageDraft", _NotThere)
        async with with_a_model(folder, llmock, route) as chat:
            chat.phone.send(METRO)
            await chat.until(lambda: bool(chat.heard()))
            assert chat.heard()[0].startswith("⛏ Digging …")
            await chat.answered()
            left = [one["text"] for one in chat.phone.chat.messages.values()]
            assert len(left) == 2
            assert "\n1. " in left[1]

    async def test_a_flooded_chat_costs_the_preview_and_not_the_cards(
        self, folder: Path, llmock: LLMock
    ) -> None:
        for text in FOUR_EACH:
            llmock.reply(text)
        llmock.slow_first_token(1.0, times=1)
        async with with_a_model(folder, llmock) as chat:
            chat.phone.send("a thought")
            await chat.answered()
            chat.cloud.faults.floods = 1.0
            chat.phone.send(METRO)
            await asyncio.sleep(1.5)
            chat.cloud.faults.floods = 0.0
            await chat.answered()
            assert len(rounds(chat)) == 1
