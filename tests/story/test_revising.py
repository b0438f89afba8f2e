"""A draft is changed, restored, answered and published, over HTTP, with a model and without one."""

import json
import re
from typing import Any

from llmock.pytest_plugin import LLMock

from tests.story.conftest import Day, Play
from tests.story.test_claude_day import HONEST, SAID, models_asked, play_with, script

AGAIN = script(
    ("我在手扶梯上錄音,後面的人一直看我", 3),
    ("回到座位打開檔案,只剩一句喂喂喂", 4),
    ("坐到公司那一站,念頭就散了", 1),
)
DRAFT = "20:40 /draft"
ASKED, SHOWN = 5, 6  # the messages: /draft, and the draft that came
# Enough for a draft without a model, which then is message 9.
MORE = (
    *SAID,
    "20:34 每天在捷運上想到三個點子,到公司一個都不剩",
    "20:35 捷運上的廣播把我的點子蓋過去了",
    "20:36 有一次我在捷運上對著手機講了三分鐘",
)
FINAL = "坐到公司那一站,念頭就散了。我在手扶梯上錄音,後面的人一直看我,真的很糗"


def drafts(day: Day) -> list[str]:
    return [text for text in day.said() if text.startswith("🎬")]


def last(day: Day) -> str:
    return day.said()[-1]


def buttons(day: Day) -> list[str]:
    """Those under the newest draft."""
    under = [one["buttons"] for one in day.events if str(one["text"]).startswith("🎬")]
    return [label for row in under[-1] for label in row]  # type: ignore[attr-defined]


async def test_a_wish_code_understands_costs_nothing_whoever_serves(
    play: Play, llmock: LLMock
) -> None:
    llmock.reply(HONEST)
    day = await play_with(play, llmock, *SAID, DRAFT, f"20:41 @reply {SHOWN} 把第3段移到最前面")
    assert len(models_asked(llmock)) == 1
    _, second = drafts(day)
    assert "version 2" in second
    assert "1  回到座位打開檔案,只剩一句喂喂喂" in second
    assert "You asked: 把第3段移到最前面" in second
    assert "Done without a model: free" in second
    assert "↕ moved from 3 to 1: 回到座位打開檔案,只剩一句喂喂喂" in second
    assert "Put together by AI (Claude)" in second
    assert {"‹ v1", "🗂 Versions", "✏️ Change"} <= set(buttons(day))


async def test_a_wish_for_a_model_is_carried_out_by_it_from_the_version_replied_to(
    play: Play, llmock: LLMock
) -> None:
    llmock.reply(HONEST)
    llmock.reply(AGAIN)
    day = await play_with(play, llmock, *SAID, DRAFT, f"20:41 @reply {SHOWN} 語氣再硬一點")
    assert len(models_asked(llmock)) == 2
    assert "↕ moved from 1 to 3: 坐到公司那一站,念頭就散了" in drafts(day)[1]
    assert "Done without a model" not in drafts(day)[1]
    assert len(await day.fragments()) == 4  # a wish is none


async def test_a_wish_for_an_invented_story_is_declined_in_a_line_and_not_paid(
    play: Play, llmock: LLMock
) -> None:
    llmock.reply(HONEST)
    day = await play_with(
        play,
        llmock,
        *SAID,
        DRAFT,
        f"20:41 @reply {SHOWN} 編一個客戶的故事",
        "20:42 @reply 8 我在手扶梯上對著手機喊了三分鐘",
    )
    assert len(models_asked(llmock)) == 1
    assert any(one.startswith("I don't make stories up.") for one in day.said())
    # The story told instead is a fragment, and stands in the draft word for word.
    assert (await day.fragments())[-1]["text"] == "我在手扶梯上對著手機喊了三分鐘"
    assert "+ new: 我在手扶梯上對著手機喊了三分鐘" in drafts(day)[-1]
    assert "version 2" in drafts(day)[-1]


async def test_an_answer_to_a_gap_goes_in_and_the_gap_is_gone(play: Play, llmock: LLMock) -> None:
    llmock.reply(HONEST)
    day = await play_with(
        play, llmock, *SAID, DRAFT, "20:41 @tap ❓ Answer", "20:42 @reply 7 早上八點四十一分"
    )
    assert "❓ 那天幾點?" in day.said()[1]
    assert "早上八點四十一分  #5" in drafts(day)[-1]
    assert "Missing, and not invented" not in drafts(day)[-1]
    assert (await day.fragments())[-1]["text"] == "早上八點四十一分"


