"""The Bot API over HTTP: how arguments and files travel."""

import socket

import httpx
import pytest

from bot.errors import GoldpanError
from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import PERSON_ID
from bot.sandbox.server import serving


async def test_arguments_may_come_in_the_address_a_form_or_json(bot, phone):
    hello = {"chat_id": str(PERSON_ID), "text": " 12 & <b> ", "reply_markup": "{}"}
    await bot.client.get("sendMessage", params=hello)
    await bot.client.post("sendMessage", data=hello)
    await bot.client.post("sendMessage", json=hello)
    assert [event.text for event in phone.events] == ["12 & <b>"] * 3


async def test_a_wrong_token_is_unauthorized(bot, url):
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{url}/bot1:wrong/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found(bot):
    answer = await bot.client.get("sendTelegram")
    assert answer.status_code == 404
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_method_names_may_be_in_any_case(bot):
    assert (await bot.ask("GETME"))["is_bot"] is True


@pytest.mark.parametrize(
    "arguments", [{"chat_id": "me"}, {"chat_id": PERSON_ID, "reply_markup": "{"}, {}]
)
async def test_a_senseless_argument_is_a_bad_request(bot, phone, arguments):
    assert (await bot.refusal("sendMessage", text="x", **arguments)).startswith("Bad Request: ")


async def test_a_persons_file_is_served_byte_for_byte(bot, phone, url, cloud, voice_note):
    phone.voice(voice_note)
    [update] = await bot.ask("getUpdates")
    voice = update["message"]["voice"]
    assert (voice["duration"], voice["mime_type"]) == (5, "audio/ogg")
    file = await bot.ask("getFile", file_id=voice["file_id"])
    address = f"{url}/file/bot{cloud.token}/{file['file_path']}"
    assert (await bot.client.get(address)).content == voice_note.read_bytes()
    assert (await bot.client.get(address + "x")).status_code == 404


async def test_a_bots_file_is_kept_and_can_be_sent_again_by_its_id(bot, phone, cloud):
    form = {"chat_id": str(PERSON_ID), "caption": "<b>all</b> of it", "parse_mode": "HTML"}
    upload = {"document": ("金.zip", b"\x00\r\n--zip\xff\r\n", "application/zip")}
    sent = (await bot.client.post("sendDocument", data=form, files=upload)).json()["result"]
    assert sent["document"]["file_name"] == "金.zip"
    assert cloud.files.find(sent["document"]["file_id"]).data == b"\x00\r\n--zip\xff\r\n"
    assert (phone.events[-1].kind, phone.events[-1].text) == ("file", "金.zip\nall of it")
    again = await bot.ask("sendDocument", chat_id=PERSON_ID, document=sent["document"]["file_id"])
    assert again["document"] == sent["document"]


async def test_an_attached_photo_is_found_under_the_name_it_was_given(bot, phone):
    form = {"chat_id": str(PERSON_ID), "photo": "attach://part7"}
    upload = {"part7": ("desk.jpg", b"\xff\xd8\xff\xe0", "image/jpeg")}
    sent = (await bot.client.post("sendPhoto", data=form, files=upload)).json()["result"]
    assert sent["photo"][0]["file_size"] == 4
    assert phone.events[-1].text == "desk.jpg"
    assert "wrong file identifier" in await bot.refusal("sendPhoto", chat_id=PERSON_ID, photo="x")


async def test_the_server_listens_on_loopback_only_and_stops_with_its_block(cloud):
    async with serving(cloud) as url:
        assert url.startswith("http://127.0.0.1:")
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(url)


async def test_a_port_that_is_taken_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            GoldpanError, match=rf"port {port} is not free .*; choose another, such as \d+"
        ):
            async with serving(Cloud(lambda: None), port=port):
                pass


async def test_every_field_may_hold_html_and_none_of_it_is_obeyed(bot, phone, picture):
    evil = "<img src=x onerror=alert(1)>&<b>"
    sent = await bot.ask(
        "sendMessage",
        chat_id=PERSON_ID,
        text=evil,
        reply_markup={"inline_keyboard": [[{"text": evil, "callback_data": evil}]]},
    )
    assert (phone.events[-1].text, phone.events[-1].buttons) == (evil, ((evil,),))
    assert "entities" not in sent
    phone.tap(evil)
    phone.photo(picture, evil)
    queried, pictured = await bot.ask("getUpdates")
    assert queried["callback_query"]["data"] == evil
    assert pictured["message"]["caption"] == evil


async def test_a_message_of_4096_characters_goes_both_ways(bot, phone):
    phone.send("字" * 4096)
    [update] = await bot.ask("getUpdates")
    sent = await bot.ask("sendMessage", chat_id=PERSON_ID, text=update["message"]["text"])
    assert phone.events[-1].text == sent["text"] == "字" * 4096
