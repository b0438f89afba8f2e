"""Texts kept together: in order, and no one of them at the cost of another."""

import os
import sqlite3
from contextlib import closing
from typing import Any

import httpx
import pytest

from bot.chat.delivery import Spread
from bot.sandbox.phone import PERSON_ID, Phone
from tests.chat.conftest import Chat

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
            "BEGIN SELECT unknown_function(); END"
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


async def test_texts_whose_reactions_fail_are_kept_once_and_acknowledged_later(chat: Chat) -> None:
    chat.cloud.faults.lose_answers = True
    chat.phone.send("rain")
    chat.phone.send("wind")
    await chat.until(lambda: len(kept(chat)) == 2)
    chat.cloud.faults.lose_answers = False
    await chat.answered()
    assert kept(chat) == ["rain", "wind"]
    assert {*chat.heard("reaction")} == {"✍"}
    await chat.restart()
    heard = len(chat.heard("reaction"))
    await chat.answered()
    assert len(chat.heard("reaction")) == heard


async def test_a_message_deleted_before_its_reaction_troubles_nobody(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    me: dict[str, Any] = {"id": PERSON_ID, "type": "private", "first_name": "Ming", "is_bot": False}
    gone = {"message_id": 10**6, "date": 1_790_000_000, "chat": me, "from": me, "text": "gone soon"}
    chat.cloud.updates.add("message", gone)
    await chat.answered()
    assert kept(chat) == ["gone soon"]
    assert caplog.records == []


async def test_each_request_goes_to_the_least_busy_pool() -> None:
    class Held(httpx.AsyncBaseTransport):
        def __init__(self) -> None:
            self.asked: list[str] = []
            self.closed = False

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            self.asked.append(request.url.path)
            return httpx.Response(200, stream=httpx.ByteStream(b""))

        async def aclose(self) -> None:
            self.closed = True

    pools = [Held(), Held()]
    spread = Spread(pools)
    first = await spread.handle_async_request(httpx.Request("GET", "http://test/1"))
    await spread.handle_async_request(httpx.Request("GET", "http://test/2"))
    await first.aclose()
    await spread.handle_async_request(httpx.Request("GET", "http://test/3"))
    await spread.aclose()
    assert [one.asked for one in pools] == [["/1", "/3"], ["/2"]]
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
