"""Calls that Telegram refuses, and nonsense that no client should send: answered in JSON."""

import asyncio
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.attachments import MAX_PHOTO
from bot.sandbox.bot_api import BotApi
from bot.sandbox.cloud import Cloud
from bot.sandbox.params import Params
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.refused import Refused

CHAT = {"chat_id": PERSON_ID}
SAY = CHAT | {"text": "words"}
GRINS = {"type": "emoji", "emoji": "👍"}


def keyed(*rows):
    return SAY | {"reply_markup": {"inline_keyboard": list(rows)}}


def formatted(**entity):
    return SAY | {"entities": [{"type": "bold", "offset": 0, "length": 1} | entity]}


def listed(**command):
    return {"commands": [{"command": "gold", "description": "what was kept"} | command]}


KEY = {"text": "a", "callback_data": "x"}
REFUSED = [
    ("sendMessage", SAY | {"text": ["a"]}),
    ("sendMessage", SAY | {"chat_id": 1.5}),
    ("sendMessage", SAY | {"entities": [{"type": "bold", "offset": 0}]}),
    ("sendMessage", SAY | {"entities": ["b"]}),
    ("sendMessage", formatted(type="foo")),
    ("sendMessage", formatted(offset=-1)),
    ("sendMessage", formatted(length=-1)),
    ("sendMessage", formatted(type="text_link")),
    ("sendMessage", formatted(type="text_link", url="javascript:alert(1)")),
    ("sendMessage", formatted(type="custom_emoji", custom_emoji_id="x")),
    ("sendMessage", SAY | {"reply_parameters": 5}),
    ("sendMessage", SAY | {"reply_markup": [1]}),
    ("sendMessage", SAY | {"reply_markup": {"force_reply": True, "input_field_placeholder": [1]}}),
    ("sendMessage", SAY | {"reply_markup": '{"inline_keyboard":[[{"text":"\\ud83d"}]]}'}),
    ("sendMessage", SAY | {"reply_markup": "[" * 100_000}),
    ("sendMessage", keyed(1)),
    ("sendMessage", keyed(["a"])),
    ("sendMessage", keyed([{"text": "a"}])),
    ("sendMessage", keyed([{"text": "a", "foo": "x"}])),
    ("sendMessage", keyed([{"text": "a", "callback_data": 5}])),
    ("sendMessage", keyed([{"text": "a", "callback_data": ""}])),
    ("sendMessage", keyed([{"text": "a", "url": "javascript:alert(1)"}])),
    ("sendMessage", keyed([{"text": "a", "copy_text": {"text": "x" * 257}}])),
    ("sendMessage", keyed([{"text": "a", "web_app": {"url": "http://e.org"}}])),
    ("sendMessage", keyed([KEY | {"style": "loud"}])),
    ("sendMessage", keyed([KEY] * 9)),
    ("sendMessage", keyed(*[[KEY]] * 101)),
    ("sendChatAction", CHAT | {"action": "dance"}),
    ("setMessageReaction", CHAT | {"message_id": 1, "reaction": ["👍"]}),
    ("setMessageReaction", CHAT | {"message_id": 1, "reaction": [GRINS | {"type": "paid"}]}),
    ("setMessageReaction", CHAT | {"message_id": 1, "reaction": [GRINS, GRINS]}),
    ("sendMediaGroup", CHAT | {"media": ["a"]}),
    ("editMessageMedia", CHAT | {"message_id": 1, "media": {"type": "photo", "media": "file1"}}),
    ("getUpdates", {"allowed_updates": [["a"]]}),
    ("setWebhook", {"url": "https://["}),
    ("setWebhook", {"url": "https://e.org:70000"}),
    ("setWebhook", {"url": "https://e.org/a b"}),
    ("setMyCommands", {"commands": "gold"}),
    ("setMyCommands", {"commands": [5]}),
    ("setMyCommands", listed(command="Gold")),
    ("setMyCommands", listed(command="g" * 33)),
    ("setMyCommands", listed(description="")),
    ("setMyCommands", listed(description="x" * 257)),
    ("setMyCommands", {"commands": listed()["commands"] * 101}),
]


