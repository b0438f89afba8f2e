"""What comes back through a week: the person's own words, counted, and nothing else."""

from datetime import date, timedelta

from bot.domain.related import plain
from bot.domain.themes import MOST, Said, Theme, themes

MONDAY = date(2026, 11, 16)

TAIPEI = [
    (0, "坐到公司那一站，念頭就散了"),
    (0, "地鐵上的人都在看手機，沒有人看窗外"),
    (1, "今天地鐵停了二十分鐘，大家突然開始聊天"),
    (1, "雨傘又忘在地鐵上，第三把"),
    (2, "外婆的頂針找到了，在餅乾盒裡"),
    (3, "夜班護士說她用便條紙記人"),
    (4, "又想到那個夜班護士"),
    (5, "夜班護士的便條紙，我想拍"),
    (5, "我覺得今天真的很開心，因為可以睡到中午"),
    (6, "今天真的很累，可是還是想拍點什麼"),
]
LONDON = [
    (0, "The night bus driver hums when nobody is on"),
    (1, "Missed the night bus again, walked home with a nurse"),
    (3, "Night buses smell of wet coats"),
    (2, "I think I really need to sleep more"),
    (3, "I really think the umbrella is gone"),
    (4, "Umbrellas: I lost the third one"),
    (5, "My umbrella came back, a stranger had it"),
]
HONG_KONG = [
    (0, "今日搭地鐵又遲到，真係好嬲"),
    (1, "地鐵壞車，成車人一齊歎氣"),
    (2, "我諗住以後唔搭地鐵"),
    (2, "阿婆煲湯"),
]


def said(lines: list[tuple[int, str]]) -> list[Said]:
    """These texts on these days of a week, numbered from 1."""
    return [
        Said(n, text, MONDAY + timedelta(days=day)) for n, (day, text) in enumerate(lines, start=1)
    ]


def words(found: tuple[Theme, ...]) -> list[tuple[str, int, int]]:
    return [(one.words, one.count, one.days) for one in found]


def test_what_stands_in_three_fragments_on_two_days_is_a_theme() -> None:
    assert words(themes(said(TAIPEI), [])) == [("夜班護士", 3, 3), ("地鐵", 3, 2)]


def test_english_words_are_the_same_with_their_endings_and_side_by_side() -> None:
    assert words(themes(said(LONDON), [])) == [("night bus", 3, 3), ("umbrella", 3, 3)]


def test_cantonese_has_themes_too() -> None:
    assert words(themes(said(HONG_KONG), [])) == [("地鐵", 3, 3)]


def test_both_scripts_are_one() -> None:
    lines = [(0, "地鐵停了"), (1, "地铁又停了"), (2, "我在地铁上")]
    assert words(themes(said(lines), [])) == [("地铁", 3, 3)]


def test_an_hour_of_one_thing_is_no_theme() -> None:
    assert themes(said([(2, text) for _, text in HONG_KONG]), []) == ()


def test_what_somebody_always_speaks_of_is_no_theme_of_the_week() -> None:
    library = plain([*["地鐵日記，又是地鐵"] * 30, *["冰箱裡沒有東西"] * 40])
    assert words(themes(said(TAIPEI), library)) == [("夜班護士", 3, 3)]


def test_the_line_of_a_theme_is_a_fragment_s_own_and_gold_comes_first() -> None:
    week = said(TAIPEI)
    (theme,) = themes([one for one in week if "地鐵" in one.text], [])
    assert (theme.n, theme.line) == (4, "雨傘又忘在地鐵上，第三把")
    gold = [Said(one.n, one.text, one.day, gold=one.n == 2) for one in week if "地鐵" in one.text]
    (theme,) = themes(gold, [])
    assert (theme.n, theme.line) == (2, "地鐵上的人都在看手機，沒有人看窗外")


def test_every_theme_stands_in_what_was_said() -> None:
    for lines in (TAIPEI, LONDON, HONG_KONG):
        texts = {n: text for n, (_, text) in enumerate(lines, start=1)}
        for theme in themes(said(lines), []):
            assert theme.line in texts[theme.n]
            assert sum(theme.words in text.lower() for text in texts.values()) >= 2


def test_no_more_than_a_handful() -> None:
    nouns = ["雨傘", "外婆", "護士", "冰箱", "電梯", "早餐", "颱風", "房東", "鑰匙", "書店"]
    lines = [(day, f"{noun}壞了") for noun in nouns for day in range(3)]
    assert len(themes(said(lines), [])) == MOST


def test_nothing_said_has_no_theme() -> None:
    assert themes([], []) == ()
    assert themes(said([(0, "🔥"), (1, "🔥"), (2, "🔥"), (3, "12 12")]), []) == ()
