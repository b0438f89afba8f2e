"""Recordings through the real application, over HTTP: in order, once, and in nobody's way."""

import json
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.chat.conftest import Chat
from tests.fakes import ScriptedListener

NOTE = Path(__file__).parents[2] / "examples" / "walk.ogg"
MANY = 200


@pytest.fixture
def listener() -> ScriptedListener:
    """Hears every recording as the number of the message it came in."""
    return ScriptedListener()


@pytest.fixture
def chat_rest_s() -> float:
    return 0.0


@pytest.fixture
def finish_within_s() -> float:
    return 0.1


def transcripts(chat: Chat) -> list[str]:
    with closing(sqlite3.connect(chat.database)) as connection:
        rows = connection.execute("SELECT text FROM fragments WHERE kind = 'voice' ORDER BY n")
        return [row[0] for row in rows]


def end_leases(chat: Chat) -> None:
    """Let the two minutes go by after which a dead process's work is taken up again."""
    with closing(sqlite3.connect(chat.database)) as connection:
        connection.execute("UPDATE hearings SET lease_until = NULL")
        connection.commit()


async def minute(chat: Chat) -> None:
    """What the application does every minute."""
    await chat.stage.tick(datetime.now(UTC))
    await chat.answered()


async def test_the_answer_is_silent_and_to_the_note_and_its_quote_is_collapsed(
    chat: Chat, listener: ScriptedListener
) -> None:
    calls: list[dict[str, Any]] = []
    chat.cloud.overhear(lambda _, arguments, __: calls.append(arguments))
    note = chat.phone.voice(NOTE)
    await chat.answered()
    (sent,) = [one for one in calls if "text" in one]
    assert json.loads(sent["reply_parameters"])["message_id"] == note
    assert sent["disable_notification"] in ("true", True)
    assert [one["type"] for one in json.loads(sent["entities"])] == ["expandable_blockquote"]
    assert chat.heard("reaction") == ["👀", "✍"]


async def test_texts_are_kept_while_a_note_is_being_heard(
    chat: Chat, listener: ScriptedListener
) -> None:
    listener.gate = threading.Event()
    chat.phone.voice(NOTE)
    await chat.until(lambda: bool(listener.asked))
    for n in range(20):
        chat.phone.send(f"thought {n}")
    await chat.until(lambda: chat.heard("reaction").count("✍") == 20)
    assert not await chat.stage.idle()
    assert listener.finished == 0
    listener.gate.set()
    await chat.answered()
    assert chat.heard() == ["1"]


async def test_a_note_that_was_being_heard_at_a_kill_is_heard_after_it_once(
    chat: Chat, listener: ScriptedListener
) -> None:
    listener.gate = threading.Event()
    chat.phone.voice(NOTE)
    await chat.until(lambda: bool(listener.asked))
    await chat.stage.kill()
    listener.gate.set()
    await chat.stage.start()
    await chat.answered()
    assert transcripts(chat) == [""]  # it may still be heard elsewhere
    end_leases(chat)
    for _ in range(3):
        await minute(chat)
    assert chat.heard() == ["1"]
    assert len(listener.asked) == 2


async def test_an_orderly_stop_gives_back_what_was_being_heard(
    chat: Chat, listener: ScriptedListener
) -> None:
    listener.gate = threading.Event()
    chat.phone.voice(NOTE)
    await chat.until(lambda: bool(listener.asked))
    await chat.stage.stop()
    listener.gate.set()
    await chat.stage.start()
    await minute(chat)
    assert chat.heard() == ["1"]


async def test_two_hundred_notes_outlive_a_listener_that_is_down_and_two_restarts(
    chat: Chat, listener: ScriptedListener
) -> None:
    listener.down = True
    for n in range(MANY):
        chat.phone.attach("voice", "note.ogg", NOTE.read_bytes())
        if n in (70, 140):
            await chat.restart()
    await chat.answered()
    assert chat.heard("reaction").count("👀") >= MANY
    # Those that come while one waits for its next attempt do not ask a listener that is away.
    assert len(listener.asked) <= 10
    listener.down = False
    tried = len(listener.asked)
    await chat.restart()
    await minute(chat)
    sent = [str(n) for n in range(1, MANY + 1)]
    assert transcripts(chat) == sent
    assert [one.path.stem for one in listener.asked[tried:]] == sent
    assert chat.heard() == sent
