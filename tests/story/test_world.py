"""A day of documents, links and photos, as a person sends them."""

import json
from pathlib import Path

import pytest
from llmock.pytest_plugin import LLMock

from bot.errors import SettingsError
from bot.settings import Settings
from tests.story.conftest import Day, Play

PHOTO = '{"description": "A desk by a window, with a notebook that says Tuesday."}'


async def with_eyes(play: Play, llmock: LLMock, *lines: str) -> Day:
    address = llmock.base_url("anthropic")
    return await play(*lines, ANTHROPIC_BASE_URL=address, DESCRIBE_PHOTOS="true")


async def test_a_document_feeds_ideas_but_never_the_script(play: Play, tmp_path: Path) -> None:
    book = tmp_path / "book.md"
    book.write_text("The tuner never plays. " * 30, encoding="utf-8")
    day = await play(
        f"10:00 @file {book}",
        "10:01 /find tuner",
        "10:02 the lid had not been up since the funeral",
        "10:03 nobody waters the treble, only the bass",
        "10:04 she asked for an A and cried",
        "10:05 seventy five quid to tune what nobody plays",
        "21:05 @wait",
    )
    assert "#1 📄 The tuner never plays." in day.said()[0]
    (digest,) = day.digests()
    offered, told, _ = digest.partition("#1 ↪ The tuner never")
    assert told
    assert "tuner" not in offered


async def test_a_private_address_is_not_fetched(play: Play) -> None:
    day = await play("10:00 look http://127.0.0.1:8080/secret", "10:01 /read")
    assert "private network" in day.said()[0]
    assert day.said("reaction") == ["✍", "👀", "🤔"]


async def test_a_photo_is_described_where_the_setting_says_so(play: Play, llmock: LLMock) -> None:
    llmock.reply(PHOTO)
    day = await with_eyes(play, llmock, "10:00 @photo examples/desk.jpg", "10:01 /find tuesday")
    assert "#1 🖼 (seen by AI) A desk by a window" in day.said()[0]
    assert day.said("reaction") == ["👀", "✍"]
    (one,) = await day.fragments()
    assert (one["origin"], one["described_by"]) == ("forwarded", "claude")


async def test_a_caption_stays_own_beside_what_ai_sees(play: Play, llmock: LLMock) -> None:
    llmock.reply(PHOTO)
    day = await with_eyes(play, llmock, "10:00 @photo examples/desk.jpg my desk")
    (one,) = await day.fragments()
    assert (one["origin"], one["text"]) == ("own", "my desk")
    assert one["read"] == json.loads(PHOTO)["description"]


async def test_without_the_setting_no_photo_leaves_the_machine(play: Play, llmock: LLMock) -> None:
    address = llmock.base_url("anthropic")
    await play("10:00 @photo examples/desk.jpg", "10:05 @wait", ANTHROPIC_BASE_URL=address)
    assert llmock.requests == []


async def test_a_photo_the_writer_refuses_is_kept_and_not_paid_for_again(
    play: Play, llmock: LLMock
) -> None:
    llmock.reply("no json at all")
    day = await with_eyes(
        play, llmock, "10:00 @photo examples/desk.jpg", "10:30 @wait", "10:31 /status"
    )
    assert len(llmock.requests) == 1
    assert day.said("reaction") == ["👀"]


def test_eyes_without_a_writer_that_sees_are_a_problem() -> None:
    with pytest.raises(SettingsError, match="DESCRIBE_PHOTOS is true, but"):
        Settings.load({"DESCRIBE_PHOTOS": "true"})
    with pytest.raises(SettingsError, match="it must be true or false"):
        Settings.load({"DESCRIBE_PHOTOS": "yes please"})
