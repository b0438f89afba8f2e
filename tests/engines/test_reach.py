"""Whether anybody is there."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.engines.reach import is_this_machine, reach
from bot.errors import GoldpanError


@asynccontextmanager
async def answering(status: str) -> AsyncIterator[str]:
    """The address of a server that gives one answer."""
    hung_up = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
        await reader.read()
        writer.close()
        await writer.wait_closed()
        hung_up.set()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        await hung_up.wait()


@pytest.mark.parametrize("status", ["200 OK", "401 Unauthorized", "404 Not Found"])
async def test_whoever_answers_anything_is_there(status: str) -> None:
    async with answering(status) as url:
        await reach(url)


async def test_a_gateway_with_nobody_behind_it_is_not_enough() -> None:
    async with answering("502 Bad Gateway") as url:
        with pytest.raises(GoldpanError, match="status 502"):
            await reach(url)


async def test_nobody_and_somebody_silent_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        with pytest.raises(GoldpanError, match=r"no answer within 0.2 s"):
            await reach(url, within_s=0.2)
    with pytest.raises(GoldpanError, match="cannot be reached"):
        await reach(url)


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8000/v1", True),
        ("http://[::1]:8000/v1", True),
        ("http://localhost/v1", True),
        ("http://192.168.1.5:8000/v1", False),
        ("https://api.openai.com/v1", False),
        ("http://localhost.example.org/v1", False),
    ],
)
def test_only_loopback_is_this_machine(url: str, here: bool) -> None:
    assert is_this_machine(url) is here
