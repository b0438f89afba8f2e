"""Recordings through the real application, over HTTP: in order, once, and in nobody's way."""

import asyncio
import json
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.error import BadRequest, NetworkError

from bot.chat import hear as listening
from bot.chat.desk import Desk
from bot.chat.rounds import Rounds
from bot.domain.hearing import Stage
from bot.domain.records import Kind, Media, Said
from bot.errors import EngineError, Trouble
from bot.journey import hear, people
from bot.journey.capture import capture
from tests.chat.conftest import Chat
from tests.fakes import FailingBot, ScriptedListener, whole

NOTE = Path(__file__).parents[2] / "examples" / "walk.ogg"
MANY = 200


@pytest.fixture
def listener() -> ScriptedListener:
    """Hears every recording as the number of the message it came in."""
    return ScriptedListener()


@pytest.fixture
def chat_rest_s() -> float:
    return 0.0


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
    chat: Chat, listener: ScriptedListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.FINISH_WITHIN_S", 0.1)
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


async def note(desk: Desk, n: int) -> None:
    """Keep a voice note without an application."""
    path = await desk.shelf.put(f"42/{n}.ogg", whole(b"sound"))
    media = Media(file_id=f"v{n}", path=path, mime="audio/ogg", size=5, duration_s=3)
    now = desk.clock.now()
    assert await capture(desk.db, Said(42, n, "", now, kind=Kind.VOICE, media=(media,)))


async def tick(desk: Desk, bot: Any, *, after: timedelta = timedelta()) -> None:
    clock: Any = desk.clock
    clock.set(clock.now() + after)
    rounds = Rounds(desk, bot)
    await rounds.tick(clock.now())
    await rounds.done()


def hearing_desk(desk: Desk, listener: ScriptedListener) -> Desk:
    return replace(desk, listener=lambda: listener)


async def test_a_listener_that_is_away_is_asked_ever_less_often_and_never_given_up(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    listener = ScriptedListener()
    listener.down = True
    desk, bot = hearing_desk(desk, listener), FailingBot()
    await note(desk, 1)
    for _ in range(6 * 60):
        await tick(desk, bot, after=timedelta(minutes=1))
    assert 20 <= len(listener.asked) <= 35
    assert not {"✍", "🤔"} & set(bot.arrived)
    listener.down = False
    await tick(desk, bot, after=timedelta(minutes=15))
    assert bot.arrived[-2:] == ["✍", "1"]
    assert [one.getMessage() for one in caplog.records] == [
        "recording 1 was not heard: unreachable: nobody there",
        "recordings are heard again",
    ]


async def test_a_note_that_hangs_a_listener_holds_up_the_others_for_a_while_only(
    desk: Desk,
) -> None:
    slow = [EngineError(Trouble.TIMEOUT)] * 3
    listener = ScriptedListener(*slow)
    desk, bot = hearing_desk(desk, listener), FailingBot()
    await note(desk, 1)
    await note(desk, 2)
    await tick(desk, bot)
    assert bot.arrived == []
    for _ in range(3):
        await tick(desk, bot, after=timedelta(minutes=5))
    assert bot.arrived[0] == "🤔"
    assert "2" in bot.arrived
    assert "1" not in bot.arrived
    await tick(desk, bot, after=timedelta(hours=1))
    assert bot.arrived[-2:] == ["✍", "1"]


async def test_a_wrong_key_is_told_of_once_however_many_notes_wait(desk: Desk) -> None:
    listener = ScriptedListener(*[EngineError(Trouble.REJECTED)] * 10)
    desk, bot = hearing_desk(desk, listener), FailingBot()
    for n in range(1, 6):
        await note(desk, n)
    for _ in range(9):
        await tick(desk, bot, after=timedelta(minutes=15))
    assert bot.arrived[0] == "🤔"
    assert len(bot.arrived) == 2


async def test_a_listener_that_stumbles_is_a_failure_like_any_other(desk: Desk) -> None:
    listener = ScriptedListener(RuntimeError("a fault"))
    desk, bot = hearing_desk(desk, listener), FailingBot()
    await note(desk, 1)
    await tick(desk, bot)
    (found,) = (await hear.ears(desk.db, await desk_person(desk))).troubled
    assert (found.stage, found.trouble) == (Stage.WAITING, Trouble.MALFORMED)


async def test_a_listener_that_never_answers_is_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "PATIENCE_S", 0.05)
    monkeypatch.setattr(listening, "PATIENCE_PER_S", 0.0)
    monkeypatch.setattr(listening, "HOLD_S", 0.01)
    never = NeverListener()
    desk, bot = hearing_desk(desk, never), FailingBot()
    await note(desk, 1)
    await tick(desk, bot)
    assert never.left
    (found,) = (await hear.ears(desk.db, await desk_person(desk))).waiting
    assert found.trouble is Trouble.TIMEOUT


async def test_a_file_that_is_gone_is_told_of(desk: Desk) -> None:
    desk, bot = hearing_desk(desk, ScriptedListener()), FailingBot()
    await note(desk, 1)
    desk.shelf.path("42/1.ogg").unlink()
    await tick(desk, bot)
    assert bot.arrived[0] == "🤔"


@pytest.mark.parametrize(
    ("failure", "arrived"),
    [(NetworkError("reset"), ["✍", "1"]), (BadRequest("REACTION_INVALID"), ["1"])],
)
async def test_words_wait_for_their_reaction_but_not_for_ever(
    desk: Desk, failure: Exception, arrived: list[str]
) -> None:
    desk, bot = hearing_desk(desk, ScriptedListener()), FailingBot(failure)
    await note(desk, 1)
    await tick(desk, bot)
    await tick(desk, bot, after=timedelta(minutes=2))
    assert bot.arrived == arrived


async def test_two_processes_hear_a_note_once(desk: Desk) -> None:
    listener = ScriptedListener()
    desk, bot = hearing_desk(desk, listener), FailingBot()
    for n in range(1, 4):
        await note(desk, n)
    await asyncio.gather(*(tick(desk, bot) for _ in range(5)))
    assert [one.path.stem for one in listener.asked] == ["1", "2", "3"]


class NeverListener(ScriptedListener):
    """Never answers; notes when it was left."""

    left = False

    async def hear(self, ask: Any) -> Any:
        try:
            await asyncio.Event().wait()
        finally:
            self.left = True


async def desk_person(desk: Desk) -> Any:
    return await people.find(desk.db, 42)
