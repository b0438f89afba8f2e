"""A story that is nowhere yet is told from another way to tell."""

import pytest

from bot.domain.untold import asks_for


@pytest.mark.parametrize(
    "wish",
    [
        "加一個客戶的故事",
        "加一段客戶成功的故事",
        "加個例子",
        "补一个数据",
        "加一句名言",
        "add a story about a client",
        "add a client story",
        "add a funny anecdote",
        "please add some statistics",
    ],
)
def test_a_story_or_a_figure_that_was_not_told_is_asked_for(wish: str) -> None:
    assert asks_for(wish)


@pytest.mark.parametrize(
    "wish",
    ["語氣再兇一點", "更像我說話", "加入 #5 那個故事", "make it funnier", "put #3 in", "不要故事"],
)
def test_another_way_to_tell_is_not(wish: str) -> None:
    assert not asks_for(wish)
