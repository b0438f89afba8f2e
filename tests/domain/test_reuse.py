"""A script that repeats an earlier one is told from a new take on the same material."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.text.reuse import Pair, home_made, script
from bot.domain.drafts import Line, LineKind, Role, Script
from bot.domain.reuse import REPEATS, repeated, repeats, share

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


# What agrees in part, in other writing, in numbers and short forms said otherwise.
CHINESE = ["下个月要收了", "850塊", "八百五十元", "三成", "嗯", "，", "。", "彈珠", "鐵門", "\n"]
OTHER = ["250", "30%", "vlog", "🎲", " ", "I didn't", "did not", "cannot", "two hundred and fifty"]
PIECES = st.sampled_from([*LINES, *CHINESE, *OTHER])
SCRIPTS = st.lists(
    st.lists(PIECES, max_size=6).map("".join) | st.text(max_size=12), min_size=2, max_size=4
).map(script)


@given(SCRIPTS, st.lists(SCRIPTS, max_size=4))
def test_the_quick_look_over_all_earlier_scripts_says_what_laying_each_beside_says(
    new: Script, earlier: list[Script]
) -> None:
    assert repeated(new, earlier) is next((one for one in earlier if repeats(new, one)), None)


def test_two_thousand_earlier_scripts_are_looked_over_in_a_moment() -> None:
    others = [
        script([f"第{n}天，我在{n + at}號公車上想事情" for at in range(6)]) for n in range(2_000)
    ]
    again = script([f"{line}喔" for line in LINES[::-1]])
    begun = time.process_time()
    assert repeated(script(LINES), [*others, again]) is again
    assert time.process_time() - begun < 10
