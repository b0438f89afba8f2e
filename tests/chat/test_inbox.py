"""Durable intake: stored before it is confirmed, handled once, in order."""

import asyncio
import contextlib
import json
import logging
import sqlite3
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from telegram import Update
from telegram.error import Forbidden

from bot.chat.delivery import MaybeDelivered
from bot.chat.inbox import Inbox
from bot.chat.raw import private_sender
from bot.domain.records import Person
from bot.journey import intake, people
from bot.journey.intake import Waiting
from bot.store.database import Database
from tests.chat.conftest import Chat
from tests.fakes import FakeClock


def rows(chat: Chat, query: str) -> list[Any]:
    with sqlite3.connect(chat.database) as connection:
        return connection.execute(query).fetchall()


async def test_messages_sent_around_kills_are_kept_once_each_and_in_order(chat: Chat) -> None:
    said = [f"thought number {n}" for n in range(30)]
    for n, text in enumerate(said):
        chat.phone.send(text)
        if n % 7 == 3:
            await chat.restart()
    await chat.answered()
    assert [row[0] for row in rows(chat, "SELECT text FROM fragments ORDER BY n")] == said
    assert [row[0] for row in rows(chat, "SELECT n FROM fragments ORDER BY n")] == [*range(1, 31)]


async def test_what_was_handled_leaves_no_raw_text(chat: Chat) -> None:
    chat.phone.send("a private thought")
    await chat.answered()
    assert rows(chat, "SELECT raw FROM inbox") == [(None,)]


async def test_an_update_the_library_cannot_read_does_not_stop_those_behind(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    chat.phone.send("before")
    me = {"id": chat.phone.person_id, "type": "private"}
    chat.cloud.updates.add("message", {"from": me, "chat": me, "date": "yesterday"})
    chat.phone.send("after")
    with caplog.at_level(logging.ERROR):
        await chat.answered()
    assert chat.heard("reaction") == ["✍", "✍"]
    assert rows(chat, "SELECT state, attempts FROM inbox WHERE raw IS NOT NULL") == [("waiting", 1)]
    assert "will be tried again" in caplog.text


async def test_what_the_database_does_not_take_telegram_delivers_again(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    with contextlib.closing(sqlite3.connect(chat.database)) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(FAIL, 'disk full'); END"
        )
        other.commit()
        chat.phone.send("not lost")
        await chat.until(lambda: "cannot be stored, so they stay with Telegram" in caplog.text)
        assert chat.cloud.updates.unconfirmed
        other.execute("DROP TRIGGER full")
        other.commit()
    await chat.answered()
    assert rows(chat, "SELECT text FROM fragments") == [("not lost",)]


@pytest.mark.parametrize(
    "body",
    [
        {"chat": "here", "from": []},
        {"chat": {"id": {}, "type": "private"}, "from": {"id": {}}},
        "no object",
    ],
)
async def test_an_update_from_nobody_in_particular_is_passed_over(chat: Chat, body: Any) -> None:
    chat.cloud.updates.add("message", body)
    chat.phone.send("after")
    await chat.answered()
    assert rows(chat, "SELECT text FROM fragments") == [("after",)]


async def test_a_message_delivered_twice_is_one_fragment(chat: Chat) -> None:
    n = chat.phone.send("once")
    await chat.answered()
    chat.cloud.updates.add("message", chat.cloud.chat(chat.phone.person_id).messages[n or 0])
    await chat.answered()
    assert rows(chat, "SELECT text FROM fragments") == [("once",)]


async def test_a_tap_delivered_twice_does_not_undo_itself(chat: Chat) -> None:
    chat.phone.send("/expand ideas come on the metro and leave at the office")
    await chat.answered()
    chat.phone.tap("1⭐")
    await chat.answered()
    chat.phone.tap("🗑")
    await chat.answered()
    # As after a kill between the decision and the note that it was handled.
    raw = [row[0] for row in rows(chat, "SELECT update_id FROM inbox ORDER BY update_id")]
    me = chat.cloud.chat(chat.phone.person_id)
    for update_id, data in ((raw[1], "k:1"), (raw[2], "d:1:0")):
        press = {"id": "9", "from": me.person, "chat_instance": "1", "data": data}
        await chat.replay(
            {"update_id": update_id, "callback_query": press | {"message": me.messages[2]}}
        )
    assert rows(chat, "SELECT verdict FROM ideas WHERE position < 4 ORDER BY position") == [
        ("kept",),
        ("dropped",),
        ("dropped",),
        ("dropped",),
    ]


async def test_an_answer_is_given_once_however_long_it_cannot_be_booked(chat: Chat) -> None:
    with contextlib.closing(sqlite3.connect(chat.database)) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE UPDATE OF state ON inbox "
            "BEGIN SELECT RAISE(FAIL, 'disk full'); END"
        )
        other.commit()
        chat.phone.send("/help")
        await asyncio.sleep(3)  # long enough for a first pause and a second try
        assert len(chat.heard()) == 1
        other.execute("DROP TRIGGER full")
        other.commit()
    await chat.answered()
    assert len(chat.heard()) == 1


