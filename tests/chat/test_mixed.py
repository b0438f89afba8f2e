"""Recordings that come in company: in albums, below captions, from somebody else."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.errors import EngineError, Trouble
from bot.sandbox.files import Media
from bot.sandbox.origins import origin
from bot.sandbox.shapes import Json
from tests.chat.conftest import Chat
from tests.chat.test_world import kept
from tests.fakes import ScriptedListener

DESK = Path("examples/desk.jpg")
NOTE = Path("examples/walk.ogg")


@pytest.fixture
def listener() -> ScriptedListener:
    return ScriptedListener("the first thing", "the second thing")


@pytest.fixture
def chat_rest_s() -> float:
    return 0.0


def send(chat: Chat, kind: str, path: Path, reply_to: int | None = None, **more: Any) -> Json:
    """A photo, a voice note, or a video, which the phone knows as a voice note."""
    media: Media = "photo" if kind == "photo" else "voice"
    file = chat.cloud.files.keep(media, path.name, path.read_bytes())
    message = chat.cloud.write(
        chat.phone.chat, "person", {media: file.described()} | more, reply_to
    )
    brought = dict(message)
    if kind == "video":
        brought["video"] = brought.pop("voice") | {"width": 640, "height": 360}
    chat.cloud.updates.add("message", brought)
    return message


def edit_caption(chat: Chat, message: Json, caption: str) -> None:
    chat.cloud.rewrite(chat.phone.chat, "person", message, {"caption": caption})
    chat.cloud.updates.add("edited_message", message)


class TestAlbums:
    @pytest.mark.parametrize("order", [["photo", "video"], ["video", "photo"]])
    async def test_its_recordings_are_heard_and_its_photos_are_not(
        self, chat: Chat, listener: ScriptedListener, order: list[str]
    ) -> None:
        files = {"photo": DESK, "video": NOTE}
        first, second = order
        send(chat, first, files[first], media_group_id="7", caption="my desk")
        send(chat, second, files[second], media_group_id="7")
        await chat.answered()
        (one,) = await kept(chat)
        assert (one["text"], len(one["files"])) == ("my desk\n\nthe first thing", 2)
        assert len(listener.asked) == 1
        assert {event.on for event in chat.phone.events if event.kind == "reaction"} == {1}
        assert chat.heard("reaction")[-1] == "✍"
        assert chat.heard() == ["the first thing"]

    async def test_what_was_heard_outlives_the_parts_that_come_after_it(self, chat: Chat) -> None:
        send(chat, "video", NOTE, media_group_id="7", caption="my desk")
        await chat.answered()
        send(chat, "video", NOTE, media_group_id="7", caption="my shelf")
        await chat.answered()
        (one,) = await kept(chat)
        assert one["text"] == "my desk\nmy shelf\n\nthe first thing\n\nthe second thing"

    async def test_an_answer_to_a_transcript_corrects_its_own_recording_alone(
        self, chat: Chat
    ) -> None:
        for _ in range(2):
            send(chat, "video", NOTE, media_group_id="7")
        await chat.answered()
        shown = {event.text: event.n for event in chat.phone.events if event.side == "bot"}
        assert shown["the first thing"]
        chat.phone.reply(shown["the first thing"], "the right thing")
        await chat.answered()
        (one,) = await kept(chat)
        assert one["text"] == "the right thing\n\nthe second thing"
        assert one["revisions"] == ["the first thing\n\nthe second thing"]

    async def test_a_correction_leaves_alone_what_sounds_alike_in_another_recording(
        self, chat: Chat, listener: ScriptedListener
    ) -> None:
        listener.answers = ["yes", "oh yes we can"]
        for _ in range(2):
            send(chat, "video", NOTE, media_group_id="7")
        await chat.answered()
        shown = {event.text: event.n for event in chat.phone.events if event.side == "bot"}
        assert shown["yes"]
        chat.phone.reply(shown["yes"], "yesterday it rained")
        await chat.answered()
        (one,) = await kept(chat)
        assert one["text"] == "yesterday it rained\n\noh yes we can"

    async def test_words_corrected_before_the_first_recording_was_heard_keep_their_place(
        self, chat: Chat, listener: ScriptedListener
    ) -> None:
        listener.answers = [EngineError(Trouble.SOUNDLESS), "the second thing"]
        for _ in range(2):
            send(chat, "video", NOTE, media_group_id="7")
        await chat.answered()
        asked = next(
            event.n
            for event in chat.phone.events
            if event.kind == "text" and event.side == "bot" and event.text != "the second thing"
        )
        assert asked
        chat.phone.reply(asked, "what I said first")
        await chat.answered()
        (one,) = await kept(chat)
        assert one["text"] == "what I said first\n\nthe second thing"


class TestCaptions:
    async def test_a_video_with_a_caption_says_both(self, chat: Chat) -> None:
        send(chat, "video", NOTE, caption="on the way #metro")
        await chat.answered()
        (one,) = await kept(chat)
        assert (one["kind"], one["origin"]) == ("video", "own")
        assert one["text"] == "on the way #metro\n\nthe first thing"
        assert one["tags"] == ["metro"]
        assert chat.heard("reaction") == ["👀", "✍"]

    async def test_an_edited_caption_keeps_what_was_heard_below_it(self, chat: Chat) -> None:
        note = send(chat, "voice", NOTE, caption="on the way")
        await chat.answered()
        edit_caption(chat, note, "on the way home")
        await chat.answered()
        (one,) = await kept(chat)
        assert one["text"] == "on the way home\n\nthe first thing"
        assert one["revisions"] == ["on the way\n\nthe first thing"]

    async def test_a_caption_may_come_later_and_go_again(self, chat: Chat) -> None:
        note = send(chat, "voice", NOTE)
        await chat.answered()
        edit_caption(chat, note, "on the way")
        await chat.answered()
        assert (await kept(chat))[0]["text"] == "on the way\n\nthe first thing"
        edit_caption(chat, note, "")
        await chat.answered()
        (one,) = await kept(chat)
        assert one["text"] == "the first thing"
        assert one["revisions"] == ["the first thing", "on the way\n\nthe first thing"]

    async def test_a_caption_that_says_the_same_is_no_part_of_the_correction(
        self, chat: Chat
    ) -> None:
        send(chat, "voice", NOTE, caption="the first thing")
        await chat.answered()
        chat.phone.reply(2, "the right thing")
        await chat.answered()
        assert (await kept(chat))[0]["text"] == "the first thing\n\nthe right thing"


class TestAnswers:
    async def test_a_question_about_a_thin_seed_can_be_answered_aloud(
        self, chat: Chat, listener: ScriptedListener
    ) -> None:
        listener.answers = ["the umbrella repairman hopes for it"]
        chat.phone.send("/expand rain")
        await chat.answered()
        (question,) = [one.n for one in chat.phone.events if one.side == "bot"]
        send(chat, "voice", NOTE, question)
        await chat.answered()
        cards = [one for one in chat.heard() if "page 1/" in one]
        assert len(cards) == 1
        assert "umbrella" in cards[0]


class TestForwards:
    async def test_a_forwarded_voice_note_is_heard_and_never_the_persons_voice(
        self, chat: Chat
    ) -> None:
        send(chat, "voice", NOTE, forward_origin=origin("channel", chat.cloud.timestamp()))
        await chat.answered()
        (one,) = await kept(chat)
        assert (one["kind"], one["origin"]) == ("voice", "forwarded")
        assert (one["text"], one["source"]) == ("the first thing", "Somebody's channel")
        assert set(chat.heard("reaction")) == {"👌"}
        chat.phone.send("/digest now")
        await chat.answered()
        with closing(sqlite3.connect(chat.database)) as connection:
            bodies = connection.execute("SELECT body FROM digests").fetchall()
        (body,) = [json.loads(row[0]) for row in bodies]
        assert body["offers"] == []
        assert [note["origin"] for note in body["fragments"]] == ["forwarded"]

    async def test_what_somebody_else_wrote_corrects_nothing(self, chat: Chat) -> None:
        send(chat, "voice", NOTE)
        await chat.answered()
        forwarded = {
            "text": "their words",
            "forward_origin": origin("hidden_user", chat.cloud.timestamp()),
        }
        message = chat.cloud.write(chat.phone.chat, "person", forwarded, 2)
        chat.cloud.updates.add("message", message)
        await chat.answered()
        mine, theirs = await kept(chat)
        assert (mine["text"], mine["origin"]) == ("the first thing", "own")
        assert (theirs["text"], theirs["origin"]) == ("their words", "forwarded")

    async def test_the_correction_of_a_forward_stays_a_forward(self, chat: Chat) -> None:
        send(chat, "voice", NOTE, forward_origin=origin("hidden_user", chat.cloud.timestamp()))
        await chat.answered()
        chat.phone.reply(2, "the right thing")
        await chat.answered()
        (one,) = await kept(chat)
        assert (one["text"], one["origin"]) == ("the right thing", "forwarded")
