"""Letters: marked spans, and the cutting of long ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.layout.cutting import MOST_ENTITIES, MOST_UNITS, Span, units
from bot.chat.layout.letter import Composer, Letter

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)


def test_a_character_outside_the_basic_plane_counts_twice() -> None:
    assert units("a🧭字") == 4


def test_spans_are_given_in_utf_16_units() -> None:
    letter = Composer().add("🧭 ").add("gold", "bold").letter()
    (entity,) = letter.entities
    assert (entity.offset, entity.length) == (3, 4)


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    """A letter of several messages, some of it marked, marks within marks too."""
    composer = Composer()
    for _ in range(draw(st.integers(1, 12))):
        kinds = draw(st.sampled_from([(), ("bold",), ("blockquote", "italic")]))
        composer.add(draw(PIECES) * draw(st.integers(1, 400)), *kinds)
    return composer.letter()


PIECES = st.text(st.sampled_from("字a 。！？；，.!\n👩‍👩‍👧🏽🇹🇼é́「」🧭"), min_size=1, max_size=20)


def marked(part: Letter) -> list[frozenset[str]]:
    """How each character is marked."""
    return [
        frozenset(one.kind for one in part.spans if one.start <= at < one.end)
        for at in range(len(part.text))
    ]


@given(letters())
def test_the_parts_of_a_letter_fit_and_lose_neither_a_word_nor_a_mark(letter: Letter) -> None:
    parts = list(letter.parts())
    assert "".join(part.text for part in parts) == letter.text
    assert [one for part in parts for one in marked(part)] == marked(letter)
    for part in parts:
        assert units(part.text) <= MOST_UNITS
        assert len(part.spans) <= MOST_ENTITIES
        for entity in part.entities:
            assert entity.length > 0
            assert entity.offset + entity.length <= units(part.text)
    assert all(part.text for part in parts[:-1])


@given(st.lists(TEXTS, min_size=1, max_size=40), st.integers(1, 60))
def test_any_text_at_all_can_be_sent(lines: list[str], times: int) -> None:
    letter = Composer().add("·").quote("\n".join(lines * times)).letter()
    parts = list(letter.parts())
    assert "".join(part.text for part in parts) == letter.text
    assert all(0 < units(part.text) <= MOST_UNITS for part in parts)


SIGNS = ("👩‍👩‍👧‍👦", "👍🏽", "🇹🇼", "é", "❤️", "1️⃣", "\r\n", "🏴󠁧󠁢󠁳󠁣󠁴󠁿")


@given(st.sampled_from(SIGNS), st.integers(0, 40))
def test_what_is_one_sign_to_the_eye_is_never_cut_in_two(sign: str, before: int) -> None:
    first, *_ = Letter("字" * before + sign * 4096).parts()
    assert (len(first.text) - before) % len(sign) == 0


@pytest.mark.parametrize("end", ["。", "！", "？", "；", ". ", "! ", "? ", "。」"])
def test_a_long_line_is_cut_at_the_end_of_a_sentence(end: str) -> None:
    first, second, *_ = Letter(("字, 字，" * 600 + end) * 2 + "字, 字，" * 400).parts()
    assert first.text.endswith(end)
    assert second.text.startswith("字")


def test_a_number_is_no_end_of_a_sentence() -> None:
    first, *_ = Letter("字" * 3000 + "，" + "3.14" * 500).parts()
    assert first.text.endswith("，")


def test_a_span_that_fits_into_a_message_stays_whole() -> None:
    letter = Composer().add("字。" * 800).add("quoted. " * 400, "blockquote").letter()
    first, second = letter.parts()
    assert first.spans == ()
    assert second.spans == (Span("blockquote", 0, 3200),)


def test_a_span_that_fits_into_none_becomes_two() -> None:
    letter = Composer().add("Heading\n", "bold").add("quoted。" * 800, "blockquote").letter()
    first, second = letter.parts()
    assert units(first.text) > MOST_UNITS // 2
    assert first.text.endswith("。")
    assert [one.kind for one in first.spans] == ["bold", "blockquote"]
    assert [one.kind for one in second.spans] == ["blockquote"]


def test_a_letter_with_many_spans_is_cut_before_telegram_drops_any() -> None:
    composer = Composer()
    for n in range(250):
        composer.line(str(n), "bold")
    letter = composer.letter()
    parts = list(letter.parts())
    assert len(parts) == 3
    assert all(len(part.spans) <= MOST_ENTITIES for part in parts)
    bold = [part.text[one.start : one.end] for part in parts for one in part.spans]
    assert bold == [str(n) for n in range(250)]


def test_a_long_letter_is_cut_at_the_end_of_a_line() -> None:
    first, *_ = Letter("word " * 500 + "\n" + "more " * 500).parts()
    assert first.text.endswith("\n")


def test_the_buttons_stand_under_the_last_part() -> None:
    parts = list(Letter("x" * 5000).under([]).parts())
    assert [part.keyboard is not None for part in parts] == [False, True]
