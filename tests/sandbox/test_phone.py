"""What a person can do, and the shape of the updates that come of it."""

import pytest

from bot.errors import PlayError
from bot.sandbox.phone import PERSON_ID
from bot.sandbox.updates import FIRST_ID

STAR = {"text": "1⭐", "callback_data": "keep:1"}
LINK = {"text": "open", "url": "https://example.org"}


async def show(bot, text, *rows):
    keyboard = {"inline_keyboard": [list(row) for row in rows]}
    return await bot.ask("sendMessage", chat_id=PERSON_ID, text=text, reply_markup=keyboard)


async def test_every_kind_of_update_has_telegrams_shape(bot, phone, voice_note, picture):
    """The cloud's witness looks at them."""
    await bot.ask("getUpdates", allowed_updates=["message", "edited_message",
                                                 "callback_query", "message_reaction"])  # fmt: skip
    phone.start("from_the-page")
    phone.send("/expand 靈感 on https://e.org/x for @ming #day")
    phone.reply(2, "more")
    phone.edit(3, "less")
    for whose in ("user", "hidden_user", "chat", "channel"):
        phone.forward("somebody else's", whose)
    phone.voice(voice_note)
    phone.photo(picture, "我的桌子 e.org")
    phone.file(picture)
    phone.album([picture, picture], "both")
    await show(bot, "<b>pick</b>", [STAR, LINK])
    await bot.ask("editMessageText", chat_id=PERSON_ID, message_id=13, text="y",
                  reply_markup={"inline_keyboard": [[STAR]]})  # fmt: skip
    phone.reply(13, "hm")
    phone.tap("⭐")
    phone.react(1, "🔥")
    phone.react(1, "👍")
    updates = await bot.ask("getUpdates")
    assert [next(iter(set(u) - {"update_id"})) for u in updates] == [
        *["message"] * 3, "edited_message", *["message"] * 10,
        "callback_query", *["message_reaction"] * 2,
    ]  # fmt: skip
    replied = updates[-4]["message"]["reply_to_message"]
    assert (replied["text"], replied["from"]["is_bot"]) == ("y", True)


async def test_an_update_shows_the_message_as_it_was_then(bot, phone):
    phone.send("before")
    phone.edit(1, "after")
    first, second = await bot.ask("getUpdates")
    assert first["message"]["text"] == "before"
    assert second["edited_message"]["text"] == "after"
    assert second["update_id"] == FIRST_ID + 1


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u2060\u3000"])
def test_a_blank_text_is_not_sent_and_uses_no_number(phone, cloud, text):
    assert phone.send(text) is None
    assert phone.forward(text) is None
    assert phone.send("words") == 1
    assert phone.reply(1, text) is None
    phone.edit(1, text)
    assert len(phone.events) == cloud.updates.unconfirmed == 1


def test_a_text_travels_untouched_but_for_what_telegram_takes_out(phone, picture):
    pasted, left = "  \u202eשלום\u200b <b>*_`\t\x1b[2J\r ", "  שלום\u200b <b>*_`  [2J "
    phone.send(pasted)
    phone.send("words")
    phone.edit(2, pasted)
    phone.photo(picture, pasted)
    assert [event.text for event in phone.events] == [left, "words", left, f"desk.jpg\n{left}"]


async def test_half_a_character_never_gets_in(bot, phone):
    phone.send("a\ud83d")
    phone.edit(1, "\ude00b")
    phone.attach("document", "\udcff.txt", b"x", "c\ud83d")
    with pytest.raises(PlayError) as refused:
        phone.react(1, "\ud83d")
    str(refused.value).encode()
    sent, edited, held = await bot.ask("getUpdates")
    assert sent["message"]["text"] == "a\ufffd"
    assert edited["edited_message"]["text"] == "\ufffdb"
    assert held["message"]["document"]["file_name"] == "\ufffd.txt"
    assert held["message"]["caption"] == "c\ufffd"


async def test_one_who_cannot_be_told_keeps_nothing_from_the_others(bot, phone, cloud, caplog):
    told = []

    def deaf(event):
        raise RuntimeError("deaf")

    cloud.listen(deaf)
    cloud.listen(told.append)
    phone.send("words")
    assert [event.text for event in told] == ["words"]
    assert len(await bot.ask("getUpdates")) == 1
    assert "deaf" in caplog.text


def test_a_text_may_have_4096_utf16_units_and_no_more(phone, picture):
    assert phone.send("😀" * 2048) == 1
    with pytest.raises(PlayError, match="4,097 UTF-16 units"):
        phone.send("😀" * 2048 + "x")
    with pytest.raises(PlayError, match="1,025 UTF-16 units"):
        phone.photo(picture, "x" * 1025)


