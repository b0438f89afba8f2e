"""The whole application while recordings are heard: whom they hold up, and what an outage loses.

The bot is a process of its own. The transcription server stands in here: it keeps a processor busy
for as long as it is told to, or is not there at all.
"""

import asyncio
import json
import socket
import sqlite3
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bench.measure import Row
from bench.process import TOP, running
from bench.whole import Watch, one_by_one
from bot.sandbox.cloud import Cloud, Past
from bot.sandbox.phone import Phone
from bot.sandbox.server import serving

NOTE = TOP / "examples" / "lid.ogg"
ROUNDS = 4
"""Ours: idle and busy are measured this often, in turns."""
MANY = 200
PATIENCE_S = 300
# What a recogniser does beside us, as `bot.engines.ear` does it: behind everybody else.
_BUSY = "import os; os.nice(10)\nwhile True: pass"


class Server:
    """A transcription server that answers when `go_on` is set."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.go_on = asyncio.Event()
        self.heard = 0
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/v1"
        self._http: HTTPServer | None = None

    def open(self) -> None:
        """Take requests from now on; until then each is refused."""
        self._http = HTTPServer(Application([(r"/v1/audio/transcriptions", _Answer, {"of": self})]))
        self._http.listen(self._port, "127.0.0.1")

    async def close(self) -> None:
        if self._http:
            self._http.stop()
            await self._http.close_all_connections()


class _Answer(RequestHandler):
    def initialize(self, of: Server) -> None:
        self._server = of

    async def post(self) -> None:
        self._server.asked.set()
        await self._server.go_on.wait()
        self._server.heard += 1
        self.finish(json.dumps({"text": f"words {self._server.heard}"}))


async def rows() -> AsyncIterator[Row]:
    """Goals: no more than 1.2 times the p95 of an idle bot; nothing lost, all in order."""
    idle_ms, busy_ms = await _texts_beside_a_note()
    yield Row(
        "p95 text, a note being heard",
        "ms",
        quantiles(busy_ms, n=20)[-1],
        "the same, nothing being heard",
        quantiles(idle_ms, n=20)[-1],
        more_is_better=False,
    )
    yield Row("notes heard after an outage", "in order", await _outage(), "sent", MANY)


async def _texts_beside_a_note() -> tuple[list[float], list[float]]:
    idle_ms: list[float] = []
    busy_ms: list[float] = []
    async with _bot() as (phone, watch, server):
        for _ in range(ROUNDS):
            idle_ms += await one_by_one(phone, watch)
            server.asked.clear()
            server.go_on.clear()
            phone.voice(NOTE)
            await asyncio.wait_for(server.asked.wait(), PATIENCE_S)
            recogniser = await asyncio.create_subprocess_exec(sys.executable, "-c", _BUSY)
            busy_ms += await one_by_one(phone, watch)
            recogniser.kill()
            await recogniser.wait()
            answered = watch.answers
            server.go_on.set()
            await watch.reach(answered + 2)  # ✍, and the words
    return idle_ms, busy_ms


async def _outage() -> int:
    """How many of `MANY` notes were heard, in the order in which they were sent: while the server
    was away, with the bot killed twice meanwhile."""
    with TemporaryDirectory() as name:
        folder, server, cloud = Path(name), Server(), _cloud()
        phone, watch = Phone(cloud), Watch(cloud)
        async with serving(cloud) as address:
            for _ in range(2):
                async with _serving(folder, address, server) as process:
                    for _ in range(MANY // 2):
                        phone.voice(NOTE)
                    await watch.reach(watch.answers + MANY // 4)
                    process.kill()
            server.open()
            server.go_on.set()
            async with _serving(folder, address, server):
                await cloud.updates.all_confirmed()
                phone.send("/help")  # what is handled looks for work; so does every minute
                await _heard(folder, MANY)
            await server.close()
            said = _words(folder)
    return sum(text == f"words {n}" for n, text in enumerate(said, start=1))


async def _heard(folder: Path, count: int) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while sum(map(bool, _words(folder))) < count:  # noqa: ASYNC110 (nothing to wait on)
            await asyncio.sleep(0.2)


def _words(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "goldpan.db")) as connection:
        rows = connection.execute("SELECT text FROM fragments WHERE kind = 'voice' ORDER BY n")
        return [row[0] for row in rows]


def _cloud() -> Cloud:
    return Cloud(lambda: datetime.now(UTC), past=Past())


@asynccontextmanager
async def _bot() -> AsyncIterator[tuple[Phone, Watch, Server]]:
    """A bot, somebody who talks to it, and the server it asks."""
    with TemporaryDirectory() as name:
        server, cloud = Server(), _cloud()
        phone, watch = Phone(cloud), Watch(cloud)
        async with serving(cloud) as address, _serving(Path(name), address, server):
            phone.send("the first, after which everything is warm")
            await watch.reach(1)
            server.open()
            yield phone, watch, server
        await server.close()


def _serving(folder: Path, address: str, server: Server) -> AbstractAsyncContextManager[Process]:
    return running(("bot", "run"), folder, address, LISTENER="openai", SPEECH_API_URL=server.url)
