"""A script that repeats an earlier one is told from a new take on the same material."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.text.reuse import Pair, home_made, script
from bot.domain.drafts import Line, LineKind, Role, Script
from bot.domain.reuse import REPEATS, Shelf, repeats, share

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


def repeated(new: Script, earlier: Sequence[Script]) -> list[int]:
    """Found without a shelf."""
    return [place for place, one in enumerate(earlier) if repeats(new, one)]


def test_a_shelf_misses_no_repetition_among_the_pairs_written_by_hand() -> None:
    pairs = home_made()
    earlier = [pair.earlier for pair in pairs]
    shelf = Shelf(earlier)
    for pair in pairs:
        assert list(shelf.repeated(pair.script)) == repeated(pair.script, earlier)


PIECES = [
    *(
        "我阿公的雜貨店",
        "下個月要收了",
        "嗯翻到一箱",
        "沒拆過的彈珠",
        "三百五十塊",
        "350塊",
        "但是他說",
    ),
    *(
        "I didn't open it",
        "I did not open it",
        "the old shop",
        "two hundred marbles",
        "，",
        "。",
        " ",
    ),
]
lines = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
scripts = st.lists(lines, min_size=2, max_size=5).map(script)


@settings(max_examples=60, deadline=None)
@given(scripts, st.lists(scripts, max_size=4))
def test_a_shelf_misses_no_repetition_however_lines_are_mixed(
    new: Script, earlier: list[Script]
) -> None:
    assert list(Shelf(earlier).repeated(new)) == repeated(new, earlier)


def test_of_hundreds_of_drafts_a_shelf_looks_at_the_few_that_count() -> None:
    earlier = [script([f"第{n}天{line}第{n}次{n}號" for line in LINES[:1]] * 3) for n in range(300)]
    other = script(["鄰居的鸚鵡學會我的門鈴", "我每天白跑三趟去開門", "後來我把門鈴拆掉"])
    shelf = Shelf([*earlier, other])
    assert shelf.near(other) == [300]
    assert Shelf([]).near(other) == []