def test_only_ones_own_text_can_be_edited(phone, picture):
    phone.photo(picture)
    phone.forward("somebody else's")
    for n, why in ((1, "not a text"), (2, "forwarded"), (3, "no message 3; the newest is 2")):
        with pytest.raises(PlayError, match=why):
            phone.edit(n, "x")


def test_an_edit_to_the_same_text_is_nothing(phone, cloud):
    phone.send("words")
    phone.edit(1, "words")
    assert cloud.updates.unconfirmed == 1


async def test_a_tap_presses_the_first_such_button_of_the_newest_message(bot, phone):
    await show(bot, "old", [STAR | {"text": "old⭐"}])
    await show(bot, "new", [{"text": "1🤨", "callback_data": "x"}], [STAR, STAR | {"text": "2⭐"}])
    await show(bot, "newest, but without stars", [LINK])
    phone.tap("⭐")
    assert (phone.events[-1].text, phone.events[-1].on) == ("1⭐", 2)
    phone.tap("⭐", 1)
    assert (phone.events[-1].text, phone.events[-1].on) == ("old⭐", 1)
    data = [update["callback_query"]["data"] for update in await bot.ask("getUpdates")]
    assert data == ["keep:1", "keep:1"]


async def test_a_button_that_acts_inside_the_app_tells_the_bot_nothing(bot, phone, cloud):
    await show(bot, "look", [LINK])
    phone.tap("open")
    assert (phone.events[-1].kind, cloud.updates.unconfirmed) == ("tap", 0)


async def test_a_missing_button_is_named_with_those_that_are_there(bot, phone):
    with pytest.raises(PlayError, match='no button "3⭐"; there are no buttons at all'):
        phone.tap("3⭐")
    await show(bot, "pick", [STAR, LINK])
    with pytest.raises(PlayError, match=r'no button "3⭐"; there are \[1⭐\]\[open\] on 1'):
        phone.tap("3⭐")


def test_a_reaction_is_one_that_telegram_offers(phone):
    phone.send("words")
    phone.react(1, "❤️")
    assert (phone.events[-1].text, phone.events[-1].on) == ("❤", 1)
    with pytest.raises(PlayError, match="does not offer ⭐"):
        phone.react(1, "⭐")
    with pytest.raises(PlayError, match="no message 2"):
        phone.react(2, "🔥")


async def test_a_forward_tells_where_it_came_from(bot, phone):
    for whose in ("user", "hidden_user", "chat", "channel"):
        phone.forward("theirs", whose)
    origins = [one["message"]["forward_origin"] for one in await bot.ask("getUpdates")]
    assert [one["type"] for one in origins] == ["user", "hidden_user", "chat", "channel"]


async def test_whatever_was_sent_is_passed_on_as_somebody_elses(bot, phone, picture, voice_note):
    phone.photo(picture, "我的桌子 e.org")
    phone.album([picture, picture], "both")
    phone.forward_voice(voice_note)
    await bot.ask("sendMessage", chat_id=PERSON_ID, text="<b>said</b>", parse_mode="HTML")
    for n in range(1, 6):
        phone.pass_on(n)
    first, second, _, spoken, again, in_album, _, voice, said = [
        one["message"] for one in await bot.ask("getUpdates")
    ]
    assert again == first | {name: again[name] for name in ("message_id", "forward_origin")}
    assert in_album["caption"] == second["caption"]
    assert "media_group_id" not in in_album
    assert spoken["forward_origin"] == voice["forward_origin"]
    assert said["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    with pytest.raises(PlayError, match="no message 99"):
        phone.pass_on(99)


async def test_an_album_is_several_messages_of_one_group_and_the_first_has_the_caption(
    bot, phone, picture
):
    assert phone.album([picture, picture], "both") == [1, 2]
    assert phone.album([picture, picture]) == [3, 4]
    sent = [one["message"] for one in await bot.ask("getUpdates")]
    groups = [one["media_group_id"] for one in sent]
    assert groups[0] == groups[1] != groups[2] == groups[3]
    assert [one.get("caption") for one in sent] == ["both", None, None, None]
    with pytest.raises(PlayError, match="an album has 2 to 10 files"):
        phone.album([picture])


async def test_a_link_to_the_bot_brings_its_payload(bot, phone):
    phone.start()
    phone.start("owner-42")
    texts = [one["message"]["text"] for one in await bot.ask("getUpdates")]
    assert texts == ["/start", "/start owner-42"]
    for payload in ("two words", "x" * 65, "ü"):
        with pytest.raises(PlayError, match="payload"):
            phone.start(payload)


def test_an_empty_file_is_not_sent(phone, tmp_path):
    (tmp_path / "empty.txt").touch()
    with pytest.raises(PlayError, match=r"empty\.txt is empty"):
        phone.file(tmp_path / "empty.txt")
    assert phone.events == []
