"""A real Chromium in front of the chat page."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    WebSocketRoute,
    async_playwright,
)

from bot.sandbox.bot_api import BotApi
from bot.sandbox.clock import RunningClock
from bot.sandbox.cloud import Cloud
from bot.sandbox.keeper import Keeper
from bot.sandbox.page import live
from bot.sandbox.page.hands import Day
from bot.sandbox.page.live import ChatPage
from bot.sandbox.params import Params
from bot.sandbox.phone import Phone
from bot.sandbox.server import serving
from docs.conversation import CHROMIUM, FLAGS

# A microphone that beeps, and that nobody is asked about.
MICROPHONE = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
NARROW, WIDE = {"width": 375, "height": 812}, {"width": 1440, "height": 900}
STATIC = Path(live.__file__).parent / "static"
EXAMPLES = Path(__file__).parents[2] / "examples"
QUOTED = "The day\n<blockquote expandable>{}</blockquote>"
STAR = [[{"text": "1⭐", "callback_data": "keep:1"}, {"text": "2⭐", "callback_data": "keep:2"}]]


def line(page: Page, n: int) -> Locator:
    """The line of a message."""
    return page.locator(f'.line[data-n="{n}"]')


async def say(page: Page, text: str) -> None:
    """Type and send."""
    await page.locator("#words").fill(text)
    await page.locator("#words").press("Enter")


class QuietStage:
    """A bot that is there and does nothing."""

    async def start(self) -> None: ...

    async def kill(self) -> None: ...

    async def stop(self) -> None: ...

    async def tick(self, now: datetime) -> None: ...

    async def idle(self) -> bool:
        return True


class Desk:
    """The page's server without an application: what the bot does is done by hand."""

    def __init__(self) -> None:
        self.clock = RunningClock()
        # The middle of a day, so that no message falls on another.
        self.clock.ahead = datetime(2026, 11, 20, 12, tzinfo=UTC) - datetime.now(UTC)
        self.cloud = Cloud(self.clock.now)
        self.phone = Phone(self.cloud)
        self.keeper = Keeper(QuietStage(), cloud=self.cloud, clock=self.clock)
        self.page = ChatPage(self.cloud, self.phone, self.keeper, day=self._day)
        self._api = BotApi(self.cloud)
        self._answered = 0

    async def _day(self) -> Day:
        return Day(ZoneInfo("Europe/London"), time(21))

    async def bot(self, method: str, **arguments: Any) -> Any:
        """One call of the Bot API, to this chat unless it says otherwise."""
        chat = {"chat_id": self.phone.person_id, "parse_mode": "HTML"}
        result = await self._api.call(method, Params(chat | arguments, {}))
        self.cloud.note_call(method, chat | arguments, result)
        return result

    async def answers(self, text: str = "") -> None:
        """The bot's answer to the newest button that was pressed since the last answer, once that
        has come in."""
        async with asyncio.timeout(5):
            while (pressed := await self._pressed()) is None:  # noqa: ASYNC110 (several may come)
                await asyncio.sleep(0.05)
        self._answered = pressed["update_id"]
        query = pressed["callback_query"]["id"]
        await self.bot("answerCallbackQuery", callback_query_id=query, text=text)

    async def _pressed(self) -> Any:
        """The newest press that has no answer yet, if there is one."""
        updates = await self.cloud.updates.take(offset=0, limit=99, timeout_s=5)
        new = (one for one in reversed(updates) if one["update_id"] > self._answered)
        return next((one for one in new if "callback_query" in one), None)

    async def says(
        self, text: str, keyboard: Any = None, *, asking: Any = None, **arguments: Any
    ) -> int:
        """A message of the bot's; its number."""
        markup = {"inline_keyboard": keyboard} if keyboard else asking
        sent = await self.bot("sendMessage", text=text, reply_markup=markup, **arguments)
        return int(sent["message_id"])


@dataclass
class Site:
    """The page, served, with a desk behind it."""

    url: str
    desk: Desk


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    desk = Desk()
    await desk.keeper.start()
    async with serving(desk.cloud, also=desk.page.routes) as url:
        yield Site(url, desk)
    await desk.keeper.stop()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: `apt install chromium` (Debian, Ubuntu) brings one")
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS + MICROPHONE)
        yield browser
        await browser.close()


OpenTab = Callable[..., Awaitable[Page]]


@pytest.fixture
async def tab(browser: Browser) -> AsyncIterator[OpenTab]:
    """Opens the page at an address; nothing may go wrong on it that nobody expected."""
    troubles: list[str] = []
    contexts: list[BrowserContext] = []

    async def open_(url: str, *, bypass_csp: bool = False, **options: Any) -> Page:
        context = await browser.new_context(
            **{
                "viewport": NARROW,
                "locale": "en-GB",
                "permissions": ["microphone", "clipboard-read", "clipboard-write"],
                "bypass_csp": bypass_csp,
            }
            | options
        )
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        await page.goto(url)
        await (
            page.locator("#status", has_text="online")
            .or_(page.locator("body:not(.lost) #status", has_text="線"))
            .or_(page.locator("body:not(.lost) #status", has_text="线"))
            .wait_for()
        )
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert troubles == []


@pytest.fixture
def axe() -> str:
    """The source of axe-core."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


async def limited(page: Page, **limits: int) -> None:
    """Open the page again, with a stand-in that names other limits."""

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def back(message: str | bytes) -> None:
            news = json.loads(message)
            if "limits" in news:
                news["limits"] |= limits
            socket.send(json.dumps(news))

        server.on_message(back)

    await page.route_web_socket("**/page/live", between)
    await page.reload()
    await page.locator("#evening", has_text="21:00").wait_for(state="attached")
