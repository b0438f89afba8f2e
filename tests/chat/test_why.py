"""The question after a round on its way: without a sound, once, and offered when it may be lost."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.chat.desk import Desk
from bot.chat.rounds import Rounds
from bot.domain.records import Person, Verdict
from bot.journey import expand, pan
from bot.journey.outbox import LEASE
from bot.journey.seeds import Seed
from tests.chat.conftest import Chat
from tests.fakes import FailingBot, FakeClock, ScriptedListener, ScriptedWriter, lost, sketches

NOTE = Path(__file__).parents[2] / "examples" / "walk.ogg"
CARDS = "/expand ideas come on the metro and leave at the office"
ASKS = "Which of the two must you answer, and why you?"


@pytest.fixture
def listener() -> ScriptedListener:
    return ScriptedListener("because I drove it for ten years")


@pytest.fixture
def chat_rest_s() -> float:
    return 0.0


async def keep_two(chat: Chat) -> None:
    """A round that is panned to its end: the second and the first card of the first page stay."""
    chat.phone.send(CARDS)
    await chat.answered()
    for label in ("2⭐", "1⭐"):
        chat.phone.tap(label)
        await chat.answered()
    while any("🗑 Drop the rest" in row for row in chat.phone.events[-1].buttons):
        await drop_page(chat)


async def drop_page(chat: Chat) -> None:
    """Drop the rest of the page shown, and turn it."""
    chat.phone.tap("🗑 Drop the rest")
    await chat.answered()
    if any("Next page ›" in row for row in chat.phone.events[-1].buttons):
        chat.phone.tap("Next page ›")
        await chat.answered()


def answers(chat: Chat) -> list[tuple[Any, ...]]:
    """What each fragment says, and which card counted from 0 it is about."""
    query = (
        "SELECT text, about, position FROM fragments LEFT JOIN ideas ON ideas.id = about_idea "
        "ORDER BY n"
    )
    with closing(sqlite3.connect(chat.database)) as connection:
        return connection.execute(query).fetchall()


async def test_it_comes_without_a_sound_after_the_last_card_and_outlives_a_restart(
    chat: Chat,
) -> None:
    calls: list[dict[str, Any]] = []
    chat.cloud.overhear(lambda _, arguments, __: calls.append(arguments))
    await keep_two(chat)
    (question,) = (one for one in calls if ASKS in str(one.get("text")))
    assert question["disable_notification"] in ("true", True)
    await chat.restart()
    await chat.answered()
    chat.phone.tap("First page")
    await chat.answered()
    chat.phone.tap("✓1⭐")
    await chat.answered()
    chat.phone.tap("1⭐")
    await chat.answered()
    assert len([text for text in chat.heard() if ASKS in text]) == 1


async def test_a_reply_typed_or_spoken_is_kept_with_what_it_is_about(
    chat: Chat, listener: ScriptedListener
) -> None:
    await keep_two(chat)
    question = chat.cloud.chat(chat.phone.person_id).last_number
    await chat.restart()
    chat.phone.reply(question, "2 I was there when it happened")
    chat.phone.reply(question, "nobody else saw both")
    await chat.answered()
    chat.phone.attach("voice", "walk.ogg", NOTE.read_bytes(), reply_to=question)
    await chat.answered()
    assert answers(chat) == [
        ("2 I was there when it happened", 1, 0),  # starred second, first on its page
        ("nobody else saw both", 1, None),
        ("because I drove it for ten years", 1, None),
    ]
    assert chat.heard()[-1] == "because I drove it for ten years"  # what was heard, no word more


class TestOnTheWay:
    """Without an application, so that what fails can be chosen."""

    @pytest.fixture
    async def ended(self, desk: Desk, ming: Person) -> int:
        """A round of one card, which is kept; the id of its expansion."""
        now = desk.clock.now()
        begun = await expand.begin(
            desk.db, person_id=ming.id, seed=Seed("rain on the shop"), request_id=1, now=now
        )
        writer = ScriptedWriter(ideas=sketches("gloves"))
        await expand.dig(desk.db, [writer], begun, ming, seen=lambda _: None, now=now)
        await self.tick(desk, FailingBot())
        await self.decide(desk, begun.id, Verdict.KEPT, 2)
        return begun.id

    async def decide(self, desk: Desk, expansion_id: int, verdict: Verdict, by: int) -> None:
        round = await expand.show(desk.db, 42, expansion_id)
        assert round is not None
        await pan.decide(
            desk.db,
            person_id=42,
            idea_id=round.ideas[0].id,
            verdict=verdict,
            request_id=by,
            now=desk.clock.now(),
        )

    async def tick(self, desk: Desk, bot: Any, *, after: timedelta = timedelta()) -> None:
        clock: FakeClock = desk.clock  # type: ignore[assignment]
        clock.set(clock.now() + after)
        rounds = Rounds(desk, bot)
        await rounds.tick(clock.now())
        await rounds.done()

    async def test_it_goes_out_once(self, desk: Desk, ended: int) -> None:
        bot = FailingBot()
        for _ in range(5):
            await self.tick(desk, bot, after=LEASE)
        (asked,) = bot.arrived
        assert "gloves" in asked
        assert "為什麼非你來講不可？" in asked

    async def test_a_star_taken_back_before_it_went_out_leaves_nothing_to_ask(
        self, desk: Desk, ended: int
    ) -> None:
        await self.decide(desk, ended, Verdict.NEW, 3)
        bot = FailingBot()
        await self.tick(desk, bot, after=LEASE)
        assert bot.arrived == []

    async def test_one_that_may_be_lost_is_offered_and_shown_on_request(
        self, desk: Desk, ended: int
    ) -> None:
        bot = FailingBot(lost(httpx.ReadTimeout("late")))
        for _ in range(5):
            await self.tick(desk, bot, after=LEASE)
        (offer,) = bot.arrived
        assert offer == "這一份可能沒有送到你手上：⭐ gloves。內容都在。"
        (keyboard,) = bot.keyboards
        assert f"j:{ended}" in str(keyboard)


async def test_one_that_was_lost_is_shown_by_its_button_and_can_be_answered(chat: Chat) -> None:
    await keep_two(chat)
    person = chat.cloud.chat(chat.phone.person_id)
    press = {
        "id": chat.cloud.ask(person),
        "from": person.person,
        "message": person.messages[2],
        "chat_instance": "1",
        "data": "j:1",
    }
    chat.cloud.updates.add("callback_query", press)
    await chat.answered()
    assert len([text for text in chat.heard() if ASKS in text]) == 2
    chat.phone.reply(person.last_number, "1. since it was mine")
    await chat.answered()
    assert answers(chat) == [("1. since it was mine", 1, 1)]
    await chat.stage.tick(datetime.now(UTC))
    await chat.answered()
    assert len([text for text in chat.heard() if ASKS in text]) == 2
