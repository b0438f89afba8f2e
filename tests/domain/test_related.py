"""Which texts go with a seed when there are many: planted relations among hundreds of others."""

from random import Random

import pytest

from bot.domain import related
from bot.domain.related import MOST, Text

# Sentences about nothing that the seeds are about.
SUBJECTS = {
    "zh-Hant": ("早餐店老闆娘", "房東", "牙醫", "隔壁的狗", "影印機", "表弟"),
    "zh-Hans": ("早餐店老板娘", "房东", "牙医", "隔壁的狗", "复印机", "表弟"),
    "en": ("the landlord", "my dentist", "a cousin", "the printer", "that dog", "our baker"),
}
DOES = {
    "zh-Hant": ("又漲價了", "今天沒有開門", "笑著說沒關係", "把門關得很大聲", "忘了找錢"),
    "zh-Hans": ("又涨价了", "今天没有开门", "笑着说没关系", "把门关得很大声", "忘了找钱"),
    "en": ("raised the price again", "never opened today", "laughed it off", "slammed a drawer"),
}
PLANTED = {
    "zh-Hant": (
        "靈感都在捷運上，出站就沒了",
        ("昨天捷運坐過站", "她說靈感是借來的", "捷运上没人讲话"),
    ),
    "zh-Hans": ("灵感都在地铁上，出站就没了", ("昨天地铁坐过站", "她说灵感是借来的", "靈感不等人")),
    "en": (
        "tuning pianos nobody plays",
        ("75 quid to tune a piano", "the PIANO lid is a plant stand", "nobody tunes it, ever"),
    ),
}


def noise(language: str, count: int, *, first: int) -> list[Text]:
    random = Random(7)
    return [
        Text(
            first + i,
            f"{random.choice(SUBJECTS[language])} {random.choice(DOES[language])} {i}",
            own=True,
        )
        for i in range(count)
    ]


@pytest.mark.parametrize("language", PLANTED)
def test_what_speaks_of_the_same_is_found_among_hundreds(language: str) -> None:
    seed, planted = PLANTED[language]
    texts = [Text(n, text, own=True) for n, text in enumerate(planted, start=1)]
    texts += noise(language, 500, first=10)
    chosen = related.mix(seed, None, texts)
    assert set(range(1, len(planted) + 1)) <= set(chosen)
    assert len(chosen) == MOST


@pytest.mark.parametrize("language", PLANTED)
def test_the_newest_and_distant_own_ones_are_among_them(language: str) -> None:
    seed, _ = PLANTED[language]
    texts = noise(language, 500, first=1)
    chosen = related.mix(seed, None, texts)
    assert set(range(493, 501)) <= set(chosen)
    assert len([n for n in chosen if n < 493]) > related.NEWEST
    assert chosen == sorted(set(chosen))


def test_the_thread_of_the_seed_comes_along_in_both_directions() -> None:
    texts = noise("en", 500, first=1)
    texts[9] = Text(10, "a heron stood in the car park", own=True)
    texts[19] = Text(20, "it was there again", own=True, reply_to=10)
    texts[29] = Text(30, "and it looked at me", own=True, reply_to=20)
    chosen = related.mix("it was there again", 20, texts)
    assert {10, 20, 30} <= set(chosen)


def test_words_of_others_are_no_distant_ones_to_force_together() -> None:
    theirs = [Text(one.n, one.text, own=False) for one in noise("en", 500, first=1)]
    assert related.mix("靈感都在捷運上", None, theirs) == list(range(493, 501))


def test_few_texts_all_go_along_and_the_same_request_gets_the_same() -> None:
    texts = noise("en", 500, first=1)
    assert related.mix("pianos", None, texts[:MOST]) == [one.n for one in texts[:MOST]]
    first = related.mix("pianos nobody plays", None, texts)
    assert related.mix("pianos nobody plays", None, texts) == first
    assert related.mix("pianos nobody plays", None, texts, round=1) != first


def test_a_long_document_does_not_drive_out_what_is_short_and_about_it() -> None:
    words = " ".join(f"word{i}" for i in range(3_000))
    texts = [Text(i, f"{words} piano tuner {i}", own=False) for i in range(1, 31)]
    texts += [Text(40, "the piano tuner never plays", own=True), *noise("en", 60, first=50)]
    assert 40 in related.mix("a piano tuner who never plays", None, texts)


@pytest.mark.parametrize("seed", ["", "🎹", "雨" * 4096, "https://example.com", "a\0b", "\ud83d"])
def test_no_seed_is_too_odd(seed: str) -> None:
    assert len(related.mix(seed, None, noise("en", 100, first=1))) >= related.NEWEST


def test_words_stand_in_the_newest_text_in_either_script() -> None:
    texts = [Text(1, "靈感都在捷運上", True), Text(2, "我的灵感", True), Text(3, "早餐", True)]
    assert related.standing_in(" 靈感 ", texts) == 2
    assert related.standing_in("ＡＢＣ", [Text(4, "it is abc", True)]) == 4
    assert related.standing_in("snow", texts) is None


@pytest.mark.parametrize("marks", ["。", "...", "?!", " ", "\u200b"])
def test_marks_alone_stand_nowhere(marks: str) -> None:
    assert related.standing_in(marks, [Text(1, "雨。... ?! \u200b", True)]) is None
