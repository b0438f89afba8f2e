"""The Bot API over HTTP on loopback, for any client that speaks it."""

import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.web import Application

from bot.errors import GoldpanError
from bot.sandbox.bot_api import BotApi
from bot.sandbox.cloud import Cloud
from bot.sandbox.guard import ForPrograms
from bot.sandbox.params import Params, Upload
from bot.sandbox.refused import Refused, bad_request
from bot.sandbox.shapes import Json

LOOPBACK = "127.0.0.1"


@asynccontextmanager
async def serving(cloud: Cloud, *, port: int = 0, also: Sequence[Any] = ()) -> AsyncIterator[str]:
    """Serve `cloud` while the block runs, on any free port unless one is given, and `also` these
    routes. Yields the address that takes the place of https://api.telegram.org."""
    try:
        listener = socket.create_server((LOOPBACK, port))
    except OSError as exc:
        raise GoldpanError(
            f"port {port} is not free ({exc.strerror}); choose another, such as {_free_port()}"
        ) from exc
    listener.setblocking(False)
    server = HTTPServer(_application(cloud, also))
    server.add_socket(listener)
    try:
        yield f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    finally:
        server.stop()
        cloud.updates.release()
        await server.close_all_connections()


def _free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as found:
        return int(found.getsockname()[1])


def _application(cloud: Cloud, also: Sequence[Any]) -> Application:
    routes: list[Any] = [
        *also,
        (r"/bot([^/]+)/(\w+)", _Method, {"cloud": cloud, "api": BotApi(cloud)}),
        (r"/file/bot([^/]+)/(.+)", _Download, {"cloud": cloud}),
    ]
    # A bot's refused calls are its own affair, and the address of each holds the token.
    return Application(routes, log_function=lambda _: None)


class _Method(ForPrograms):
    def initialize(self, cloud: Cloud, api: BotApi) -> None:
        self._cloud = cloud
        self._api = api

    async def post(self, token: str, method: str) -> None:
        try:
            if token != self._cloud.token:
                raise Refused(401, "Unauthorized")
            result = await self._api.call(method, _params(self.request))
        except Refused as refused:
            self._refuse(refused)
        else:
            self.write({"ok": True, "result": result})

    get = post

    def _refuse(self, refused: Refused) -> None:
        self.set_status(refused.code)
        self.write({"ok": False, "error_code": refused.code, "description": refused.description})


class _Download(ForPrograms):
    def initialize(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def get(self, token: str, path: str) -> None:
        file = self._cloud.files.at(path) if token == self._cloud.token else None
        if file is None:
            self.set_status(404)
            self.write({"ok": False, "error_code": 404, "description": "Not Found"})
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.write(file.data)


def _params(request: HTTPServerRequest) -> Params:
    fields: Json = {name: values[-1].decode() for name, values in request.arguments.items()}
    if request.headers.get("Content-Type", "").startswith("application/json"):
        try:
            fields |= json.loads(request.body or b"{}")
        except (TypeError, ValueError):
            raise bad_request("can't parse JSON object") from None
    uploads = {
        name: Upload(parts[0].filename, parts[0].body, parts[0].content_type)
        for name, parts in request.files.items()
    }
    return Params(fields, uploads)
