"""A draft of the day leaves the chat, in a play as on the page: over HTTP, without a model."""

import re

import pytest

from tests.story.conftest import Play
from tests.story.test_claude_day import SAID

MENUS = {
    "en": ("📄", "Text to copy", "Line of origin", "put together offline"),
    "zh-Hant": ("📄", "可複製的文字", "附上出處", "離線拼成"),
    "zh-Hans": ("📄", "可复制的文字", "附上出处", "离线拼成"),
}


@pytest.mark.parametrize("language", MENUS)
async def test_a_draft_is_taken_along_in_every_format_and_says_where_it_comes_from(
    play: Play, language: str
) -> None:
    menu, text, toggle, origin = MENUS[language]
    taps = (menu, "Markdown", "Word", text, toggle, text)
    steps = [f"20:4{minute} @tap {label}" for minute, label in enumerate(taps, 1)]
    head = ["@date 2026-11-20", "@tz Asia/Taipei", f"@lang {language}"]
    day = await play(*head, *SAID, "20:40 /draft", *steps)
    markdown, word = day.said("file")
    assert re.fullmatch(r"2026-11-20 .+\.md", markdown)
    assert word == markdown.removesuffix("md") + "docx"
    told, untold = day.said()[-2:]
    assert origin in told.splitlines()[-1]
    assert told.startswith(untold)
    assert "#" not in untold
