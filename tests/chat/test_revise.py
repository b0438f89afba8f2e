"""Changing a draft on the real application: by voice, twice, once more, and edited meanwhile."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.heard import Nothing
from bot.sandbox.phone import PERSON_ID
from tests.chat.conftest import Chat
from tests.chat.test_pan import stored
from tests.fakes import ScriptedListener, heard

WALK = Path("examples/walk.ogg").read_bytes()
SAID = (
    "坐到公司那一站,念頭就散了",
    "點子都是在捷運上來的,嗶卡出站就沒了",
    "我在手扶梯上錄音,後面的人一直看我",
    "回到座位打開檔案,只剩一句喂喂喂",
    "每天在捷運上想到三個點子,到公司一個都不剩",
    "捷運上的廣播把我的點子蓋過去了",
    "有一次我在捷運上對著手機講了三分鐘",
)
DRAFT = len(SAID) + 2  # the message that shows it
WISHES = "SELECT wish FROM draft_versions WHERE number > 1 ORDER BY number"


@pytest.fixture
def listener() -> ScriptedListener:
    return ScriptedListener("把第2段移到最前面", "早上八點四十一分的事")


async def drafted(chat: Chat) -> str:
    """A draft, and what it says."""
    for text in SAID:
        chat.phone.send(text)
    chat.phone.send("/draft")
    await chat.answered()
    return chat.heard()[-1]


def drafts(chat: Chat) -> list[str]:
    return [text for text in chat.heard() if text.startswith("🎬")]


def beats(text: str) -> list[str]:
    return [line for line in text.splitlines() if line[:1].isdigit()]


async def test_a_wish_is_spoken_and_the_recording_is_kept_but_nothing_is_made_of_it(
    chat: Chat, listener: ScriptedListener
) -> None:
    first = await drafted(chat)
    listener.answers[:] = ["把第2段移到最前面"]
    chat.phone.attach("voice", "walk.ogg", WALK, reply_to=DRAFT)
    await chat.answered()
    assert beats(drafts(chat)[-1])[0][1:] == beats(first)[1][1:]
    assert stored(chat, WISHES) == [("把第2段移到最前面",)]
    assert stored(chat, "SELECT text FROM fragments WHERE aside") == [("把第2段移到最前面",)]
    chat.phone.send("/draft long")
    await chat.answered()
    assert "把第2段移到最前面" not in chat.heard()[-1]


async def test_a_spoken_wish_in_which_nothing_is_heard_says_so(
    chat: Chat, listener: ScriptedListener
) -> None:
    await drafted(chat)
    listener.answers[:] = [heard("", nothing=Nothing.NO_WORDS)]
    chat.phone.attach("voice", "walk.ogg", WALK, reply_to=DRAFT)
    await chat.answered()
    assert len(drafts(chat)) == 1
    assert not chat.heard()[-1].startswith("🎬")


async def test_two_wishes_at_once_give_two_versions_each_from_the_one_replied_to(
    chat: Chat,
) -> None:
    await drafted(chat)
    chat.phone.reply(DRAFT, "move 2 to 1")
    chat.phone.reply(DRAFT, "move 3 to 1")
    await chat.answered()
    assert stored(chat, "SELECT number, base FROM draft_versions ORDER BY number") == [
        (1, None),
        (2, 1),
        (3, 1),
    ]
    assert [text.count("↕ moved") for text in drafts(chat)[1:]] == [1, 1]


async def test_a_wish_delivered_again_is_carried_out_once(chat: Chat) -> None:
    await drafted(chat)
    chat.phone.reply(DRAFT, "move 2 to 1")
    await chat.answered()
    with closing(sqlite3.connect(chat.database)) as connection:
        (last,) = connection.execute("SELECT max(update_id) FROM inbox").fetchone()
    message = chat.cloud.chat(PERSON_ID).messages[DRAFT + 1]
    await chat.replay({"update_id": last, "message": message})
    assert len(stored(chat, WISHES)) == 1
    assert len(drafts(chat)) == 2


async def test_a_wish_that_was_carried_out_stays_when_it_is_edited(chat: Chat) -> None:
    await drafted(chat)
    chat.phone.reply(DRAFT, "move 2 to 1")
    await chat.answered()
    chat.phone.edit(DRAFT + 1, "move 3 to 1")
    await chat.answered()
    assert stored(chat, WISHES) == [("move 2 to 1",)]
    assert chat.heard()[-1].startswith("That was carried out already.")


async def test_a_line_whose_fragment_was_edited_falls_with_the_next_change_and_that_is_told(
    chat: Chat,
) -> None:
    first = await drafted(chat)
    (cited, *_) = [n for n in range(1, 8) if f"#{n}" in beats(first)[0]]
    chat.phone.edit(cited, "這句我收回,換成別的話")
    chat.phone.reply(DRAFT, "move 3 to 2")
    await chat.answered()
    second = drafts(chat)[-1]
    assert f"(you edited #{cited} since)" in second
    assert SAID[cited - 1] not in second.split("You asked")[0]