@pytest.mark.parametrize(("method", "arguments"), REFUSED)
async def test_what_telegram_refuses_is_refused_here(bot, phone, method, arguments):
    phone.send("words")
    assert (await bot.refusal(method, **arguments)).startswith("Bad Request: ")
    assert len(phone.events) == 1


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (formatted(type="text_link", url="e.org"), "http://e.org/"),
        (keyed([KEY | {"foo": "x", "style": "danger"}]), "danger"),
        (keyed([{"text": "a", "copy_text": {"text": "x" * 256}}] * 8), "x" * 256),
        (keyed([{"text": "a", "web_app": {"url": "https://e.org/"}}]), "https://e.org/"),
        (SAY | {"reply_markup": ""}, "words"),
    ],
)
async def test_what_telegram_takes_is_taken_here(bot, phone, arguments, kept):
    sent = str(await bot.ask("sendMessage", **arguments))
    assert kept in sent
    assert "foo" not in sent


@pytest.fixture
def cloud(clock):
    """Without a witness: what is sent here is wrong on purpose, and ignored where it may be."""
    return Cloud(clock.now)


async def sent_photo(bot, data):
    form = {"chat_id": str(PERSON_ID)}
    return (await bot.client.post("sendPhoto", data=form, files={"photo": ("x.jpg", data)})).json()


async def test_a_photo_is_a_picture_of_at_most_10_mb(bot, phone, picture):
    assert (await sent_photo(bot, b"words"))["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    large = picture.read_bytes().ljust(MAX_PHOTO + 1, b"\0")
    assert "too big for a photo" in (await sent_photo(bot, large))["description"]
    assert (await sent_photo(bot, large[:-1]))["ok"]


async def test_a_file_stays_what_it_was_sent_as(bot, phone, picture):
    phone.file(picture)
    for method, name, kind in (
        ("sendPhoto", "photo", "Photo"),
        ("sendVoice", "voice", "VoiceNote"),
    ):
        why = await bot.refusal(method, **CHAT, **{name: "file1"})
        assert why == f"Bad Request: can't use file of type Document as {kind}"


async def test_commands_can_be_taken_back(bot):
    await bot.ask("setMyCommands", **listed())
    assert await bot.ask("getMyCommands") == listed()["commands"]
    assert await bot.ask("deleteMyCommands") is True
    assert await bot.ask("getMyCommands") == []


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PARTS = {"Content-Type": "multipart/form-data; boundary=x"}
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("path", "headers", "body", "code"),
    [
        ("sendMessage", FORM, b"text=%ff", 400),
        ("sendMessage", PARTS, b"--y", 400),
        ("sendMessage", JSON, b"[]", 400),
        ("sendMessage", JSON, b'{"text": "a\\ud83d"}', 400),
        ("sendMessage", JSON, b'{"chat_id": 1e999, "text": "x"}', 400),
        ("sendMessage", JSON, b'{"chat_id": NaN, "text": "x"}', 400),
        ("sendMessage", JSON, b'{"text": "\xff"}', 400),
        ("sendMessage", JSON, b"[" * 100_000, 400),
        ("", JSON, b"{}", 404),
        ("a/b", JSON, b"{}", 404),
    ],
)
async def test_whatever_comes_is_answered_in_json(bot, phone, path, headers, body, code):
    answer = await bot.client.post(path, content=body, headers=headers)
    refused = answer.json()
    assert (answer.status_code, refused["error_code"], refused["ok"]) == (code, code, False)
    assert refused["description"]


async def test_even_a_verb_that_nobody_expects(bot):
    answer = await bot.client.delete("getMe")
    assert (answer.status_code, answer.json()["error_code"]) == (405, 405)


