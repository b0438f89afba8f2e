"""Drafts on request: over HTTP, without a model and with a double of one."""

import json
import re
from pathlib import Path

import pytest
from llmock.pytest_plugin import LLMock

from tests.story.conftest import Play
from tests.story.test_claude_day import HONEST, SAID, play_with, script

TOP = Path(__file__).parents[2]
LINE = re.compile(r"^(?P<label>\S+)  (?P<words>.+)  (?P<sources>#\d+(?: #\d+)*)$", re.M)
# The buttons, as each language calls them.
SEE = {
    "zh-Hant": ("出處", "回到稿子", "分鏡"),
    "zh-Hans": ("出处", "回到稿子", "分镜"),
    "en": ("Sources", "The script", "Shots"),
}


@pytest.mark.parametrize("language", SEE)
async def test_a_draft_of_the_day_stands_in_the_persons_own_words(
    play: Play, language: str, tmp_path: Path
) -> None:
    whole = (TOP / "examples" / f"day.{language}.txt").read_text("utf-8").splitlines()
    by_nine = [line for line in whole if not re.match(r"2[1-3]:", line)]
    sources, back, shots = SEE[language]
    steps = [f"20:57 @tap {sources}", f"20:57 @tap {back}", f"20:58 @tap {shots}"]
    path = tmp_path / "drafting.txt"
    path.write_text("\n".join([*by_nine, "20:56 /draft", *steps]), encoding="utf-8")
    day = await play(file=path)
    (draft,) = (text for text in day.said() if text.startswith("🎬"))
    fragments = {one["n"]: one for one in await day.fragments()}
    lines = list(LINE.finditer(draft))
    assert len(lines) >= 5  # a hook, three beats, a close
    for line in lines:
        cited = [fragments[int(n)] for n in re.findall(r"\d+", line["sources"])]
        assert all(one["origin"] == "own" for one in cited)
        assert any(line["words"] in str(one["text"]) for one in cited)
    beside, again, seen = day.said("edit")[-3:]
    assert all(line["words"] in beside for line in lines)
    assert again == draft
    assert draft.splitlines()[0] != seen.splitlines()[0]


async def test_a_number_among_the_sources_answers_the_message_it_came_in(play: Play) -> None:
    day = await play(*SAID, "20:40 /draft", "20:41 @tap Sources", "20:42 @tap #3")
    last = day.said()[-1]
    assert last.startswith("#3 · ")
    assert last.endswith("我在手扶梯上錄音,後面的人一直看我")


async def test_of_too_little_comes_one_question_and_no_draft(play: Play) -> None:
    day = await play("20:30 雨下了一整天", "20:31 /draft")
    (asked,) = day.said()
    assert "雨" in asked
    assert not LINE.search(asked)


async def test_of_nothing_at_all_comes_a_question_too(play: Play) -> None:
    (asked,) = (await play("20:31 /draft")).said()
    assert re.search("[?？]", asked)


async def test_a_draft_is_kept_filmed_and_taken_back_with_a_tap(play: Play) -> None:
    taps = ["20:41 @tap filmed", "20:42 @tap ✓🎬"]
    day = await play(*SAID, "20:40 /draft", *taps)
    filmed, back = day.said("edit")
    assert "filmed" in filmed.splitlines()[1]
    assert "filmed" not in back.splitlines()[1]


async def test_a_restart_in_between_loses_no_draft_and_makes_none_twice(play: Play) -> None:
    day = await play(*SAID, "20:40 /draft", "20:40 @restart", "20:50 @wait")
    assert len([text for text in day.said() if text.startswith("🎬")]) == 1


class TestWithAModel:
    async def test_a_line_that_strays_goes_back_once_and_both_calls_are_paid(
        self, play: Play, llmock: LLMock
    ) -> None:
        straying = script(
            ("坐到公司那一站,念頭就散了", 1),
            ("我在電梯上錄音,後面的人一直看我", 3),
            ("回到座位打開檔案,只剩一句喂喂喂", 4),
        )
        llmock.reply(straying)
        words = "後面的人一直看我"
        better = {"place": 2, "text": words, "frag_ids": [3], "quote": words}
        llmock.reply(json.dumps({"lines": [better]}))
        day = await play_with(play, llmock, *SAID, "20:40 /draft")
        (draft,) = (text for text in day.said() if text.startswith("🎬"))
        assert "電梯上" not in draft.replace("手扶梯上", "")
        assert "2  後面的人一直看我  #3" in draft
        assert len(llmock.requests) == 2
        assert "Claude" in draft.splitlines()[-1]

    async def test_a_model_that_quotes_what_nobody_said_gives_way_to_own_words(
        self, play: Play, llmock: LLMock
    ) -> None:
        ghost = script(*(("每一次通勤都是一場與自己的深度對話", n) for n in (1, 2, 3)))
        llmock.reply(ghost)
        llmock.reply('{"lines": []}')
        day = await play_with(play, llmock, *SAID, "20:40 /draft")
        (draft,) = (text for text in day.said() if text.startswith("🎬"))
        assert "深度對話" not in draft
        assert "strayed" in draft

    async def test_another_one_knows_the_first_and_is_none_when_it_says_the_same(
        self, play: Play, llmock: LLMock
    ) -> None:
        llmock.reply(HONEST)
        llmock.reply(HONEST)
        day = await play_with(play, llmock, *SAID, "20:40 /draft", "20:41 @tap 🎲")
        first, second = day.said()
        assert first.startswith("🎬")
        assert "no truly different take" in second
        assert "我在手扶梯上錄音" in str(llmock.requests[1].body)
