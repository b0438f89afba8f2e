"""Who may use the bot, and what a stranger leaves behind: nothing."""

import asyncio
import logging
import sqlite3
from typing import Any

import pytest
from sqlalchemy import text as sql

from bot.chat.doorkeeper import MOST_TRIES, Doorkeeper
from bot.domain.records import Language, Person
from bot.errors import StoreError
from bot.journey import people
from bot.sandbox.phone import Phone
from bot.store.database import Database
from tests.chat.conftest import Chat
from tests.fakes import FakeClock

# Longer than any run of digits in a time: a shorter one may stand in its microseconds.
STRANGER = 6_666_666_666


def people_and_words(chat: Chat) -> str:
    """Everything the database holds, as text."""
    with sqlite3.connect(chat.database) as connection:
        return "\n".join(connection.iterdump())


async def test_a_stranger_gets_one_polite_line_and_leaves_no_data(chat: Chat) -> None:
    stranger = Phone(chat.cloud, person_id=STRANGER, language_code="zh-hant")
    for text in ("hello", "/start", "let me in"):
        stranger.send(text)
    await chat.answered()
    assert chat.heard(phone=stranger) == ["這是別人的私人筆記本，幫不上你。你寫的什麼都沒有留下。"]
    assert str(STRANGER) not in people_and_words(chat)
    assert "let me in" not in people_and_words(chat)


async def test_a_stranger_cannot_press_an_owners_button(chat: Chat) -> None:
    chat.phone.send("/expand ideas come on the metro and leave at the office")
    await chat.answered()
    Phone(chat.cloud, person_id=STRANGER)
    cards = chat.cloud.chat(chat.phone.person_id).messages[2]
    star = cards["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    theirs = {"id": STRANGER, "is_bot": False, "type": "private", "first_name": "X"}
    press = {"id": "1", "from": theirs, "chat_instance": "1", "data": star}
    chat.cloud.updates.add("callback_query", {**press, "message": {**cards, "chat": theirs}})
    await chat.answered()
    assert "'kept'" not in people_and_words(chat)


class TestPairing:
    @pytest.fixture
    def owners(self) -> frozenset[int]:
        return frozenset()

    @pytest.fixture(autouse=True)
    def log(self, caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
        caplog.set_level(logging.WARNING)
        return caplog

    def code(self, log: pytest.LogCaptureFixture) -> str:
        """The code the application printed when it started, before the test itself began."""
        (said,) = (record.getMessage() for record in log.get_records("setup"))
        return said.rpartition(" ")[2]

    async def test_whoever_brings_the_code_is_in_for_good(
        self, log: pytest.LogCaptureFixture, chat: Chat
    ) -> None:
        chat.phone.send(f"/start {self.code(log)}")
        await chat.answered()
        assert "What time is it where you are?" in chat.heard()[0]
        await chat.restart()
        chat.phone.send("a first thought")
        await chat.answered()
        assert chat.heard("reaction") == ["✍"]

    async def test_a_wrong_code_and_a_used_code_let_nobody_in(
        self, log: pytest.LogCaptureFixture, chat: Chat
    ) -> None:
        late = Phone(chat.cloud, person_id=STRANGER)
        late.send("/start ABCDEFGH")
        chat.phone.send(f"/start {self.code(log)}")
        await chat.answered()
        late.send(f"/start {self.code(log)}")
        late.send("hello")
        await chat.answered()
        assert len(chat.heard(phone=late)) == 1
        assert str(STRANGER) not in people_and_words(chat)

    async def test_a_sender_has_only_so_many_tries_and_spoils_nobody_elses(
        self, log: pytest.LogCaptureFixture, chat: Chat
    ) -> None:
        guesser = Phone(chat.cloud, person_id=STRANGER)
        for _ in range(MOST_TRIES):
            guesser.send("/start ABCDEFGH")
        guesser.send(f"/start {self.code(log)}")
        await chat.answered()
        assert len(chat.heard(phone=guesser)) == 1
        chat.phone.send(f"/start {self.code(log)}")
        await chat.answered()
        assert "What time is it where you are?" in chat.heard()[0]

    async def test_first_thoughts_right_behind_the_code_are_kept(
        self, log: pytest.LogCaptureFixture, chat: Chat
    ) -> None:
        chat.phone.send(f"/start {self.code(log)}")
        chat.phone.send("a first thought")
        chat.phone.send("and a second")
        await chat.answered()
        assert "What time is it where you are?" in chat.heard()[0]
        assert chat.heard("reaction") == ["✍", "✍"]


class TestTwoProcesses:
    """Two doorkeepers on one database, as behind one webhook."""

    async def opened(
        self, db: Database, clock: FakeClock, log: pytest.LogCaptureFixture
    ) -> tuple[Doorkeeper, str]:
        """A doorkeeper, and the code it logged."""

        def newcomer(person_id: int, language: Language) -> Person:
            return Person(person_id, language, "UTC", digest_at=None, digest_from=clock.now())

        doorkeeper = Doorkeeper(db, clock, frozenset(), newcomer, Language.EN)
        with log.at_level(logging.WARNING):
            await doorkeeper.open()
        return doorkeeper, log.messages[-1].rpartition(" ")[2]

    async def test_whom_the_other_one_paired_is_no_stranger(
        self, db: Database, clock: FakeClock, caplog: pytest.LogCaptureFixture
    ) -> None:
        here, code = await self.opened(db, clock, caplog)
        there, _ = await self.opened(db, clock, caplog)
        assert not await there.let_in(7, says("too early"))
        assert await here.let_in(7, says(f"/start {code}"))
        assert await there.let_in(7, says("a first thought"))
        assert there.admits(7)

    async def test_when_one_has_paired_somebody_the_others_code_is_void(
        self, db: Database, clock: FakeClock, caplog: pytest.LogCaptureFixture
    ) -> None:
        here, code = await self.opened(db, clock, caplog)
        there, other = await self.opened(db, clock, caplog)
        assert await here.let_in(7, says(f"/start {code}"))
        assert not await there.let_in(STRANGER, says(f"/start {other}"))
        assert await people.admitted(db) == {7}

    async def test_the_code_is_good_for_one_even_if_two_bring_it_at_once(
        self, db: Database, clock: FakeClock, caplog: pytest.LogCaptureFixture
    ) -> None:
        doorkeeper, code = await self.opened(db, clock, caplog)
        let_in = [doorkeeper.let_in(one, says(f"/start {code}")) for one in (7, STRANGER)]
        assert await asyncio.gather(*let_in) == [True, False]
        assert await people.admitted(db) == {7}

    async def test_a_database_that_is_full_costs_the_right_code_no_try(
        self, db: Database, clock: FakeClock, caplog: pytest.LogCaptureFixture
    ) -> None:
        doorkeeper, code = await self.opened(db, clock, caplog)
        async with db.write() as session:
            await session.execute(
                sql(
                    "CREATE TRIGGER full BEFORE INSERT ON people "
                    "BEGIN SELECT RAISE(FAIL, 'disk full'); END"
                )
            )
        for _ in range(MOST_TRIES + 1):
            with pytest.raises(StoreError):
                await doorkeeper.let_in(7, says(f"/start {code}"))
        async with db.write() as session:
            await session.execute(sql("DROP TRIGGER full"))
        assert await doorkeeper.let_in(7, says(f"/start {code}"))


def says(words: str) -> dict[str, Any]:
    """An update with this text, as far as a doorkeeper looks."""
    return {"update_id": 1, "message": {"from": {"id": 7, "language_code": "en"}, "text": words}}
