"""What goes wrong on request, and that nothing does otherwise."""

import time
from datetime import timedelta
from random import Random

import httpx
import pytest

from bot.sandbox.faults import Faults
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.updates import FIRST_ID

HELLO = {"chat_id": PERSON_ID, "text": "hello"}


def test_everything_works_at_first():
    assert Faults() == Faults(
        error_502=False, reset=False, slow_s=0, lose_answers=False, duplicate=False, limits=False,
        hang=False, reorder=False, mishaps=0, floods=0,
    )  # fmt: skip


async def test_a_502_is_telegrams_and_has_no_effect(bot, cloud, phone):
    cloud.faults.error_502 = True
    answer = await bot.client.post("sendMessage", json=HELLO)
    assert answer.status_code == 502
    assert answer.json() == {"ok": False, "error_code": 502, "description": "Bad Gateway"}
    cloud.faults.error_502 = False
    await bot.ask("sendMessage", **HELLO)
    assert [event.text for event in phone.events] == ["hello"]


async def test_a_reset_connection_has_no_effect(bot, cloud, phone):
    cloud.faults.reset = True
    with pytest.raises(httpx.ReadError):
        await bot.client.post("sendMessage", json=HELLO)
    cloud.faults.reset = False
    await bot.ask("getMe")
    assert phone.events == []


async def test_a_lost_answer_leaves_its_effect(bot, cloud, phone):
    cloud.faults.lose_answers = True
    with pytest.raises(httpx.RemoteProtocolError):
        await bot.client.post("sendMessage", json=HELLO)
    assert [event.text for event in phone.events] == ["hello"]


async def test_an_answer_that_never_comes_leaves_its_effect(bot, cloud, phone):
    cloud.faults.hang = True
    with pytest.raises(httpx.ReadTimeout):
        await bot.client.post("sendMessage", json=HELLO, timeout=0.3)
    cloud.faults.hang = False
    await bot.ask("getMe")
    assert [event.text for event in phone.events] == ["hello"]


async def test_mishaps_happen_to_their_share_of_calls_and_as_the_seed_says(bot, cloud, phone):
    courses = []
    for _ in range(2):
        cloud.faults.mishaps, cloud.faults.chance = 0.5, Random(4)
        courses.append([await _met(bot) for _ in range(30)])
    assert courses[0] == courses[1]
    assert set(courses[0]) == {"200", "502", "ReadError", "RemoteProtocolError"}
    assert 8 <= courses[0].count("200") <= 22


async def _met(bot) -> str:
    try:
        return str((await bot.client.post("getMe")).status_code)
    except httpx.TransportError as exc:
        return type(exc).__name__


async def test_updates_come_in_any_order_and_each_once(bot, cloud, phone):
    cloud.faults.reorder = True
    for n in range(20):
        phone.send(str(n))
    ids = [one["update_id"] for one in await bot.ask("getUpdates")]
    assert sorted(ids) == [*range(FIRST_ID, FIRST_ID + 20)]
    assert ids != sorted(ids)


async def test_a_flooded_chat_is_closed_for_a_second_and_who_does_not_wait_is_counted(
    bot, cloud, phone, clock
):
    cloud.faults.floods = 1.0
    reaction = {"chat_id": PERSON_ID, "message_id": phone.send("words")}
    assert "retry after 1" in await bot.refusal("setMessageReaction", **reaction)
    cloud.faults.floods = 0.0
    assert "retry after 1" in await bot.refusal("sendMessage", **HELLO)
    assert cloud.faults.too_soon == 0  # it was under way when the other one was refused
    clock.set(clock.now() + timedelta(seconds=0.5))
    assert "retry after 1" in await bot.refusal("sendMessage", **HELLO)
    assert cloud.faults.too_soon == 1
    clock.set(clock.now() + timedelta(seconds=0.5))
    await bot.ask("sendMessage", **HELLO)
    assert cloud.faults.too_soon == 1


async def test_a_slow_call_takes_that_much_longer(bot, cloud, phone):
    cloud.faults.slow_s = 0.05
    began = time.monotonic()
    await bot.ask("sendMessage", **HELLO)
    assert time.monotonic() - began >= 0.05


async def test_files_suffer_from_the_same_faults(bot, cloud, phone, url, voice_note):
    phone.voice(voice_note)
    await bot.ask("getFile", file_id="file1")
    address = f"{url}/file/bot{cloud.token}/voices/file_1.ogg"
    cloud.faults.error_502 = True
    assert (await bot.client.get(address)).status_code == 502
    cloud.faults.error_502, cloud.faults.lose_answers = False, True
    with pytest.raises(httpx.RemoteProtocolError):
        await bot.client.get(address)


async def test_a_duplicate_comes_once_more_although_it_was_confirmed(bot, cloud, phone):
    cloud.faults.duplicate = True
    phone.send("words")
    first = await bot.ask("getUpdates")
    assert await bot.ask("getUpdates", offset=FIRST_ID + 1) == first
    assert await bot.ask("getUpdates", offset=FIRST_ID + 1) == []
    assert cloud.updates.unconfirmed == 0


async def test_one_message_a_second_may_go_to_a_chat(bot, cloud, phone, clock):
    cloud.faults.limits = True
    await bot.ask("sendMessage", **HELLO)
    refused = await bot.client.post("sendMessage", json=HELLO)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert refused.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    await bot.ask("sendChatAction", chat_id=PERSON_ID, action="typing")
    await bot.ask("setMessageReaction", chat_id=PERSON_ID, message_id=1)
    clock.set(clock.now() + timedelta(seconds=1))
    await bot.ask("sendMessage", **HELLO)
    assert len(phone.events) == 2


async def test_a_second_is_not_over_before_it_is(bot, cloud, phone, clock):
    cloud.faults.limits = True
    await bot.ask("sendMessage", **HELLO)
    clock.set(clock.now() + timedelta(seconds=0.95))
    assert "retry after 1" in await bot.refusal("sendMessage", **HELLO)
    clock.set(clock.now() + timedelta(seconds=0.05))
    await bot.ask("sendMessage", **HELLO)


@pytest.mark.parametrize("method", ["sendDocument", "sendPhoto", "sendVoice", "sendMediaGroup"])
async def test_whatever_is_sent_counts(bot, cloud, phone, method):
    cloud.faults.limits = True
    await bot.ask("sendMessage", **HELLO)
    assert "retry after 1" in await bot.refusal(method, **HELLO)


async def test_thirty_messages_a_second_may_go_out_in_all(bot, cloud, clock):
    cloud.faults.limits = True
    people = [Phone(cloud, person_id=n).person_id for n in range(1, 32)]
    for person in people[:30]:
        await bot.ask("sendMessage", chat_id=person, text="hello")
    late = {"chat_id": people[30], "text": "hello"}
    assert "retry after 1" in await bot.refusal("sendMessage", **late)
    clock.set(clock.now() + timedelta(seconds=1))
    await bot.ask("sendMessage", **late)


async def test_without_the_switch_nobody_counts(bot, phone):
    for _ in range(40):
        await bot.ask("sendMessage", **HELLO)
