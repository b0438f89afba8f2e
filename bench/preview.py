"""From the model's first idea to what a person sees of it.

The bot is a process of its own. The model stands in here: it streams four answers at once, a piece
every few milliseconds, and notes when it had written the first idea to its end. What passes from
there until Telegram shows the idea is ours. Beside it, a bare HTTP client reads the same bytes and
sends the same preview.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bench.measure import Row
from bench.process import running
from bot.sandbox.cloud import TOKEN, Cloud, Event
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.server import serving

PEOPLE = [PERSON_ID + n for n in range(40)]
"""Ours: each expands once. Two lie beyond the p95, so no single hiccup is it."""
FIRST_TOKEN_S, PIECE_S, PIECE_CHARS = 0.2, 0.005, 8
"""Ours: a quick model; two hundred pieces a second."""
IDEAS = 5
PATIENCE_S = 60
SEED = "/expand ideas come on the metro and leave at the office"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Model:
    """A double of the Messages API that streams ideas nobody would take for duplicates."""

    def __init__(self) -> None:
        self.url = ""
        self.first_idea_at = 0.0  # of the calls since it was last set to 0
        self.numbers = count()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Model"]:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        http = HTTPServer(Application([(r"/v1/messages", _Answer, {"of": self})]))
        http.listen(port, "127.0.0.1")
        self.url = f"http://127.0.0.1:{port}"
        try:
            yield self
        finally:
            http.stop()
            await http.close_all_connections()

    def answer(self) -> str:
        """One look's worth of ideas."""
        random = Random(next(self.numbers))
        ideas = [
            {
                "title": " ".join("".join(random.choices(LETTERS, k=6)) for _ in range(5)),
                "mechanism": "".join(random.choices(LETTERS, k=12)),
                "fragment_ids": [],
                "p": 0.05,
            }
            for _ in range(IDEAS)
        ]
        return json.dumps({"assumptions": ["one", "two", "three"], "ideas": ideas})


class _Answer(RequestHandler):
    def initialize(self, of: Model) -> None:
        self._model = of

    async def post(self) -> None:
        answer = self._model.answer()
        first = answer.index("}") + 1
        await asyncio.sleep(FIRST_TOKEN_S)
        self.set_header("Content-Type", "text/event-stream")
        written = 0
        for event in _events(answer):
            self.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n")
            await self.flush()
            if event["type"] == "content_block_delta":
                written += PIECE_CHARS
                if written >= first and not self._model.first_idea_at:
                    self._model.first_idea_at = perf_counter()
                await asyncio.sleep(PIECE_S)


def _events(answer: str) -> Iterator[dict[str, object]]:
    usage = {"input_tokens": 100, "output_tokens": 1}
    about = {"id": "msg_1", "type": "message", "role": "assistant", "content": [], "model": "m"}
    stops = {"stop_reason": None, "stop_sequence": None}
    yield {"type": "message_start", "message": {**about, **stops, "usage": usage}}
    empty = {"type": "text", "text": ""}
    yield {"type": "content_block_start", "index": 0, "content_block": empty}
    for at in range(0, len(answer), PIECE_CHARS):
        piece = {"type": "text_delta", "text": answer[at : at + PIECE_CHARS]}
        yield {"type": "content_block_delta", "index": 0, "delta": piece}
    yield {"type": "content_block_stop", "index": 0}
    ends = {"stop_reason": "end_turn", "stop_sequence": None}
    yield {"type": "message_delta", "delta": ends, "usage": {"output_tokens": 200}}
    yield {"type": "message_stop"}


class Screen:
    """When a preview with an idea was first seen, and how many messages came."""

    def __init__(self, cloud: Cloud) -> None:
        self.seen_at = 0.0
        self.messages = 0
        cloud.listen(self._note)

    def _note(self, event: Event) -> None:
        if event.kind == "preview" and "\n" in event.text:
            self.seen_at = self.seen_at or perf_counter()
        self.messages += event.side == "bot" and event.kind == "text"

    async def reach(self, messages: int) -> None:
        """Return when so many messages have come."""
        async with asyncio.timeout(PATIENCE_S):
            while self.messages < messages:  # noqa: ASYNC110 (a poll disturbs what it measures least)
                await asyncio.sleep(0.01)


async def rows() -> AsyncIterator[Row]:
    """The 95th percentile, over people who each expand once."""
    cloud = Cloud(lambda: datetime.now(UTC))
    screen = Screen(cloud)
    phones = [Phone(cloud, person_id=one) for one in PEOPLE]
    with TemporaryDirectory() as name:
        async with Model().serving() as model, serving(cloud) as address:
            settings = {"WRITER": "claude", "ANTHROPIC_BASE_URL": model.url}
            async with running(("bot", "run"), Path(name), address, owners=PEOPLE, **settings):
                ours = [await _ours(phone, model, screen) for phone in phones]
            theirs = [await _theirs(phone, model, screen, address) for phone in phones]
    what, against = "p95 first idea to preview", "bare httpx, read and sent"
    yield Row(what, "ms", _p95(ours), against, _p95(theirs), more_is_better=False)


async def _ours(phone: Phone, model: Model, screen: Screen) -> float:
    model.first_idea_at = screen.seen_at = 0.0
    messages = screen.messages
    phone.send(SEED)
    await screen.reach(messages + 1)
    return (screen.seen_at - model.first_idea_at) * 1000


async def _theirs(phone: Phone, model: Model, screen: Screen, address: str) -> float:
    model.first_idea_at = screen.seen_at = 0.0
    draft = f"{address}/bot{TOKEN}/sendMessageDraft"
    said = ""
    async with (
        httpx.AsyncClient(timeout=PATIENCE_S) as client,
        client.stream("POST", f"{model.url}/v1/messages", json={}) as answer,
    ):
        async for line in answer.aiter_lines():
            event = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
            said += event.get("delta", {}).get("text", "")
            if "}" in said and not screen.seen_at:
                text = f"⛏\n{json.loads(said[said.index('[{') + 1 : said.index('}') + 1])['title']}"
                form = {"chat_id": phone.person_id, "draft_id": 1, "text": text}
                await client.post(draft, json=form)
    return (screen.seen_at - model.first_idea_at) * 1000


def _p95(milliseconds: list[float]) -> float:
    return quantiles(milliseconds, n=20)[-1]
