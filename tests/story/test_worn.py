"""Worn phrases in a draft that a model wrote: seen, replaced, kept, and seen again."""

import json

import pytest
from llmock.pytest_plugin import LLMock

from tests.story.conftest import Day, Play
from tests.story.test_claude_day import SAID, play_with

WORN = "總而言之，"


def reads(draft: str) -> str:
    """A draft without what is told of its difference from the version before."""
    return draft.partition("\n− gone:")[0].partition("\n± ")[0]


def beat(text: str, n: int | None, kind: str = "verbatim") -> dict[str, object]:
    """A beat as a model writes it."""
    ids = [n] if n else []
    return {"role": "turn", "text": text, "frag_ids": ids, "quote": text, "kind": kind}


def script() -> str:
    """A draft as a model would write it, with glue that everybody uses."""
    beats = [
        beat("坐到公司那一站,念頭就散了", 1),
        beat(WORN, None, "glue"),
        beat("我在手扶梯上錄音,後面的人一直看我", 3),
        beat("回到座位打開檔案,只剩一句喂喂喂", 4),
    ]
    return json.dumps(
        {
            "can_draft": True,
            "title": "嗶卡出站",
            "hooks": [{"text": "嗶卡出站就沒了", "frag_ids": [2], "type": "scene"}],
            "beats": beats,
            "close": {"text": "只剩一句喂喂喂", "frag_ids": [4]},
            "gaps": [],
        },
        ensure_ascii=False,
    )


def last(day: Day) -> str:
    return day.said("text", "edit")[-1]


async def test_a_worn_phrase_is_listed_and_gives_way_to_what_the_person_types(
    play: Play, llmock: LLMock
) -> None:
    llmock.reply(script())
    day = await play_with(
        play,
        llmock,
        *SAID,
        "20:40 /draft",
        "20:41 @tap 🩹",
        "20:42 @tap ✍",
        "20:43 @reply 7 說到底,我就是捨不得那三站",
        "20:44 @wait",
    )
    first, question, second = day.said()
    assert "1 worn phrase:\n· “總而言之” (a summing-up heard often)" in first
    (alone,) = day.said("edit")
    assert alone.startswith("🩹 1 of 1")
    assert WORN in alone
    assert "in your own words" in question
    assert "說到底,我就是捨不得那三站  #5" in second
    assert WORN not in reads(second)
    assert "worn phrase" not in second
    assert "version 2" in second
    assert "AI-written" not in "".join(day.said("text", "edit", "toast"))


async def test_a_phrase_that_is_kept_is_marked_no_more_until_that_is_taken_back(
    play: Play, llmock: LLMock
) -> None:
    llmock.reply(script(), times=None)
    day = await play_with(
        play,
        llmock,
        *SAID,
        "20:40 /draft",
        "20:41 @tap 🩹",
        "20:42 @tap Keep it",
        "20:43 @restart",
        "20:44 /draft",
        "20:45 @tap Kept phrases (1) on 6",
        "20:46 @tap ↩︎ 總而言之 on 6",
        "20:47 @tap The script on 6",
    )
    first, second = day.said()
    assert "1 worn phrase:" in first
    assert "worn phrase" not in second
    assert WORN in second
    _, after, kept, none, again = day.said("edit")
    assert after == "No worn phrase here."
    assert "· “總而言之”" in kept
    assert "You keep no phrases" in none
    assert "1 worn phrase:" in again
    assert "Kept. It gets no mark again." in day.said("toast")


async def test_keeping_is_undone_by_the_next_tap(play: Play, llmock: LLMock) -> None:
    llmock.reply(script())
    day = await play_with(
        play,
        llmock,
        *SAID,
        "20:40 /draft",
        "20:41 @tap 🩹",
        "20:42 @tap Keep it",
        "20:43 @tap ↩︎ Mark",
    )
    assert "“總而言之” is marked again." in day.said("toast")
    assert last(day).startswith("🩹 1 of 1")


async def test_a_line_that_only_joins_is_left_out_when_it_is_to_be_rewritten(
    play: Play, llmock: LLMock
) -> None:
    llmock.reply(script())
    day = await play_with(
        play, llmock, *SAID, "20:40 /draft", "20:41 @tap 🩹", "20:42 @tap Rewrite", "20:43 @wait"
    )
    first, second = day.said()
    assert WORN in first
    assert WORN not in reads(second)
    assert "我在手扶梯上錄音,後面的人一直看我  #3" in second
    assert "Nothing you said belongs there, so it is left out." in day.said("toast")


async def test_what_the_person_says_themselves_has_no_mark(play: Play, llmock: LLMock) -> None:
    llmock.reply(script())
    day = await play_with(play, llmock, *SAID, "20:35 总而言之 我就是爱录音", "20:40 /draft")
    (draft,) = day.said()
    assert WORN in draft
    assert "worn phrase" not in draft


@pytest.mark.parametrize(
    ("language", "listed"),
    [
        ("zh-Hant", "1 句套話：\n· 「總而言之」（常聽到的收尾）"),
        ("zh-Hans", "“總而言之”（常听到的收尾）"),
    ],
)
async def test_it_is_said_in_the_persons_language(
    play: Play, llmock: LLMock, language: str, listed: str
) -> None:
    llmock.reply(script())
    head = ("@date 2026-11-20", f"@lang {language}")
    day = await play_with(play, llmock, *head, *SAID, "20:40 /draft")
    (draft,) = day.said()
    assert listed in draft


async def test_english_glue_is_marked_and_what_is_gone_is_not_left_out_twice(
    play: Play, llmock: LLMock
) -> None:
    worn = "Here's the thing"
    llmock.reply(script().replace(WORN, worn))
    day = await play_with(
        play,
        llmock,
        *SAID,
        "20:40 /draft",
        "20:41 @tap 🩹",
        "20:42 @tap Rewrite",
        "20:43 @tap Rewrite on 6",  # the line is gone from the newest version by now
        "20:44 @wait",
    )
    first, *further = day.said()
    assert f"· “{worn}” (an opening heard often)" in first
    assert all(worn not in reads(one) for one in further)
    assert len(further) == 1
    assert day.said("toast")[-1] == "That is gone. Nothing was changed."