async def test_an_update_delivered_twice_is_stored_once(db: Database, clock: FakeClock) -> None:
    once = Waiting(7, 42, "{}", 0)
    await intake.keep(db, [once], now=clock.now())
    await intake.handled(db, [7])
    await intake.keep(db, [once], now=clock.now())
    assert await intake.due(db, now=clock.now()) == []


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        ({"message": {"from": {"id": 7}, "chat": {"id": 7, "type": "private"}}}, 7),
        ({"message": {"from": {"id": 7}, "chat": {"id": -9, "type": "group"}}}, None),
        ({"message": {"from": {"id": 7}, "chat": {"id": 8, "type": "private"}}}, None),
        ({"channel_post": {"chat": {"id": -9, "type": "channel"}}}, None),
        ({"callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -9}}}}, None),
        ({"message_reaction": {"user": {"id": 7}, "chat": {"id": 7, "type": "private"}}}, 7),
        ({"message": None}, None),
        ({}, None),
    ],
)
def test_only_private_chats_have_a_sender(raw: dict[str, Any], sender: int | None) -> None:
    assert private_sender({"update_id": 1, **raw}) == sender


class OneAnswer:
    """The library's application, of which every handler ends the same way."""

    bot: Any = None

    def __init__(self, failure: Exception) -> None:
        self.handled = 0
        self._failure = failure
        self._tell: Any = None

    def add_error_handler(self, tell: Any) -> None:
        self._tell = tell

    async def process_update(self, update: Update) -> None:
        self.handled += 1
        await self._tell(update, SimpleNamespace(error=self._failure))


async def handled(db: Database, clock: FakeClock, ming: Person, failure: Exception) -> Any:
    """Let the inbox handle one command of Ming's that ends in this failure; what it has left."""
    desk: Any = SimpleNamespace(db=db, clock=clock, admits=lambda _: True, afterwards={})
    application: Any = OneAnswer(failure)
    inbox = Inbox(desk, _nobody)
    await inbox.open(application)
    me = {"id": ming.id, "type": "private", "first_name": "Ming", "is_bot": False}
    text = {"message_id": 1, "date": 1_790_000_000, "chat": me, "from": me, "text": "/help"}
    running = asyncio.create_task(inbox.run())
    await inbox.keep([{"update_id": 1, "message": text}])
    async with asyncio.timeout(10):
        while not inbox.idle:  # noqa: ASYNC110 (there is nothing to wait on)
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait([running])
    return application


async def test_a_handler_whose_answer_may_have_arrived_is_not_run_again(
    db: Database, clock: FakeClock, ming: Person
) -> None:
    application = await handled(db, clock, ming, MaybeDelivered("no answer"))
    assert application.handled == 1
    assert await intake.parked(db) == 0
    assert await intake.due(db, now=clock.now() + timedelta(days=1)) == []


async def test_who_blocked_the_bot_is_remembered_and_their_update_is_done(
    db: Database, clock: FakeClock, ming: Person
) -> None:
    application = await handled(db, clock, ming, Forbidden("bot was blocked by the user"))
    assert application.handled == 1
    assert await intake.due(db, now=clock.now() + timedelta(days=1)) == []
    assert await people.blocked(db) == 1


async def _nobody(raw: dict[str, Any]) -> None:
    raise AssertionError(json.dumps(raw))
