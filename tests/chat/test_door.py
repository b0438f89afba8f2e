"""The door itself: what it does about a webhook that is gone, and where it opens."""

import asyncio
import socket
from typing import Any

import pytest
from telegram import WebhookInfo
from telegram.error import BadRequest, NetworkError

from bot.chat.line import Line
from bot.chat.webhook import Door
from bot.errors import GoldpanError

OURS = "https://bot.example/hook"
SECRET = "a secret"


class Hooked:
    """A bot that remembers its webhook; `told` is what Telegram says of it when asked, one answer
    after the other, and then the truth."""

    def __init__(self, *told: str | Exception) -> None:
        self.hooks: list[str] = []
        self._told = list(told)

    async def set_webhook(self, url: str, **options: Any) -> None:
        assert options["secret_token"] == SECRET
        self.hooks.append(url)

    async def get_webhook_info(self) -> WebhookInfo:
        told = self._told.pop(0) if self._told else self.hooks[-1]
        if isinstance(told, Exception):
            raise told
        return WebhookInfo(told, has_custom_certificate=False, pending_update_count=0)


class Refusing:
    """A bot whose webhook Telegram does not take."""

    async def set_webhook(self, url: str, **options: Any) -> None:
        raise BadRequest("bad webhook: an HTTPS URL must be provided")


class Looked:
    """An inbox in which nothing waits."""

    async def look(self) -> None: ...


async def rounds(bot: Hooked) -> None:
    """Let a door go round until it is content."""
    content = asyncio.Event()

    async def beat() -> None:
        content.set()

    async def sleep(seconds: float) -> None: ...

    hooked: Any = bot
    inbox: Any = Looked()
    line = Line("test", sleep=sleep)
    door = Door(hooked, inbox, line, beat, url=OURS, secret=SECRET, listen=("127.0.0.1", 0))
    running = asyncio.create_task(door.run(begun=lambda: None))
    await asyncio.wait_for(content.wait(), 10)
    running.cancel()
    await asyncio.wait([running])


@pytest.mark.parametrize("url", ["", "https://somebody.example/else"])
async def test_a_webhook_that_somebody_took_away_is_set_again(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    bot = Hooked(url)
    await rounds(bot)
    assert bot.hooks == [OURS, OURS]
    assert "somebody took the webhook away" in caplog.text


async def test_a_webhook_that_is_there_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    bot = Hooked(OURS)
    await rounds(bot)
    assert bot.hooks == [OURS]
    assert caplog.records == []


async def test_a_telegram_that_cannot_be_asked_is_asked_again() -> None:
    bot = Hooked(NetworkError("away"), NetworkError("still"), "")
    await rounds(bot)
    assert bot.hooks == [OURS, OURS]


async def test_an_address_telegram_does_not_bring_updates_to_ends_it() -> None:
    bot: Any = Refusing()
    inbox: Any = Looked()
    listen = ("127.0.0.1", 0)
    door = Door(bot, inbox, Line("test"), _beat, url=OURS, secret=SECRET, listen=listen)
    with pytest.raises(GoldpanError, match=f"does not bring updates to {OURS}"):
        await door.run(begun=lambda: None)


async def test_an_address_that_is_taken_is_named() -> None:
    bot: Any = Hooked()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = taken.getsockname()
        inbox: Any = Looked()
        door = Door(bot, inbox, Line("test"), _beat, url=OURS, secret=SECRET, listen=listen)
        with pytest.raises(GoldpanError, match=f"{listen[1]} is no address to listen on"):
            door.open()


async def _beat() -> None: ...
