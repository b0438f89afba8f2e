"""Updates brought to the bot's own address, each again and again until it says 200.

Of the two servers Telegram offers, this follows the one a bot's owner runs (`--local`): an address
may be plain http on any port, as everything here stays on loopback.
"""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from bot.sandbox.cloud import Cloud
from bot.sandbox.params import Params
from bot.sandbox.refused import Refused, bad_request
from bot.sandbox.shapes import Json, present
from bot.sandbox.typed import read_json, word

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_SECRET = re.compile(r"[A-Za-z0-9_-]*\Z")
_VISIBLE = re.compile(r"[!-~]+\Z")
MAX_SECRET = 256  # characters (Bot API, setWebhook)
MAX_CONNECTIONS = 40  # Telegram's default; one at a time is enough for the few people here
ANSWER_WITHIN_S = 60
"""Ours: Telegram does not say how long it waits for an answer."""

Sleep = Callable[[float], Awaitable[None]]
Call = Callable[[str, Params], Awaitable[Any]]


@dataclass(slots=True)
class Hook:
    """Where updates go, and what came of it last."""

    url: str
    secret: str = ""
    max_connections: int = MAX_CONNECTIONS
    ip_address: str = "127.0.0.1"
    trouble: Json = field(default_factory=dict)


def hook_from(params: Params) -> Hook:
    """What setWebhook asks for. Raises `Refused` when that cannot be."""
    url, secret = params.text("url"), params.text("secret_token")
    if (address := _address(url)) is None:
        raise bad_request("invalid webhook URL specified")
    if len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = params.number("max_connections", MAX_CONNECTIONS)
    return Hook(address, secret, min(max(connections, 1), 100))


def _address(url: str) -> str | None:
    """Whole, with its scheme; None for one that nobody can be called at."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        there = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # a port beyond 65535, half an IPv6 address
        return None
    return parts.geturl() if there and _VISIBLE.match(url) else None


class Postman:
    """Delivers updates to the hook that is set, one after the other."""

    def __init__(self, cloud: Cloud, call: Call, sleep: Sleep) -> None:
        self._cloud = cloud
        self._call = call
        self._sleep = sleep
        self._round: asyncio.Task[None] | None = None
        self.hook: Hook | None = None

    def serve(self, hook: Hook | None) -> None:
        """Deliver to `hook` from now on, None: to nobody."""
        self.hook = hook
        if self._round:
            self._round.cancel()
        self._round = None
        if hook:
            self._round = asyncio.create_task(self._deliver_all(hook))
            self._round.add_done_callback(_note_death)

    def info(self) -> Json:
        """The part of getWebhookInfo that is known here."""
        if self.hook is None:
            return {"url": "", "has_custom_certificate": False}
        return {
            "url": self.hook.url,
            "has_custom_certificate": False,
            "max_connections": self.hook.max_connections,
            "ip_address": self.hook.ip_address,
        } | self.hook.trouble

    async def close(self) -> None:
        """Let go of whatever is under way."""
        under_way = self._round
        self.serve(None)
        if under_way:
            await asyncio.wait([under_way])

    async def _deliver_all(self, hook: Hook) -> None:
        while True:
            update = await self._cloud.updates.oldest()
            for wait_s in waits_s():
                if await self._deliver(hook, update):
                    break
                await self._sleep(wait_s)
            self._cloud.updates.confirm(update["update_id"])

    async def _deliver(self, hook: Hook, update: Json) -> bool:
        """Whether the bot took it: any 2xx will do."""
        request = HTTPRequest(
            hook.url,
            "POST",
            {"Content-Type": "application/json"} | present(**{SECRET_HEADER: hook.secret}),
            json.dumps(update),
            request_timeout=ANSWER_WITHIN_S,
            follow_redirects=False,  # Telegram counts them as failures
        )
        try:
            answer = await AsyncHTTPClient().fetch(request, raise_error=False)
        except (OSError, HTTPClientError) as exc:
            return self._note(hook, str(exc))
        if not 200 <= answer.code <= 299:
            why = f"Wrong response from the webhook: {answer.code} {answer.reason}"
            return self._note(hook, why)
        await self._obey(answer.body)
        return True

    def _note(self, hook: Hook, why: str) -> bool:
        hook.trouble = {
            "last_error_date": self._cloud.timestamp(),
            "last_error_message": why,
        }
        return False

    async def _obey(self, body: bytes) -> None:
        """An answer may hold one call, whose result the bot never learns (Bot API, "Making requests
        when getting updates")."""
        if (asked := _call_in(body)) is None:
            return
        try:
            await self._call(word(asked, "method"), Params(asked, {}))
        except Refused:  # nobody is told
            pass
        except Exception:  # ours, then; the next update must come all the same
            log.exception("the call in a webhook's answer failed")


def _call_in(body: bytes) -> Json | None:
    with suppress(Refused):
        asked = read_json(body, "no call")
        return asked if isinstance(asked, dict) and asked.get("method") else None
    return None


def _note_death(round_: asyncio.Task[None]) -> None:
    """A round never ends by itself."""
    if not round_.cancelled() and (exc := round_.exception()):
        log.error("updates are brought to the webhook no more", exc_info=exc)


def waits_s() -> Iterator[float]:
    """Seconds between attempts: none at first, then doubling up to a minute or so, for a day
    (tdlib/telegram-bot-api, WebhookActor::on_update_error)."""
    return chain((0, 2, 4, 8, 16, 32), repeat(60, 24 * 60))
