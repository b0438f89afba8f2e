"""What a bot is given, and for how long."""

import asyncio

import httpx
import pytest

from bot.sandbox.bot_api import BotApi
from bot.sandbox.params import Params
from bot.sandbox.server import serving
from bot.sandbox.updates import FIRST_ID, Updates


def ids(updates):
    return [update["update_id"] for update in updates]


async def test_an_update_is_given_again_until_a_later_call_confirms_it(bot, phone):
    phone.send("one")
    phone.send("two")
    first = await bot.ask("getUpdates")
    assert await bot.ask("getUpdates") == first
    assert await bot.ask("getUpdates", offset=FIRST_ID) == first
    assert ids(await bot.ask("getUpdates", offset=FIRST_ID + 1)) == [FIRST_ID + 1]
    assert await bot.ask("getUpdates", offset=FIRST_ID + 2) == []
    assert await bot.ask("getUpdates") == []


async def test_update_ids_go_on_rising_after_everything_was_confirmed(bot, phone):
    phone.send("one")
    await bot.ask("getUpdates", offset=FIRST_ID + 1)
    phone.send("two")
    assert ids(await bot.ask("getUpdates", offset=FIRST_ID + 1)) == [FIRST_ID + 1]


async def test_a_limit_leaves_the_rest_for_later(bot, phone):
    for text in ("one", "two", "three"):
        phone.send(text)
    assert ids(await bot.ask("getUpdates", limit=2)) == [FIRST_ID, FIRST_ID + 1]
    assert ids(await bot.ask("getUpdates", limit=2, offset=FIRST_ID + 2)) == [FIRST_ID + 2]


async def test_a_negative_offset_keeps_only_the_newest(bot, phone, cloud):
    for text in ("one", "two", "three"):
        phone.send(text)
    assert ids(await bot.ask("getUpdates", offset=-1)) == [FIRST_ID + 2]
    assert cloud.updates.unconfirmed == 1


async def test_a_long_poll_ends_as_soon_as_something_happens(bot, phone, eventually, cloud):
    poll = asyncio.create_task(bot.ask("getUpdates", timeout=30))
    await eventually(lambda: cloud.updates.polled)
    phone.send("here")
    [update] = await poll
    assert update["message"]["text"] == "here"


@pytest.mark.parametrize(("asked_s", "waited_s"), [(-5, 0), (7, 7), (50, 50), (3600, 50)])
async def test_a_poll_waits_at_most_50_seconds(cloud, asked_s, waited_s):
    waits = []

    class Impatient(Updates):
        async def take(self, *, timeout_s, **_):
            waits.append(timeout_s)
            return []

    cloud.updates = Impatient()
    await BotApi(cloud).call("getUpdates", Params({"timeout": asked_s}, {}))
    assert waits == [waited_s]


async def test_a_waiting_poll_is_answered_when_the_server_ends(cloud, eventually):
    async with httpx.AsyncClient(timeout=45) as client:
        async with serving(cloud) as url:
            address = f"{url}/bot{cloud.token}/getUpdates?timeout=50"
            poll = asyncio.create_task(client.get(address))
            await eventually(lambda: cloud.updates.polled)
            waiting = cloud.updates._poll
        assert waiting.done()
        assert not waiting.cancelled()
        await asyncio.wait([poll])
        poll.exception()


async def test_a_second_poll_ends_the_first_with_a_conflict(bot, phone, eventually, cloud):
    first = asyncio.create_task(bot.post("getUpdates", timeout=30))
    await eventually(lambda: cloud.updates.polled)
    second = asyncio.create_task(bot.ask("getUpdates", timeout=30))
    answer = await first
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")
    phone.send("for the second")
    assert len(await second) == 1


async def test_reactions_come_only_to_a_bot_that_asked_for_them(bot, phone):
    phone.send("words")
    phone.react(1, "🔥")
    assert len(await bot.ask("getUpdates")) == 1
    await bot.ask("getUpdates", allowed_updates=["message", "message_reaction"])
    phone.react(1, "👍")
    assert "message_reaction" in (await bot.ask("getUpdates"))[-1]


async def test_the_play_can_wait_until_everything_is_confirmed(bot, phone, cloud):
    phone.send("words")
    waiting = asyncio.create_task(cloud.updates.all_confirmed())
    await bot.ask("getUpdates")
    assert not waiting.done()
    await bot.ask("getUpdates", offset=FIRST_ID + 1)
    await asyncio.wait_for(waiting, 30)


async def test_pending_updates_are_dropped_on_request_only(bot, phone, cloud):
    phone.send("words")
    await bot.ask("deleteWebhook")
    assert (await bot.ask("getWebhookInfo"))["pending_update_count"] == 1
    await bot.ask("deleteWebhook", drop_pending_updates=True)
    assert cloud.updates.unconfirmed == 0
