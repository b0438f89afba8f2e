import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.words import (
    clauses,
    content_words,
    excerpt,
    is_blank,
    is_thin,
    keywords,
    sentences,
    speaking_seconds,
    tokens,
)

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b\u200d", "\u3000", "\ufe0f", "\u202e"])
def test_a_text_with_nothing_to_see_is_blank(text: str):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "嗯", "😀", ".", "\u200b1", "م"])
def test_a_text_with_anything_to_see_is_not_blank(text: str):
    assert not is_blank(text)


def test_a_token_is_one_chinese_character_one_word_one_number_or_one_emoji():
    assert tokens("我用iPhone拍了3.5秒,don’t ask 😀") == [
        *"我用", "iphone", *"拍了", "3.5", "秒", "don't", "ask", "😀",
    ]  # fmt: skip


def test_chinese_text_is_never_voided_by_the_tokenizer():
    assert tokens("念頭就散了") == tokens("念头就散了") == list("念头就散了")
    assert tokens("我喺地鐵度諗到嘅嘢") == list("我喺地铁度谂到嘅嘢")


def test_right_to_left_text_and_marks_stay_whole_words():
    assert tokens("مُحَمَّد هنا") == ["مُحَمَّد", "هنا"]
    assert sentences("كيف حالك؟ بخير") == ["كيف حالك؟", "بخير"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("念頭就散了。真的!你呢？", ["念頭就散了。", "真的!", "你呢？"]),
        ("第一行\n\n第二行", ["第一行", "第二行"]),
        (
            "I slept 3.5 hours. See https://a.b/c?x=1. Bye",
            ["I slept 3.5 hours.", "See https://a.b/c?x=1.", "Bye"],
        ),
        (
            "I nap, e.g. on trains. It was 3 a.m. I woke up.",
            ["I nap, e.g. on trains.", "It was 3 a.m. I woke up."],
        ),
        ('"Why?" she asked. "No." He left.', ['"Why?" she asked.', '"No."', "He left."]),
        (
            "他說「好累。」然後走了。我問:「你還拍嗎?」",
            ["他說「好累。」然後走了。", "我問:「你還拍嗎?」"],
        ),
        ("wait...what", ["wait...what"]),
        ("1. 買電池\n2. 拍片", ["1. 買電池", "2. 拍片"]),
        ("😀" * 2048, ["😀" * 2048]),
        (" \u200b ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]):
    assert sentences(text) == expected


@given(st.text(alphabet='我拍了。,!? .…\n"「」abC3\u200b😀'))
def test_sentences_and_clauses_are_verbatim_and_lose_no_word(text: str):
    pieces = sentences(text)
    assert all(piece in text and piece == piece.strip() for piece in pieces)
    assert [t for piece in pieces for t in tokens(piece)] == tokens(text)
    for piece in pieces:
        assert all(clause in piece for clause in clauses(piece))
        assert [t for c in clauses(piece) for t in tokens(c)] == tokens(piece)


def test_clauses_end_at_commas_dashes_and_before_english_conjunctions():
    assert clauses("坐到公司那一站,念頭就散了。") == ["坐到公司那一站,", "念頭就散了。"]
    assert clauses("1,000 notes, none filmed because I wait") == [
        "1,000 notes,",
        "none filmed",
        "because I wait",
    ]
    assert clauses("今天好累 不想拍") == ["今天好累", "不想拍"]


def test_content_words_come_back_as_they_were_written():
    assert content_words("靈感都在捷運上") == ("靈感", "捷運")
    assert content_words("灵感都在地铁上") == ("灵感", "地铁")
    assert "嘅" not in content_words("我喺地鐵度諗到嘅嘢,返到屋企就唔記得咗啲")
    assert content_words("I film my Mother's piano") == ("film", "Mother's", "piano")
    assert content_words("https://example.com/piano") == ()


@pytest.mark.parametrize(
    "seed", ["", "嗯", "好累", "我媽", "tired", "the", "😀😀", "https://a.b/c"]
)
def test_fewer_than_two_content_words_are_thin(seed: str):
    assert is_thin(seed)


@pytest.mark.parametrize("seed", ["靈感捷運", "時間管理", "plan B", "害怕失败", "مرحبا بالعالم"])
def test_two_content_words_are_not_thin(seed: str):
    assert not is_thin(seed)


def test_speaking_takes_both_languages_time():
    assert speaking_seconds("字" * 260) == pytest.approx(60)
    assert speaking_seconds("word " * 165) == pytest.approx(60)
    assert speaking_seconds("字" * 130 + " word" * 33) == pytest.approx(42)
    assert speaking_seconds("字", zh_chars_per_min=60) == pytest.approx(1)
    assert speaking_seconds("😀") == 0


def test_an_excerpt_ends_after_a_clause_or_else_a_word():
    text = "我發現每次把靈感記下來都不是在電腦前,都是在走路的時候"
    assert excerpt(text, 22) == "我發現每次把靈感記下來都不是在電腦前…"
    assert excerpt("I keep losing ideas", 12) == "I keep…"
    assert excerpt("short", 12) == "short"
    assert excerpt("two\nlines", 12) == "two lines"


@given(st.text(), st.integers(2, 40))
def test_an_excerpt_is_never_too_long(text: str, max_chars: int):
    assert len(excerpt(text, max_chars)) <= max_chars


def test_an_excerpt_never_breaks_an_emoji():
    cut = excerpt(FAMILY * 9, 13).removesuffix("…")
    assert cut
    assert cut.replace(FAMILY, "") == ""


def test_keywords_are_what_is_rare_in_the_persons_own_words():
    pool = ["捷運上的人", "捷運誤點", "又在捷運上睡著", "早餐店老闆找錯錢"]
    assert keywords("捷運上的早餐店", pool)[0] == "早餐"
    assert keywords("嗯", pool) == []
