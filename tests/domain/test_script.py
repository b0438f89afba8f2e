import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.records import Language
from bot.domain.script import fold, folded, language_of, locked, simplified

HANT, HANS, EN = Language.ZH_HANT, Language.ZH_HANS, Language.EN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("坐到公司那一站,念頭就散了", "坐到公司那一站,念头就散了"),
        ("看著妳", "看着你"),
        ("ＡＢＣ１２３，", "abc123,"),
        ("念\u200b頭", "念头"),
        ("❤️", "❤"),
        ("Café", "cafe\u0301"),
    ],
)
def test_script_width_case_and_invisible_marks_do_not_tell_texts_apart(one: str, other: str):
    assert fold(one) == fold(other)


def test_a_span_of_the_folded_form_leads_back_to_the_words_as_written():
    text = "妳說…ﬁ捷運Ｘ站"
    form = folded(text)
    for part in ("你说", "...", "fi", "捷运x"):
        start = form.text.index(part)
        assert fold(form.quote(start, start + len(part))) == part
    start = form.text.index("捷运")
    assert form.quote(start, start + 2) == "捷運"
    assert form.quote(0, 0) == ""


@given(st.text())
def test_any_text_can_be_folded_and_every_span_stays_inside_it(text: str):
    form = folded(text)
    assert len(form.spans) == len(form.text)
    assert all(0 <= start < end <= len(text) for start, end in form.spans)
    assert len(simplified(text)) == len(text)


@given(st.text(st.characters(codec="ascii")))
def test_the_short_way_for_english_leads_to_the_same(text: str):
    assert fold(text) == folded(text).text


def test_a_lone_surrogate_is_survived():
    assert fold("a\ud83d頭") == "a?头"


@pytest.mark.parametrize(
    ("text", "prefer", "language"),
    [
        ("坐到公司那一站,念頭就散了", HANS, HANT),
        ("坐到公司那一站,念头就散了", HANT, HANS),
        ("台灣的鳥", HANS, HANT),
        ("一只猫", HANT, HANS),
        ("我在台北", HANS, HANS),
        ("我在台北", HANT, HANT),
        ("我在台北", EN, HANT),
        ("里面", HANT, HANT),
        ("ideas on the MRT", HANT, EN),
        ("😀", HANT, HANT),
        ("https://a.com/b", HANS, HANS),
        ("my 筆記本 is full", EN, HANT),
    ],
)
def test_the_language_of_a_text_is_told_by_its_characters(
    text: str, prefer: Language, language: Language
):
    assert language_of(text, prefer) is language


def test_what_was_heard_is_written_in_the_script_asked_for():
    assert locked("这里面的头发", HANT) == "這裡面的頭髮"
    assert locked("看著這裡", HANS) == "看着这里"
    assert locked("這裡面", HANT) == "這裡面"
    assert locked("这里 is fine", EN) == "这里 is fine"
