"""Parcels on their way: nothing twice, nothing lost, whatever dies or is refused meanwhile."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import delete
from telegram import Message
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.chat.desk import Desk
from bot.chat.rounds import Rounds
from bot.domain.records import Language, Person
from bot.engines.documents import Documents
from bot.engines.pages import Pages
from bot.journey import expand, intake, outbox, people
from bot.journey.expand import Seed
from bot.journey.outbox import GIVE_UP_AFTER, LEASE, PAUSE
from bot.store.database import Database
from bot.store.media import Shelf
from bot.store.tables import ExpansionRow
from tests.fakes import FailingBot, FakeClock, ScriptedInterviewer, ScriptedWriter, lost

# A seed without words, of which the interviewer's question makes a letter of three messages.
LONG = Seed("。" * 9000)
SHORT = Seed("rain")


@pytest.fixture
def desk(db: Database, ming: Person, clock: FakeClock, tmp_path: Path) -> Desk:
    return Desk(
        db=db,
        shelf=Shelf(tmp_path),
        clock=clock,
        writers=(ScriptedWriter(),),
        interviewer=ScriptedInterviewer(),
        documents=Documents(),
        pages=Pages(),
        admits=lambda person_id: person_id == ming.id,
        newcomer=lambda *_: ming,
        default_language=Language.EN,
    )


async def ask(desk: Desk, seed: Seed, request_id: int = 1) -> int:
    """Have a question planned; the id of its expansion."""
    now = desk.clock.now()
    begun = await expand.begin(desk.db, person_id=42, seed=seed, request_id=request_id, now=now)
    assert begun.asked
    return begun.id


async def tick(desk: Desk, bot: Any, *, after: timedelta = timedelta()) -> None:
    """One tick of a process of its own, after a while, and all that follows from it."""
    clock: Any = desk.clock
    clock.set(clock.now() + after)
    rounds = Rounds(desk, bot)
    await rounds.tick(clock.now())
    await rounds.done()


class DyingBot(FailingBot):
    """Dies instead of sending its last message: before the first byte, or after."""

    def __init__(self, lives: int, *, after_the_first_byte: bool) -> None:
        super().__init__(*[None] * lives, asyncio.CancelledError())
        self._lives = lives
        self._after = after_the_first_byte

    async def send_message(self, chat_id: int, text: str, **options: Any) -> Message:
        if len(self.arrived) == self._lives and not self._after:
            raise asyncio.CancelledError
        return await super().send_message(chat_id, text, **options)


@pytest.mark.parametrize("sent", [0, 1, 2])
async def test_a_letter_cut_short_goes_on_with_its_next_part(desk: Desk, sent: int) -> None:
    await ask(desk, LONG)
    dying, bot = DyingBot(sent, after_the_first_byte=False), FailingBot()
    with suppress(asyncio.CancelledError):
        await tick(desk, dying)
    await tick(desk, bot, after=LEASE - PAUSE)
    assert bot.arrived == []
    await tick(desk, bot, after=PAUSE)
    assert (len(dying.arrived), len(bot.arrived)) == (sent, 3 - sent)
    assert "".join(dying.arrived + bot.arrived).startswith(LONG.text + "?")


@pytest.mark.parametrize("sent", [0, 2])
async def test_a_part_that_may_have_arrived_is_offered_and_nothing_is_repeated(
    desk: Desk, sent: int
) -> None:
    await ask(desk, LONG)
    dying, bot = DyingBot(sent, after_the_first_byte=True), FailingBot()
    with suppress(asyncio.CancelledError):
        await tick(desk, dying)
    for _ in range(9):
        await tick(desk, bot, after=LEASE)
    (offer,) = bot.arrived
    assert "可能沒有送到" in offer
    assert bot.keyboards != [None]


@pytest.mark.parametrize("sent", [0, 1])
async def test_a_connection_lost_on_the_way_is_the_same(desk: Desk, sent: int) -> None:
    await ask(desk, LONG)
    bot = FailingBot(*[None] * sent, lost(httpx.ReadTimeout("late")))
    for _ in range(9):
        await tick(desk, bot, after=LEASE)
    assert ["可能沒有送到" in text for text in bot.arrived] == [False] * sent + [True]


async def test_what_never_reached_telegram_is_tried_until_it_does(desk: Desk) -> None:
    await ask(desk, SHORT)
    bot = FailingBot(*[lost(httpx.ConnectError("refused"))] * 40)
    for _ in range(60):
        await tick(desk, bot, after=timedelta(hours=12))
    assert len(bot.arrived) == 1
    assert await outbox.stuck(desk.db) == (0, 0)


async def test_what_telegram_refuses_is_tried_for_a_day_with_growing_pauses(desk: Desk) -> None:
    await ask(desk, SHORT)
    refusals: list[Exception] = [BadRequest("chat not found") for _ in range(100)]
    bot = FailingBot(*refusals)
    for _ in range(int(2 * GIVE_UP_AFTER / timedelta(minutes=20))):
        await tick(desk, bot, after=timedelta(minutes=20))
    tried = len(refusals) - len(bot.left)
    assert 5 < tried < 40
    assert bot.arrived == []
    assert await outbox.stuck(desk.db) == (1, 0)
    assert await outbox.stuck(desk.db, person_id=43) == (0, 0)


async def test_being_told_to_wait_goes_on_after_the_wait(desk: Desk) -> None:
    await ask(desk, LONG)
    bot = FailingBot(None, RetryAfter(1), RetryAfter(1))
    await tick(desk, bot)
    assert len(bot.arrived) == 3


async def test_an_offer_that_may_be_lost_itself_is_made_again_but_not_for_ever(
    desk: Desk,
) -> None:
    await ask(desk, SHORT)
    bot = FailingBot(*[lost(httpx.ReadError("reset")) for _ in range(9)])
    for _ in range(100):
        await tick(desk, bot, after=timedelta(hours=1))
    assert len(bot.left) == 9 - 1 - 3  # the question, and three offers
    assert await outbox.stuck(desk.db) == (0, 2)


async def test_who_blocked_the_bot_is_not_written_to_until_they_write(desk: Desk) -> None:
    for request_id in range(3):
        await ask(desk, SHORT, request_id)
    bot = FailingBot(*[Forbidden("bot was blocked by the user")] * 3)
    await tick(desk, bot)
    assert await people.blocked(desk.db) == 1
    refused = len(bot.left)
    for _ in range(9):
        await tick(desk, bot, after=LEASE)
    assert len(bot.left) == refused
    back = FailingBot()
    now = desk.clock.now()
    await intake.keep(desk.db, [intake.Waiting(1, 42, "{}", 0)], now=now)
    assert await people.blocked(desk.db) == 0
    for _ in range(3):
        await tick(desk, back, after=LEASE)
    assert len(back.arrived) == 3


async def test_two_processes_send_a_parcel_once(desk: Desk) -> None:
    await ask(desk, LONG)
    bot = FailingBot()
    await asyncio.gather(*(tick(desk, bot) for _ in range(5)))
    assert len(bot.arrived) == 3


async def test_a_worker_that_was_slow_leaves_it_to_the_next(desk: Desk, clock: FakeClock) -> None:
    await ask(desk, SHORT)
    (slow,) = await outbox.claim(desk.db, desk.admits, now=clock.now())
    bot = FailingBot()
    await tick(desk, bot, after=LEASE)
    assert len(bot.arrived) == 1
    assert not await outbox.begin(desk.db, slow, as_of=clock.now(), now=clock.now())


async def test_cards_of_which_nothing_is_left_are_given_up(desk: Desk) -> None:
    begun = await ask(desk, SHORT)
    async with desk.db.write() as session:
        await session.execute(delete(ExpansionRow).where(ExpansionRow.id == begun))
    bot = FailingBot(NetworkError("not asked"))
    await tick(desk, bot)
    assert len(bot.left) == 1
