"""The Bot API over HTTP on loopback, for any client that speaks it."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from http.client import responses
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPInputError, HTTPServerRequest
from tornado.web import Application

from bot.errors import GoldpanError
from bot.sandbox.bot_api import BotApi
from bot.sandbox.cloud import Cloud
from bot.sandbox.faults import FLOOD_S, Limits
from bot.sandbox.guard import ForPrograms
from bot.sandbox.params import Params, Upload
from bot.sandbox.refused import Refused, too_many
from bot.sandbox.shapes import Json
from bot.sandbox.typed import an_object, not_utf8, read_json
from bot.sandbox.webhook import Sleep

LOOPBACK = "127.0.0.1"
MAX_BODY = 256 * 1024 * 1024  # bytes; enough to tell a bot that its 200 MB are too many
# Ours: how long a busy machine may need to read an answer, or to send a call it has begun.
A_MOMENT = timedelta(milliseconds=50)
_LINGER_NOT = struct.pack("ii", 1, 0)  # makes closing a socket a reset
_NO_MESSAGES = frozenset({"sendchataction", "sendmessagedraft"})


@asynccontextmanager
async def serving(
    cloud: Cloud, *, port: int = 0, also: Sequence[Any] = (), sleep: Sleep = asyncio.sleep
) -> AsyncIterator[str]:
    """Serve `cloud` while the block runs, on any free port unless one is given, and `also` these
    routes. Yields the address that takes the place of https://api.telegram.org. `sleep` passes the
    time between two attempts to reach a webhook."""
    try:
        listener = socket.create_server((LOOPBACK, port))
    except OSError as exc:
        raise GoldpanError(
            f"port {port} is not free ({exc.strerror}); choose another, such as {_free_port()}"
        ) from exc
    listener.setblocking(False)
    api = BotApi(cloud, sleep)
    server = HTTPServer(
        _application(cloud, api, also), max_body_size=MAX_BODY, max_buffer_size=MAX_BODY
    )
    server.add_socket(listener)
    try:
        yield f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    finally:
        server.stop()
        cloud.updates.release()
        await api.close()
        await server.close_all_connections()


def _free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as found:
        return int(found.getsockname()[1])


def _application(cloud: Cloud, api: BotApi, also: Sequence[Any]) -> Application:
    routes: list[Any] = [
        *also,
        (r"/bot([^/]+)/(\w+)", _Method, {"cloud": cloud, "api": api, "limits": Limits()}),
        (r"/bot.*", _NoMethod, {"cloud": cloud}),
        (r"/file/bot([^/]+)/(.+)", _Download, {"cloud": cloud}),
    ]
    # A bot's refused calls are its own affair, and the address of each holds the token.
    return Application(routes, log_function=lambda _: None)


class _Faulty(ForPrograms):
    """Suffers from the faults that are switched on."""

    _cloud: Cloud
    _unlucky = False  # its answer gets lost, by chance

    async def prepare(self) -> None:
        super().prepare()
        faults = self._cloud.faults
        if faults.slow_s:
            await asyncio.sleep(faults.slow_s)
        mishap = faults.mishap()
        self._unlucky = mishap == "lost"
        if faults.reset or mishap == "reset":
            self._hang_up(reset=True)
        elif faults.error_502 or mishap == "502":
            self._refuse(Refused(502, "Bad Gateway"))
            super().finish()

    def finish(self, chunk: str | bytes | Json | None = None) -> "asyncio.Future[None]":
        lost = self._unlucky or self._cloud.faults.lose_answers
        if not (lost or self._cloud.faults.hang):
            return super().finish(chunk)
        if lost:
            self._hang_up()
        done = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def write_error(self, status_code: int, **about: Any) -> None:
        """In JSON, whatever happened: no client of the Bot API reads anything else."""
        cause = about.get("exc_info", (None, None, None))[1]
        if isinstance(cause, HTTPInputError):
            status_code = 400
        self._refuse(Refused(status_code, responses.get(status_code, "Unknown")))
        self.finish()

    def _hang_up(self, *, reset: bool = False) -> None:
        stream = self.detach()
        if reset:
            stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        stream.close()

    def _refuse(self, refused: Refused) -> None:
        self.set_status(refused.code)
        answer: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
        if refused.retry_after_s:
            self.set_header("Retry-After", str(refused.retry_after_s))
            answer["parameters"] = {"retry_after": refused.retry_after_s}
        self.write(answer)


class _Method(_Faulty):
    def initialize(self, cloud: Cloud, api: BotApi, limits: Limits) -> None:
        self._cloud = cloud
        self._api = api
        self._limits = limits

    async def post(self, token: str, method: str) -> None:
        try:
            if token != self._cloud.token:
                raise Refused(401, "Unauthorized")
            params = _params(self.request)
            self._count(method.lower(), params)
            result = await self._api.call(method, params)
            self._cloud.note_call(method, params.all, result)
        except Refused as refused:
            self._refuse(refused)
        else:
            self.write({"ok": True, "result": result})

    get = post

    def _count(self, method: str, params: Params) -> None:
        """Raises `Refused` (429) when the bot is to wait with this chat."""
        faults, now, chat = self._cloud.faults, self._cloud.now(), params.text("chat_id")
        wait_s = self._limits.held_s(chat, now)
        faults.too_soon += self._limits.knew(chat, now, self._on_its_way())
        if chat and not wait_s and faults.chance.random() < faults.floods:
            self._limits.hold(chat, now, wait_s := FLOOD_S)
        is_message = method.startswith("send") and method not in _NO_MESSAGES
        if is_message and faults.limits and not wait_s:
            wait_s = self._message_wait_s(chat, now)
        if wait_s:
            raise too_many(wait_s)

    def _on_its_way(self) -> timedelta:
        return timedelta(seconds=self._cloud.faults.slow_s) + A_MOMENT

    def _message_wait_s(self, chat: str, now: datetime) -> int:
        messages = f"messages to {chat}"
        knew = self._limits.knew(messages, now, self._on_its_way())
        self._cloud.faults.too_soon += knew
        if wait_s := self._limits.wait_s(chat, now):
            self._limits.hold(messages, now, wait_s)
        return wait_s


class _NoMethod(_Faulty):
    """An address that names no method."""

    def initialize(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def get(self) -> None:
        self._refuse(Refused(404, "Not Found"))

    post = get


class _Download(_Faulty):
    def initialize(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def get(self, token: str, path: str) -> None:
        mine = token == self._cloud.token
        file = self._cloud.files.at(path, self._cloud.now()) if mine else None
        if file is None:
            self._refuse(Refused(404, "Not Found"))
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.write(file.data)


def _params(request: HTTPServerRequest) -> Params:
    try:
        fields: Json = {name: values[-1].decode() for name, values in request.arguments.items()}
    except UnicodeDecodeError:
        raise not_utf8() from None
    if request.headers.get("Content-Type", "").startswith("application/json"):
        body = read_json(request.body or b"{}", "can't parse JSON object")
        fields |= an_object(body, "body")
    uploads = {
        name: Upload(parts[0].filename, parts[0].body, parts[0].content_type)
        for name, parts in request.files.items()
    }
    return Params(fields, uploads)
