"""The chat page's server before a tiny bot, and tabs that are connections without a browser."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bot.sandbox.clock import RunningClock
from bot.sandbox.cloud import Cloud
from bot.sandbox.keeper import Keeper
from bot.sandbox.page.hands import Day
from bot.sandbox.page.live import ChatPage
from bot.sandbox.phone import Phone
from bot.sandbox.server import serving

LONDON = Day(ZoneInfo("Europe/London"), time(21))
KEYBOARD = {"inline_keyboard": [[{"text": "1⭐", "callback_data": "1"}]]}


@dataclass
class Table:
    """The page and all that is behind it. `day` is answered while `day_known` is set."""

    clock: RunningClock = field(default_factory=RunningClock)
    day_known: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    def sit_down(self, stage: Any) -> None:
        self.stage = stage
        self.cloud = Cloud(self.clock.now)
        self.phone = Phone(self.cloud)
        self.keeper = Keeper(stage, cloud=self.cloud, clock=self.clock)
        self.page = ChatPage(self.cloud, self.phone, self.keeper, day=self.day)
        self.day_known.set()

    async def day(self) -> Day:
        await self.day_known.wait()
        return LONDON

    def says(self, text: str, **content: Any) -> None:
        """A message of the bot's."""
        self.cloud.write(self.phone.chat, "bot", {"text": text} | content)


@pytest.fixture
async def table(tiny_bot, eventually) -> AsyncIterator[Table]:
    table = Table()
    table.sit_down(tiny_bot("", table.clock))
    cloud, keeper = table.cloud, table.keeper
    async with serving(cloud, also=table.page.routes) as table.url:
        table.stage._base_url = f"{table.url}/bot{cloud.token}/"
        await keeper.start()
        yield table
        # Stopped while it waits; but a file is more than the tiny bot can take.
        await eventually(lambda: cloud.updates.polled or table.stage.given)
        await keeper.stop()
        table.page.hang_up()


class SilentTab:
    """A tab as the page sees it: it can be told something."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def tell(self, news: Any) -> None:
        self.told.append(news)


async def connected(url: str) -> WebSocketClientConnection:
    address = url.replace("http", "ws") + "/page/live"
    return await websocket_connect(HTTPRequest(address, headers={"Origin": url}))


@pytest.fixture
async def tab(table: Table) -> AsyncIterator[WebSocketClientConnection]:
    """A tab's connection."""
    tab = await connected(table.url)
    yield tab
    tab.close()
    while await tab.read_message() is not None:
        pass


async def heard(tab: WebSocketClientConnection, kind: str) -> Any:
    """The next news of this type."""
    while news := json.loads(str(await asyncio.wait_for(tab.read_message(), 20))):
        if news["type"] == kind:
            return news


async def asked(tab: WebSocketClientConnection, **action: Any) -> Any:
    """What an action was answered."""
    await tab.write_message(json.dumps({"id": "1"} | action))
    return await heard(tab, "done")
