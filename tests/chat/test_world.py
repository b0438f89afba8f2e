"""Everything that is neither plain words nor a voice: documents, links, albums, long pastes."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.errors import EngineError, Trouble
from bot.journey.export import export
from bot.journey.ports import Page, PageReader
from bot.parts import looks
from bot.sandbox.phone import PERSON_ID
from bot.settings import sqlite_in
from bot.store.database import Database
from bot.store.media import Shelf
from tests.chat.conftest import Chat

DESK = Path("examples/desk.jpg")
SHELF = Path("examples/shelf.jpg")
PIANO = "https://piano.example/lid"


class ScriptedPages:
    """A web of two pages."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def read(self, address: str) -> Page:
        self.asked.append(address)
        if address != PIANO:
            raise EngineError(Trouble.PRIVATE)
        return Page(address, "On pianos", "Nobody plays them.\n靈感")


@pytest.fixture
def pages() -> PageReader:
    return ScriptedPages()


@pytest.fixture
def chat_rest_s() -> float:
    return 0.0


async def kept(chat: Chat) -> list[dict[str, Any]]:
    """What `goldpan export` writes of the fragments."""
    folder = chat.database.parent
    db = Database(sqlite_in(folder))
    await export(db, Shelf(folder / "media"), folder / "export", looks())
    await db.close()
    lines = (folder / "export" / "fragments.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


async def found(chat: Chat, words: str) -> str:
    chat.phone.send(f"/find {words}")
    await chat.answered()
    return chat.heard()[-1]


class TestDocuments:
    async def test_a_document_is_read_as_material_and_found_by_its_words(self, chat: Chat) -> None:
        chat.phone.attach("document", "notes.txt", "靈感都在捷運上".encode("big5"))
        await chat.answered()
        (one,) = await kept(chat)
        assert (one["kind"], one["origin"]) == ("document", "forwarded")
        assert one["text"] == "靈感都在捷運上"
        assert chat.heard("reaction", "text") == ["✍"]
        assert "#1 📄 靈感都在捷運上" in await found(chat, "灵感")

    async def test_its_caption_stays_the_persons_own(self, chat: Chat) -> None:
        chat.phone.attach("document", "talk.srt", SUBTITLES.encode(), "my talk")
        await chat.answered()
        (one,) = await kept(chat)
        assert (one["origin"], one["text"]) == ("own", "my talk")
        assert one["read"] == "Nobody plays it."
        assert "#1 my talk" in await found(chat, "plays")

    @pytest.mark.parametrize(
        ("name", "content", "why"),
        [
            ("empty.md", b" \n ", "no word in it"),
            ("long.txt", b"word " * 30_000, "too long"),
            ("wrong.docx", b"\x89PNG\r\n\x1a\n" + bytes(500), "damaged"),
            ("bomb.docx", b"", "too long"),
        ],
    )
    async def test_one_that_cannot_be_read_is_kept_and_says_why(
        self, chat: Chat, name: str, content: bytes, why: str
    ) -> None:
        chat.phone.attach("document", name, content or bomb())
        await chat.answered()
        (said,) = chat.heard()
        assert said.startswith("Kept as #1, but")
        assert why in said
        assert chat.heard("reaction") == ["🤔"]

    async def test_a_file_that_is_no_text_is_kept_without_a_word(self, chat: Chat) -> None:
        chat.phone.attach("document", "score.zip", b"PK\x03\x04 or something")
        await chat.answered()
        assert chat.heard("reaction", "text") == ["✍"]
        chat.phone.send("/status")
        await chat.answered()
        assert "#1" not in chat.heard()[0]  # there is nothing to wait for


SUBTITLES = "1\n00:00:01,000 --> 00:00:02,000\nNobody plays it.\n"


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 50_000_000)
    return file.getvalue()


class TestLinks:
    async def test_nothing_is_fetched_until_the_person_asks(
        self, chat: Chat, pages: ScriptedPages
    ) -> None:
        chat.phone.send(f"look {PIANO}")
        await chat.answered()
        assert (pages.asked, chat.heard()) == ([], [])
        chat.phone.reply(1, "/read")
        await chat.answered()
        assert pages.asked == [PIANO]

    async def test_a_page_becomes_a_linked_fragment_in_somebody_elses_words(
        self, chat: Chat
    ) -> None:
        chat.phone.send(f"look {PIANO}")
        chat.phone.send("rain")
        chat.phone.send("/read")
        await chat.answered()
        *_, page = await kept(chat)
        assert (page["kind"], page["origin"], page["reply_to"]) == ("link", "forwarded", 1)
        assert page["text"] == "On pianos\n\nNobody plays them.\n靈感"
        assert page["source"] == PIANO
        assert chat.heard("reaction")[-1] == "👌"
        (shown,) = chat.heard()
        assert shown.startswith("#3 On pianos\nNobody plays them.")
        assert "#3 🔗 On pianos" in await found(chat, "灵感")

    async def test_a_page_that_is_not_read_says_why(self, chat: Chat) -> None:
        chat.phone.send("/read 192.168.1.1.example.com/admin")
        await chat.answered()
        (said,) = chat.heard()
        assert "private network" in said
        assert chat.heard("reaction")[-1] == "🤔"

    async def test_without_a_link_there_is_nothing_to_read(self, chat: Chat) -> None:
        chat.phone.send("rain")
        chat.phone.send("/read")
        await chat.answered()
        assert chat.heard()[0].startswith("No link to read.")

    async def test_a_page_asked_for_before_a_kill_is_read_after_it(
        self, chat: Chat, pages: ScriptedPages
    ) -> None:
        chat.phone.send(f"/read {PIANO}")
        await chat.answered()
        with closing(sqlite3.connect(chat.database)) as connection:
            connection.execute("UPDATE media SET words = NULL")
            connection.commit()
        await chat.restart()
        chat.phone.send("/status")
        await chat.answered()
        assert pages.asked == [PIANO, PIANO]


