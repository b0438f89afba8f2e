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


def test_nothing_touches_nothing():
    assert touched([], ["a"]) == set()
    assert touched(["a"], []) == set()
