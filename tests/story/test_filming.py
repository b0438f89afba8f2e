"""A draft of the day is planned, moved, taken back and listed, in a play, in three languages."""

import pytest

from tests.story.conftest import Play
from tests.story.test_claude_day import SAID

WORDS = {
    "en": ("Tonight", "🗓", "Tomorrow", "To be filmed on Friday, November 20, 22:00."),
    "zh-Hant": ("今晚", "改時間", "明天", "排好了：11月20日（星期五）22:00 拍。"),
    "zh-Hans": ("今晚", "改时间", "明天", "定好了：11月20日（星期五）22:00 拍。"),
}


@pytest.mark.parametrize("language", WORDS)
async def test_a_draft_gets_a_day_and_an_hour_and_another_and_none(
    play: Play, language: str
) -> None:
    tonight, change, tomorrow, planned = WORDS[language]
    taps = ("🗓", tonight, "22:00", change, tomorrow, "09:00", "✖")
    steps = [f"20:4{minute} @tap {label}" for minute, label in enumerate(taps, 1)]
    head = ["@date 2026-11-20", "@tz Asia/Taipei", f"@lang {language}"]
    listed = "20:46 /draft 拍攝"
    day = await play(*head, *SAID, "20:40 /draft", *steps[:6], listed, *steps[6:], "20:48 @wait")
    first, moved, shoots, off = day.said("file")
    names = [one.splitlines()[0] for one in (first, moved, shoots, off)]
    assert [one[:10] for one in names] == ["2026-11-20", *["2026-11-21"] * 3]
    assert all(one.endswith(".ics") for one in names)
    assert day.said("toast")[0] == planned
    assert planned in first
    assert "09:00 · " in shoots
