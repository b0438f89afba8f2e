"""Stand-ins with state for what journeys and engines need from outside."""

import asyncio
import socket
import threading
from base64 import b64decode
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import httpx
from telegram import Chat, Message
from telegram.error import NetworkError, TimedOut

from bot import resources
from bot.domain.charts import Chart
from bot.domain.cliche import Worn
from bot.domain.drafts import Line
from bot.domain.heard import Heard
from bot.domain.records import Language
from bot.engines import cliches
from bot.engines.budget import Usage
from bot.engines.forms import read_forms
from bot.engines.prompts import PromptLibrary
from bot.errors import EngineError, Trouble
from bot.journey.ports import DraftAsk, DraftSketch, ExpandAsk, Fault, IdeaSketch, ListenAsk

FORMS = read_forms(PromptLibrary(resources.folder("prompts")))
SHORT = FORMS["short"]
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@cache
def worn() -> Worn:
    """The shipped list of worn phrases."""
    return cliches.worn(PromptLibrary(resources.folder("prompts")))


class FakeClock:
    """A clock a test sets by hand; sleeping moves it."""

    def __init__(self, now: datetime = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    async def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


class ScriptedWriter:
    """Gives the ideas and drafts it was made with, then its failure if it has one, and `more` ideas
    when it is asked for another look; remembers what it was asked."""

    def __init__(
        self,
        *,
        name: str = "scripted",
        ideas: Sequence[IdeaSketch] = (),
        more: Sequence[IdeaSketch] = (),
        drafts: Sequence[DraftSketch | None] = (),
        repairs: Sequence[Mapping[int, Line]] = (),
        fails: Exception | None = None,
    ) -> None:
        self.name = name
        self.expansions_asked: list[ExpandAsk] = []
        self.drafts_asked: list[DraftAsk] = []
        self._ideas = tuple(ideas)
        self._more = tuple(more)
        self.repairs_asked: list[tuple[Fault, ...]] = []
        self._drafts = list(drafts)
        self._repairs = list(repairs)
        self._fails = fails

    async def expand(self, ask: ExpandAsk) -> AsyncGenerator[IdeaSketch, None]:
        self.expansions_asked.append(ask)
        for idea in self._more if ask.looks == 1 else self._ideas:
            yield idea
        if self._fails:
            raise self._fails

    async def draft(self, ask: DraftAsk) -> DraftSketch | None:
        self.drafts_asked.append(ask)
        if self._fails:
            raise self._fails
        return self._drafts.pop(0) if self._drafts else None

    async def repair(self, ask: DraftAsk, faults: Sequence[Fault]) -> Mapping[int, Line]:
        self.repairs_asked.append(tuple(faults))
        return self._repairs.pop(0) if self._repairs else {}


class ScriptedListener:
    """Hears what it was told to, file by file: words, a failure to raise, or whatever else `Heard`
    can say; of a file that it was told nothing of, its name. Remembers what it was asked.

    While it is `down` nobody reaches it. With a `gate` it listens until that is opened, and holds
    up its own thread for it as a recogniser would, never the event loop.
    """

    name = "scripted"
    at_once = 1

    def __init__(self, *answers: Heard | str | Exception) -> None:
        self.asked: list[ListenAsk] = []
        self.finished = 0
        self.down = False
        self.gate: threading.Event | None = None
        self.closed = False
        self.answers = list(answers)

    async def hear(self, ask: ListenAsk) -> Heard:
        self.asked.append(ask)
        if self.down:
            raise EngineError(Trouble.UNREACHABLE, "nobody there")
        if self.gate:
            await asyncio.to_thread(self.gate.wait, 60)
        answer = self.answers.pop(0) if self.answers else ask.path.stem
        if isinstance(answer, Exception):
            raise answer
        self.finished += 1
        return heard(answer) if isinstance(answer, str) else answer

    async def aclose(self) -> None:
        self.closed = True


def heard(text: str, **more: Any) -> Heard:
    """A recording of which nothing is missing."""
    facts: dict[str, Any] = {"raw": f"<|zh|>{text}", "duration_s": 3.0, "by": "scripted"}
    return Heard(text=text, **(facts | more))


class FakeCharter:
    """Gives a picture of one pixel, or its failure if it has one; remembers what it was asked."""

    def __init__(self, *, fails: Exception | None = None) -> None:
        self.asked: list[Chart] = []
        self.fails = fails

    async def draw(self, chart: Chart) -> bytes:
        self.asked.append(chart)
        if self.fails:
            raise self.fails
        return PIXEL


class ScriptedInterviewer:
    """Asks about the words it is given, so that a test sees which they were."""

    def question(self, about: str, language: Language, *, turn: int = 0) -> str:
        return f"{about}?"


def sketches(*titles: str) -> list[IdeaSketch]:
    """Ideas that no sieve takes for duplicates."""
    return [IdeaSketch(title, f"lens {title}", "reverse", title) for title in titles]


@dataclass
class Entry:
    """One paid call in a ledger. `usage` is None until it was settled."""

    person_id: int
    job: str
    model: str
    usd: Decimal
    reserved_usd: Decimal
    usage: Usage | None = None


@dataclass
class FakeLedger:
    """A ledger of one day, in memory."""

    entries: list[Entry] = field(default_factory=list)

    def spent_usd(self, person_id: int) -> Decimal:
        mine = (entry.usd for entry in self.entries if entry.person_id == person_id)
        return sum(mine, start=Decimal(0))

    async def reserve(
        self, person_id: int, *, job: str, model: str, usd: Decimal, cap_usd: Decimal
    ) -> int | None:
        if self.spent_usd(person_id) + usd > cap_usd:
            return None
        self.entries.append(Entry(person_id, job, model, usd, reserved_usd=usd))
        return len(self.entries) - 1

    async def settle(self, entry_id: int, *, usage: Usage, usd: Decimal) -> None:
        self.entries[entry_id].usage = usage
        self.entries[entry_id].usd = usd


class FailingBot:
    """A bot whose messages and reactions arrive unless the next of `fails` says otherwise; `None`
    in there lets one through."""

    def __init__(self, *fails: BaseException | None) -> None:
        self.arrived: list[str] = []
        self.keyboards: list[object] = []
        self.entities: list[object] = []
        self.left = list(fails)
        self.photos: list[bytes] = []  # tried

    async def send_photo(self, chat_id: int, photo: bytes, caption: str, **options: Any) -> Message:
        self.photos.append(photo)
        options["entities"] = options.pop("caption_entities")
        return await self.send_message(chat_id, caption, **options)

    async def send_message(self, chat_id: int, text: str, **options: Any) -> Message:
        wish = options.get("rate_limit_args")
        if wish and wish.begin:
            await wish.begin()
        self._arrive(text)
        self.keyboards.append(options.get("reply_markup"))
        self.entities.append(options.get("entities"))
        chat = Chat(chat_id, "private")
        return Message(len(self.arrived), datetime(2026, 11, 20, tzinfo=UTC), chat)

    async def set_message_reaction(self, chat_id: int, message_id: int, emoji: str) -> None:
        self._arrive(emoji)

    def _arrive(self, what: str) -> None:
        failure = self.left.pop(0) if self.left else None
        if failure:
            raise failure
        self.arrived.append(what)


def lost(cause: Exception) -> NetworkError:
    """A Telegram error as the library makes it of an HTTP client's."""
    error = TimedOut() if isinstance(cause, httpx.TimeoutException) else NetworkError("httpx")
    error.__cause__ = cause
    return error


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


async def whole(content: bytes) -> AsyncIterator[bytes]:
    """The content of a file that comes in one piece."""
    yield content
