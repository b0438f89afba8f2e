"""The profile of how somebody speaks or writes."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import voice_words
from bot.domain.records import Language
from bot.domain.voice import (
    MOST_RULES,
    STRAYING,
    TELLING,
    Held,
    Manner,
    Profile,
    Rule,
    Said,
    Setting,
    Tongue,
    held,
    key,
)
from bot.domain.voice_counts import tongue_of
from bot.domain.voice_measures import profile
from bot.domain.voice_pace import a_minute, pace
from bot.domain.voice_samples import samples
from bot.domain.voice_stray import stray

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)

# Twenty of each, made up: an opener, a particle, a closer; nothing else twice.
HANT = (
    "說真的，坐捷運的時候我最容易有靈感啦", "其實我每天都在趕，今天又差點遲到",
    "樓下那個阿姨超好笑，我跟她聊了很久啦", "到公司那一站，念頭就散了，就這樣",
    "說真的，早起沒有什麼好處", "我媽根本不看我的影片啦", "早餐店的冰奶茶才是正義，就這樣",
    "那個會議開了三小時，結果什麼都沒決定", "說真的，鬧鐘要放在廚房才起得來",
    "大家都在低頭滑手機啦", "便利商店的燈最懂我", "租房子看浴室就好，就這樣",
    "朋友要創業，後來就沒有提過", "說真的，下雨天的外送員才是勇者",
    "阿公到現在還是用收音機啦", "截止日是第一生產力", "電梯裡聽到一句話，笑到現在",
    "最難的是按下錄影鍵，就這樣", "說真的，沒有人在等你準備好", "我只是想找個人講話啦",
)  # fmt: skip
YUE = (
    "講真，搭地鐵嗰陣我最有靈感㗎", "其實我日日都趕住返工", "樓下個阿姨好好笑囉",
    "去到公司嗰個站，啲念頭就散晒", "講真，早起冇乜好處", "我阿媽根本唔睇我啲片囉",
    "茶餐廳嘅凍奶茶先係正義", "嗰個會開咗三個鐘，結果乜都冇決定", "講真，個鬧鐘要擺喺廚房",
    "個個都㩒住部電話囉", "便利店嘅燈最明白我", "租屋睇廁所就夠㗎",
    "朋友話要創業，之後冇再提過", "講真，落雨天嘅外賣員先係勇者", "阿爺到而家仲聽收音機囉",
    "死線先係第一生產力", "喺𨋢度聽到一句嘢，笑到而家", "最難係撳錄影掣㗎",
    "講真，冇人等你準備好", "我淨係想搵個人傾偈囉",
)  # fmt: skip
EN = (
    "Honestly, ideas come on the metro and leave at the office.",
    "Seventy five quid to tune a piano nobody plays, you know?",
    "I asked her whether she takes requests.",
    "Honestly, the plants are always on the bass end.",
    "My mum never watches my videos, I mean, why would she?",
    "Nobody waters the treble side of it.",
    "Honestly, I put the alarm in the kitchen.",
    "Three hours in a meeting, you know?",
    "The bus driver knows more stories than I do.",
    "My grandad still listens to the wireless every night.",
    "Honestly, nobody waits for you to be ready.",
    "The landlord says the damp is my fault, you know?",
    "It rained and the courier was smiling at me.",
    "The hardest part is pressing record, I mean, really.",
    "Honestly, I only wanted to talk to somebody.",
    "I bought a second notebook and lost that too.",
    "Who needs three kinds of oat milk?",
    "The deadline writes every script for me, I mean, always.",
    "My neighbour plays the trumpet at six, you know?",
    "Honestly, I would miss him if he stopped.",
)


def said(texts: tuple[str, ...] | list[str], manner: Manner = Manner.WRITTEN) -> list[Said]:
    """These texts, two a day, numbered from 1."""
    return [
        Said(text, manner, BEGIN + timedelta(hours=12 * at), n=at + 1)
        for at, text in enumerate(texts)
    ]


def measured(found: Profile, measure: str) -> Rule:
    return next(rule for rule in found.rules if rule.measure == measure)


def simplified(texts: tuple[str, ...]) -> tuple[str, ...]:
    from bot.domain.script import locked

    return tuple(locked(one, Language.ZH_HANS) for one in texts)


@pytest.mark.parametrize(
    ("texts", "tongue", "opener", "particle"),
    [
        (HANT, Tongue.ZH, "說真的", "啦"),
        (simplified(HANT), Tongue.ZH, "说真的", "啦"),
        (YUE, Tongue.ZH, "講真", "囉"),
        (EN, Tongue.EN, "Honestly", "I mean"),
    ],
    ids=["zh-Hant", "zh-Hans", "Cantonese", "English"],
)
def test_twenty_texts_say_how_somebody_sounds(
    texts: tuple[str, ...], tongue: Tongue, opener: str, particle: str
) -> None:
    found = profile(Manner.WRITTEN, tongue, said(texts))
    assert opener in measured(found, "openers").words
    assert particle in measured(found, "particles").words
    low, high = measured(found, "sentences").numbers
    assert low <= found.sentences.median <= high
    assert 0 < len(found.rules) <= MOST_RULES


def test_each_rule_rests_on_texts_that_show_it() -> None:
    found = profile(Manner.WRITTEN, Tongue.ZH, said(HANT))
    on = measured(found, "openers").on
    assert [one.n for one in on] == [19, 14, 9]
    assert all(one.text.startswith("說真的") for one in on)
    assert all(1 <= len(rule.on) <= 3 for rule in found.rules)


def test_fewer_than_twenty_are_not_yet_like_anybody() -> None:
    found = profile(Manner.WRITTEN, Tongue.ZH, said(HANT[:13]))
    assert (found.rules, found.missing) == ((), 7)


def test_what_was_said_on_one_day_alone_is_no_habit() -> None:
    one_day = [Said(one.text, one.manner, BEGIN, n=one.n) for one in said(HANT)]
    found = profile(Manner.WRITTEN, Tongue.ZH, one_day)
    assert not [rule for rule in found.rules if rule.measure in ("openers", "closers", "phrases")]


def test_the_marks_of_a_transcript_are_not_the_persons() -> None:
    spoken = profile(Manner.SPOKEN, Tongue.ZH, said(HANT, Manner.SPOKEN))
    assert "punctuation" not in [rule.measure for rule in spoken.rules]


def test_particles_are_no_parts_of_words() -> None:
    texts = [f"第{at}次去酒吧聊天呢個人呢個地方" for at in range(TELLING)]
    found = profile(Manner.WRITTEN, Tongue.ZH, said(texts))
    assert "particles" not in found.rates


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("買牛奶", None),
        ("milk", None),
        ("這個 vibe 我真的 love 到不行", Tongue.ZH),
        ("I had 包 for breakfast and it was great", Tongue.EN),
        ("https://example.org/a/very/long/address", None),
    ],
)
def test_a_text_is_counted_in_what_it_is_mostly_written_in(
    text: str, tongue: Tongue | None
) -> None:
    assert tongue_of(text) is tongue


def test_what_a_writer_is_told_stays_the_same_from_one_message_to_the_next() -> None:
    texts = said([f"{HANT[at % 20]}，第{at}次" for at in range(420)])
    told = [
        voice_words.manner(held(profile(Manner.WRITTEN, Tongue.ZH, texts[:count]), ()))
        for count in range(400, 420)
    ]
    assert len(set(told)) == 1
    assert 0 < len(told[0]) <= MOST_RULES


def test_the_persons_words_outlast_every_measurement() -> None:
    mine = Setting(Manner.WRITTEN, key(Tongue.ZH, "openers"), "開頭不囉嗦", id=1)
    off = Setting(Manner.WRITTEN, key(Tongue.ZH, "particles"), "", off=True, id=2)
    own = Setting(Manner.WRITTEN, "", "一句話一個重點", id=3)
    for texts in (HANT, HANT[:5]):
        rules = held(profile(Manner.WRITTEN, Tongue.ZH, said(texts)), [mine, off, own])
        lines = voice_words.manner(rules)
        assert lines[:2] == ("一句話一個重點", "開頭不囉嗦")
        assert not [line for line in lines if "啦" in line]
    assert lines == ("一句話一個重點", "開頭不囉嗦")


def test_no_rule_asks_for_a_banned_word() -> None:
    found = profile(Manner.WRITTEN, Tongue.ZH, said(HANT))
    lines = voice_words.manner(held(found, (), ["說真的", "就這樣"]))
    assert lines
    assert not [line for line in lines if "說真的" in line or "就這樣" in line]


def test_a_rule_for_writing_is_none_for_speaking() -> None:
    own = Setting(Manner.WRITTEN, "", "一句話一個重點", id=3)
    assert held(Profile(Manner.SPOKEN, Tongue.ZH), [own]) == []
    assert held(Profile(Manner.WRITTEN, Tongue.EN), [own]) == [
        Held(Manner.WRITTEN, Tongue.EN, None, own)
    ]


def test_how_far_a_text_strays_is_said_from_sixty_texts_on() -> None:
    texts = said([f"{one}{'。' * (at % 2)}" for at in range(3) for one in HANT])
    far = "在這個瞬息萬變而且充滿了各種不確定性的時代裡面你必須學會如何去面對自己內心的恐懼" * 2
    strange = f"{far}。{far}。{far}。"
    known = profile(Manner.WRITTEN, Tongue.ZH, texts)
    assert known.texts == STRAYING
    found = stray(known, strange)
    assert found[0].measure == "sentences"
    assert found[0].found > found[0].high
    assert stray(known, "。".join(HANT[:6])) == ()
    assert stray(profile(Manner.WRITTEN, Tongue.ZH, texts[:59]), strange) == ()


def test_samples_are_near_the_subject_first_and_verbatim() -> None:
    found = samples(said(HANT), [], "外送員和下雨", Language.ZH_HANT)
    assert found[0] == "說真的，下雨天的外送員才是勇者"
    assert len(found) == 8
    assert set(found) <= set(HANT)


def test_too_few_samples_are_filled_up_from_the_other_manner_in_the_same_language() -> None:
    found = samples(said(HANT[:2]), said([*HANT[5:12], *EN]), "", Language.ZH_HANT)
    assert found[:2] == (HANT[1], HANT[0])
    assert len(found) == 5
    assert not set(found) & set(EN)


def test_the_pace_is_the_median_of_notes_that_are_talk() -> None:
    text = "字" * 130  # half a minute at the default rate
    talk = [(text, 30.0 * slower) for slower in (1.1, 1.2, 1.2, 1.3, 1.4)]
    assert pace(talk) == 1.2
    assert pace(talk[:4]) is None
    silence, short = ("一句話", 60.0), ("字" * 13, 4.0)
    assert pace([*talk, silence, silence, short, short]) == 1.2
    assert a_minute(1.2, chinese=True) == 220
    assert a_minute(1.2, chinese=False) == 140


def test_nobody_is_taken_to_speak_faster_than_people_can() -> None:
    text = "字" * 130
    assert pace([(text, 12.0)] * 5) == 0.6
    assert pace([(text, 70.0)] * 5) == 1.6
