"""One cloud, one person's phone, and a bot that speaks to them over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import Phone
from bot.sandbox.server import serving

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
def cloud() -> Cloud:
    return Cloud(lambda: NOON)


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
    path.write_bytes(b"\xff\xd8 not much of a picture")
    return path


@pytest.fixture
def eventually() -> Callable[[Callable[[], Any]], Awaitable[None]]:
    """Wait until something holds, however slow the machine is."""

    async def wait(holds: Callable[[], Any]) -> None:
        async with asyncio.timeout(60):
            while not holds():
                await asyncio.sleep(0.002)

    return wait
