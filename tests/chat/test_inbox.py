"""Durable intake: stored before it is confirmed, handled once, in order."""

import asyncio
import contextlib
import logging
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.chat.raw import private_sender
from bot.journey import intake
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


async def test_a_voice_note_waits_for_room_on_the_disk_however_long(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    folder = chat.database.parent / "media"
    folder.write_text("where the folder should be")
    chat.phone.voice(Path("examples/walk.ogg"))
    await chat.until(lambda: bool(rows(chat, "SELECT 1 FROM inbox WHERE attempts = 1")))
    await chat.stage.kill()
    with contextlib.closing(sqlite3.connect(chat.database)) as other:
        other.execute("UPDATE inbox SET attempts = 100, due_at = '2026-01-01 00:00:00.000000'")
        other.commit()
    await chat.stage.start()
    await chat.until(lambda: bool(rows(chat, "SELECT 1 FROM inbox WHERE attempts = 101")))
    assert rows(chat, "SELECT state FROM inbox") == [("waiting",)]
    assert "the disk did not take a file" in caplog.text
    folder.unlink()
    await chat.stage.kill()
    with contextlib.closing(sqlite3.connect(chat.database)) as other:
        other.execute("UPDATE inbox SET due_at = '2026-01-01 00:00:00.000000'")
        other.commit()
    await chat.stage.start()
    await chat.answered()
    assert chat.heard("reaction") == ["👀"]
    assert [one.suffix for one in folder.rglob("*.*")] == [".ogg"]


async def test_what_is_about_a_message_that_waits_does_not_come_before_it(chat: Chat) -> None:
    folder = chat.database.parent / "media"
    folder.write_text("where the folder should be")
    n = chat.phone.photo(Path("examples/desk.jpg"), "my desk")
    await chat.until(lambda: bool(rows(chat, "SELECT 1 FROM inbox WHERE attempts = 1")))
    photo = chat.cloud.chat(chat.phone.person_id).messages[n]
    chat.cloud.updates.add("edited_message", {**photo, "caption": "my desk at home"})
    chat.phone.react(n, "🔥")
    chat.phone.reply(n, "it was tidy once")
    await chat.until(lambda: rows(chat, "SELECT count(*) FROM inbox") == [(4,)])
    await chat.answered()
    assert rows(chat, "SELECT 1 FROM fragments") == []
    folder.unlink()
    await chat.until(lambda: not rows(chat, "SELECT 1 FROM inbox WHERE raw IS NOT NULL"))
    assert rows(chat, "SELECT text, reply_to, gold_at IS NULL FROM fragments ORDER BY n") == [
        ("my desk at home", None, False),
        ("it was tidy once", 1, True),
    ]


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
