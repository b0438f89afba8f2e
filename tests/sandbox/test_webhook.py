"""Updates brought to the bot's own address."""

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import islice

import httpx
import pytest
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from bot.sandbox.phone import PERSON_ID
from bot.sandbox.server import serving
from bot.sandbox.webhook import SECRET_HEADER, Hook, Postman, waits_s
from tests.sandbox.conftest import RawBot
from tests.witness import unknown_in_update


class Door:
    """A bot's address. It answers with `codes` in turn, then 200, and always with `body`."""

    def __init__(self) -> None:
        self.codes: list[int] = []
        self.body = ""
        self.requests: list[HTTPServerRequest] = []
        self.address = ""
        self.leads_to = ""

    @property
    def updates(self) -> list[dict]:
        return [json.loads(request.body) for request in self.requests]


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()

    class Open(RequestHandler):
        def post(self) -> None:
            door.requests.append(self.request)
            self.set_status(door.codes.pop(0) if door.codes else 200)
            if door.leads_to:
                self.set_header("Location", door.leads_to)
            self.write(door.body)

        def get(self) -> None:
            self.write("a page")

    listener, port = bind_unused_port()
    server = HTTPServer(Application([("/hook", Open)], log_function=lambda _: None))
    server.add_socket(listener)
    door.address = f"http://127.0.0.1:{port}/hook"
    yield door
    server.stop()
    await server.close_all_connections()


