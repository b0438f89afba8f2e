"""Updates brought to an address: who is let in, and what 200 means."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import Goldpan, SystemClock
from bot.chat.webhook import MAX_BODY, SECRET_HEADER, secret_for
from bot.journey.turns import Candidate
from bot.sandbox import cloud as clouds
from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.server import serving
from bot.sandbox.stage import ThreadStage
from bot.settings import Settings, sqlite_in
from tests.chat.conftest import Chat
from tests.fakes import free_port

SECRET = secret_for(clouds.TOKEN)


class House:
    """Several processes' worth of applications behind one stand-in and one database."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self.folder = folder
        self.stages: list[ThreadStage] = []
        self.doors: list[str] = []

    async def add(self, name: str) -> str:
        """Start one; the address of its door."""
        port = free_port()
        url = f"http://127.0.0.1:{port}/hook"
        changes: dict[str, Any] = {
            "telegram_bot_token": clouds.TOKEN,
            "telegram_api_url": self.address,
            "webhook_url": url,
            "webhook_listen": ("127.0.0.1", port),
            "owner_ids": frozenset({PERSON_ID}),
            "data_dir": self.folder,
            "database_url": sqlite_in(self.folder),
        }
        settings = Settings.load({}).model_copy(update=changes)
        stage = ThreadStage(
            lambda: Goldpan(settings, SystemClock(), ticking=False, candidate=Candidate(name))
        )
        self.stages.append(stage)
        self.doors.append(url)
        await stage.start()
        return url


@pytest.fixture
def cloud() -> Cloud:
    return Cloud(SystemClock().now)


@pytest.fixture
async def house(cloud: Cloud, folder: Path) -> AsyncIterator[House]:
    async with serving(cloud) as address:
        house = House(address, folder)
        yield house
        for stage in house.stages:
            await stage.stop()


@pytest.fixture
async def door(house: House) -> str:
    """The address of a running application's door."""
    return await house.add("the only one")


@pytest.fixture
async def chat(cloud: Cloud, house: House, door: str) -> Chat:
    return Chat(cloud, Phone(cloud), house.stages[0], house.folder / "goldpan.db")


def rows(chat: Chat, query: str) -> list[Any]:
    with closing(sqlite3.connect(chat.database)) as connection:
        return connection.execute(query).fetchall()


def message(update_id: int = 9, **changes: Any) -> dict[str, Any]:
    me = {"id": PERSON_ID, "is_bot": False, "first_name": "A", "type": "private"}
    body = {"message_id": 77, "date": 1, "chat": me, "from": me, "text": "forged?"}
    return {"update_id": update_id, "message": body | changes}


async def call(door: str, body: Any, *, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret.encode()}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with httpx.AsyncClient(timeout=60) as client:
        return (await client.post(door, content=content, headers=headers)).status_code


async def _listening(house: House) -> str:
    """The newest door's address, once somebody opens there."""
    async with asyncio.timeout(60), httpx.AsyncClient() as client:
        while True:
            try:
                await client.get(house.doors[-1])
            except httpx.ConnectError:
                await asyncio.sleep(0.02)
            else:
                return house.doors[-1]


async def test_a_whole_conversation_goes_over_the_webhook(chat: Chat) -> None:
    chat.phone.send("rain on the metro")
    chat.phone.send("/expand ideas come on the metro and leave at the office")
    await chat.answered()
    chat.phone.tap("1⭐")
    await chat.answered()
    chat.phone.edit(1, "snow on the metro")
    await chat.answered()
    assert chat.heard("reaction") == ["✍"]
    assert rows(chat, "SELECT text FROM fragments") == [("snow on the metro",)]
    assert rows(chat, "SELECT count(*) FROM ideas WHERE verdict = 'kept'") == [(1,)]
    assert rows(chat, "SELECT raw FROM inbox WHERE raw IS NOT NULL") == []


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "0", "ü"])
async def test_without_the_right_secret_nothing_is_let_in(
    chat: Chat, door: str, secret: str | None
) -> None:
    assert await call(door, message(), secret=secret) == 403
    assert await call(door, b"not even JSON", secret=secret) == 403
    assert rows(chat, "SELECT * FROM inbox") == []


