"""The same day with a model behind the writer: llmock, somebody else's double of the Messages API,
over HTTP."""

import json
from typing import Any

import pytest
from llmock.pytest_plugin import LLMock

from tests.story.conftest import Day, Play

SAID = (
    "20:30 坐到公司那一站,念頭就散了",
    "20:31 點子都是在捷運上來的,嗶卡出站就沒了",
    "20:32 我在手扶梯上錄音,後面的人一直看我",
    "20:33 回到座位打開檔案,只剩一句喂喂喂",
)
EVENING = "21:05 @tap 📖"  # which opens the best draft where the digest stands


def ideas(*titles: str) -> str:
    """An expansion as a model would write it."""
    found = [
        {"title": title, "mechanism": f"m {title}", "fragment_ids": [1], "p": 0.05}
        for title in titles
    ]
    return json.dumps({"assumptions": ["a", "b", "c"], "ideas": found}, ensure_ascii=False)


def script(*beats: tuple[str, int]) -> str:
    """A draft as a model would write it, with these beats and the fragments they cite."""
    return json.dumps(
        {
            "can_draft": True,
            "title": "嗶卡出站",
            "hooks": [{"text": "嗶卡出站就沒了", "frag_ids": [2], "type": "scene"}],
            "beats": [
                {"role": "turn", "text": text, "frag_ids": [n], "quote": text, "kind": "verbatim"}
                for text, n in beats
            ],
            "close": {"text": "只剩一句喂喂喂", "frag_ids": [4]},
            "gaps": ["那天幾點?"],
        },
        ensure_ascii=False,
    )


HONEST = script(
    ("坐到公司那一站,念頭就散了", 1),
    ("我在手扶梯上錄音,後面的人一直看我", 3),
    ("回到座位打開檔案,只剩一句喂喂喂", 4),
)
FOUR_EACH = (
    ideas("夜班護士寫在手套背面", "收銀台不准人停下來想", "手扶梯只有一個方向"),
    ideas("司機替整車人記住一句話", "把悠遊卡當成錄音鍵", "三站之內講完"),
    ideas("失物招領處收留念頭", "阿嬤的購物清單只寫一個字", "出站前先說給陌生人聽"),
    ideas("廣播把下一站唸成你的題目", "沒有座位的人想得比較多", "末班車不留話"),
)


async def play_with(play: Play, llmock: LLMock, *lines: str, **environ: str) -> Day:
    return await play(*lines, ANTHROPIC_BASE_URL=llmock.base_url("anthropic"), **environ)


def models_asked(llmock: LLMock) -> list[Any]:
    return [request.body["model"] for request in llmock.requests]


async def test_ideas_stream_in_and_become_cards(play: Play, llmock: LLMock) -> None:
    for text in FOUR_EACH:
        llmock.reply(text)
    llmock.slow_first_token(1.5, times=1)  # one of the four looks takes its time
    day = await play_with(play, llmock, *SAID, "20:40 /expand 靈感都在捷運上")
    (cards,) = day.said()
    assert "12 dug · 4 more through the same eyes left out · page 1/2" in cards
    assert "Ideas by AI" in cards
    assert "#1" in cards
    previews = day.said("preview")
    # Ideas that had arrived while the last look was still out.
    assert any("\n· " in one for one in previews)


async def test_the_draft_cites_fragments_and_is_labelled_as_assembled_by_ai(
    play: Play, llmock: LLMock
) -> None:
    llmock.reply(HONEST)
    day = await play_with(play, llmock, *SAID, EVENING)
    (digest,), (opened,) = day.digests(), day.said("edit")
    assert "我在手扶梯上錄音,後面的人一直看我  #3" in opened
    assert "那天幾點?" in opened
    assert "Put together by AI (Claude)" in opened
    assert "By AI (Claude), each line checked." in digest
    assert models_asked(llmock) == ["claude-opus-5-5"]


async def test_a_line_the_fragments_do_not_hold_never_reaches_the_person(
    play: Play, llmock: LLMock
) -> None:
    ghost = "每一次通勤都是一場與自己的深度對話"
    llmock.reply(
        script(
            ("坐到公司那一站,念頭就散了", 1),
            (ghost, 2),
            ("我在手扶梯上錄音,後面的人一直看我", 3),
            ("回到座位打開檔案,只剩一句喂喂喂", 4),
        )
    )
    day = await play_with(play, llmock, *SAID, EVENING)
    (digest,), (opened,) = day.digests(), day.said("edit")
    assert ghost not in digest + opened
    assert "Put together by AI (Claude)" in opened


async def test_a_ghost_written_draft_gives_way_to_the_persons_own_sentences(
    play: Play, llmock: LLMock
) -> None:
    llmock.reply(
        script(("通勤讓我們與自己重逢", 1), ("靈感需要被好好安放", 2), ("這就是慢下來的力量", 3))
    )
    day = await play_with(play, llmock, *SAID, EVENING)
    (digest,), (opened,) = day.digests(), day.said("edit")
    assert "重逢" not in digest + opened
    assert "Offline: your own words" in digest
    assert "strayed from your words" in digest


@pytest.mark.parametrize("fault", ["disconnect", "truncate", "corrupt"])
async def test_a_stream_that_breaks_still_ends_with_an_answer_that_says_so(
    play: Play, llmock: LLMock, fault: str
) -> None:
    for text in FOUR_EACH:
        llmock.reply(text)
    getattr(llmock, fault)(after_chunks=4, times=4)
    getattr(llmock, fault)(after_chunks=4, times=4)
    day = await play_with(play, llmock, *SAID, "20:40 /expand 靈感都在捷運上")
    (cards,) = day.said()
    assert "1. " in cards
    assert "4. " in cards
    assert "offline writer" in cards


async def test_an_overloaded_server_at_nine_gives_the_offline_digest(
    play: Play, llmock: LLMock
) -> None:
    llmock.fail(529, times=None)
    day = await play_with(play, llmock, *SAID, EVENING)
    (digest,) = day.digests()
    assert "Offline: your own words" in digest
    assert "Claude is overloaded" in digest


async def test_a_spent_budget_makes_no_call_and_says_so(play: Play, llmock: LLMock) -> None:
    day = await play_with(
        play, llmock, *SAID, "20:40 /expand 靈感都在捷運上", EVENING, DAILY_BUDGET_USD="0"
    )
    cards, digest = day.said()
    assert "Today's budget is spent" in cards
    assert "Today's budget is spent" in digest
    assert models_asked(llmock) == []


async def test_a_restart_pays_for_nothing_twice(play: Play, llmock: LLMock) -> None:
    llmock.reply(HONEST, times=None)
    day = await play_with(play, llmock, *SAID, "21:00 @restart", "21:01 @restart", EVENING)
    assert len(day.digests()) == 1
    assert len(models_asked(llmock)) == 1