class Naps:
    """Time between attempts, which passes at once."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def bot(cloud, naps) -> AsyncIterator[RawBot]:
    async with (
        serving(cloud, sleep=naps) as url,
        httpx.AsyncClient(base_url=f"{url}/bot{cloud.token}/", timeout=30) as client,
    ):
        yield RawBot(client)


async def test_an_update_is_brought_with_the_secret_and_is_then_done(
    bot, door, phone, cloud, eventually
):
    await bot.ask("setWebhook", url=door.address, secret_token="only_us-2")
    phone.send("one")
    phone.send("two")
    await eventually(lambda: not cloud.updates.unconfirmed)
    assert [one["message"]["text"] for one in door.updates] == ["one", "two"]
    assert [unknown_in_update(one) for one in door.updates] == [[], []]
    assert {one.headers[SECRET_HEADER] for one in door.requests} == {"only_us-2"}
    assert {one.headers["Content-Type"] for one in door.requests} == {"application/json"}


async def test_without_a_secret_there_is_no_header(bot, door, phone, eventually):
    await bot.ask("setWebhook", url=door.address)
    phone.send("one")
    await eventually(lambda: door.requests)
    assert SECRET_HEADER not in door.requests[0].headers


async def test_what_waited_before_the_webhook_was_set_is_brought_too(bot, door, phone, eventually):
    phone.send("early")
    await bot.ask("setWebhook", url=door.address)
    await eventually(lambda: door.requests)
    await bot.ask("deleteWebhook")
    phone.send("late")
    [update] = await bot.ask("getUpdates")
    assert update["message"]["text"] == "late"


async def test_an_update_comes_again_until_it_is_taken_and_holds_up_those_behind_it(
    bot, door, phone, cloud, naps, eventually
):
    door.codes = [500, 403, 302, 503, 201]
    await bot.ask("setWebhook", url=door.address)
    phone.send("one")
    phone.send("two")
    await eventually(lambda: not cloud.updates.unconfirmed)
    texts = [one["message"]["text"] for one in door.updates]
    assert texts == ["one"] * 5 + ["two"]
    assert naps.taken == [0, 2, 4, 8]
    info = await bot.ask("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 503")


async def test_an_address_where_nobody_lives_is_tried_again(bot, door, phone, naps, eventually):
    listener, port = bind_unused_port()
    listener.close()
    await bot.ask("setWebhook", url=f"http://127.0.0.1:{port}/", max_connections=7)
    phone.send("one")
    await eventually(lambda: len(naps.taken) > 3)
    info = await bot.ask("getWebhookInfo")
    assert "refused" in info["last_error_message"]
    assert (info["pending_update_count"], info["max_connections"]) == (1, 7)
    await bot.ask("setWebhook", url=door.address)
    await eventually(lambda: door.requests)


def test_attempts_grow_rarer_and_end_after_a_day():
    assert list(islice(waits_s(), 8)) == [0, 2, 4, 8, 16, 32, 60, 60]
    assert 24 * 3600 <= sum(waits_s()) <= 25 * 3600


async def test_updates_are_brought_or_fetched_but_never_both(bot, door, phone, cloud, eventually):
    poll = asyncio.create_task(bot.post("getUpdates", timeout=30))
    await eventually(lambda: cloud.updates.polled)
    await bot.ask("setWebhook", url=door.address)
    ended = await poll
    assert ended["error_code"] == 409
    assert ended["description"] == "Conflict: terminated by setWebhook request"
    refused = await bot.post("getUpdates")
    assert (refused["error_code"], refused["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )
    await bot.ask("setWebhook", url="")
    assert await bot.ask("getUpdates") == []


async def test_a_webhook_can_begin_with_an_empty_queue_and_name_what_it_wants(
    bot, door, phone, eventually
):
    phone.send("early")
    wanted = ["message", "message_reaction"]
    await bot.ask("setWebhook", url=door.address, drop_pending_updates=True, allowed_updates=wanted)
    phone.react(1, "🔥")
    await eventually(lambda: door.requests)
    assert "message_reaction" in door.updates[0]
    info = await bot.ask("getWebhookInfo")
    assert (info["url"], info["allowed_updates"]) == (door.address, wanted)


async def test_an_answer_may_hold_a_call(bot, door, phone, eventually):
    door.body = json.dumps({"method": "sendMessage", "chat_id": PERSON_ID, "text": "here"})
    await bot.ask("setWebhook", url=door.address)
    phone.send("one")
    await eventually(lambda: len(phone.events) == 2)
    assert phone.events[-1].text == "here"


@pytest.mark.parametrize("body", ["[]", "5", "{", '{"method": 5}', '{"method": "sendMessage"}'])
async def test_an_odd_answer_holds_up_nothing(bot, door, phone, cloud, eventually, body):
    door.body = body
    await bot.ask("setWebhook", url=door.address)
    phone.send("one")
    phone.send("two")
    await eventually(lambda: not cloud.updates.unconfirmed)
    assert len(door.updates) == 2


async def test_a_call_that_fails_here_holds_up_nothing_either(
    cloud, door, phone, naps, eventually, caplog
):
    async def broken(method, params):
        raise KeyError("nobody thought of this")

    postman = Postman(cloud, broken, naps)
    door.body = '{"method": "getMe"}'
    postman.serve(Hook(door.address))
    phone.send("one")
    phone.send("two")
    await eventually(lambda: not cloud.updates.unconfirmed)
    await postman.close()
    assert "nobody thought of this" in caplog.text


async def test_when_nothing_is_brought_any_more_the_log_says_so(cloud, phone, eventually, caplog):
    async def sleepless(seconds):
        raise RuntimeError("no sleep")

    async def call(method, params):
        return None

    postman = Postman(cloud, call, sleepless)
    postman.serve(Hook("http://127.0.0.1:1/"))
    phone.send("one")
    await eventually(lambda: "brought to the webhook no more" in caplog.text)
    await postman.close()


@pytest.mark.parametrize("code", [301, 302, 303, 307])
async def test_a_redirect_is_no_delivery(bot, door, phone, cloud, naps, eventually, code):
    door.codes, door.leads_to = [code, code], door.address
    await bot.ask("setWebhook", url=door.address)
    phone.send("one")
    await eventually(lambda: not cloud.updates.unconfirmed)
    assert len(door.updates) == 3
    assert naps.taken == [0, 2]


async def test_a_duplicate_is_brought_twice(bot, door, phone, cloud, eventually):
    cloud.faults.duplicate = True
    await bot.ask("setWebhook", url=door.address)
    phone.send("one")
    await eventually(lambda: not cloud.updates.unconfirmed)
    assert len(door.requests) == 2


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"url": "ftp://e.org"}, "invalid webhook URL specified"),
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": "https://e.org", "secret_token": "x" * 257}, "secret token is too long"),
        (
            {"url": "https://e.org", "secret_token": "not this"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_a_webhook_that_cannot_be_is_refused(bot, arguments, why):
    assert await bot.refusal("setWebhook", **arguments) == f"Bad Request: {why}"
    assert (await bot.ask("getWebhookInfo"))["url"] == ""