async def test_the_persons_own_text_is_kept_as_the_final_version(
    play: Play, llmock: LLMock
) -> None:
    llmock.reply(HONEST)
    day = await play_with(
        play, llmock, *SAID, DRAFT, f"20:41 @reply {SHOWN} {FINAL}", "20:42 @tap ‹ back",
        "20:43 @tap 👁 v2",
    )  # fmt: skip
    assert last(day).startswith("Kept as your final version.")
    edits = day.said("edit")
    assert "v2  your own final text" in edits[0]
    assert edits[1].startswith(FINAL)
    assert len(await day.fragments()) == 4


async def test_every_version_can_be_brought_back_and_started_from(
    play: Play, llmock: LLMock
) -> None:
    llmock.reply(HONEST)
    day = await play_with(
        play,
        llmock,
        *SAID,
        DRAFT,
        f"20:41 @reply {SHOWN} move 3 to 1",
        "20:42 @tap Versions",
        "20:43 @tap ↩ v1",
        "20:44 @reply 9 start from version 2",
    )
    first, second, third, fourth = (spoken(text) for text in drafts(day))
    assert third == first
    assert fourth == second != first
    assert "version 4" in drafts(day)[3]


async def test_without_a_model_it_says_what_it_can_do(play: Play) -> None:
    day = await play(*MORE, DRAFT, "20:41 @reply 9 語氣再硬一點", "20:42 @tap Reorder")
    assert last(day).startswith("This takes a model, and none is at work here.")
    assert "Which line moves?" in day.said("edit")[-1]


async def test_a_published_draft_has_a_link_and_figures_and_the_same_tap_takes_it_back(
    play: Play,
) -> None:
    day = await play(
        *MORE,
        DRAFT,
        "20:41 @tap published",
        "20:42 @reply 10 https://youtu.be/abc",
        "20:43 @reply 9 播放 1.2 萬",
        "20:44 @tap filmed",
        "20:45 @tap published",
        "20:46 @tap ✓📣 published",
    )
    assert day.said()[1].startswith("📣 Published! Reply with the link")
    shown = day.said("edit")
    assert "📣 published · https://youtu.be/abc · 播放 1.2 萬" in shown[-2]
    assert "https" not in shown[-1]
    assert sum(one.startswith("📣 Published!") for one in day.said()) == 1


async def test_a_form_of_ones_own_is_kept_used_and_removed(play: Play) -> None:
    day = await play(
        "20:29 /draft form 直播開場: 60 秒,先問一個問題",
        *MORE,
        "20:40 /draft 直播開場",
        "20:41 /draft forms",
        "20:42 @tap 🗑 直播開場",
    )
    kept, draft, forms = day.said()
    assert kept.startswith("Kept: a form of about 60 s.")
    assert "直播開場 · about" in draft
    assert "/draft 直播開場  about 60 s" in forms
    assert "直播開場" not in day.said("edit")[-1]


async def test_a_draft_is_made_in_another_form_from_the_same_material(play: Play) -> None:
    day = await play(*MORE, DRAFT, "20:41 今天下雨", "20:42 @reply 9 /draft post")
    _, post = drafts(day)
    assert "post ·" in post
    assert "take" not in post
    assert "#8" not in post
    assert re.findall(r"#\d", post)


async def test_a_piece_of_gold_becomes_a_draft_by_a_tap(play: Play) -> None:
    day = await play(
        *MORE, "20:40 @react 1 🔥", "20:41 /gold", "20:42 @tap 1 on 9", "20:43 @tap Draft it"
    )
    assert day.said("toast")[-1] == "✍ Writing …"
    assert len(day.said()) == 2


async def test_an_emoji_in_reply_says_what_becomes_of_a_draft(play: Play) -> None:
    day = await play(*MORE, DRAFT, "20:41 @reply 9 ⭐")
    assert len(await day.fragments()) == 7
    assert {"kind": "reaction", "text": "🏆"}.items() <= _reactions(day)[-1].items()


def spoken(text: str) -> list[str]:
    """The lines of a draft, from hook to close."""
    lines = text.splitlines()
    close = next(at for at, line in enumerate(lines) if line.startswith("Close"))
    return lines[2 : close + 1]


def _reactions(day: Day) -> list[dict[str, Any]]:
    return [json.loads(json.dumps(one)) for one in day.events if one["kind"] == "reaction"]


async def test_an_answer_to_there_is_no_other_take_is_a_wish_for_the_take_before(
    play: Play,
) -> None:
    day = await play(*SAID, "20:40 /draft", "20:41 @tap 🎲", "20:42 @reply 7 use another hook")
    first, nothing, changed = day.said()
    assert "no truly different take" in nothing
    assert "version 2" in changed
    assert changed.splitlines()[2] != first.splitlines()[2]
