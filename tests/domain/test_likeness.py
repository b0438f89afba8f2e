import time

import pytest

from bot.domain.likeness import touched

TITLES = [
    "夜班護士怎麼記住凌晨的鬧鐘",
    "菜市場阿姨的記帳本",
    "A locksmith explains why keys get lost",
    "Your commute as a silent film",
    "剪辑师的咖啡比脚本先凉",
]


@pytest.mark.parametrize(
    ("fragment", "which"),
    [
        ("剛剛在菜市場看到一本記帳本,全是菜漬", {1}),
        ("夜班回家的护士在捷运上睡着了", {0}),
        ("我同事是剪輯師,他說咖啡是他的腳本", {4}),
        ("今天的咖啡好喝", set()),  # one thing is chance
        ("lost my keys again, third time this month", {2}),
        ("the commute home felt like a film without sound", {3}),
        ("今天好累", set()),
        ("I want to make a list of things", set()),
        ("今天又忘記帶鬧鐘回家,早上差點遲到", set()),
        ("凌晨的鬧鐘響了兩次,隔壁護士在罵人", {0}),
        ("阿姨話今日菜市場啲菜好貴", {1}),
        ("the locksmith on our street plays the cello", set()),
        ("my father's old keys, and the locksmith who would not copy them", {2}),
        ("people on the bus explain their day", set()),
        ("", set()),
        ("😀", set()),
    ],
)
def test_a_new_fragment_touches_what_it_shares_two_things_with(fragment: str, which: set[int]):
    assert touched(TITLES, [fragment]) == which


def test_words_of_two_fragments_do_not_add_up():
    assert touched(TITLES, ["my keys", "nothing is ever lost"]) == set()


def test_what_every_title_is_about_touches_none():
    titles = [f"捷運靈感第 {one} 站" for one in range(20)]
    assert touched(titles, ["捷運上又有靈感"]) == set()


def test_words_that_any_day_holds_are_no_subject():
    titles = ["朋友問我為什麼開始工作", "Why people feel old at work", "第一次回家的晚上"]
    said = ["晚上回家看到朋友開始工作", "people feel better after work at home"]
    assert touched(titles, said) == set()


def test_thousands_of_ideas_are_gone_through_in_a_moment():
    titles = [f"第 {i} 位護士與第 {i * 7} 把雨傘的菜市場" for i in range(3_000)]
    touched(titles, ["熱身"])
    began = time.process_time()
    touched([*titles, "鎖匠的收音機"], ["鎖匠聽收音機", "護士在菜市場"])
    assert time.process_time() - began < 0.5


def test_nothing_touches_nothing():
    assert touched([], ["a"]) == set()
    assert touched(["a"], []) == set()