NONSENSE = [5, -1, 1e300, True, "x", "[", '["a"]', "\x00", [], [1], ["a"], [["a"]], {}, {"a": 1},
            [{}], [{"type": 5}], [{"type": "bold", "offset": {}}], [None]]  # fmt: skip
PARAMETERS = {
    "sendmessage": ("chat_id", "text", "parse_mode", "entities", "reply_markup",
                    "reply_parameters", "reply_to_message_id"),
    "sendmessagedraft": ("chat_id", "draft_id", "text", "parse_mode", "entities"),
    "sendchataction": ("chat_id", "action"),
    "editmessagetext": ("chat_id", "message_id", "text", "entities", "reply_markup"),
    "editmessagereplymarkup": ("chat_id", "message_id", "reply_markup"),
    "editmessagecaption": ("chat_id", "message_id", "caption", "caption_entities"),
    "editmessagemedia": ("chat_id", "message_id", "media", "reply_markup"),
    "deletemessage": ("chat_id", "message_id"),
    "answercallbackquery": ("callback_query_id", "text"),
    "setmessagereaction": ("chat_id", "message_id", "reaction"),
    "senddocument": ("chat_id", "document", "caption", "caption_entities", "reply_markup"),
    "sendphoto": ("chat_id", "photo", "caption", "caption_entities", "reply_markup"),
    "sendvoice": ("chat_id", "voice", "caption", "caption_entities", "reply_markup"),
    "sendmediagroup": ("chat_id", "media", "reply_parameters"),
    "getfile": ("file_id",),
    "getme": ("nothing",),
    "getupdates": ("offset", "limit", "allowed_updates"),
    "setwebhook": ("url", "secret_token", "max_connections", "allowed_updates",
                   "drop_pending_updates"),
    "deletewebhook": ("drop_pending_updates",),
    "getwebhookinfo": ("nothing",),
    "setmycommands": ("commands", "scope", "language_code"),
    "getmycommands": ("scope", "language_code"),
    "deletemycommands": ("scope", "language_code"),
}  # fmt: skip
CALLS = [(method, name) for method, names in PARAMETERS.items() for name in names]


def test_every_method_is_among_those_that_are_tried(cloud):
    assert set(PARAMETERS) == {"getupdates", *BotApi(cloud)._methods}


async def tried(bot, phone, method, name, value):
    sound = {
        **SAY, "message_id": 2, "draft_id": 1, "action": "typing", "caption": "x",
        "document": "file1", "photo": "file2", "voice": "file3", "file_id": "file1",
        "media": [{"type": "document", "media": "file1"}], **listed(), "url": "",
    }  # fmt: skip
    answer = await bot.client.post(method, json=sound | {name: value})
    assert answer.status_code != 500, (method, name, value, answer.text)
    assert answer.json()["ok"] is (answer.status_code == 200)


@pytest.mark.parametrize(("method", "name"), CALLS)
async def test_no_argument_of_a_wrong_type_is_an_accident(bot, phone, picture, method, name):
    for media in ("document", "photo", "voice"):
        phone.attach(media, "x", picture.read_bytes())
    await bot.ask("sendMessage", **SAY)
    for value in NONSENSE:
        await tried(bot, phone, method, name, value)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "offset", "length", "url", "user", "id", "text", "message_id", "media",
                 "inline_keyboard", "callback_data", "web_app", "copy_text", "emoji", "command"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)  # fmt: skip


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(call=st.sampled_from(CALLS), value=ANYTHING)
def test_nor_is_anything_else_that_json_can_say(clock, call, value):
    async def ask():
        cloud = Cloud(clock.now)
        Phone(cloud).send("words")
        api = BotApi(cloud)
        method, name = call
        with suppress(Refused):
            await api.call(method, Params(SAY | {"message_id": 1, name: value}, {}))
        await api.close()

    asyncio.run(ask())
