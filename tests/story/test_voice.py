"""From a voice note to its words in the chat, and what can go wrong on the way."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.heard import Nothing, Shortfall
from bot.errors import EngineError, Trouble
from tests.fakes import ScriptedListener, heard
from tests.story.conftest import Day, Play

VOICE = "@voice examples/walk.ogg"
SAID = "念頭都在捷運上"


def reactions(day: Day, n: int) -> list[object]:
    """Ours on a message, one after the other."""
    return [one["text"] for one in day.events if one["kind"] == "reaction" and one["on"] == n]


def buttons(day: Day) -> list[Any]:
    return [one["buttons"] for one in day.events if one["from"] == "bot" and one["buttons"]]


async def test_a_voice_note_becomes_words_under_it(play: Play) -> None:
    day = await play(f"08:41 {VOICE}", listener=ScriptedListener(SAID))
    assert reactions(day, 1) == ["👀", "✍"]
    assert day.said() == [SAID]
    assert buttons(day)[-1] == [["✨ expand", "✏️ correct"]]
    (kept,) = await day.fragments()
    assert (kept["kind"], kept["text"], kept["revisions"]) == ("voice", SAID, [])
    assert kept["heard"] == [f"<|zh|>{SAID}"]
    assert len(kept["files"]) == 1  # type: ignore[arg-type]


async def test_the_words_are_the_persons_own_from_then_on(play: Play) -> None:
    day = await play(
        f"08:41 {VOICE}",
        "08:42 @tap ✨",
        "08:43 /find 捷運",
        "08:44 @reply 2 ⭐",
        "08:45 /gold",
        "08:46 @reply 2 /expand",
        listener=ScriptedListener(SAID),
    )
    _, cards, found, gold, again = day.said()
    assert SAID in cards
    assert "#1" in found
    assert "1 grain of gold" in gold
    assert "#1" in again
    assert len(await day.fragments()) == 1


async def test_a_reply_to_the_words_corrects_them_in_place_and_keeps_both(play: Play) -> None:
    day = await play(
        f"08:41 {VOICE}",
        f"08:42 @reply 2 {SAID}",
        "08:43 @edit 3 念頭全在捷運上",
        "08:44 @restart",
        "08:50 /find 全在",
        listener=ScriptedListener("年頭都在節運上"),
    )
    (kept,) = await day.fragments()
    assert kept["text"] == "念頭全在捷運上"
    assert kept["revisions"] == ["年頭都在節運上", SAID]
    edits = [(one["on"], one["text"]) for one in day.events if one["from"] == "bot"]
    assert (2, SAID) in edits
    assert (2, "念頭全在捷運上") in edits
    assert reactions(day, 3)[0] == "✍"
    assert "1 fragment" in day.said()[-1]


async def test_the_pencil_asks_for_the_words_and_the_answer_corrects(play: Play) -> None:
    day = await play(
        f"08:41 {VOICE}",
        "08:42 @tap ✏️",
        f"08:43 @reply 3 {SAID}",
        listener=ScriptedListener("年頭"),
    )
    _, question = day.said()
    assert question.endswith("年頭")  # to be copied by a tap
    (kept,) = await day.fragments()
    assert (kept["text"], kept["revisions"]) == (SAID, ["年頭"])


async def test_a_reply_to_ones_own_voice_note_continues_it(play: Play) -> None:
    day = await play(
        f"08:41 {VOICE}",
        "08:42 @reply 1 and at the office they are gone",
        listener=ScriptedListener(SAID),
    )
    assert [(one["text"], one["reply_to"]) for one in await day.fragments()] == [
        (SAID, None),
        ("and at the office they are gone", 1),
    ]


async def test_words_stand_below_a_caption_and_outlive_its_edit(play: Play) -> None:
    day = await play(
        "08:41 @file examples/walk.ogg on the way",
        "08:42 @reply 2 the metro",
        listener=ScriptedListener("the retro"),
    )
    (kept,) = await day.fragments()
    assert kept["text"] == "on the way\n\nthe metro"
    assert reactions(day, 1) == ["👀", "✍"]


async def test_what_was_heard_stands_in_the_digest(play: Play) -> None:
    day = await play(
        f"20:50 {VOICE}", "20:51 rain all day", "21:05 @wait", listener=ScriptedListener(SAID)
    )
    (digest,) = day.digests()
    assert f"#1 {SAID}" in digest
    assert "not yet heard" not in digest


async def test_what_is_heard_after_the_digest_stands_in_the_next(play: Play) -> None:
    away = EngineError(Trouble.UNREACHABLE, retry_after_s=1800)
    day = await play(
        f"20:50 {VOICE}",
        "20:51 rain all day",
        "09:00 the sun came out",
        "21:05 @wait",
        listener=ScriptedListener(away, SAID),
    )
    first, second = day.digests()
    assert SAID not in first
    assert "not yet heard or read: 🎤#1" in first
    assert f"#1 {SAID}" in second
    assert "rain" not in second


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (Trouble.UNPLAYABLE, "cannot play"),
        (Trouble.EMPTY, "Nothing is in"),
        (Trouble.SOUNDLESS, "no sound"),
        (Trouble.TOO_LARGE, "shorter pieces"),
        (Trouble.REJECTED, "key or model"),
        (Trouble.UNREADY, "Who listens"),
        (Trouble.MALFORMED, "made no sense"),
    ],
)
async def test_a_failure_is_told_once_and_tried_again_from_status(
    play: Play, trouble: Trouble, words: str
) -> None:
    failure = EngineError(trouble, "what a server said, to be seen by nobody")
    day = await play(
        f"08:41 {VOICE}",
        "08:41 /status",
        "08:41 @tap ↻",
        listener=ScriptedListener(failure, SAID),
    )
    why, status, transcript = day.said()
    assert words in why
    assert "1 could not be heard:\n🎤#1: " in status
    assert words in status
    assert transcript == SAID
    assert reactions(day, 1) == ["👀", "🤔", "✍"]
    assert day.said("toast") == ["1 tried again"]
    assert "to be seen by nobody" not in str(day.events)
    assert [one["text"] for one in await day.fragments()] == [SAID]


@pytest.mark.parametrize(("trouble", "told"), [(Trouble.UNPLAYABLE, 1), (Trouble.REJECTED, 2)])
async def test_a_second_failure_is_told_of_only_where_something_could_have_been_mended(
    play: Play, trouble: Trouble, told: int
) -> None:
    failure = EngineError(trouble, "as ever")
    day = await play(
        f"08:41 {VOICE}",
        "08:41 /status",
        "08:41 @tap ↻",
        listener=ScriptedListener(*[failure] * 9),
    )
    assert len(day.said()) == told + 1  # and the status
    assert day.said("toast") == ["1 tried again"]


@pytest.mark.parametrize("nothing", list(Nothing))
async def test_nothing_heard_is_no_sentence(play: Play, nothing: Nothing) -> None:
    silence = replace(heard("thank you for watching"), text="", nothing=nothing)
    day = await play(
        f"08:41 {VOICE}",
        "08:42 @wait",
        "08:43 /status",
        "21:05 @wait",
        listener=ScriptedListener(silence),
    )
    why, status = day.said()
    assert "kept" in why
    assert reactions(day, 1) == ["👀", "🤔"]
    assert "#1" not in status  # it was heard: there is nothing to wait for
    assert [one["text"] for one in await day.fragments()] == [""]


async def test_what_nobody_could_hear_can_be_written_down(play: Play) -> None:
    day = await play(
        f"08:41 {VOICE}",
        f"08:42 @reply 2 {SAID}",
        listener=ScriptedListener(EngineError(Trouble.UNPLAYABLE)),
    )
    (kept,) = await day.fragments()
    assert kept["text"] == SAID
    assert reactions(day, 1) == ["👀", "🤔", "✍"]


async def test_a_file_that_ends_early_says_how_far_it_was_heard(play: Play) -> None:
    partial = replace(heard(SAID), partial=Shortfall.BROKEN_OFF, duration_s=750.4)
    day = await play(f"08:41 {VOICE}", listener=ScriptedListener(partial))
    assert day.said() == [f"{SAID}\nHeard the first 12:30; the file ends there."]


async def test_while_nobody_listens_notes_are_kept_and_then_caught_up_oldest_first(
    play: Play,
) -> None:
    before = await play(f"08:41 {VOICE}", f"08:42 {VOICE}", "08:43 /status", "21:05 @wait")
    status, digest = before.said()
    assert "Listener: none" in status
    assert "2 wait to be heard: 🎤#1 🎤#2" in status
    assert "not yet heard or read: 🎤#1 🎤#2" in digest
    after = await play(
        "@date 2026-11-21", "09:00 good morning", listener=ScriptedListener("one", "two")
    )
    assert after.said() == ["one", "two"]
    assert [one["text"] for one in await after.fragments()] == ["one", "two", "good morning"]


async def test_a_long_transcript_comes_in_parts_and_any_of_them_can_be_answered(
    play: Play,
) -> None:
    long = " ".join(f"word{n}" for n in range(1200))
    day = await play(
        f"08:41 {VOICE}", "08:42 @reply 2 the short of it", listener=ScriptedListener(long)
    )
    assert " ".join(day.said()[:-1]).split() == long.split()
    assert day.said()[-1] == "the short of it"
    (kept,) = await day.fragments()
    assert (kept["text"], kept["revisions"]) == ("the short of it", [long])


async def test_a_correction_longer_than_one_message_is_shown_anew(play: Play) -> None:
    cut_short = replace(heard("in short"), partial=Shortfall.BROKEN_OFF)
    right = " ".join(["word"] * 815)  # the remark below it makes it two messages
    day = await play(
        f"08:41 {VOICE}", f"08:42 @reply 2 {right}", listener=ScriptedListener(cut_short)
    )
    (kept,) = await day.fragments()
    assert kept["text"] == right
    _, *anew = day.said()
    assert len(anew) == 2
    assert " ".join(anew).split()[:815] == right.split()
    assert day.said("edit") == []


async def test_a_voice_note_can_be_somebody_elses_words(play: Play) -> None:
    day = await play(f"08:41 {VOICE}", "08:42 @reply 2 👎", listener=ScriptedListener(SAID))
    assert [one["origin"] for one in await day.fragments()] == ["forwarded"]
