"""Evenings on which something goes wrong or little was said, through the whole application."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from llmock.pytest_plugin import LLMock

from bot.app import Goldpan
from bot.sandbox import cloud as clouds
from bot.sandbox.clock import PlayClock
from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.play import settled, walk
from bot.sandbox.server import serving
from bot.sandbox.stage import ThreadStage
from bot.settings import Settings
from tests.story.conftest import Day, Play
from tests.story.test_claude_day import EVENING, HONEST, SAID, models_asked, play_with

# A draft's line as it is shown: label, words, sources.
LINE = re.compile(r"^(?P<label>\S+)  (?P<words>.+)  (?P<sources>#\d+(?: #\d+)*)$", re.M)
JAPANESE = (
    "20:30 今朝、店の前で三人の旅行者が写真を撮っていた",
    "20:31 一人のおばあさんが、神戸で食べた味に似ていると言った",
    "20:32 彼女は五十年前、そこで初めて夫に会ったそうだ",
    "20:33 夫はもういないけれど、味はまだここにあると言ってくれた",
    "20:34 私は焼きたてを一つ、紙に包んで渡した",
)
FRENCH = (
    "20:30 Ce matin une petite fille est arrivée de Lyon, elle ne parle pas un mot d'anglais",
    "20:31 Alors j'ai dit à la classe que ce matin, c'est moi l'élève et elle la maîtresse",
    "20:32 Elle a pris la craie et elle a écrit le mot pomme",
    "20:33 Toute la classe a répété pomme trente fois, très fort et très mal",
    "20:34 À midi elle a mangé une pomme avec quatre nouvelles amies",
)


class Evening:
    """The application and the stand-in, for what a play cannot do: a kill while a writer writes, a
    Telegram that is away."""

    def __init__(self, cloud: Cloud, stage: ThreadStage, clock: PlayClock) -> None:
        self.cloud, self.stage, self.clock = cloud, stage, clock
        self.phone = Phone(cloud)

    async def until(self, hour: int, minute: int, day: int = 20) -> None:
        """Let the time pass until then, in Taipei, with every tick and all that follows; on
        another day only from half past eight, for the machine slept."""
        moment = datetime(2026, 11, day, hour - 8, minute, tzinfo=UTC)
        self.clock.advance(moment.replace(hour=12, minute=28))
        await walk(self.clock, moment, self.settle)

    async def tap(self, label: str) -> None:
        self.phone.tap(label)
        await self.settle()

    async def settle(self, tick: datetime | None = None) -> None:
        if tick:
            await self.stage.tick(tick)
        await settled(self.stage, self.cloud)

    async def strike_nine(self) -> None:
        """The tick of nine o'clock, without waiting for what it starts."""
        self.clock.advance(datetime(2026, 11, 20, 13, 0, tzinfo=UTC))
        await self.stage.tick(self.clock.now())

    async def restart(self) -> None:
        await self.stage.kill()
        self.clock.forget_sleepers()
        await self.stage.start()
        await self.settle()

    def digests(self) -> list[str]:
        return [
            one.text
            for one in self.phone.events
            if one.side == "bot" and one.kind == "text" and one.text.startswith("🌙")
        ]


@asynccontextmanager
async def evening(folder: Path, writer: str) -> AsyncIterator[Evening]:
    """One on which `SAID` was said by half past eight."""
    clock = PlayClock(datetime(2026, 11, 20, 12, 29, tzinfo=UTC))
    cloud = Cloud(clock.now)
    async with serving(cloud) as address:
        settings = Settings.load(
            {
                "TELEGRAM_API_URL": address,
                "TELEGRAM_BOT_TOKEN": clouds.TOKEN,
                "OWNER_IDS": str(PERSON_ID),
                "DATA_DIR": str(folder),
                "DEFAULT_TIMEZONE": "Asia/Taipei",
                "ANTHROPIC_BASE_URL": writer,
            }
        )
        stage = ThreadStage(lambda: Goldpan(settings, clock, ticking=False, chat_rest_s=0))
        one = Evening(cloud, stage, clock)
        await stage.start()
        try:
            for line in SAID:
                await one.until(20, int(line[3:5]))
                one.phone.send(line[6:])
                await one.settle()
            yield one
        finally:
            await stage.stop()


class SlowServer:
    """A writer's server that never answers the first request and refuses all others."""

    def __init__(self) -> None:
        self.asked, self.asked_once = 0, asyncio.Event()
        self.address = ""
        self._writing: list[asyncio.StreamWriter] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writing.append(writer)
        while await reader.readuntil(b"\r\n\r\n"):
            self.asked += 1
            self.asked_once.set()
            if self.asked > 1:
                writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
                break
        await writer.drain()

    def hang_up(self) -> None:
        for one in self._writing:
            one.close()


