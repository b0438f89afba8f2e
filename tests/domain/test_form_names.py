"""Forms of drafts, by the names people write, and forms of their own."""

import pytest

from bot.domain import form_names
from tests.fakes import FORMS


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("form 直播開場: 60 秒，先問一個問題", 60),
        ("form live: 90 s, one question", 90),
        ("Form live：3 min, slow", 180),
        ("格式 直播：2 分鐘，慢慢講", 120),
        ("form live: one question first", form_names.OWN_SECONDS),
    ],
)
def test_a_form_of_ones_own_says_how_long_it_is(words: str, seconds: float) -> None:
    form = form_names.defined(words)
    assert form is not None
    assert (form.seconds, form.own) == (seconds, True)
    assert form_names.read(f"{form.id}: 貓", [form]) == (form, "貓")


@pytest.mark.parametrize(
    "words", ["form", "form: x", "form follows function", "newsletter: 貓", ""]
)
def test_what_defines_no_form_is_a_subject(words: str) -> None:
    assert form_names.defined(words) is None


def test_a_name_that_comes_with_the_bot_is_taken() -> None:
    taken = form_names.defined("form Newsletter: 60 s")
    assert taken is not None
    assert form_names.taken(taken, FORMS.values())


@pytest.mark.parametrize("length", ["100 min", "9999 s"])
def test_a_form_takes_ten_minutes_at_most(length: str) -> None:
    form = form_names.defined(f"form all: {length}")
    assert form is not None
    assert (form.seconds, form.most) == (600, 40)


def test_a_number_that_is_no_length_leaves_the_usual_one() -> None:
    form = form_names.defined(f"form all: {'9' * 400} s")
    assert form is not None
    assert form.seconds == 45


@pytest.mark.parametrize("name", ["newsletter ", "電子報 ", "電子報：", "邮件通讯 "])
def test_a_name_that_begins_no_thought_needs_no_colon(name: str) -> None:
    form, about = form_names.read(f"{name}拿鐵", FORMS.values())
    assert form is FORMS["newsletter"]
    assert about == "拿鐵"


@pytest.mark.parametrize("words", ["short days in winter", "long way home", "post office closed"])
def test_a_name_that_may_begin_a_thought_does(words: str) -> None:
    assert form_names.read(words, FORMS.values()) == (None, words)
