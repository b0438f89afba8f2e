"""What the bot can do in the chat, and what Telegram refuses."""

from datetime import timedelta

import pytest

from bot.sandbox.cloud import Preview
from bot.sandbox.phone import PERSON_ID

CHAT = {"chat_id": PERSON_ID}
STAR = {"inline_keyboard": [[{"text": "1⭐", "callback_data": "keep:1"}]]}


def last(phone):
    return phone.events[-1]


async def tapped(bot, phone):
    await bot.ask("sendMessage", **CHAT, text="pick", reply_markup=STAR)
    phone.tap("⭐")
    return (await bot.ask("getUpdates"))[-1]["callback_query"]["id"]


async def test_messages_of_both_sides_are_numbered_in_one_sequence(bot, phone):
    phone.send("mine")
    assert (await bot.ask("sendMessage", **CHAT, text="yours"))["message_id"] == 2
    assert phone.send("mine again") == 3
    assert [(event.side, event.n) for event in phone.events] == [
        ("person", 1), ("bot", 2), ("person", 3)
    ]  # fmt: skip


async def test_a_person_sees_entities_applied_and_no_markup(bot, phone):
    sent = await bot.ask("sendMessage", **CHAT, text="<b>a</b> &lt; b", parse_mode="HTML")
    assert last(phone).text == sent["text"] == "a < b"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_entities_sent_beside_a_text_leave_it_as_it_is(bot, phone):
    bold = [{"type": "bold", "offset": 0, "length": 3}]
    sent = await bot.ask("sendMessage", **CHAT, text="<b>", entities=bold)
    assert last(phone).text == "<b>"
    assert sent["entities"] == bold


async def test_length_is_counted_in_utf16_units_after_entities(bot, phone):
    await bot.ask("sendMessage", **CHAT, text=f"<i>{'😀' * 2048}</i>", parse_mode="HTML")
    refusal = await bot.refusal("sendMessage", **CHAT, text="😀" * 2048 + ".")
    assert refusal == "Bad Request: message is too long"


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u2060", "<b></b>"])
async def test_a_message_needs_something_to_see(bot, phone, text):
    refusal = await bot.refusal("sendMessage", **CHAT, text=text, parse_mode="HTML")
    assert refusal == "Bad Request: message text is empty"


async def test_an_edit_shows_the_whole_new_text_and_its_buttons(bot, phone):
    await bot.ask("sendMessage", **CHAT, text="old")
    await bot.ask("editMessageText", **CHAT, message_id=1, text="new", reply_markup=STAR)
    assert (last(phone).kind, last(phone).text, last(phone).on) == ("edit", "new", 1)
    assert last(phone).buttons == (("1⭐",),)
    await bot.ask("editMessageText", **CHAT, message_id=1, text="newer")
    assert last(phone).buttons == ()


async def test_an_edit_that_changes_nothing_is_refused(bot, phone):
    await bot.ask("sendMessage", **CHAT, text="<b>x</b>", parse_mode="HTML", reply_markup=STAR)
    again = {"message_id": 1, "text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": STAR}
    not_modified = "Bad Request: message is not modified: "
    assert (await bot.refusal("editMessageText", **CHAT, **again)).startswith(not_modified)
    markup = {"message_id": 1, "reply_markup": STAR}
    assert (await bot.refusal("editMessageReplyMarkup", **CHAT, **markup)).startswith(not_modified)
    await bot.ask("editMessageReplyMarkup", **CHAT, message_id=1)


async def test_only_ones_own_message_can_be_edited(bot, phone):
    phone.send("the person's")
    edit = {**CHAT, "text": "x"}
    assert await bot.refusal("editMessageText", **edit, message_id=9) == (
        "Bad Request: message to edit not found"
    )
    assert await bot.refusal("editMessageText", **edit, message_id=1) == (
        "Bad Request: message can't be edited"
    )


async def test_a_tap_is_answered_once(bot, phone):
    query = await tapped(bot, phone)
    await bot.ask("answerCallbackQuery", callback_query_id=query, text="kept")
    assert (last(phone).kind, last(phone).text) == ("toast", "kept")
    refusal = await bot.refusal("answerCallbackQuery", callback_query_id=query)
    assert refusal.startswith("Bad Request: query is too old")


async def test_a_tap_can_be_answered_for_150_seconds(bot, phone, clock):
    for waited_s in (150, 151):
        query = await tapped(bot, phone)
        clock.set(clock.now() + timedelta(seconds=waited_s))
        answer = await bot.post("answerCallbackQuery", callback_query_id=query)
        assert answer["ok"] is (waited_s == 150)


async def test_an_answer_without_words_shows_nothing(bot, phone):
    query = await tapped(bot, phone)
    await bot.ask("answerCallbackQuery", callback_query_id=query)
    assert last(phone).kind == "tap"


