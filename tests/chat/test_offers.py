"""What is tapped under an evening's digest and what is answered to it, on the real application."""

import sqlite3
from contextlib import closing

import pytest

from bot.chat.buttons import Action
from tests.chat.conftest import Chat
from tests.chat.test_pan import keys, stored
from tests.chat.test_revise import SAID, WALK
from tests.fakes import ScriptedListener

DIGEST = len(SAID) + 2  # the message it comes in
WAY_BACK = "‹ The evening"
OPENED = "SELECT opened_at IS NOT NULL FROM drafts"
TOUCHED = "SELECT touched_at IS NOT NULL FROM digests"
PUT_OFF = "SELECT postponed_to IS NOT NULL, postponements FROM drafts ORDER BY id LIMIT 1"
ANSWERS = "SELECT text, about_digest FROM fragments WHERE about_digest IS NOT NULL OR aside"


@pytest.fixture
def chat_rest_s() -> float:
    return 0.0


@pytest.fixture
def listener() -> ScriptedListener:
    return ScriptedListener("更短", "外面在下雨")


async def evening(chat: Chat) -> str:
    """A digest on the spot, and what it says."""
    for text in SAID:
        chat.phone.send(text)
    chat.phone.send("/digest now")
    await chat.answered()
    return chat.heard()[-1]


async def tap(chat: Chat, label: str, on: int = DIGEST) -> str:
    """What the message says after this."""
    chat.phone.tap(label, on)
    await chat.answered()
    return chat.heard("edit")[-1]


def under(chat: Chat, data: str) -> None:
    """A message of the bot's with one button that carries this."""
    keyboard = {"inline_keyboard": [[{"text": "Press", "callback_data": data}]]}
    chat.cloud.write(chat.phone.chat, "bot", {"text": "old", "reply_markup": keyboard}, None)


def run(chat: Chat, statement: str) -> None:
    with closing(sqlite3.connect(chat.database)) as connection:
        connection.execute(statement)
        connection.commit()


async def test_a_draft_opens_where_the_digest_stands_and_leads_back_from_each_of_its_sides(
    chat: Chat,
) -> None:
    digest = await evening(chat)
    assert stored(chat, OPENED)[0] == (0,)
    assert stored(chat, TOUCHED) == [(0,)]
    assert (await tap(chat, "📖 Read")).startswith("🎬")
    assert stored(chat, OPENED)[0] == (1,)
    assert stored(chat, TOUCHED) == [(1,)]
    await chat.restart()
    for label in ("🔍 Sources", "‹ The script", "🎥 Shots", "‹ The script", "✏️ Change", "⭐ kept"):
        if label == "⭐ kept":
            await tap(chat, "‹ The script")
        await tap(chat, label)
        assert keys(chat)[-1] == WAY_BACK
    assert await tap(chat, WAY_BACK) == digest.replace("% yours", "% yours · ⭐ kept")
    assert "📖 Read" in keys(chat)
    assert chat.heard()[-1] == digest  # nothing but edits came


async def test_change_and_file_lead_there_at_once(chat: Chat) -> None:
    await evening(chat)
    assert "🎥 Shots" not in keys(chat)  # the offline writer suggests none
    assert (await tap(chat, "✏️ Change")).startswith("What shall change?")
    await tap(chat, WAY_BACK)
    await tap(chat, "📄 As file")
    assert chat.heard()[-1].startswith("📄")


async def test_a_reply_is_about_the_draft_only_while_the_message_shows_it(chat: Chat) -> None:
    await evening(chat)
    await tap(chat, "📖 Read")
    chat.phone.reply(DIGEST, "語氣再硬一點")
    await chat.answered()
    assert stored(chat, ANSWERS) == []
    assert "takes a model" in chat.heard()[-1]
    await tap(chat, WAY_BACK)
    chat.phone.reply(DIGEST, "語氣再硬一點")
    await chat.answered()
    assert stored(chat, ANSWERS) == [("語氣再硬一點", 1)]


async def test_a_reply_to_the_digest_that_code_can_read_changes_the_first_draft(
    chat: Chat,
) -> None:
    digest = await evening(chat)
    chat.phone.reply(DIGEST, "更短")
    await chat.answered()
    shorter = chat.heard()[-1]
    assert "version 2" in shorter
    assert stored(chat, ANSWERS) == []
    assert stored(chat, TOUCHED) == [(1,)]
    # The digest leads to the newest version by now, and tells of it.
    assert "version 2" in await tap(chat, "📖 Read")
    assert await tap(chat, WAY_BACK) != digest


