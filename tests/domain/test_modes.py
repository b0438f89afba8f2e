"""What an expansion is asked for, as people write it."""

import pytest

from bot.domain import modes
from bot.domain.records import Mode

METRO = "ideas come on the metro"


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        (f"hooks: {METRO}", Mode.HOOKS),
        (f"Hook：{METRO}", Mode.HOOKS),
        (f"ＴＩＴＬＥＳ : {METRO}", Mode.TITLES),
        (f" stories:\n{METRO} ", Mode.STORIES),
        (f"visuals: {METRO}", Mode.VISUALS),
        (f"angles: {METRO}", Mode.ANGLES),
        *((f"{name}：{METRO}", Mode.HOOKS) for name in ("開場", "开场", "鉤子", "钩子")),
        *((f"{name}：{METRO}", Mode.TITLES) for name in ("標題", "标题")),
        *((f"{name}: {METRO}", Mode.VISUALS) for name in ("畫面", "画面")),
        (f"故事：{METRO}", Mode.STORIES),
        (f"角度：{METRO}", Mode.ANGLES),
    ],
)
def test_a_name_before_a_colon_says_what_is_asked_for(words: str, mode: Mode) -> None:
    assert modes.read(words) == (mode, METRO)


@pytest.mark.parametrize("name", ["stories", " Story ", "故事", "stories:", "故事："])
def test_a_name_alone_leaves_the_idea_to_whatever_is_meant(name: str) -> None:
    assert modes.read(name) == (Mode.STORIES, "")


@pytest.mark.parametrize(
    "words",
    [
        "stories my mother told",
        "故事裡沒有壞人",
        "note to self: hooks",
        "08:30 on the metro",
        "what my stories: are for",
        "",
        " ",
        ":",
        "https://example.com/hooks",
    ],
)
def test_anything_else_is_an_idea(words: str) -> None:
    assert modes.read(words) == (Mode.ANGLES, words)


def test_only_the_first_colon_ends_a_name() -> None:
    assert modes.read("titles: hooks: and more") == (Mode.TITLES, "hooks: and more")
