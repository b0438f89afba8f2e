"""Who may use the bot, and what a stranger leaves behind: nothing."""

import logging
import sqlite3

import pytest

from bot.chat.doorkeeper import MOST_TRIES
from bot.sandbox.phone import Phone
from tests.chat.conftest import Chat

STRANGER = 666


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
