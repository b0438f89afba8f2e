import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.likeness import quotations, resemblance
from bot.domain.sieve import groups, sift

TITLES = [
    f"{who}{what}{where}"
    for who in ("夜班護士", "計程車司機", "你媽")
    for what in ("最怕的一句話", "藏起來的筆記本", "第一次說謊")
    for where in ("在捷運上", "在菜市場的早上")
]


@dataclass(frozen=True)
class Card:
    title: str
    lens: str = ""
    mechanism: str = ""


def titles(*given: str, shown: tuple[str, ...] = ()) -> list[str]:
    return [card.title for card in sift([Card(title) for title in given], shown).kept]


def test_a_chinese_title_said_again_with_one_word_more_is_dropped():
    assert titles("夜班護士怎麼記住一件事", "夜班護士怎麼記住一件事情") == [
        "夜班護士怎麼記住一件事"
    ]


def test_the_same_title_in_the_other_script_is_dropped():
    assert titles("捷運上的靈感筆記", "捷运上的灵感笔记!") == ["捷運上的靈感筆記"]


def test_different_titles_are_kept_in_the_order_given():
    given = ["夜班護士怎麼記住一件事", "菜市場的記帳本", "A locksmith on memory", "😀😀😀", "🍌"]
    assert titles(*given) == given


def test_what_was_shown_or_dropped_before_never_comes_back():
    assert titles("菜市場的記帳本", "夜班護士", shown=("菜市場的記帳本。",)) == ["夜班護士"]


def test_titles_shorter_than_a_gram_are_alike_only_when_equal():
    assert titles("貓", "貓!", "狗", "貓狗", "!!", "??") == ["貓", "狗", "貓狗", "!!", "??"]


def test_an_equal_mechanism_is_the_same_idea_and_an_empty_one_never_is():
    cards = [Card("甲甲甲甲", mechanism="Delay"), Card("乙乙乙乙", mechanism="delay")]
    cards += [Card("丙丙丙丙"), Card("丁丁丁丁")]
    sifted = sift(cards)
    assert [card.title for card in sifted.kept] == ["甲甲甲甲", "丙丙丙丙", "丁丁丁丁"]
    assert sifted.duplicates == 1


def test_one_lens_gives_two_ideas_and_no_lens_is_not_counted():
    cards = [Card(word * 4, lens="你媽") for word in "甲乙丙"] + [Card(w * 4) for w in "戊己庚"]
    assert len(sift(cards).kept) == 5
    assert len(sift(cards, per_lens=1).kept) == 4


def test_one_question_about_two_sentences_is_two_cards():
    asked = ["夜班護士聽到「捷運」,第一句會問什麼?", "夜班護士聽到「早餐」,第一句會問什麼?"]
    assert titles(*asked) == asked


def test_two_questions_about_one_long_sentence_are_two_cards():
    said = "我發現每次把靈感記下來都不是在電腦前"
    assert len(titles(f"「{said}」不成立的那一次?", f"哪一道菜像「{said}」?")) == 2


def test_the_same_question_about_the_same_sentence_is_one_card():
    assert len(titles("哪道菜像「念頭就散了」?", "哪道菜像「念头就散了」?")) == 1
    assert quotations("“a” and 「b」") == ["a", "b"]


@given(st.text(), st.text())
def test_resemblance_is_symmetric_and_a_share(a: str, b: str):
    assert resemblance(a, b) == resemblance(b, a)
    assert 0 <= resemblance(a, b) <= 1
    assert resemblance(a, a) == pytest.approx(1)


def test_sifting_twenty_against_five_thousand_takes_a_moment():
    shown = [f"{i} 號乘客在第 {i * 7} 站想起來的第 {i * 13} 件事" for i in range(5_000)]
    cards = [Card(f"第 {i} 位護士的 {i * 31} 個鬧鐘與一本簿子") for i in range(20)]
    began = time.process_time()
    sift(cards, shown)
    assert time.process_time() - began < 2  # 0.4 s the first time, 0.1 s after it


def test_a_title_said_in_another_order_is_dropped():
    said = ["為什麼捷運上的靈感，到了公司就散掉", "捷運上的靈感為什麼一到公司就散了"]
    assert titles(*said) == said[:1]
    assert titles("Three lost keys and a locksmith", "A locksmith loses three keys") == [
        "Three lost keys and a locksmith"
    ]


def test_words_of_the_seed_make_no_duplicate():
    seed = "the commute home"
    cards = [Card("The commute home as a duel"), Card("The commute home without shoes")]
    assert len(sift(cards).kept) == 1
    assert len(sift(cards, about=seed).kept) == 2


def test_a_round_has_twelve_cards_and_everything_dug_is_accounted_for():
    cards = [Card(chr(ord("一") + 97 * i) * 5) for i in range(20)]
    cards += [cards[0], Card("甲乙丙丁", lens="你媽"), cards[1]]
    sifted = sift(cards)
    assert (len(sifted.kept), sifted.duplicates, sifted.crowded) == (12, 2, 9)
    assert len(sift(cards, most=3).kept) == 3


def test_what_resembles_an_earlier_card_stands_right_behind_it():
    first = "凌晨三點的便利商店店員最懂寂寞"
    other = "A locksmith on memory"
    akin = "便利商店的微波爐聽過多少寂寞"
    sifted = sift([Card(first), Card(other), Card(akin), Card("Tea for one")])
    assert [card.title for card in sifted.kept] == [first, akin, other, "Tea for one"]
    assert sifted.stacks == (None, 0, None, None)


@given(st.lists(st.sampled_from(TITLES), max_size=16))
def test_a_stack_follows_its_first_card_without_a_gap(given: list[str]):
    stacks = sift(map(Card, given)).stacks
    for at, first in enumerate(stacks):
        assert first is None or (stacks[first] is None and set(stacks[first + 1 : at]) <= {first})


def test_groups_say_which_earlier_text_each_one_repeats():
    assert groups(["Nairobi", "Nairobi, Kenya", "Lagos", "nairobi"]) == [0, 0, 2, 0]
