"""What a listener's words are worth: marks stripped, breaths joined, hollow repetition told."""

import pytest

from bot.domain.heard import Nothing, joined, nothing_in, words_of
from bot.domain.records import Language
from bot.domain.script import locked


def test_a_recognisers_marks_are_not_words():
    assert words_of("<|yue|><|HAPPY|><|Speech|><|withitn|>今日好攰 😊") == "今日好攰"
    assert words_of("🎼la la 👏") == "la la"


def test_what_a_person_wrote_with_angle_brackets_stays():
    assert words_of("a < b | c > d") == "a < b | c > d"


def test_chinese_takes_no_blank_where_a_breath_was_cut_and_english_does():
    assert joined(["念頭就散了。", "後來", "", "and then", "it was gone"]) == (
        "念頭就散了。後來and then it was gone"
    )
    assert joined([]) == ""


@pytest.mark.parametrize(
    "text",
    ["謝謝觀看" * 10, "Thank you for watching. " * 9, "la la la la la la la la", "嗯" * 40],
)
def test_one_phrase_over_and_over_is_nothing(text: str):
    assert nothing_in(text, 60) is Nothing.ONE_THING


@pytest.mark.parametrize(
    "text",
    [
        "no no no no",
        "謝謝觀看",  # a creator says so at the end of a video
        "請訂閱我的頻道，請訂閱我的頻道，明天見",
        f"I was {'very ' * 9}tired and went home to sleep before anybody noticed",
        "一二三四五六七八九十一二三四五六七八九十",
    ],
)
def test_a_person_may_repeat_themselves(text: str):
    assert nothing_in(text, 60) is None


@pytest.mark.parametrize("text", ["", "。", "[Music]", "（音樂）", "♪ ♪", "(applause) [laughter]"])
def test_what_only_describes_a_sound_holds_no_words(text: str):
    assert nothing_in(text, 60) is Nothing.NO_WORDS


def test_a_person_who_is_described_between_their_words_spoke():
    assert nothing_in("[laughs] and then it was gone", 60) is None


def test_more_than_anybody_says_in_that_time_was_not_said():
    text = "The audio could not be processed because the model you asked for is not loaded here"
    assert nothing_in(text, 0.3) is Nothing.TOO_MUCH
    assert nothing_in(text, 4) is None
    assert nothing_in("好", 0.1) is None


def test_a_page_read_aloud_again_and_again_was_read():
    page = " ".join(f"word{n}" for n in range(41))
    assert nothing_in(f"{page} " * 9, 600) is None


def test_no_answer_is_looked_at_for_long():
    hours = 100 * 3600
    assert nothing_in("念頭" * 100_001, hours) is Nothing.TOO_MUCH
    # Looking for the end of each bracket, or for phrases of every length, would take minutes.
    assert nothing_in("[(" * 100_000, hours) is Nothing.NO_WORDS
    assert nothing_in(" ".join(str(n) for n in range(30_000)), hours) is None


@pytest.mark.parametrize(
    ("said", "language", "shown"),
    [
        ("念头就散了，then 那个 project", Language.ZH_HANT, "念頭就散了，then 那個 project"),
        ("念頭就散了，then 那個 project", Language.ZH_HANS, "念头就散了，then 那个 project"),
        # Recognisers flip in the midst of a sentence; what is right already stays as it is.
        ("皇后在台灣的公里上，后来下雨", Language.ZH_HANT, "皇后在台灣的公里上，後來下雨"),
        ("今日喺公司啲念頭就散晒", Language.ZH_HANT, "今日喺公司啲念頭就散晒"),
        ("会社で考えた，念头就散了", Language.ZH_HANT, "会社で考えた，念頭就散了"),
        ("念头就散了", Language.EN, "念头就散了"),
        ("just English", Language.ZH_HANT, "just English"),
    ],
)
def test_a_transcript_is_locked_to_one_script_and_otherwise_left_as_spoken(
    said: str, language: Language, shown: str
):
    assert locked(said, language) == shown
