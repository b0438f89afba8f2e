"""One recording after another without an application: whom it holds up, and who tries again."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from telegram import Message
from telegram.error import BadRequest, NetworkError

from bot.chat import hear as listening
from bot.chat.desk import Desk
from bot.chat.rounds import Rounds
from bot.domain.hearing import Hearing, Stage
from bot.domain.records import Kind, Media, Origin, Said
from bot.errors import EngineError, Trouble
from bot.journey import hear, people
from bot.journey.capture import capture
from bot.tasks import cancel
from tests.fakes import FailingBot, FakeClock, ScriptedListener, whole


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
    (found,) = (await hear.standing(desk.db, await desk_person(desk))).troubled
    assert (found.stage, found.trouble) == (Stage.WAITING, Trouble.MALFORMED)


async def test_names_to_expect_are_those_that_the_person_wrote(desk: Desk) -> None:
    now = desk.clock.now()
    for n, (text, origin) in enumerate(
        [("my day at Goldpan", Origin.OWN), ("their day at Fairground", Origin.FORWARDED)], 1
    ):
        await capture(desk.db, Said(42, n, text, now, origin=origin))
    await note(desk, 3)
    mine = await claimed(desk)
    assert (await hear.ask_for(desk.db, desk.shelf, mine)).hot_words == ("Goldpan",)


async def claimed(desk: Desk) -> Hearing:
    """The next recording, ours to listen to."""
    (found,) = await hear.claim(desk.db, desk.admits, most=1, now=desk.clock.now())
    return found


async def test_a_listener_that_never_answers_is_left(desk: Desk) -> None:
    never = NeverListener()
    await note(desk, 1)
    await listening.work(desk, never, await claimed(desk), limit_s=0.05)
    assert never.left
    (found,) = (await hear.standing(desk.db, await desk_person(desk))).waiting
    assert found.trouble is Trouble.TIMEOUT


def test_patience_grows_with_the_recording_and_one_of_no_stated_length_may_be_the_longest() -> None:
    quarter, two_hours = listening.PATIENCE_S, 2 * 60 * 60
    assert listening.patience_s(60) == quarter + 180
    for length in (None, 0, two_hours, 10 * two_hours):
        assert listening.patience_s(length) == quarter + 3 * two_hours


async def test_a_recording_stays_ours_while_somebody_listens(desk: Desk, clock: FakeClock) -> None:
    await note(desk, 1)
    mine = await claimed(desk)
    work = asyncio.create_task(listening.work(desk, NeverListener(), mine, hold_s=0.01))
    clock.set(clock.now() + timedelta(minutes=1))
    async with asyncio.timeout(60):
        while (await stored(desk, mine)).lease_until != clock.now() + hear.LEASE:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await cancel(work)
    assert mine.lease_until == clock.now() + hear.LEASE - timedelta(minutes=1)


async def stored(desk: Desk, hearing: Hearing) -> Hearing:
    found = await hear.find(desk.db, 42, hearing.id)
    assert found
    return found


async def test_transcripts_are_shown_in_the_order_of_their_notes(desk: Desk) -> None:
    listener = ScriptedListener()
    bot = HesitantBot(until="2")
    for n in (1, 2):
        await note(desk, n)
        await listening.work(desk, listener, await claimed(desk))
    await tick(desk, bot)
    assert bot.arrived == ["✍", "1", "✍", "2"]


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


async def test_a_file_that_is_not_there_is_told_of_and_heard_once_it_is_back(desk: Desk) -> None:
    desk, bot = hearing_desk(desk, ScriptedListener()), FailingBot()
    await note(desk, 1)
    file = desk.shelf.path("42/1.ogg")
    away = file.rename(file.with_name("away"))
    for minutes in (0, 1, 4):
        assert not bot.arrived
        await tick(desk, bot, after=timedelta(minutes=minutes))
    assert bot.arrived[0] == "🤔"
    away.rename(file)
    await tick(desk, bot, after=timedelta(hours=1))
    assert bot.arrived[2:] == ["✍", "1"]


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


class HesitantBot(FailingBot):
    """Its first message waits for another one to go past it, for a while."""

    def __init__(self, *, until: str) -> None:
        super().__init__()
        self._until, self._passed, self._first = until, asyncio.Event(), True

    async def send_message(self, chat_id: int, text: str, **options: Any) -> Message:
        if text == self._until:
            self._passed.set()
        elif self._first:
            self._first = False
            with suppress(TimeoutError):
                await asyncio.wait_for(self._passed.wait(), timeout=0.3)
        return await super().send_message(chat_id, text, **options)


async def desk_person(desk: Desk) -> Any:
    return await people.find(desk.db, 42)
