"""A thumb is faster than Telegram takes edits."""

import sqlite3
from contextlib import closing
from time import perf_counter

from tests.chat.conftest import Chat

CARDS = "/expand ideas come on the metro and leave at the office"


def keys(chat: Chat) -> list[str]:
    """What stands on the buttons, as drawn last."""
    drawn = [one for one in chat.phone.events if one.side == "bot" and one.buttons][-1]
    return [key for row in drawn.buttons for key in row]


def kept(chat: Chat, text: str) -> bool:
    with closing(sqlite3.connect(chat.database)) as connection:
        query = "SELECT count(*) FROM fragments WHERE text = ?"
        return bool(connection.execute(query, (text,)).fetchone()[0])


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
