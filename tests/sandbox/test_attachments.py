"""Files, by either side: their limits, albums of them, and how they are fetched."""

import json
from datetime import timedelta

import pytest

from bot.sandbox.attachments import MAX_UPLOAD, MIB
from bot.sandbox.files import ogg_seconds
from bot.sandbox.phone import PERSON_ID

JPEG = b"\xff\xd8\xff"  # as every such picture begins
CHAT = {"chat_id": PERSON_ID}
FORM = {"chat_id": str(PERSON_ID)}


async def upload(bot, data, method="sendDocument", part="document", **form):
    files = {part: ("all.zip", data, "application/zip")}
    return (await bot.client.post(method, data=FORM | form, files=files)).json()


def grown(phone, tmp_path, size):
    """Have the person send a file of this size; its id."""
    path = tmp_path / "long.bin"
    with path.open("wb") as file:
        file.truncate(size)
    n = phone.file(path)
    return phone._chat.messages[n]["document"]["file_id"]


async def test_a_caption_holds_1024_units_after_entities(bot, phone):
    fits = {"caption": f"<b>{'😀' * 512}</b>", "parse_mode": "HTML"}
    assert (await upload(bot, b"x", **fits))["ok"]
    refused = await upload(bot, b"x", caption="😀" * 512 + ".")
    assert refused["description"] == "Bad Request: message caption is too long"


async def test_a_caption_can_be_edited_but_not_to_the_same(bot, phone):
    sent = (await upload(bot, b"x", caption="old"))["result"]["message_id"]
    await bot.ask("editMessageCaption", **CHAT, message_id=sent, caption="new")
    assert (phone.events[-1].kind, phone.events[-1].text) == ("edit", "all.zip\nnew")
    again = await bot.refusal("editMessageCaption", **CHAT, message_id=sent, caption="new ")
    assert again.startswith("Bad Request: message is not modified")
    await bot.ask("sendMessage", **CHAT, text="words")
    refusal = await bot.refusal("editMessageCaption", **CHAT, message_id=sent + 1, caption="x")
    assert refusal == "Bad Request: there is no caption in the message to edit"


async def test_a_file_without_a_byte_is_refused(bot, phone):
    refused = await upload(bot, b"")
    assert refused["description"] == "Bad Request: file must be non-empty"
    assert phone.events == []


async def test_an_upload_over_50_mb_is_refused_and_nothing_else_suffers(bot, phone):
    for size in (MAX_UPLOAD + 1, 200 * MIB):
        refused = await upload(bot, bytes(size))
        assert refused == {
            "ok": False, "error_code": 413, "description": "Request Entity Too Large"
        }  # fmt: skip
    assert phone.events == []
    assert (await bot.ask("getMe"))["is_bot"]


@pytest.mark.parametrize("size", [20 * MIB + 1, 200 * MIB])
async def test_a_file_over_20_mb_is_announced_and_cannot_be_fetched(bot, phone, tmp_path, size):
    file_id = grown(phone, tmp_path, size)
    [update] = await bot.ask("getUpdates")
    assert update["message"]["document"]["file_size"] == size
    assert await bot.refusal("getFile", file_id=file_id) == "Bad Request: file is too big"


async def test_a_file_of_20_mb_can_be_fetched(bot, phone, tmp_path):
    file_id = grown(phone, tmp_path, 20 * MIB)
    assert (await bot.ask("getFile", file_id=file_id))["file_size"] == 20 * MIB


async def test_a_path_serves_for_an_hour_and_getfile_opens_it_again(
    bot, phone, voice_note, cloud, url, clock
):
    phone.voice(voice_note)
    file_id = (await bot.ask("getUpdates"))[0]["message"]["voice"]["file_id"]

    async def fetched():
        return (await bot.client.get(f"{url}/file/bot{cloud.token}/voices/file_1.ogg")).status_code

    assert await fetched() == 404  # nobody asked for it yet
    await bot.ask("getFile", file_id=file_id)
    clock.set(clock.now() + timedelta(minutes=59))
    assert await fetched() == 200
    clock.set(clock.now() + timedelta(minutes=1))
    assert await fetched() == 404
    await bot.ask("getFile", file_id=file_id)
    assert await fetched() == 200