class TestTogether:
    async def test_a_long_paste_is_one_fragment_whatever_it_was_cut_into(self, chat: Chat) -> None:
        whole = rest = " ".join(f"word{n}" for n in range(1200))
        while len(rest) > 4096:
            cut = rest.rindex(" ", 0, 4096)
            chat.phone.send(rest[:cut])
            rest = rest[cut + 1 :]
        chat.phone.send(rest)
        chat.phone.send("rain")
        await chat.answered()
        assert [one["text"] for one in await kept(chat)] == [whole, "rain"]
        assert chat.heard("reaction") == ["✍"] * 4

    async def test_its_parts_find_each_other_across_a_restart(self, chat: Chat) -> None:
        chat.phone.send("雨" * 4096)
        await chat.answered()
        await chat.restart()
        send(chat, 901, "the end", date=first_date(chat) + 1)
        await chat.answered()
        assert [one["text"] for one in await kept(chat)] == ["雨" * 4096 + "the end"]

    async def test_an_edit_of_one_part_is_a_revision_of_the_whole(self, chat: Chat) -> None:
        chat.phone.send("雨" * 4000)
        chat.phone.send("the end")
        await chat.answered()
        chat.phone.edit(2, "no end")
        await chat.answered()
        (one,) = await kept(chat)
        assert one["text"].endswith("雨no end")
        assert one["revisions"] == ["雨" * 4000 + "the end"]

    async def test_what_comes_later_is_a_fragment_of_its_own(self, chat: Chat) -> None:
        chat.phone.send("雨" * 4000)
        await chat.answered()
        send(chat, 901, "rain", date=first_date(chat) + 5)
        await chat.answered()
        assert len(await kept(chat)) == 2

    async def test_an_album_is_one_fragment_with_its_caption_and_one_acknowledgement(
        self, chat: Chat
    ) -> None:
        chat.phone.album([DESK, SHELF, DESK], "my desk #home")
        await chat.answered()
        (one,) = await kept(chat)
        assert (one["text"], len(one["files"]), one["tags"]) == ("my desk #home", 3, ["home"])
        assert chat.heard("reaction") == ["✍"]
        chat.phone.reply(3, "the third one")
        await chat.answered()
        assert (await kept(chat))[1]["reply_to"] == 1


class TestTheRest:
    async def test_what_cannot_be_kept_is_refused_in_one_line_once(self, chat: Chat) -> None:
        contact = {"contact": {"phone_number": "1", "first_name": "Mei"}}
        place = {"location": {"latitude": 1.0, "longitude": 2.0}}
        dice = {"dice": {"emoji": "🎲", "value": 3}}
        for n, what in enumerate((contact, place, dice)):
            send(chat, 901 + n, "", **what)
        await chat.answered()
        (said,) = chat.heard()
        assert said.startswith("I keep text, voice, photos")
        assert await kept(chat) == []

    async def test_a_forward_keeps_whose_words_it_is(self, chat: Chat) -> None:
        chat.phone.forward("fold it twice", "channel")
        await chat.answered()
        (one,) = await kept(chat)
        assert (one["origin"], one["source"]) == ("forwarded", "Somebody's channel")
        assert one["source_at"]
        assert "#1 ↪ Somebody's channel: fold it twice" in await found(chat, "somebody")

    async def test_a_tag_is_found_as_a_tag_and_all_are_listed(self, chat: Chat) -> None:
        for text in ("rain #metro", "sun #metropolis", "metro", "wind #Metro #靈感"):
            chat.phone.send(text)
        await chat.answered()
        assert (await found(chat, "#metro")).startswith("2 fragments")
        assert await found(chat, "#") == "#metro 2 · #metropolis 1 · #靈感 1"


def first_date(chat: Chat) -> int:
    return int(next(iter(chat.phone.chat.messages.values()))["date"])


def send(chat: Chat, message_id: int, text: str, *, date: int = 1_790_000_000, **more: Any) -> None:
    """A message of a kind, or from a moment, that the phone does not have."""
    me = {"id": PERSON_ID, "type": "private", "first_name": "Ming", "is_bot": False}
    message = {"message_id": message_id, "date": date, "chat": me, "from": me} | more
    chat.cloud.updates.add("message", message | ({"text": text} if text else {}))