async def test_a_reaction_replaces_the_one_before_and_can_be_taken_back(bot, phone):
    phone.send("words")
    for emoji in ("👀", "✍️", "✍"):
        reaction = [{"type": "emoji", "emoji": emoji}]
        await bot.ask("setMessageReaction", **CHAT, message_id=1, reaction=reaction)
    await bot.ask("setMessageReaction", **CHAT, message_id=1)
    assert [(e.text, e.on) for e in phone.events[1:]] == [("👀", 1), ("✍", 1), ("", 1)]


async def test_only_listed_reactions_on_existing_messages_are_taken(bot, phone):
    phone.send("words")
    star = {"reaction": [{"type": "emoji", "emoji": "⭐"}]}
    assert await bot.refusal("setMessageReaction", **CHAT, message_id=1, **star) == (
        "Bad Request: REACTION_INVALID"
    )
    assert await bot.refusal("setMessageReaction", **CHAT, message_id=2, **star) == (
        "Bad Request: message to react not found"
    )
    assert len(phone.events) == 1


async def test_callback_data_is_limited_to_64_bytes(bot, phone):
    def keyboard(data):
        return {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}

    await bot.ask("sendMessage", **CHAT, text="x", reply_markup=keyboard("x" * 64))
    refusal = await bot.refusal("sendMessage", **CHAT, text="x", reply_markup=keyboard("字" * 22))
    assert refusal == "Bad Request: BUTTON_DATA_INVALID"


async def test_a_reply_carries_the_message_it_replies_to(bot, phone):
    phone.send("first")
    phone.reply(1, "second")
    sent = await bot.ask("sendMessage", **CHAT, text="third", reply_parameters={"message_id": 2})
    assert sent["reply_to_message"]["text"] == "second"
    assert "reply_to_message" not in sent["reply_to_message"]
    gone = {"message_id": 99}
    assert await bot.refusal("sendMessage", **CHAT, text="x", reply_parameters=gone) == (
        "Bad Request: message to be replied not found"
    )
    gone["allow_sending_without_reply"] = True
    assert await bot.ask("sendMessage", **CHAT, text="x", reply_parameters=gone)


async def test_a_deleted_message_is_gone(bot, phone):
    phone.send("words")
    await bot.ask("deleteMessage", **CHAT, message_id=1)
    assert (last(phone).kind, last(phone).on) == ("delete", 1)
    assert await bot.refusal("deleteMessage", **CHAT, message_id=1) == (
        "Bad Request: message to delete not found"
    )


async def test_a_streamed_draft_is_a_preview_and_takes_no_number(bot, phone):
    await bot.ask("sendMessageDraft", **CHAT, draft_id=7, text="<i>so far</i>", parse_mode="HTML")
    assert (last(phone).kind, last(phone).text, last(phone).n) == ("preview", "so far", None)
    assert phone.send("next") == 1


async def test_a_preview_lasts_30_seconds_or_until_the_message_comes(bot, phone, cloud, clock):
    chat = cloud.chat(PERSON_ID)
    await bot.ask("sendMessageDraft", **CHAT, draft_id=7, text="so far")
    assert chat.preview == Preview("so far", clock.now() + timedelta(seconds=30))
    await bot.ask("sendMessage", **CHAT, text="so far and no further")
    assert chat.preview is None
    assert "draft_id" in await bot.refusal("sendMessageDraft", **CHAT, draft_id=0, text="x")
    await bot.ask("sendMessageDraft", **CHAT, draft_id=7, text="")


async def test_typing_is_accepted_and_shows_nothing(bot, phone):
    assert await bot.ask("sendChatAction", **CHAT, action="typing") is True
    assert phone.events == []


async def test_a_bot_cannot_write_to_somebody_it_never_met(bot):
    assert await bot.refusal("sendMessage", chat_id=1, text="hi") == "Bad Request: chat not found"


async def test_commands_are_remembered_for_each_audience(bot):
    mine = [{"command": "gold", "description": "what was kept"}]
    await bot.ask("setMyCommands", commands=mine, language_code="zh")
    assert await bot.ask("getMyCommands", language_code="zh") == mine
    assert await bot.ask("getMyCommands") == []


async def test_a_forced_reply_is_told_to_the_apps_and_stands_in_no_message(bot, phone):
    def forced(hint):
        return {"force_reply": True, "input_field_placeholder": hint}

    sent = await bot.ask("sendMessage", **CHAT, text="what?", reply_markup=forced("字" * 64))
    assert "reply_markup" not in sent
    assert phone.chat.asking == {sent["message_id"]: "字" * 64}
    refusal = await bot.refusal("sendMessage", **CHAT, text="what?", reply_markup=forced("x" * 65))
    assert "input_field_placeholder" in str(refusal)
