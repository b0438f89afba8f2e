"""Texts kept together: in order, and no one of them at the cost of another."""

import asyncio
import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from telegram.error import NetworkError

from bot.chat.booking import Outcome
from bot.chat.captures import Arrival, Captures
from bot.chat.connections import Spread
from bot.domain.records import Person
from bot.journey.intake import Waiting
from bot.sandbox.phone import PERSON_ID, Phone
from bot.store import fragments
from bot.store.database import Database
from tests.chat.conftest import Chat
from tests.fakes import FailingBot

MEI = PERSON_ID + 1


@pytest.fixture
def owners() -> frozenset[int]:
    return frozenset({PERSON_ID, MEI})


@pytest.fixture
def mei(chat: Chat) -> Phone:
    return Phone(chat.cloud, person_id=MEI, first_name="Mei")


def kept(chat: Chat, person_id: int = PERSON_ID) -> list[str]:
    """What was kept of this person, by number."""
    with closing(sqlite3.connect(chat.database)) as connection:
        query = "SELECT text FROM fragments WHERE person_id = ? ORDER BY n"
        return [row[0] for row in connection.execute(query, [person_id])]


async def test_what_two_people_say_at_once_is_kept_in_the_order_of_each(
    chat: Chat, mei: Phone
) -> None:
    for n in range(150):
        (chat.phone if n % 3 else mei).send(f"thought {n}")
    await chat.answered()
    assert kept(chat) == [f"thought {n}" for n in range(150) if n % 3]
    assert kept(chat, MEI) == [f"thought {n}" for n in range(150) if n % 3 == 0]
    assert len(chat.heard("reaction")) == 100
    assert len(chat.heard("reaction", phone=mei)) == 50


async def test_what_comes_after_a_command_is_handled_after_it(chat: Chat) -> None:
    for text in ("before", "/expand", "after", "/find after"):
        chat.phone.send(text)
    await chat.answered()
    assert kept(chat) == ["before", "after"]
    assert any("#2" in one for one in chat.heard())


async def test_one_text_that_cannot_be_kept_does_not_hold_back_the_others(
    chat: Chat, mei: Phone
) -> None:
    chat.phone.send("hello")
    mei.send("hello")
    await chat.answered()
    with closing(sqlite3.connect(chat.database)) as other:
        other.execute(
            "CREATE TRIGGER picky BEFORE INSERT ON fragments WHEN NEW.text = 'poison' "
            "BEGIN SELECT RAISE(ABORT, 'not that'); END"
        )
        other.commit()
    await chat.restart()
    chat.phone.send("poison")
    for n in range(3):
        chat.phone.send(f"mine {n}")
        mei.send(f"hers {n}")
    await chat.until(lambda: len(kept(chat)) == 4 and len(kept(chat, MEI)) == 4)
    assert kept(chat)[1:] == ["mine 0", "mine 1", "mine 2"]
    assert kept(chat, MEI)[1:] == ["hers 0", "hers 1", "hers 2"]


async def test_only_the_text_whose_reaction_failed_is_booked_as_failed(
    db: Database, ming: Person
) -> None:
    desk: Any = SimpleNamespace(db=db)
    bot: Any = FailingBot(None, lost := NetworkError("lost"))
    booked: list[tuple[int, Exception | None]] = []

    async def book(outcomes: Sequence[Outcome]) -> None:
        booked.extend((waiting.update_id, failure) for waiting, failure in outcomes)

    async def handle(arrival: Arrival) -> None:
        raise AssertionError(arrival)

    async with asyncio.TaskGroup() as tasks:
        captures = Captures(desk, bot, handle=handle, book=book, spawn=tasks.create_task)
        await captures.keep([arrival(n, ming) for n in (1, 2, 3)])
        async with db.read() as session:
            assert len(await fragments.all_of(session, ming.id)) == 3
    assert booked == [(1, None), (2, lost), (3, None)]


async def test_a_text_whose_reaction_waits_keeps_the_others_from_being_booked_only_for_a_moment(
    db: Database, ming: Person
) -> None:
    desk: Any = SimpleNamespace(db=db)
    held, booked = asyncio.Event(), list[int]()
    others_booked = asyncio.Event()

    class Holding(FailingBot):
        async def set_message_reaction(self, chat_id: int, message_id: int, emoji: str) -> None:
            if message_id == 2:
                await held.wait()

    async def book(outcomes: Sequence[Outcome]) -> None:
        booked.extend(waiting.update_id for waiting, _ in outcomes)
        others_booked.set()

    async def handle(arrival: Arrival) -> None:
        raise AssertionError(arrival)

    bot: Any = Holding()
    async with asyncio.TaskGroup() as tasks:
        captures = Captures(desk, bot, handle=handle, book=book, spawn=tasks.create_task)
        await captures.keep([arrival(n, ming) for n in (1, 2, 3)])
        await asyncio.wait_for(others_booked.wait(), 30)
        assert booked == [1, 3]
        held.set()
    assert booked == [1, 3, 2]


def arrival(n: int, person: Person) -> Arrival:
    """A text that came as update and message `n`."""
    me = {"id": person.id, "type": "private", "first_name": "Ming", "is_bot": False}
    text = {"message_id": n, "date": 1_790_000_000, "chat": me, "from": me, "text": f"thought {n}"}
    bot: Any = None
    return Arrival.read(
        Waiting(n, person.id, json.dumps({"update_id": n, "message": text}), 0), bot
    )


async def test_a_message_deleted_before_its_reaction_troubles_nobody(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    me: dict[str, Any] = {"id": PERSON_ID, "type": "private", "first_name": "Ming", "is_bot": False}
    gone = {"message_id": 10**6, "date": 1_790_000_000, "chat": me, "from": me, "text": "gone soon"}
    chat.cloud.updates.add("message", gone)
    await chat.answered()
    assert kept(chat) == ["gone soon"]
    assert caplog.records == []


class HeldPool(httpx.AsyncBaseTransport):
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer = asyncio.Event()
        self.closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        await self.answer.wait()
        return httpx.Response(200)

    async def aclose(self) -> None:
        self.closed = True


async def test_each_request_goes_to_the_least_busy_pool() -> None:
    pools = [HeldPool(), HeldPool()]
    spread = Spread(pools)

    async def ask(path: str) -> None:
        await spread.handle_async_request(httpx.Request("GET", f"http://test{path}"))

    asked = [asyncio.create_task(ask("/1")), asyncio.create_task(ask("/2"))]
    await asyncio.sleep(0)
    pools[1].answer.set()
    await asked[1]
    await ask("/3")
    pools[0].answer.set()
    await asked[0]
    await ask("/4")
    await spread.aclose()
    assert [one.asked for one in pools] == [["/1", "/4"], ["/2", "/3"]]
    assert all(one.closed for one in pools)


def test_where_a_proxy_is_named_the_library_goes_through_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [one for one in os.environ if one.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert Spread.options() == {}
    monkeypatch.delenv("https_proxy")
    assert isinstance(Spread.options()["transport"], Spread)
