"""A script that repeats an earlier one is told from a new take on the same material."""

import time

import pytest

from bench.text.reuse import Pair, home_made, script
from bot.domain.drafts import Line, LineKind, Role, Script
from bot.domain.reuse import REPEATS, repeats, share

LINES = ["我阿公的雜貨店下個月要收了", "翻到一箱沒拆過的彈珠", "我想把鐵門拉下來的聲音錄起來"]


@pytest.mark.parametrize("pair", home_made(), ids=lambda pair: pair.kind)
def test_a_pair_is_judged_as_its_author_says(pair: Pair) -> None:
    assert repeats(pair.script, pair.earlier) is pair.repeats


def test_the_same_lines_are_all_of_it_in_either_script() -> None:
    simplified = [
        "我阿公的杂货店下个月要收了",
        "翻到一箱没拆过的弹珠",
        "我想把铁门拉下来的声音录起来",
    ]
    assert share(script(simplified), script(LINES[::-1])) == 1.0


def test_runs_too_short_to_be_more_than_chance_do_not_count() -> None:
    said = script(["下個月我要去花蓮", "我想把頭髮剪短", "彈珠汽水"])
    assert share(said, script(LINES)) == 0.0


def test_glue_counts_in_neither() -> None:
    glue = Line(Role.CLOSE, "事情就是從這裡開始的喔", (), LineKind.GLUE)
    first, second = (
        Script("", Line(Role.HOOK, text, (1,)), (), glue, 0, 1.0) for text in LINES[:2]
    )
    assert share(first, second) == 0.0
    assert share(Script("", glue, (), glue, 0, 0.0), first) == 0.0


def test_a_newsletter_is_compared_in_no_time() -> None:
    texts = [f"{line}，第{n}次的時候他說沒有關係" for n in range(12) for line in LINES]
    one = script(texts)
    begun = time.process_time()
    assert all(share(one, script(texts[at:] + texts[:at])) > REPEATS for at in range(3))
    assert time.process_time() - begun < 5
