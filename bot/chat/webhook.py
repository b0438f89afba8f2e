"""Updates brought to an address of ours instead of being fetched.

Any number of processes may stand behind that address: each stores what it is brought before it says
200, and the one that has the turn handles it. Telegram repeats, for a day, whatever is not answered
200, so an update that cannot be stored is refused and comes again.
"""

import asyncio
import hmac
import json
import logging
import socket
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from telegram import WebhookInfo
from telegram.error import BadRequest
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from bot.chat.inbox import Inbox
from bot.chat.line import Line, PatientBot
from bot.chat.polling import Beat
from bot.chat.raw import ALLOWED_UPDATES, number
from bot.errors import GoldpanError, StoreError

log = logging.getLogger(__name__)
LISTEN = ("127.0.0.1", 8443)  # for who names no address: behind a server on the same machine
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# Ours: the longest message with the message it answers is some 100 kB of JSON.
MAX_BODY = 1024 * 1024
MAX_READ = 64 * 1024 * 1024  # ours: read and thrown away, so that the answer can be 413
LOOK_S = 2  # ours: how soon what another process took in is handled
# Ours: how soon it shows that somebody took the webhook away, or revoked the token.
CHECK = timedelta(minutes=5)


def secret_for(token: str) -> str:
    """A secret for who chose none: the same after every restart, and not to be guessed without the
    token."""
    return hmac.new(token.encode(), b"goldpan webhook", sha256).hexdigest()


class Door:
    """Takes updates in at `listen` (host and port) and hands them on until cancelled."""

    def __init__(
        self, bot: PatientBot, inbox: Inbox, line: Line, beat: Beat, *,
        url: str, secret: str, listen: tuple[str, int],
    ) -> None:  # fmt: skip
        self._bot = bot
        self._inbox = inbox
        self._line = line
        self._beat = beat
        self._url = url
        self._secret = secret
        self._listen = listen
        self._server = HTTPServer(
            Application(
                [(r".*", _Letterbox, {"inbox": inbox, "secret": secret})],
                log_function=lambda _: None,
            ),
            max_body_size=MAX_READ,
        )
        self._looks = 0

    def open(self) -> int:
        """Begin to take updates in, whoever has the turn; the port. Raises GoldpanError when the
        address is not free."""
        host, port = self._listen
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            listener = socket.create_server((host, port), family=family, backlog=128)
        except OSError as exc:
            raise GoldpanError(
                f"{host}:{port} is no address to listen on ({exc.strerror}); mend WEBHOOK_LISTEN"
            ) from exc
        listener.setblocking(False)
        self._server.add_socket(listener)
        return int(listener.getsockname()[1])

    async def close(self) -> None:
        """Take nothing in any more. Telegram keeps what comes now for a day."""
        self._server.stop()
        await self._server.close_all_connections()

    async def run(self, begun: Callable[[], None]) -> None:
        """Tell Telegram where to bring updates, and hand over what other processes took in, for
        ever. Raises GoldpanError when it can go on no more."""
        await self._line.until(self._set)
        begun()
        while True:
            await self._line.until(self._round)
            await asyncio.sleep(LOOK_S)

    async def _set(self) -> None:
        try:
            await self._bot.set_webhook(
                self._url, allowed_updates=ALLOWED_UPDATES, secret_token=self._secret
            )
        except BadRequest as exc:  # and would be refused for ever
            raise GoldpanError(
                f"Telegram does not bring updates to {self._url} ({exc}); mend WEBHOOK_URL, which "
                "must be a public https address, or leave it empty to poll"
            ) from exc

    async def _round(self) -> None:
        await self._inbox.look()
        if self._looks % (CHECK.total_seconds() // LOOK_S) == 0:
            await self._check(await self._bot.get_webhook_info())
            await self._beat()
        self._looks += 1

    async def _check(self, info: WebhookInfo) -> None:
        if info.url != self._url:
            log.warning("somebody took the webhook away; setting it again")
            await self._set()


@stream_request_body
class _Letterbox(RequestHandler):
    """One call, which anybody may have made."""

    def initialize(self, inbox: Inbox, secret: str) -> None:
        self._inbox = inbox
        self._secret = secret.encode()
        self._body = bytearray()

    def data_received(self, chunk: bytes) -> None:
        # Read to its end, however long: a caller cut off while sending never sees the answer.
        if len(self._body) <= MAX_BODY:
            self._body += chunk

    async def post(self) -> None:
        given = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        if len(self._body) > MAX_BODY:
            raise HTTPError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            await self._inbox.keep([_update(bytes(self._body))], others=True)
        except StoreError as exc:
            log.error("an update could not be stored, Telegram brings it again: %s", exc)
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE) from exc

    def log_exception(self, *about: Any) -> None:
        """What is refused is nobody's trouble here; the rest is."""
        if not isinstance(about[1], HTTPError):
            log.error("a webhook call failed", exc_info=about)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Nothing but the code: whoever calls uninvited learns no more."""
        self.finish()


def _update(body: bytes) -> Any:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise HTTPError(HTTPStatus.BAD_REQUEST) from exc
    if number(raw) is None:
        raise HTTPError(HTTPStatus.BAD_REQUEST)
    return raw
