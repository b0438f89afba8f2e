"""Whole days: updates in over HTTP, calls out over HTTP, the real application between."""

import re
from pathlib import Path

import pytest

from tests.story.conftest import Play

TOP = Path(__file__).parents[2]
PLAYS = Path(__file__).parent / "plays"
LANGUAGES = ("zh-Hant", "zh-Hans", "en")
# A draft's line as bot/chat/layout/draft.py lays it out: label, words, sources.
DRAFT_LINE = re.compile(r"^(?P<label>\S+)  (?P<words>.+)  (?P<sources>#\d+(?: #\d+)*)$", re.M)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_example_day_is_captured_quietly_and_ends_in_a_draft_of_its_own_words(
    play: Play, language: str
) -> None:
    day = await play(file=TOP / "examples" / f"day.{language}.txt")
    (digest,) = day.digests()
    # It was opened where the digest stands, and the digest came back.
    *_, script, again = day.said("edit")
    assert again == digest
    fragments = {one["n"]: one for one in await day.fragments()}
    reactions = {
        one["on"] for one in day.events if one["from"] == "bot" and one["kind"] == "reaction"
    }
    assert len(fragments) >= 12
    assert len(reactions) >= len(fragments)
    # Cards, gold and the digest are the only messages: capture is never answered in words.
    assert len(day.said()) <= 6
    assert script.splitlines()[0].removeprefix("🎬 ") in digest
    lines = list(DRAFT_LINE.finditer(script))
    assert len(lines) >= 5  # a hook, three beats, a close
    for line in lines:
        cited = [fragments[int(n)] for n in re.findall(r"\d+", line["sources"])]
        assert all(one["origin"] == "own" for one in cited)
        assert any(line["words"] in str(one["text"]) for one in cited)
        assert all(str(one["at"]) < "2026-11-20T21:00" for one in cited)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_thin_day_gets_one_question_and_no_draft(play: Play, language: str) -> None:
    day = await play(file=PLAYS / f"thin.{language}.txt")
    (digest,) = day.said()
    assert len(re.findall("[?？]", digest)) >= 1
    assert not DRAFT_LINE.search(digest)


async def test_a_silent_day_gets_nothing(play: Play) -> None:
    assert (await play(file=PLAYS / "silent.txt")).events == []


async def test_what_is_said_after_the_digest_belongs_to_tomorrows(play: Play) -> None:
    day = await play("20:50 早上的雨", "21:10 晚上的風", "21:05 @wait")
    first, second = day.digests()
    assert "早上的雨" in first
    assert "晚上的風" not in first
    assert "晚上的風" in second
    assert "早上的雨" not in second


async def test_a_digest_comes_once_an_evening_across_restarts(play: Play) -> None:
    day = await play(
        "20:59 早上的雨", "21:00 @restart", "21:01 @restart", "21:30 @restart", "21:40 @wait"
    )
    assert len(day.digests()) == 1


async def test_an_hour_that_is_moved_takes_effect_at_once_and_off_means_off(play: Play) -> None:
    day = await play("20:30 早上的雨", "20:31 /digest 20:50", "20:32 /digest off", "21:05 @wait")
    moved, off = day.said()
    assert "20:50" in moved
    assert "/digest 20:50" in off
    assert day.digests() == []


async def test_a_digest_now_leaves_the_evenings_as_it_is(play: Play) -> None:
    day = await play("20:30 早上的雨", "20:31 /digest now", "21:05 @wait")
    now, evening = day.digests()
    assert "早上的雨" in now
    assert "早上的雨" in evening


async def test_a_skipped_hour_of_the_spring_jump_sends_one_digest(
    play: Play, tmp_path: Path
) -> None:
    jump = tmp_path / "jump.txt"
    jump.write_text(
        "@date 2026-03-28\n@tz Europe/Berlin\n@digest 02:30\n20:00 rain\n05:00 @wait\n", "utf-8"
    )
    day = await play(file=jump)
    assert len(day.digests()) == 1


async def test_an_hour_that_happens_twice_sends_one_digest(play: Play, tmp_path: Path) -> None:
    twice = tmp_path / "twice.txt"
    twice.write_text(
        "@date 2026-10-24\n@tz Europe/Berlin\n@digest 02:30\n20:00 rain\n05:00 @wait\n", "utf-8"
    )
    day = await play(file=twice)
    assert len(day.digests()) == 1


async def test_a_digest_after_midnight_carries_the_day_it_belongs_to(play: Play) -> None:
    day = await play("01:06 下雨了", "01:07 /digest now")
    (digest,) = day.digests()
    assert "Thursday, November 19" in digest  # days begin at 04:00


async def test_the_number_of_a_card_is_not_spoken_in_an_evening(play: Play) -> None:
    day = await play(
        "20:00 他修傘的時候不看傘，看門口",
        "20:01 雨一小他的手就慢下來",
        "20:02 修一把傘一百五，新的一把九十九",
        "20:03 /expand 修一把傘比買新的貴",
        "20:04 @reply 5 2 颱風那天傘架是空的，五百一把傘我也買",
        "20:05 今年弄丟四把傘，沒有一把是壞的",
        "20:06 @reply 7 ⭐",
        "21:05 @wait",
    )
    (digest,) = day.digests()
    assert "「颱風那天傘架" in digest
    assert "#4 颱風那天" in digest
    assert "⭐ #5 今年" in digest


async def test_a_day_of_long_fragments_is_told_by_their_beginnings(play: Play) -> None:
    long = [f"20:{n:02} {n} " + "雨下得很長，" * 80 for n in range(10, 30)]
    day = await play(*long, "21:05 @wait")
    (digest,) = day.digests()
    assert len(digest) < 4096
    assert "#20 29 雨下得很長" in digest
