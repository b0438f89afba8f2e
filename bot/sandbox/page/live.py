"""The page's WebSocket: everything there is when a tab connects, then everything as it happens."""

import asyncio
import json
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic
from typing import Any

from tornado.web import HTTPError, StaticFileHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from bot.errors import GoldpanError
from bot.sandbox.cloud import BOT, Cloud, Event
from bot.sandbox.guard import ForThePage, is_from_here
from bot.sandbox.keeper import Keeper
from bot.sandbox.page.hands import Day, Hands
from bot.sandbox.page.switches import Switches
from bot.sandbox.page.uploads import Held, Upload, limits
from bot.sandbox.page.view import View
from bot.sandbox.phone import Phone
from bot.sandbox.shapes import Json

STATIC = Path(__file__).parent / "static"
REMEMBERED = 1_000  # answers to actions, for a tab that asks again after its connection broke
_NO_PHONE = frozenset({"look", "switch", "run", "restart", "jump"})
CLOCK_EVERY_S = 0.05  # of real time: a jump passes a thousand minutes, a screen shows 20 of them


class ChatPage:
    """The conversation of one phone in any number of tabs. `routes` go to `serving(also=…)`."""

    def __init__(
        self,
        cloud: Cloud,
        phone: Phone,
        keeper: Keeper,
        *,
        day: Callable[[], Awaitable[Day]],
    ) -> None:
        self._view = View(cloud, phone)
        self._keeper = keeper
        self._switches = Switches(cloud.faults)
        self._hands = Hands(phone, keeper, self._switches, day)
        self._session = secrets.token_hex(8)
        self._tabs: set[Live] = set()
        self._asked: OrderedDict[str, asyncio.Task[Json]] = OrderedDict()
        self._clock_told = 0.0
        self._routes = [
            (r"/()", _Static, {"path": STATIC, "default_filename": "index.html"}),
            (r"/page/live", Live, {"page": self}),
            (r"/page/upload", Upload, {"phone": phone}),
            (r"/page/files/(\w+)", Held, {"cloud": cloud}),
            (r"/page/([\w.-]+)", _Static, {"path": STATIC}),
        ]
        cloud.listen(self._on_event)
        cloud.overhear(self._on_call)
        keeper.listen(self._on_keeper)

    @property
    def routes(self) -> list[Any]:
        """What the server has to serve besides the Bot API."""
        return self._routes

    async def join(self, tab: "Live") -> None:
        """Tell a new tab everything; nothing can happen in between."""
        day = await self._hands.day()
        tab.tell(
            {
                "type": "history",
                "session": self._session,
                "bot": BOT["first_name"],
                "messages": self._view.messages(),
                "preview": self._view.preview(),
                "limits": limits(),
            }
            | self._state()
            | _when(day)
        )
        self._tabs.add(tab)

    def leave(self, tab: "Live") -> None:
        """A tab was closed."""
        self._tabs.discard(tab)

    def hang_up(self) -> None:
        """Let every tab know that nobody is here any more."""
        for tab in list(self._tabs):
            tab.close()

    async def obey(self, tab: "Live", asked: Json) -> None:
        """Do what a tab asks for, once for each id, and tell that tab how it went."""
        name = asked.get("id")
        if not isinstance(name, str):
            return tab.tell({"type": "done", "id": None, "error": "an action needs an id"})
        if name not in self._asked:
            self._asked[name] = asyncio.create_task(self._attempt(asked))
            while len(self._asked) > REMEMBERED:
                self._asked.popitem(last=False)
        tab.tell({"type": "done", "id": name, **await self._asked[name]})
        if asked.get("do") in _NO_PHONE:
            self._tell(self._state() | _when(await self._hands.day()))

    async def _attempt(self, asked: Json) -> Json:
        try:
            return await self._hands.do(asked)
        except GoldpanError as problem:
            return {"error": str(problem), "code": getattr(problem, "code", "")}

    def _on_event(self, event: Event) -> None:
        match event.kind:
            case "toast":
                self._tell({"type": "toast", "text": event.text})
            case "preview":
                self._tell({"type": "preview", **(self._view.preview() or {})})
            case "delete":
                self._tell({"type": "deleted", "n": event.on})
            case "tap":
                pass
            case _:
                self._show(event)

    def _show(self, event: Event) -> None:
        if (n := event.n or event.on) and (message := self._view.message(n)):
            self._tell({"type": "message", "kind": event.kind, "by": event.side, **message})

    def _on_call(self, method: str, arguments: Json, _: Any) -> None:
        if method.lower() == "answercallbackquery":
            self._tell({"type": "answered", "query": str(arguments["callback_query_id"])})

    def _on_keeper(self) -> None:
        if self._keeper.jumping and monotonic() - self._clock_told < CLOCK_EVERY_S:
            return
        self._clock_told = monotonic()
        self._tell(self._state())

    def _state(self) -> Json:
        return {
            "now": self._keeper.clock.now().timestamp(),
            "ahead_s": self._keeper.clock.ahead.total_seconds(),
            "running": self._keeper.running,
            "jumping": self._keeper.jumping,
            "faults": self._switches.shown(),
            "commands": self._view.commands(),
        }

    def _tell(self, news: Json) -> None:
        for tab in list(self._tabs):
            tab.tell({"type": "state"} | news)


class Live(WebSocketHandler):
    """One tab's connection."""

    def initialize(self, page: ChatPage) -> None:
        self._page = page
        self._under_way: set[asyncio.Task[None]] = set()

    def prepare(self) -> None:
        """As for every request of the page. Tornado's own check is of those only that say where
        they come from."""
        if not is_from_here(self.request, must_say=True):
            raise HTTPError(403)

    async def open(self, *_: str, **__: str) -> None:
        await self._page.join(self)

    def on_message(self, message: str | bytes) -> None:
        asked = _object(message)
        if asked is None:
            return self.close(1003, "expected a JSON object")
        # In a task of its own: one may go on talking while the clock moves.
        under_way = asyncio.create_task(self._page.obey(self, asked))
        self._under_way.add(under_way)
        under_way.add_done_callback(self._under_way.discard)

    def on_close(self) -> None:
        self._page.leave(self)

    def tell(self, news: Json) -> None:
        """Send, unless nobody is there any more."""
        try:
            # In ASCII: half of an emoji, as somebody may send it, has no UTF-8.
            sent = self.write_message(json.dumps(news))
        except WebSocketClosedError:
            self._page.leave(self)
        else:
            sent.add_done_callback(_look_away)


class _Static(ForThePage, StaticFileHandler):
    def set_extra_headers(self, path: str) -> None:
        self.set_default_headers()


def _object(message: str | bytes) -> Json | None:
    try:
        found = json.loads(message)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _look_away(sent: asyncio.Future[None]) -> None:
    """A tab that went away while it was told something is nobody's trouble."""
    if not sent.cancelled():
        sent.exception()


def _when(day: Day) -> Json:
    return {"zone": day.zone.key, "evening": day.evening.strftime("%H:%M")}
