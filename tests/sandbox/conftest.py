"""One cloud, one person's phone, and a bot that speaks to them over HTTP."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.journey.ports import Clock
from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.server import serving
from tests.fakes import FakeClock
from tests.witness import Witness

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # in Taipei
OPUS_SECOND_PAGE = b"OggS\x00\x04" + (5 * 48_000).to_bytes(8, "little") + bytes(13)


class RawBot:
    """Calls the Bot API by hand. `ask` gives the result, `refusal` the description of an error."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def post(self, method: str, **arguments: Any) -> Any:
        return (await self.client.post(method, json=arguments)).json()

    async def ask(self, method: str, **arguments: Any) -> Any:
        answer = await self.post(method, **arguments)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **arguments: Any) -> str:
        answer = await self.post(method, **arguments)
        assert not answer["ok"], answer
        return str(answer["description"])


@pytest.fixture
def clock() -> FakeClock:
    """Noon in Taipei on 20 November 2026."""
    return FakeClock(NOON)


@pytest.fixture
def cloud(clock: FakeClock) -> Iterator[Cloud]:
    """A cloud whose every accepted call, and every answer to one, has the Bot API's shape."""
    cloud = Cloud(clock.now)
    witness = Witness()
    cloud.overhear(witness)
    yield cloud
    assert witness.problems == []


@pytest.fixture
def phone(cloud: Cloud) -> Phone:
    return Phone(cloud, language_code="zh-hant")


@pytest.fixture
async def url(cloud: Cloud) -> AsyncIterator[str]:
    async with serving(cloud) as url:
        yield url


@pytest.fixture
async def bot(cloud: Cloud, url: str) -> AsyncIterator[RawBot]:
    async with httpx.AsyncClient(base_url=f"{url}/bot{cloud.token}/", timeout=30) as client:
        yield RawBot(client)


@pytest.fixture
def voice_note(tmp_path: Path) -> Path:
    """Five seconds of OGG/Opus, as far as anybody can tell without decoding it."""
    path = tmp_path / "walk.ogg"
    path.write_bytes(b"OggS" + bytes(24) + b"OpusHead" + bytes(60) + OPUS_SECOND_PAGE)
    return path


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "desk.jpg"
    path.write_bytes(b"\xff\xd8\xff not much of a picture")
    return path


@pytest.fixture
def eventually() -> Callable[[Callable[[], Any]], Awaitable[None]]:
    """Wait until something holds, however slow the machine is."""

    async def wait(holds: Callable[[], Any]) -> None:
        for _ in range(30_000):
            if holds():
                return
            await asyncio.sleep(0.002)
        pytest.fail("it never came true")

    return wait


class TinyBot:
    """A stage with the smallest application that can stand on it. It has a thread and an event
    loop of its own; `kept` stands for its database and outlives a kill."""

    def __init__(self, base_url: str, clock: Clock) -> None:
        self.kept: dict[int, str] = {}
        self.given: list[int] = []
        self.ticks: list[datetime] = []
        self.confirms = True
        self.stuck = False
        self._base_url = base_url
        self._clock = clock
        self._under_way = 0

    async def start(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        await self._over_there(self._connect())
        asyncio.run_coroutine_threadsafe(self._poll(), self._loop)

    async def kill(self) -> None:
        await self._over_there(self._cancel_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._under_way = 0

    async def stop(self) -> None:
        await self.kill()

    async def tick(self, now: datetime) -> None:
        await self._over_there(self._on_tick(now))

    async def idle(self) -> bool:
        return await self._over_there(self._is_idle())

    async def _over_there(self, work: Coroutine[Any, Any, Any]) -> Any:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def _is_idle(self) -> bool:
        return not self._under_way and not self.stuck

    async def _cancel_all(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _on_tick(self, now: datetime) -> None:
        self.ticks.append(now)
        if (now.hour, now.minute) == (13, 0):
            await self._say("digest: " + " / ".join(self.kept.values()))

    async def _connect(self) -> None:
        """A kill while a connection is made would leave a coroutine that nobody awaits."""
        self._http = httpx.AsyncClient(base_url=self._base_url, timeout=60)
        await self._ask("getMe")

    async def _poll(self) -> None:
        async with aclosing(self._http):
            offset = 0
            while True:
                for update in await self._ask("getUpdates", offset=offset, timeout=30):
                    self._under_way += 1
                    self.given.append(update["update_id"])
                    await self._handle(update)
                    offset = update["update_id"] + 1 if self.confirms else 0
                    self._under_way -= 1
                if not self.confirms:
                    await asyncio.Event().wait()

    async def _handle(self, update: Any) -> None:
        if query := update.get("callback_query"):
            await self._ask("answerCallbackQuery", callback_query_id=query["id"], text="kept")
            return
        message = update["message"]
        self.kept[message["message_id"]] = message["text"]
        chat = {"chat_id": PERSON_ID, "message_id": message["message_id"]}
        await self._ask("setMessageReaction", **chat, reaction=[{"type": "emoji", "emoji": "✍"}])
        if message["text"].startswith("/remind"):
            self._reminder = asyncio.create_task(self._remind(float(message["text"].split()[1])))

    async def _remind(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._under_way += 1
        await self._say("remember", keyboard=[[{"text": "ok", "callback_data": "ok"}]])
        self._under_way -= 1

    async def _say(self, text: str, keyboard: Any = ()) -> None:
        markup = {"inline_keyboard": keyboard}
        await self._ask("sendMessage", chat_id=PERSON_ID, text=text, reply_markup=markup)

    async def _ask(self, method: str, **arguments: Any) -> Any:
        return (await self._http.post(method, json=arguments)).json()["result"]


@pytest.fixture
def tiny_bot() -> type[TinyBot]:
    return TinyBot
