"""Letters: marked spans, and the cutting of long ones."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.layout.letter import MOST_ENTITIES, MOST_UNITS, Composer, Letter, units

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)


def test_a_character_outside_the_basic_plane_counts_twice() -> None:
    assert units("a🧭字") == 4


def test_spans_are_given_in_utf_16_units() -> None:
    letter = Composer().add("🧭 ").add("gold", "bold").letter()
    (entity,) = letter.entities
    assert (entity.offset, entity.length) == (3, 4)


@given(st.lists(TEXTS, min_size=1, max_size=40), st.integers(1, 60))
def test_the_parts_of_a_letter_fit_and_lose_nothing(lines: list[str], times: int) -> None:
    letter = Composer().add("·").quote("\n".join(lines * times)).letter()
    parts = list(letter.parts())
    assert "".join(part.text for part in parts) == letter.text
    for part in parts:
        assert 0 < units(part.text) <= MOST_UNITS
        for entity in part.entities:
            assert entity.offset + entity.length <= units(part.text)


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
