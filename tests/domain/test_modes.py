"""What an expansion is asked for, as people write it."""

from pathlib import Path

import pytest

from bot.domain import modes
from bot.domain.records import Mode
from bot.engines.angles import Modes
from bot.engines.prompts import PromptLibrary

METRO = "ideas come on the metro"
SAID = {
    Mode.ANGLES: "angle 角度 切入點 切入点",
    Mode.HOOKS: "hook 開場白 開頭 開場 鉤子 鈎子 开场白 开头 开场 钩子",
    Mode.TITLES: "title 標題 題目 标题 题目",
    Mode.STORIES: "story 故事",
    Mode.VISUALS: "visual 視覺 視覺化 畫面 圖像 视觉 视觉化 画面 图像",
}


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        (f"hooks: {METRO}", Mode.HOOKS),
        (f"Hook：{METRO}", Mode.HOOKS),
        (f"ＴＩＴＬＥＳ : {METRO}", Mode.TITLES),
        (f" stories:\n{METRO} ", Mode.STORIES),
        (f"visuals: {METRO}", Mode.VISUALS),
        (f"angles: {METRO}", Mode.ANGLES),
        *((f"{name}: {METRO}", mode) for mode, names in SAID.items() for name in names.split()),
    ],
)
def test_a_name_before_a_colon_says_what_is_asked_for(words: str, mode: Mode) -> None:
    assert modes.read(words) == (mode, METRO)


def test_every_label_in_the_prompts_is_a_name() -> None:
    prompts = PromptLibrary(Path(__file__).parents[2] / "prompts")
    for mode in prompts.data("modes.yaml", Modes):
        for label in mode.label.values():
            assert modes.read(f"{label}：{METRO}") == (mode.id, METRO)


@pytest.mark.parametrize("name", ["stories", " Story ", "故事", "stories:", "故事："])
def test_a_name_alone_leaves_the_idea_to_whatever_is_meant(name: str) -> None:
    assert modes.read(name) == (Mode.STORIES, "")


@pytest.mark.parametrize(
    "words",
    [
        "stories my mother told",
        "標題黨：都在騙人",
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