async def test_an_album_is_several_messages_of_one_group(bot, phone):
    media = [
        {"type": "photo", "media": "attach://one", "caption": "<b>both</b>", "parse_mode": "HTML"},
        {"type": "photo", "media": "attach://two"},
    ]
    files = {"one": ("1.jpg", JPEG + b"1", "image/jpeg"), "two": ("2.jpg", JPEG, "image/jpeg")}
    form = FORM | {"media": json.dumps(media)}
    sent = (await bot.client.post("sendMediaGroup", data=form, files=files)).json()["result"]
    assert [one["message_id"] for one in sent] == [1, 2]
    assert sent[0]["media_group_id"] == sent[1]["media_group_id"]
    assert sent[0]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert [event.text for event in phone.events] == ["1.jpg\nboth", "2.jpg"]
    again = [{"type": "photo", "media": one["photo"][0]["file_id"]} for one in sent]
    third, _ = await bot.ask("sendMediaGroup", **CHAT, media=again)
    assert third["media_group_id"] != sent[0]["media_group_id"]


@pytest.mark.parametrize(
    ("media", "why"),
    [
        ([], "there are no messages to send"),
        ([{"type": "photo", "media": "x"}] * 11, "too many messages to send as an album"),
        ([{"type": "voice", "media": "x"}] * 2, "invalid message content type"),
        (
            [{"type": "photo", "media": "x"}, {"type": "document", "media": "x"}],
            "document can't be mixed with other media types",
        ),
        ([{"type": "photo", "media": "x"}] * 2, "wrong file identifier/HTTP URL specified"),
    ],
)
async def test_an_album_that_cannot_be_is_refused_whole(bot, phone, media, why):
    assert await bot.refusal("sendMediaGroup", **CHAT, media=media) == f"Bad Request: {why}"
    assert phone.events == []


@pytest.mark.parametrize("granule", [2**63 - 1, 86_401 * 48_000, -1])
def test_a_length_that_nobody_recorded_counts_as_none(granule):
    page = b"OggS\x00\x04" + granule.to_bytes(8, "little", signed=True) + bytes(13)
    assert ogg_seconds(b"OggS" + bytes(24) + b"OpusHead" + bytes(60) + page) == 0


async def test_a_voice_note_of_the_bots_is_one(bot, phone, voice_note):
    sent = await upload(bot, voice_note.read_bytes(), "sendVoice", "voice")
    assert sent["result"]["voice"]["duration"] == 5
    assert phone.events[-1].kind == "voice"


def png(width, height):
    """The beginning of a picture of this size, which is all anybody here reads."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + b"\0\0\0\rIHDR"
        + b"".join(side.to_bytes(4, "big") for side in (width, height))
    )


async def photo(bot, data, **form):
    return await upload(bot, data, "sendPhoto", "photo", **form)


async def test_a_photo_says_its_size(bot, phone):
    (size,) = (await photo(bot, png(1080, 1920)))["result"]["photo"]
    assert (size["width"], size["height"]) == (1080, 1920)


async def test_a_photo_may_be_neither_too_long_nor_too_large(bot, phone):
    assert (await photo(bot, png(8000, 2000)))["ok"]
    assert (await photo(bot, png(20, 400)))["ok"]
    for size in ((8000, 2001), (20, 401), (0, 0)):
        refused = await photo(bot, png(*size))
        assert refused["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"


async def test_a_photo_is_swapped_in_place_with_its_words_and_buttons(bot, phone):
    sent = (await photo(bot, png(10, 10), caption="light"))["result"]["message_id"]
    keyboard = {"inline_keyboard": [[{"text": "☀️", "callback_data": "x"}]]}
    media = {"type": "photo", "media": "attach://new", "caption": "dark"}
    changed = {"message_id": str(sent), "media": json.dumps(media)}
    changed["reply_markup"] = json.dumps(keyboard)
    files = {"new": ("week.png", png(20, 20), "image/png")}
    answer = await bot.client.post("editMessageMedia", data=FORM | changed, files=files)
    assert answer.json()["result"]["photo"][0]["width"] == 20
    edit = phone.events[-1]
    assert (edit.kind, edit.text, edit.on, edit.buttons) == (
        "edit", "week.png\ndark", sent, (("☀️",),)
    )  # fmt: skip


async def test_a_text_becomes_a_photo_and_loses_its_words(bot, phone):
    sent = (await bot.ask("sendMessage", **CHAT, text="words"))["message_id"]
    await photo(bot, png(10, 10))
    media = {"type": "photo", "media": "file1"}
    await bot.ask("editMessageMedia", **CHAT, message_id=sent, media=media)
    assert "text" not in phone.chat.messages[sent]
    again = await bot.refusal("editMessageMedia", **CHAT, message_id=sent, media=media)
    assert again.startswith("Bad Request: message is not modified")
