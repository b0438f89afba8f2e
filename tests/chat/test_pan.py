"""Taps: a thumb is faster than Telegram takes edits, and a button stays for ever."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from tests.chat.conftest import Chat

NOTE = Path(__file__).parents[2] / "examples" / "walk.ogg"
CARDS = "/expand ideas come on the metro and leave at the office"


def keys(chat: Chat) -> list[str]:
    """What stands on the buttons, as drawn last."""
    drawn = [one for one in chat.phone.events if one.side == "bot" and one.buttons][-1]
    return [key for row in drawn.buttons for key in row]


def stored(chat: Chat, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(chat.database)) as connection:
        return connection.execute(query).fetchall()


def verdicts(chat: Chat) -> list[str]:
    """What is decided about the cards, in their order."""
    return [row[0] for row in stored(chat, "SELECT verdict FROM ideas ORDER BY position")]


def about(chat: Chat) -> list[tuple[Any, ...]]:
    """Which expansion, and which card of it counted from 0, each fragment is about."""
    return stored(
        chat,
        "SELECT about, position FROM fragments LEFT JOIN ideas ON ideas.id = about_idea ORDER BY n",
    )


def kept(chat: Chat, text: str) -> bool:
    return (text,) in stored(chat, "SELECT text FROM fragments")


def pressed_late(chat: Chat, data: str, message_id: int = 2) -> dict[str, Any]:
    """The press of a button under a message that Telegram no longer gives to bots."""
    person = chat.cloud.chat(chat.phone.person_id)
    return {
        "id": chat.cloud.ask(person),
        "from": person.person,
        "message": {"chat": person.shape, "message_id": message_id, "date": 0},
        "chat_instance": "1",
        "data": data,
    }


async def test_fast_taps_are_answered_at_once_and_drawn_together(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    began = perf_counter()
    for label in ("1⭐", "2⭐", "3⭐", "4⭐"):
        chat.phone.tap(label)
    await chat.until(lambda: len(chat.heard("toast")) == 4)
    answered_s = perf_counter() - began
    assert len(chat.heard("edit")) <= 1  # the others stand in line
    await chat.answered()
    drawn_s = perf_counter() - began
    assert chat.heard("toast") == ["Kept"] * 4
    assert len(chat.heard("edit")) <= 2
    assert answered_s < drawn_s
    assert keys(chat)[:4] == ["✓1⭐", "✓2⭐", "✓3⭐", "✓4⭐"]


async def test_what_was_tapped_last_is_what_is_shown(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    chat.phone.tap("1⭐")
    chat.phone.tap("Next page")
    await chat.answered()
    assert "2/" in chat.heard("edit")[-1]


async def test_a_thought_is_kept_while_telegram_lets_nothing_into_the_chat(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    chat.cloud.faults.floods = 1.0
    chat.phone.tap("1⭐")
    chat.phone.send("and a thought")
    await chat.until(lambda: kept(chat, "and a thought"))
    assert chat.heard("edit", "reaction") == []
    chat.cloud.faults.floods = 0.0
    await chat.answered()
    assert chat.heard("toast", "reaction") == ["Kept", "✍"]
    assert keys(chat)[0] == "✓1⭐"


async def test_a_page_that_could_not_be_drawn_is_drawn_after_a_restart(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    chat.phone.tap("1⭐")
    chat.phone.tap("2⭐")
    await chat.until(lambda: len(chat.heard("toast")) == 2)
    await chat.restart()
    await chat.answered()
    assert keys(chat)[:2] == ["✓1⭐", "✓2⭐"]


async def test_two_taps_on_one_label_at_once_decide_once(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    for label in ("2⭐", "2⭐"):
        chat.phone.tap(label)
    await chat.answered()
    assert chat.heard("toast") == ["Kept"] * 2
    assert keys(chat)[1] == "✓2⭐"
    for label in ("✓2⭐", "✓2⭐"):
        chat.phone.tap(label)
    await chat.answered()
    assert chat.heard("toast")[2:] == ["Taken back"] * 2
    assert keys(chat)[1] == "2⭐"
    assert set(verdicts(chat)) == {"new"}


async def test_the_rest_is_dropped_once_and_brought_back_once(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    chat.phone.tap("1⭐")
    await chat.answered()
    for _ in range(2):
        chat.phone.tap("🗑")
    await chat.answered()
    assert chat.heard("toast")[1:] == ["3 dropped"] * 2
    assert chat.heard("edit")[-1].count("dropped") == 3
    for _ in range(2):
        chat.phone.tap("✓🗑")
    await chat.answered()
    assert chat.heard("toast")[3:] == ["Brought back", "Nothing was left to do here."]
    assert verdicts(chat) == ["kept", *["new"] * (len(verdicts(chat)) - 1)]


async def test_a_tap_delivered_again_after_others_changes_nothing(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    chat.phone.tap("1⭐")
    await chat.answered()
    ((newest,),) = stored(chat, "SELECT max(update_id) FROM inbox")
    chat.phone.tap("✓1⭐")
    await chat.answered()
    await chat.replay({"update_id": newest, "callback_query": pressed_late(chat, "k:1")})
    assert set(verdicts(chat)) == {"new"}
    assert keys(chat)[0] == "1⭐"
    assert chat.heard("toast") == ["Kept", "Taken back", "Taken back"]


async def test_what_was_decided_elsewhere_shows_at_the_next_tap(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    with closing(sqlite3.connect(chat.database)) as connection:
        connection.execute("UPDATE ideas SET verdict = 'maybe' WHERE position = 2")
        connection.commit()
    chat.phone.tap("1⭐")
    await chat.answered()
    assert [key for key in keys(chat) if "✓" in key] == ["✓1⭐", "✓3🤨"]


async def test_a_number_in_a_reply_means_the_page_shown_now(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    chat.phone.tap("Next page")
    await chat.answered()
    chat.phone.reply(2, "2 I saw this one")
    await chat.answered()
    chat.phone.tap("Next page")
    chat.phone.tap("1⭐", 2)  # the page that is still to be seen
    await chat.answered()
    chat.phone.reply(2, "1. and this one")
    chat.phone.reply(2, "3 days later")
    await chat.answered()
    assert about(chat) == [(1, 5), (1, 4), (1, None)]
    assert chat.heard("reaction") == ["✍"] * 3


async def test_a_spoken_reply_is_about_the_round(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    chat.phone.attach("voice", "walk.ogg", NOTE.read_bytes(), reply_to=2)
    await chat.answered()
    assert about(chat) == [(1, None)]


async def press(chat: Chat, data: str, message_id: int = 2) -> str:
    """Press a button under a message that Telegram no longer gives to bots; the toast."""
    chat.cloud.updates.add("callback_query", pressed_late(chat, data, message_id))
    await chat.answered()
    return chat.heard("toast")[-1]


async def test_a_tap_on_a_message_that_is_out_of_reach_decides_once_and_shows_it_anew(
    chat: Chat,
) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    for data, toast in (("k:2", "Kept"), ("d:1:0", "3 dropped"), ("u:2", "Taken back")):
        assert await press(chat, data, 999) == toast
    assert verdicts(chat)[:4] == ["dropped", "new", "dropped", "dropped"]
    assert len(chat.heard("toast")) == 3
    assert (len(chat.heard()), chat.heard("edit")) == (4, [])


async def test_a_page_turned_in_a_message_out_of_reach_comes_anew(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    chat.cloud.updates.add("callback_query", pressed_late(chat, "p:1:1", 999))
    await chat.answered()
    assert "page 2/" in chat.heard()[-1]
    chat.phone.reply(3, "2 I saw this one")
    await chat.answered()
    assert about(chat) == [(1, 5)]


class TestRefusedEdits:
    """Telegram gives us the message and refuses to change it (400)."""

    async def pressed(self, chat: Chat, data: str) -> None:
        """Press a button of a page that is deleted before we come to it."""
        person = chat.cloud.chat(chat.phone.person_id)
        update = pressed_late(chat, data) | {"message": dict(person.messages[2])}
        chat.cloud.updates.add("callback_query", update)
        del person.messages[2]
        await chat.answered()

    async def test_a_page_comes_anew_and_a_reply_to_that_is_known(self, chat: Chat) -> None:
        chat.phone.send(CARDS)
        await chat.answered()
        await self.pressed(chat, "p:1:1")
        assert "page 2/" in chat.heard()[-1]
        assert chat.heard("edit") == []
        chat.phone.reply(3, "2 I saw this one")
        await chat.answered()
        assert about(chat) == [(1, 5)]

    async def test_a_star_shows_in_a_new_message_and_is_taken_back_there(self, chat: Chat) -> None:
        chat.phone.send(CARDS)
        await chat.answered()
        await self.pressed(chat, "k:2")
        assert len(chat.heard()) == 2
        assert keys(chat)[:2] == ["1⭐", "✓2⭐"]
        chat.phone.tap("✓2⭐")
        await chat.answered()
        assert chat.heard("toast") == ["Kept", "Taken back"]
        assert keys(chat)[:2] == ["1⭐", "2⭐"]
        assert len(chat.heard()) == 2

    async def test_what_is_shown_already_is_not_sent_anew(self, chat: Chat) -> None:
        chat.phone.send(CARDS)
        await chat.answered()
        page = dict(chat.cloud.chat(chat.phone.person_id).messages[2])
        pressed = pressed_late(chat, "p:1:0") | {"message": page}
        chat.cloud.updates.add("callback_query", pressed)
        await chat.answered()
        assert (len(chat.heard()), chat.heard("edit")) == (1, [])


@pytest.mark.parametrize("data", ["u:999", "b:1:0", "b:9:0:1", "b:1:99:1", "b:1:0:x", "j:9", "j:1"])
async def test_a_button_from_last_year_changes_nothing_and_says_so(chat: Chat, data: str) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    assert await press(chat, data) == "That is gone. Nothing was changed."
    assert set(verdicts(chat)) == {"new"}


async def test_nobody_decides_about_what_another_person_was_shown(chat: Chat) -> None:
    chat.phone.send(CARDS)
    await chat.answered()
    with closing(sqlite3.connect(chat.database)) as connection:
        connection.execute(
            "INSERT INTO people (id, language, timezone, digest_at, digest_from, day_starts, "
            "fragments_counted, joined_at) SELECT 43, language, timezone, digest_at, digest_from, "
            "day_starts, fragments_counted, joined_at FROM people"
        )
        connection.execute("UPDATE ideas SET person_id = 43")
        connection.execute("UPDATE expansions SET person_id = 43")
        connection.commit()
    for data in ("k:1", "m:1", "u:1", "d:1:0", "b:1:0:1", "p:1:1", "j:1"):
        assert await press(chat, data) == "That is gone. Nothing was changed."
    assert set(verdicts(chat)) == {"new"}
    assert len(chat.heard()) == 1
