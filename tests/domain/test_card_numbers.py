"""When a number at the beginning of a reply is that of a card."""

import pytest

from bot.domain.card_numbers import named, without


@pytest.mark.parametrize(
    ("said", "number", "spoken"),
    [
        ("2. I have seen this", 2, "I have seen this"),
        ("2 I really saw this", 2, "I really saw this"),
        ("2 this happened to me", 2, "this happened to me"),
        ("3 “nobody asked” is what she said", 3, "“nobody asked” is what she said"),
        (" 4、這個我真的遇過", 4, "這個我真的遇過"),
        ("2 我真的遇過", 2, "我真的遇過"),
        ("２：真的", 2, "真的"),
        ("1）對", 1, "對"),
        ("1，對", 1, "對"),
    ],
)
def test_a_reply_may_begin_with_the_number_of_its_card(said: str, number: int, spoken: str) -> None:
    assert named(said) == number
    assert without(said) == spoken


@pytest.mark.parametrize(
    "said",
    [
        "3 days later",
        "3 天後",
        "2 and a half hours",
        "2 people saw it",
        "1.5 hours on the bus",
        "4:30 is when I wake up",
        "2,000 people saw it",
        "12 people saw it",
        "5. is no card of a page",
        "0. nor is this",
        "2個人",
        "the 2nd one",
        "",
    ],
)
def test_a_number_that_counts_something_names_no_card(said: str) -> None:
    assert named(said) is None
    assert without(said) == said


@pytest.mark.parametrize("said", ["2", " 2 ", "2.", "２"])
def test_a_number_alone_names_its_card_and_stays(said: str) -> None:
    assert named(said) == 2
    assert without(said) == said
