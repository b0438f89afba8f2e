"""What changed between two versions, and how much of a text stands in one."""

from dataclasses import replace

import pytest

from bot.domain.difference import Moved, difference, standing
from bot.domain.drafts import Line, Role, Script

TEXTS = (
    "坐到公司那一站，念頭就散了",
    "我在手扶梯上錄音，後面的人一直看我",
    "回到座位打開檔案，只剩一句喂喂喂",
)
HOOK = "嗶卡出站就沒了"


def line(text: str) -> Line:
    return Line(Role.TURN, text, (1,))


def script(*beats: str, hook: str = HOOK) -> Script:
    return Script("t", line(hook), tuple(map(line, beats)), line(hook), 20, 1.0)


def test_what_went_and_what_came_is_told_line_by_line() -> None:
    found = difference(script(*TEXTS), script(TEXTS[0], TEXTS[1], "今天下雨"))
    assert [one.text for one in found.went] == [TEXTS[2]]
    assert [one.text for one in found.came] == ["今天下雨"]
    assert not found.moved


def test_as_few_lines_as_possible_are_said_to_have_moved() -> None:
    one, two, three = TEXTS
    found = difference(script(one, two, three), script(three, one, two))
    assert found.moved == (Moved(line(three), 3, 1),)


def test_a_line_dropped_before_others_has_not_moved_them() -> None:
    assert not difference(script(*TEXTS), script(*TEXTS[1:])).moved


def test_a_close_that_comes_back_to_the_opening_is_not_told_twice() -> None:
    found = difference(script(*TEXTS), script(*TEXTS, hook="念頭就散了"))
    assert found.opens == line("念頭就散了")
    assert (found.went, found.came) == ((), ())


def test_a_caption_is_told_too() -> None:
    captioned = replace(script(*TEXTS), caption=line("三站之內講完"))
    assert difference(script(*TEXTS), captioned).came == (line("三站之內講完"),)


def test_the_same_in_the_other_script_is_no_difference() -> None:
    assert difference(script("後面的人"), script("后面的人")).is_none


@pytest.mark.parametrize(
    ("text", "mine"),
    [
        ("坐到公司那一站，念頭就散了。我在手扶梯上錄音，後面的人一直看我，真糗", True),
        ("坐到公司那一站，念头就散了。我在手扶梯上录音", True),
        ("更短，保留手扶梯那段", False),
        ("捷運那段不要", False),
        ("", False),
        ("🙂", False),
    ],
)
def test_a_text_of_which_more_than_half_stands_there_is_told_from_a_wish(
    text: str, mine: bool
) -> None:
    assert (standing(text, script(*TEXTS)) > 0.5) is mine
