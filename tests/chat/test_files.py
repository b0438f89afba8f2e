"""A file is kept whatever is in it, and is what its name says where Telegram does not know."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from telegram import Chat as TelegramChat
from telegram import Document, Message, Update

from bot.chat import files
from bot.chat.desk import Desk, Visit
from bot.chat.wording import wording
from bot.domain.records import Kind, Media, Person
from bot.errors import Trouble
from tests.chat.conftest import Chat
from tests.fakes import FailingBot


class Broken:
    """A reader with a fault of its own."""

    async def read(self, file: Path) -> str:
        raise IndexError(file.name)


def visit(desk: Desk, person: Person, name: str) -> Visit:
    """Somebody sends a document of this name."""
    document = Document("file1", "unique1", file_name=name)
    chat = TelegramChat(person.id, "private")
    message = Message(1, datetime(2026, 11, 20, tzinfo=UTC), chat, document=document)
    bot = cast("Any", FailingBot())
    return Visit(desk, bot, Update(1, message=message), person, wording(person.language))


async def test_a_reader_that_breaks_leaves_the_file_unreadable_and_keeps_it(
    desk: Desk, ming: Person
) -> None:
    broken = replace(desk, documents=Broken())
    sent = Media("file1", "1/1.docx", "application/octet-stream", 9)
    media, told = await files.read(visit(broken, ming, "talk.docx"), Kind.DOCUMENT, sent)
    assert media == replace(sent, trouble=Trouble.UNREADABLE)
    assert told is Trouble.UNREADABLE


@pytest.mark.parametrize("name", ["voice.m4a", "WALK.MP3", "call.amr"])
async def test_a_recording_sent_as_some_file_is_listened_to(chat: Chat, name: str) -> None:
    chat.phone.attach("document", name, b"sound", mime="application/octet-stream")
    await chat.answered()
    with closing(sqlite3.connect(chat.database)) as connection:
        assert connection.execute("SELECT state FROM hearings").fetchall() == [("waiting",)]