async def test_a_spoken_wish_does_the_same_and_a_spoken_thought_is_a_fragment(chat: Chat) -> None:
    await evening(chat)
    chat.phone.attach("voice", "walk.ogg", WALK, reply_to=DIGEST)
    await chat.answered()
    assert "version 2" in chat.heard()[-1]
    chat.phone.attach("voice", "walk.ogg", WALK, reply_to=DIGEST)
    await chat.answered()
    assert stored(chat, "SELECT text, aside, about_digest FROM fragments WHERE n > 7") == [
        ("更短", 1, 1),
        ("外面在下雨", 0, 1),
    ]
    assert stored(chat, "SELECT count(*) FROM draft_versions WHERE number > 1") == [(1,)]


async def test_tomorrow_is_written_down_before_it_is_said_and_can_be_taken_back(
    chat: Chat,
) -> None:
    digest = await evening(chat)
    told = await tap(chat, "💤 Tomorrow")
    assert chat.heard("toast")[-1] == "It comes back tomorrow at 21:00."
    assert "comes back tomorrow" in told
    assert stored(chat, PUT_OFF) == [(1, 1)]
    # An old keyboard may still offer it: the second tap changes nothing.
    draft_id = stored(chat, "SELECT min(id) FROM drafts")[0][0]
    under(chat, f"{Action.TOMORROW}:1:{draft_id}:1")
    await tap(chat, "Press", DIGEST + 1)
    assert stored(chat, PUT_OFF) == [(1, 1)]
    await chat.restart()
    assert await tap(chat, "↩︎ Tonight after all") == digest
    assert stored(chat, PUT_OFF) == [(0, 0)]


async def test_with_the_digest_off_it_is_kept_and_what_brings_it_back_is_said(chat: Chat) -> None:
    await evening(chat)
    chat.phone.send("/digest off")
    await chat.answered()
    told = await tap(chat, "💤 Tomorrow")
    assert "The digest is off" in chat.heard("toast")[-1]
    assert "comes back with the next digest: /digest 21:00" in told
    assert stored(chat, PUT_OFF) == [(1, 1)]


async def test_what_is_gone_or_never_was_theirs_says_so(chat: Chat) -> None:
    await evening(chat)
    run(chat, "UPDATE draft_versions SET person_id = 7")
    run(chat, "UPDATE drafts SET person_id = 7")
    assert "what was offered here was erased" in await tap(chat, "📖 Read")
    assert chat.heard("toast")[-1] == "That is gone. Nothing was changed."
    run(chat, "UPDATE digests SET person_id = 7")
    draft_id = stored(chat, "SELECT min(id) FROM drafts")[0][0]
    for data in (
        f"{Action.OFFER}:1:{draft_id}:0",
        f"{Action.TOMORROW}:1:{draft_id}:1",
        f"{Action.EVENING}:1",
        f"{Action.SHOW_DIGEST}:1",
        f"{Action.OFFER}:1:{draft_id}:9",
    ):
        under(chat, data)
        chat.phone.tap("Press")
        await chat.answered()
        assert chat.heard("toast")[-1] == "That is gone. Nothing was changed."
    assert stored(chat, PUT_OFF) == [(0, 0)]


async def test_one_shown_once_more_is_the_same_digest(chat: Chat) -> None:
    digest = await evening(chat)
    under(chat, f"{Action.SHOW_DIGEST}:1")
    chat.phone.tap("Press")
    await chat.answered()
    assert chat.heard()[-1] == digest
    again = DIGEST + 2
    chat.phone.reply(again, "外面在下雨")
    await chat.answered()
    assert stored(chat, ANSWERS) == [("外面在下雨", 1)]
    await tap(chat, "📖 Read", again)
    assert keys(chat)[-1] == WAY_BACK


async def test_a_digest_of_before_the_migration_is_shown_with_what_it_has(chat: Chat) -> None:
    digest = await evening(chat)
    run(
        chat,
        "UPDATE digests SET body = json_remove(body, '$.older', '$.asks', '$.undecided', "
        "'$.returned', '$.offers[0].came', '$.offers[0].by')",
    )
    run(chat, "DELETE FROM digest_messages")  # nobody noted in which message it came
    assert (await tap(chat, "📖 Read")).startswith("🎬")
    assert await tap(chat, WAY_BACK) == digest
