"""What an emoji alone says about a fragment."""

import pytest

from bot.domain.marks import Mark, read_mark


@pytest.mark.parametrize(
    "text", ["⭐", "⭐️", "🔥", "👍", "👍🏽", "⭐⭐⭐", "👍🏻👍🏿", "⭐🔥", " 🔥 ", "🔥\n⭐️"]
)
def test_a_star_a_fire_and_a_thumb_keep_as_gold(text: str) -> None:
    assert read_mark(text) is Mark.GOLD


@pytest.mark.parametrize("text", ["👎", "👎🏼", "👎👎", "\u3000👎"])
def test_a_thumb_down_says_not_mine(text: str) -> None:
    assert read_mark(text) is Mark.NOT_MINE


@pytest.mark.parametrize("text", ["👍👎", "⭐👎🏽"])
def test_marks_that_disagree_say_nothing(text: str) -> None:
    assert read_mark(text) is None


@pytest.mark.parametrize(
    "text", ["⭐ this one", "好🔥", "👍.", "❤️", "🌟", "⭐❤️", "🏽", "\ufe0f", "", "  ", "⭐\u200b"]
)
def test_anything_else_is_a_fragment_like_any_other(text: str) -> None:
    assert read_mark(text) is None