async def test_a_replayed_call_is_answered_200_and_changes_nothing(chat: Chat, door: str) -> None:
    assert [await call(door, message()) for _ in range(3)] == [200, 200, 200]
    await chat.answered()
    assert rows(chat, "SELECT text FROM fragments") == [("forged?",)]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"[]", b"7", b"{}", b'{"update_id": "9"}',
     b'{"update_id": true}', b'{"update_id": 99999999999999999999}', b'{"update_id": -1}'],
)  # fmt: skip
async def test_what_is_no_update_is_400(chat: Chat, door: str, body: bytes) -> None:
    assert await call(door, body) == 400
    assert rows(chat, "SELECT * FROM inbox") == []


async def test_ten_megabytes_are_413_whether_their_length_is_told_or_not(
    chat: Chat, door: str
) -> None:
    async def in_parts() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b" " * 1024 * 1024

    assert await call(door, b" " * 10 * 1024 * 1024) == 413
    async with httpx.AsyncClient(timeout=60) as client:
        answer = await client.post(door, content=in_parts(), headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 413
    fits = message(text="x" * (MAX_BODY // 2))
    assert await call(door, fits) == 200
    await chat.answered()


@pytest.mark.parametrize(
    "poison",
    [
        {"date": "yesterday"},
        {"chat": "here"},
        {"from": []},
        {"chat": {"id": {}, "type": "private"}},
        {"text": 7},
    ],
)
async def test_an_update_that_cannot_be_read_is_taken_and_does_not_stop_the_next(
    chat: Chat, door: str, poison: dict[str, Any]
) -> None:
    assert await call(door, message(8, **poison)) == 200
    assert await call(door, message(9, message_id=78)) == 200
    await chat.answered()
    assert rows(chat, "SELECT text FROM fragments WHERE message_id = 78") == [("forged?",)]


async def test_a_stranger_is_answered_once_and_leaves_no_data(chat: Chat) -> None:
    stranger = Phone(chat.cloud, person_id=666)
    stranger.send("let me in")
    stranger.send("please")
    await chat.answered()
    assert len(chat.heard(phone=stranger)) == 1
    assert rows(chat, "SELECT * FROM inbox") == []


async def test_what_the_database_does_not_take_is_503_and_comes_again(
    chat: Chat, door: str
) -> None:
    with closing(sqlite3.connect(chat.database)) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(FAIL, 'disk full'); END"
        )
        other.commit()
        assert await call(door, message()) == 503
        other.execute("DROP TRIGGER full")
        other.commit()
    assert await call(door, message()) == 200
    await chat.answered()
    assert rows(chat, "SELECT text FROM fragments") == [("forged?",)]


async def test_only_post_is_served(door: str) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(door, headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 405


async def test_any_number_may_stand_behind_the_address_and_one_handles(
    chat: Chat, house: House, door: str
) -> None:
    adding = asyncio.create_task(house.add("the second"))  # it starts, and waits for its turn
    await chat.until(lambda: len(house.stages) == 2)
    second = await _listening(house)
    assert await call(second, message()) == 200
    await chat.until(lambda: bool(rows(chat, "SELECT text FROM fragments")))
    assert chat.heard("reaction") in ([], ["✍"])
    await house.stages[0].stop()
    await adding
    assert await call(second, message(10, message_id=78)) == 200
    await chat.until(lambda: len(rows(chat, "SELECT text FROM fragments")) == 2)


async def test_polling_takes_the_webhook_away(chat: Chat, house: House, folder: Path) -> None:
    await chat.stage.stop()
    changes: dict[str, Any] = {
        "telegram_bot_token": clouds.TOKEN,
        "telegram_api_url": house.address,
        "owner_ids": frozenset({PERSON_ID}),
        "data_dir": folder,
        "database_url": sqlite_in(folder),
    }
    settings = Settings.load({}).model_copy(update=changes)
    polling = ThreadStage(lambda: Goldpan(settings, SystemClock(), ticking=False))
    house.stages.append(polling)
    chat.phone.send("between the two")
    await polling.start()
    chat.stage = polling
    await chat.answered()
    assert rows(chat, "SELECT text FROM fragments") == [("between the two",)]


def test_a_derived_secret_is_one_telegram_takes_and_does_not_show_the_token() -> None:
    assert secret_for(clouds.TOKEN) == SECRET
    assert len(SECRET) == 64
    assert SECRET.isalnum()
    assert secret_for("1:other") != SECRET
