"""Booking what became of updates: handled once, tried again, and never left in hand."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Update
from telegram.error import Forbidden

from bot.chat.delivery import MaybeDelivered
from bot.chat.inbox import Inbox
from bot.domain.records import Person
from bot.journey import intake, people
from bot.journey.intake import Waiting
from bot.store import people as stored
from bot.store.database import Database
from tests.fakes import FailingBot, FakeClock


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


class Gate:
    """The library's application, of which every handler waits until it is let go."""

    bot: Any = None

    def __init__(self) -> None:
        self.handled: list[int] = []
        self.go = asyncio.Event()

    def add_error_handler(self, tell: Any) -> None:
        """None of them fails."""

    async def process_update(self, update: Update) -> None:
        self.handled.append(update.update_id)
        await self.go.wait()


def said(ming: Person, n: int = 1, text: str = "/help") -> dict[str, Any]:
    """A message of Ming's, as update and message `n`."""
    me = {"id": ming.id, "type": "private", "first_name": "Ming", "is_bot": False}
    message = {"message_id": n, "date": 1_790_000_000, "chat": me, "from": me, "text": text}
    return {"update_id": n, "message": message}


def inbox_on(db: Database, clock: FakeClock) -> Inbox:
    """An inbox for whoever writes."""
    desk: Any = SimpleNamespace(db=db, clock=clock, admits=lambda _: True, afterwards={})
    doorkeeper: Any = None  # nobody here is a stranger
    return Inbox(desk, doorkeeper)


@contextlib.asynccontextmanager
async def serving(inbox: Inbox, application: Any) -> AsyncIterator[None]:
    """Let the inbox hand over to this application; after that it is left idle."""
    await inbox.open(application)
    running = asyncio.create_task(inbox.run())
    yield
    await until(lambda: inbox.idle)
    running.cancel()
    await asyncio.wait([running])


async def until(done: Callable[[], bool]) -> None:
    """Return once this is so."""
    async with asyncio.timeout(10):
        while not done():  # noqa: ASYNC110 (there is nothing to wait on)
            await asyncio.sleep(0.01)


async def handled(db: Database, clock: FakeClock, ming: Person, failure: Exception) -> Any:
    """Let the inbox handle one command of Ming's that ends in this failure; what it has left."""
    inbox, application = inbox_on(db, clock), OneAnswer(failure)
    async with serving(inbox, application):
        await inbox.keep([said(ming)])
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


async def test_what_was_left_is_handed_over_although_the_clock_was_set_back(
    db: Database, clock: FakeClock, ming: Person
) -> None:
    await intake.keep(db, [Waiting(1, ming.id, json.dumps(said(ming)), 0)], now=clock.now())
    clock.set(clock.now() - timedelta(seconds=2))
    application = Gate()
    application.go.set()
    async with serving(inbox_on(db, clock), application):
        await until(lambda: application.handled == [1])


class Late(Database):
    """What is read arrives only after something else has happened."""

    def __init__(self, url: str, meanwhile: Callable[[], Awaitable[None]]) -> None:
        super().__init__(url)
        self._meanwhile = meanwhile

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with super().read() as session:
            yield session
        await self._meanwhile()


async def test_what_is_handled_while_it_is_read_again_is_not_handled_twice(
    db: Database, clock: FakeClock, ming: Person
) -> None:
    async def it_ends() -> None:
        if application.handled:
            application.go.set()
            while await intake.due(db, now=clock.now()):  # noqa: ASYNC110 (nothing to wait on)
                await asyncio.sleep(0.01)

    application = Gate()
    late = Late(db.url, it_ends)
    once = Waiting(1, ming.id, json.dumps(said(ming)), 0)
    await intake.keep(db, [once], now=clock.now())
    await intake.failed(db, once, now=clock.now(), for_good=True)
    clock.set(clock.now() + timedelta(minutes=1))
    async with serving(inbox_on(late, clock), application):
        await until(application.go.is_set)
    assert application.handled == [1]
    await late.close()


async def test_one_that_stumbles_outside_of_its_handler_strands_nobody_behind_it(
    db: Database, clock: FakeClock, ming: Person, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble() -> None:
        if len(application.handled) == 1:
            raise ArithmeticError("nothing anybody foresaw")

    application = Gate()
    application.go.set()
    inbox = inbox_on(db, clock)
    inbox.after = stumble
    async with serving(inbox, application):
        await inbox.keep([said(ming, 1), said(ming, 2), said(ming, 3)])
        await until(lambda: application.handled == [1, 2, 3])
    assert await intake.due(db, now=clock.now()) == []
    assert "nothing anybody foresaw" in caplog.text


async def test_a_handler_has_run_once_although_no_connection_came_free_to_book_it(
    db: Database, clock: FakeClock, ming: Person
) -> None:
    application = Gate()
    crowded = Database(db.url, pool_timeout_s=0.01)
    inbox = inbox_on(crowded, clock)
    async with serving(inbox, application):
        await inbox.keep([said(ming, 1), said(ming, 2)])
        await until(lambda: application.handled == [1])
        async with contextlib.AsyncExitStack() as taken:
            for _ in range(15):
                session = await taken.enter_async_context(crowded.read())
                await stored.blocked(session)
            application.go.set()
            await asyncio.sleep(0.1)
        await until(lambda: application.handled == [1, 2])
    assert await intake.due(db, now=clock.now()) == []
    await crowded.close()


async def test_what_was_given_up_on_is_handled_by_a_version_that_can(
    db: Database, clock: FakeClock, ming: Person
) -> None:
    once = Waiting(1, ming.id, json.dumps(said(ming)), len(intake.WAITS_S))
    await intake.keep(db, [once], now=clock.now())
    assert await intake.failed(db, once, now=clock.now(), for_good=True)
    broken = OneAnswer(ArithmeticError("still"))
    async with serving(inbox_on(db, clock), broken):
        await until(lambda: broken.handled == 1)
    assert await intake.parked(db) == 1
    repaired = Gate()
    repaired.go.set()
    async with serving(inbox_on(db, clock), repaired):
        await until(lambda: repaired.handled == [1])
    assert await intake.parked(db) == 0


async def test_what_telegram_holds_back_keeps_nothing_behind_it_from_being_kept(
    db: Database, clock: FakeClock, ming: Person
) -> None:
    application = Gate()
    application.bot = FailingBot()
    desk: Any = SimpleNamespace(db=db, clock=clock, admits=lambda _: True, afterwards={})
    doorkeeper: Any = None
    inbox = Inbox(desk, doorkeeper, patience_s=0.01)
    async with serving(inbox, application):
        await inbox.keep([said(ming, 1), said(ming, 2), said(ming, 3, "a thought")])
        await until(lambda: application.bot.arrived == ["✍"])
        assert application.handled == [1, 2]
        assert [one.update_id for one in await intake.due(db, now=clock.now())][:2] == [1, 2]
        application.go.set()
    assert await intake.due(db, now=clock.now()) == []


async def test_what_another_process_stored_before_is_handled_before(
    db: Database, clock: FakeClock, ming: Person
) -> None:
    application = Gate()
    application.go.set()
    inbox, another = inbox_on(db, clock), inbox_on(db, clock)
    async with serving(inbox, application):
        await another.keep([said(ming, 1)], others=True)
        await inbox.keep([said(ming, 2)], others=True)
        await until(lambda: application.handled == [1, 2])
    assert another.idle