@asynccontextmanager
async def slow_server() -> AsyncIterator[SlowServer]:
    slow = SlowServer()
    server = await asyncio.start_server(slow.answer, "127.0.0.1")
    slow.address = "http://{}:{}".format(*server.sockets[0].getsockname())
    try:
        yield slow
    finally:
        slow.hang_up()
        server.close()


def lines(day: Day) -> list[str]:
    """The words of the lines of the draft that was opened."""
    return [one["words"] for text in day.said("edit") for one in LINE.finditer(text)]


class TestAWriterThatFailsAtNine:
    async def test_the_offline_writer_takes_over_and_the_message_says_so(
        self, play: Play, llmock: LLMock
    ) -> None:
        llmock.fail(400, times=None)
        day = await play_with(play, llmock, *SAID, EVENING)
        (digest,) = day.digests()
        assert "Offline: your own words, only cut." in digest
        assert len(models_asked(llmock)) == 1

    async def test_restarts_after_it_ask_nobody_again(self, play: Play, llmock: LLMock) -> None:
        llmock.fail(400, times=None)
        restarts = ("21:00 @restart", "21:01 @restart", "21:06 @restart", "21:20 @wait")
        day = await play_with(play, llmock, *SAID, *restarts)
        assert len(day.digests()) == 1
        assert len(models_asked(llmock)) == 1

    async def test_a_kill_while_the_writer_writes_brings_one_digest_all_the_same(
        self, tmp_path: Path
    ) -> None:
        async with slow_server() as server, evening(tmp_path, server.address) as one:
            await one.until(20, 59)
            await one.strike_nine()
            await server.asked_once.wait()
            await one.restart()
            await one.until(21, 10)
            (digest,) = one.digests()
            assert "Offline: your own words, only cut." in digest
            assert server.asked <= 2  # the one that was killed, and one more


async def test_a_restart_between_composing_and_sending_sends_what_was_composed(
    tmp_path: Path, llmock: LLMock
) -> None:
    llmock.reply(HONEST, times=None)
    async with evening(tmp_path, llmock.base_url("anthropic")) as one:
        await one.until(20, 59)
        one.cloud.faults.error_502 = True
        await one.strike_nine()
        async with asyncio.timeout(60):
            while not llmock.requests or not await one.stage.idle():  # noqa: ASYNC110 (there is nothing to wait on)
                await asyncio.sleep(0.01)
        assert one.digests() == []
        await one.stage.kill()
        one.clock.forget_sleepers()
        one.cloud.faults.error_502 = False
        await one.stage.start()
        await one.until(21, 10)
        assert len(one.digests()) == 1
        assert len(models_asked(llmock)) == 1


async def test_what_is_put_off_comes_back_the_next_evening_until_it_is_filmed(
    tmp_path: Path,
) -> None:
    async with evening(tmp_path, writer="") as one:
        for day in (20, 21):
            await one.until(21, 1, day)
            await one.tap("Tomorrow")
        await one.until(21, 1, 22)
        await one.tap("Read")
        await one.tap("filmed")
        await one.until(21, 1, 23)
        friday, saturday, sunday = one.digests()
        (week,) = (event for event in one.phone.events if event.kind == "photo")
        assert week.side == "bot"  # the look back comes with Sunday's, and once
        assert "put off" not in friday
        assert "was put off" in saturday
        assert "put off 2 times" in sunday
        assert all(SAID[0][6:] in each for each in (friday, saturday, sunday))


async def test_a_library_of_one_fragment_gets_a_question_and_no_draft(play: Play) -> None:
    day = await play("20:30 雨下了一整天", "21:05 @wait")
    (digest,) = day.digests()
    assert "One question instead" in digest
    assert "雨下了一整天" in digest
    assert "film this tonight" not in digest


async def test_where_all_was_forwarded_nothing_is_offered_as_ones_own(play: Play) -> None:
    theirs = [line.replace(" ", " @forward ", 1) for line in SAID]
    day = await play(*theirs, "21:05 @wait")
    (digest,) = day.digests()
    assert "One question instead" in digest
    assert digest.count("↪") == len(SAID)
    assert not re.search("100 % yours|Put together", digest)


@pytest.mark.parametrize("said", [JAPANESE, FRENCH], ids=["Japanese", "French"])
async def test_a_day_in_a_third_language_is_offered_in_that_language(
    play: Play, said: tuple[str, ...]
) -> None:
    day = await play(*said, "21:05 @tap Read", "21:06 @wait")
    (digest,) = day.digests()
    assert "100 % yours" in digest
    spoken = [line[6:] for line in said]
    assert len(lines(day)) >= 5  # a hook, three beats, a close
    assert all(any(words in text for text in spoken) for words in lines(day))
