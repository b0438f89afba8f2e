"""Clichés are marked, plain talk is not, and what the person says themself never is."""

import json
import time
from pathlib import Path
from statistics import mean

import pytest

from bench.text.cliches import PLAIN, RIDDEN, SAID
from bot.domain.cliche import LIMIT, Looked, look, phrase
from bot.engines.cliches import worn
from bot.engines.prompts import PromptLibrary
from bot.resources import folder

WORN = worn(PromptLibrary(folder("prompts")))
ZH = "在這個資訊爆炸的時代，閱讀不僅是一種習慣，更是一段與自己對話的旅程。"
EN = "It's not just about cameras; it's about courage. Whether you're old or new, embrace it."


def kinds(text: str, *own: str, kept: tuple[str, ...] = ()) -> list[str]:
    return [mark.kind for mark in look(text, WORN, own, kept).marks]


def scores(file: str) -> list[float]:
    return [look(json.loads(line)["text"], WORN).score for line in file.splitlines()]


@pytest.mark.parametrize("file", [SAID, PLAIN], ids=lambda file: file.stem)
def test_of_what_creators_say_one_line_in_fifty_may_be_worn(file: Path) -> None:
    found = scores(file.read_text(encoding="utf-8"))
    assert mean(score > LIMIT for score in found) <= 0.02
    assert mean(found) <= 0.20


def test_of_worn_blocks_nine_in_ten_are_above_the_limit() -> None:
    assert mean(score > LIMIT for score in scores(RIDDEN.read_text(encoding="utf-8"))) >= 0.90


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("opener", "在這個人人都是自媒體的時代"),
        ("opener", "In today's fast-paced world"),
        ("contrast", "攝影不僅是記錄，更是一種態度"),
        ("contrast", "It's not about the camera, it's about you"),
        ("exhortation", "讓我們一起出發"),
        ("exhortation", "So what are you waiting for?"),
        ("universal", "當你學會放下，你就自由了"),
        ("universal", "Whether you're a beginner or a pro"),
        ("question", "什麼是熱愛？熱愛是凌晨四點的燈。答案很簡單。"),
        ("lesson", "種花教會我們等待"),
        ("lesson", "Every loaf tells a story"),
        ("summary", "總而言之，早點睡"),
        ("stock", "赋能每一个人"),
        ("stock", "A rich tapestry of sounds"),
        ("tail", "It bends the light, turning ordinary pain into beauty"),
        ("parallel", "憤怒的背後，藏著受傷；沉默的背後，藏著期待"),
        ("parallel", "Home is the smell of rice. Home is the light left on. Home is a name."),
        ("triad", "成長、勇氣、希望"),
        ("triad", "It takes courage, patience, and hope"),
        ("idioms", "燈火璀璨，歲月悠悠"),
    ],
)
def test_every_kind_is_known_by_its_name(kind: str, text: str) -> None:
    assert kind in kinds(text)


def test_a_mark_points_at_the_words_as_they_were_written() -> None:
    text = "Ｉｎ ｔｏｄａｙ’s fast-paced world，總而言之。"
    for mark in look(text, WORN).marks:
        assert text[mark.start : mark.end] == mark.text
    assert "總而言之" in [mark.text for mark in look(text, WORN).marks]


def test_cantonese_is_read_too() -> None:
    assert "contrast" in kinds("行山唔單止係運動，更加係一場同自己嘅對話")


def test_what_the_person_said_is_exempt_in_either_script() -> None:
    before = kinds(ZH)
    after = kinds(ZH, "我那天說，在这个资讯爆炸的时代 大家都在滑手機")
    assert "opener" in before
    assert "opener" not in after
    assert "contrast" in after


def test_everything_said_leaves_nothing_to_mark() -> None:
    assert look(ZH, WORN, [ZH]) == Looked(0.0, ())
    assert look(EN, WORN, [EN.upper()]) == Looked(0.0, ())


def test_a_part_of_a_word_said_is_not_the_word() -> None:
    assert "stock" in kinds("We delve into it", "delves")


def test_what_was_kept_is_not_marked_again() -> None:
    marks = look(EN, WORN).marks
    first = marks[0]
    assert first not in look(EN, WORN, kept=[first.text]).marks
    assert first.id not in [mark.id for mark in look(EN, WORN, kept=[first.id]).marks]


def test_keeping_a_phrase_keeps_its_words_from_every_other_mark_and_no_more() -> None:
    text = "寫作是一種力量，要有勇氣和夢想"
    lesson = next(mark.id for mark in look(text, WORN).marks if mark.kind == "lesson")
    assert [mark.text for mark in look(text, WORN, kept=[lesson]).marks] == ["勇氣", "夢想"]


def test_a_short_text_counts_as_one_of_a_hundred_characters() -> None:
    short = look("總而言之", WORN)
    assert short.score == pytest.approx(sum(mark.weight for mark in short.marks))


def test_a_long_text_counts_by_its_length() -> None:
    plain = "他切蛋餅切六塊我問他為什麼他說四塊會掉" * 20
    assert look(f"總而言之，{plain}", WORN).score < look("總而言之", WORN).score / 3


def test_big_words_weigh_only_together() -> None:
    assert "big_words" not in kinds("他問我價值多少，我說沒想過勇氣")
    assert kinds("關於價值勇氣夢想那些事").count("big_words") == 3


def test_the_same_phrase_weighs_less_among_particulars() -> None:
    alone = "人生充滿挑戰，而成長需要時間。總而言之，每個人都值得被溫柔對待。" * 2
    told = f"昨天他在捷運上跟我說很怕失敗，因為上個月才被退了三件。{alone}可能我也是，後來就這樣。"
    assert look(told, WORN).score < look(alone, WORN).score / 2


def test_a_sentence_that_holds_for_everybody_is_marked_where_nobody_is_spoken_of() -> None:
    text = "關係的盡頭是理解，理解的盡頭是放手。抓得太緊的東西會碎，留得住的從來不靠力氣。"
    marks = look(text, WORN).marks
    assert {mark.kind for mark in marks} == {"universal"}
    assert look(text, WORN).score > LIMIT
    kept = [marks[0].id]
    assert look(text, WORN, kept=kept).marks == marks[1:]


def test_too_short_a_text_is_not_blamed_for_speaking_of_nobody() -> None:
    assert kinds("關係的盡頭是理解") == []


def test_nothing_has_no_clichés() -> None:
    assert look("", WORN) == Looked(0.0, ())
    assert look("\u200b \n", WORN) == Looked(0.0, ())


@pytest.mark.parametrize(
    "piece",
    [
        "不是",
        "不仅是",
        "a ",
        "to be ",
        "在這個",
        "，",
        "每一",
        "it is not ",
        "是什麼？",
        "a, b, and ",
        "有人，",
        "總而言之",
        "value, courage, and journey. ",
        "成長、勇氣、夢想，",
        "如果我們，",
    ],
)
def test_forty_thousand_characters_are_read_in_no_time(piece: str) -> None:
    text = (piece * 40_000)[:40_000]
    begun = time.process_time()
    look(text, WORN)
    assert time.process_time() - begun < 8


@pytest.mark.parametrize("written", ["在.*時代", "a+", "b{2,}", "(", "[a"])
def test_a_phrase_that_could_keep_it_busy_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"no regular|no \*"):
        phrase(written, "stock", 1.0)
