"""The table of science.md, "Own words", on drafts of our own making."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import Line, LineKind, Role
from bot.domain.grounding import Finding, Report, Ruling, check
from bot.domain.numbers import numbers_in
from bot.domain.script import fold
from bot.domain.words import sentences

ZH = {
    1: "坐到公司那一站,念頭就散了。我後來都坐過站。",
    2: "早餐店阿姨把我的蛋餅切成六塊,她說五塊是趕時間的人吃的",
    3: "我不喜歡在電腦前想標題,因為游標一直閃",
    4: "那本筆記本花了我 850 元,只寫了三頁",
}
EN = {
    1: "I lose every good idea at the stop where my office is.",
    2: "The woman at the bakery cuts my toast in six because four is for people in a hurry.",
    3: "I can't think of a title while the cursor keeps blinking at me.",
    4: "That notebook cost me 35 pounds and I have filled three pages.",
}


def line(text: str, *sources: int, kind: LineKind = LineKind.YOURS) -> Line:
    return Line(Role.SETUP, text, sources, kind)


def one(text: str, *sources: int) -> Finding:
    fragments = ZH if any(char > "\u3000" for char in text) else EN
    return check([line(text, *sources)], fragments).findings[0]


def every(*lines: Line, fragments: dict[int, str] = ZH) -> Report:
    return check(lines, fragments)


@pytest.mark.parametrize("fragments", [ZH, EN])
def test_own_words_assembled_are_own(fragments: dict[int, str]):
    lines = [line(said, n) for n, text in fragments.items() for said in sentences(text)]
    report = check(lines, fragments)
    assert report.verdict is Ruling.OWN
    assert report.coverage == report.yours == report.weakest == 1
    assert not any(finding.reasons for finding in report.findings)


def test_a_light_edit_is_own():
    assert one("坐到公司那一站,念頭就全散了", 1).verdict is Ruling.OWN
    assert one("Honestly I lose every good idea at the stop", 1).verdict is Ruling.OWN


def test_a_quotation_that_goes_on_in_other_words_is_refused():
    found = one("早餐店阿姨把我的蛋餅用力剁成好幾份", 2)
    assert found.verdict is Ruling.REFUSED
    assert 0.4 <= found.coverage < 0.6


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("快到辦公室的時候,腦中的點子總是消失無蹤", 1),
        ("My best thoughts vanish as the bus nears work", 1),
    ],
)
def test_a_faithful_paraphrase_is_not_the_persons_words(text: str, n: int):
    assert one(text, n).verdict is Ruling.REFUSED
    assert one(text, n).coverage == 0


def test_ghost_writing_is_refused():
    found = one("在這個快速變動的時代,百分之八十的創作者都失去了靈感", 1)
    assert found.verdict is Ruling.REFUSED
    assert found.longest_new > 20
    assert one("In today's world, 80 percent of creators burn out", 1).new_numbers == ("80%",)


def test_one_quotation_in_front_of_ghost_writing_is_refused():
    text = "念頭就散了這件事讓我明白創作者最需要的其實是給自己一段完全安靜而完整的時間"
    assert one(text, 1).verdict is Ruling.REFUSED


def test_own_words_with_the_wrong_source_are_refused():
    found = one("坐到公司那一站,念頭就散了", 2)
    assert (found.verdict, found.coverage) == (Ruling.REFUSED, 0)
    assert one("坐到公司那一站,念頭就散了").reasons == ("no source",)
    assert one("坐到公司那一站,念頭就散了", 9).reasons == ("no fragment #9",)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("我喜歡在電腦前想標題", 3),
        ("早餐店阿姨不把我的蛋餅切成六塊", 2),
        ("I can think of a title while the cursor keeps blinking", 3),
        ("I never lose every good idea at the stop", 1),
    ],
)
def test_a_quotation_with_a_negation_lost_or_added_is_refused(text: str, n: int):
    found = one(text, n)
    assert found.verdict is Ruling.REFUSED
    assert found.negation_flips == 1


def test_a_word_that_only_looks_negative_flips_nothing():
    assert one("不過早餐店阿姨把我的蛋餅切成六塊", 2).negation_flips == 0
    assert one("是不是坐到公司那一站,念頭就散了", 1).negation_flips == 0


SAID = {
    1: "如果明天下雨，我就在家寫稿。老闆昨天給我三百元獎金，我還是想辭職",
    2: "我差點在台北車站哭出來 那個 因為阿明沒有等我",
    3: "我不喜歡早起，但是那天我五點就醒了",
    4: "阿明借我六千塊，我只還了他一千五",
    5: "我媽生病那年，我每天跑醫院。我考上大學，全家都哭了",
    6: "佢話聽日會嚟 我唔係好信",
}


@pytest.mark.parametrize(
    ("text", "n", "why"),
    [
        ("老闆昨天給我三百元紅包", 1, "a word was swapped for another"),
        ("我就在家寫稿", 1, "what a clause depends on was dropped"),
        ("我在台北車站哭出來", 2, "a word was dropped that bent the meaning"),
        ("因為小華沒有等我", 2, "a word was swapped for another"),
        ("阿明借我一千五，我只還了他六千塊", 4, "a word was swapped for another"),
        ("我借阿明六千塊", 4, "words nobody said were added"),
        ("我媽生病那年，全家都哭了", 5, "pieces of different sentences are joined to one"),
        ("我考上大學，我哭了", 5, "a word was swapped for another"),
        ("聽日會嚟", 6, "a word was dropped that bent the meaning"),
        ("我係好信", 6, "a negation was dropped"),
    ],
)
def test_an_edit_that_changes_what_was_said_is_refused(text: str, n: int, why: str):
    found = check([line(text, n)], SAID).findings[0]
    assert found.verdict is Ruling.REFUSED
    assert why in found.reasons


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("那天我五點就醒了", 3),  # the "not" belongs to the clause that is gone
        ("老闆昨天給我300元獎金", 1),
        ("阿明借我6000塊，我只還了他1500", 4),
        ("因為阿明沒有等我", 2),
        ("然後，老闆昨天給我三百元獎金", 1),
        ("我每天跑醫院，我考上大學，全家都哭了", 5),
        ("那个因为阿明没有等我", 2),
    ],
)
def test_a_cut_a_joint_and_another_way_of_writing_are_an_editors_right(text: str, n: int):
    assert check([line(text, n)], SAID).findings[0].verdict is Ruling.OWN


@pytest.mark.parametrize(
    ("text", "said", "why"),
    [
        ("你偷了錢。", "你偷了錢？", "a question was made a claim"),
        ("你偷了錢", "你偷了錢？我媽住院", "a question was made a claim"),
        ("你偷了錢，我媽住院。", "你偷了錢？我媽住院。", "a question was made a claim"),
        ("I killed him.", "I killed him?", "a question was made a claim"),
        ("I killed him?", "I killed him.", "a claim was made a question"),
        ("真的，他死了？", "真的，他死了", "a claim was made a question"),
    ],
)
def test_a_question_stays_one_and_a_claim_stays_one(text: str, said: str, why: str):
    found = check([line(text, 1)], {1: said}).findings[0]
    assert (found.verdict, found.reasons) == (Ruling.REFUSED, (why,))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("你偷了錢?!", "你偷了錢？"),
        ("我昨天去找他", "我昨天去找他，你知道為什麼嗎？"),
        ("你知道嗎？我媽住院。", "你知道嗎 我媽住院"),
        ("Did you see it? I did.", "so did you see it, I did"),
        ("他說「你偷了錢？」我走了", "他說「你偷了錢？」我走了"),
    ],
)
def test_what_asks_by_its_words_may_get_its_mark(text: str, said: str):
    assert check([line(text, 1)], {1: said}).findings[0].verdict is Ruling.OWN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("掉到 -5 度", "掉到 5 度"),
        ("掉到 5 度", "掉到 -5 度"),
        ("跌了 30%", "跌了 30"),
        ("跌了 30", "跌了 30%"),
        ("went up 20%", "went up 20"),
        ("賺 $50 塊", "賺 50 塊"),
        ("I made $50 that day", "I made 50 that day"),
        ("I made £50 that day", "I made $50 that day"),
        ("I made 50€ that day", "I made 50 that day"),
    ],
)
def test_a_sign_belongs_to_its_number(text: str, said: str):
    assert check([line(text, 1)], {1: said}).findings[0].verdict is Ruling.REFUSED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("掉到 -5 度", "掉到零下五度"),
        ("跌了 30%", "跌了百分之三十"),
        ("跌了 30%", "跌了三成"),
        ("went up 20%", "went up twenty per cent"),
        ("賺 $50", "賺 50 塊"),
        ("I made $50 that day", "I made fifty dollars that day"),
        ("那家 7-11 在 2020-2021 開過", "那家 7-11 在 2020-2021 開過"),
    ],
)
def test_a_sign_may_be_written_as_a_word(text: str, said: str):
    assert check([line(text, 1)], {1: said}).findings[0].verdict is Ruling.OWN


def test_a_little_word_more_gets_a_mark():
    found = check([line("我阿明借我六千塊", 4)], SAID).findings[0]
    assert found.verdict is Ruling.AMBER
    assert found.reasons == ("a little word was added",)


def test_what_is_said_to_be_glue_may_claim_nothing():
    glue = [line(text, kind=LineKind.GLUE) for text in ("然後呢", "我哭了", "it worked")]
    verdicts = [found.verdict for found in check(glue, SAID).findings]
    assert verdicts == [Ruling.OWN, Ruling.REFUSED, Ruling.REFUSED]


@pytest.mark.parametrize(
    ("text", "n", "number"),
    [
        ("那本筆記本花了我 950 元,只寫了三頁", 4, "950"),
        ("那本筆記本花了我 850 元,只寫了五頁", 4, "五"),
        ("That notebook cost me 53 pounds and I have filled three pages", 4, "53"),
    ],
)
def test_a_changed_number_is_refused(text: str, n: int, number: str):
    assert one(text, n).new_numbers == (number,)
    assert one(text, n).verdict is Ruling.REFUSED


def test_a_number_may_be_written_another_way():
    assert one("那本筆記本花了我八百五十元,只寫了3頁", 4).new_numbers == ()
    assert numbers_in(fold("三百五十 二〇二六 十二 兩萬 1,000 一個")) == {
        "350": "三百五十",
        "2026": "二〇二六",
        "12": "十二",
        "20000": "两万",
        "1000": "1,000",
    }


def test_a_simplified_copy_of_traditional_words_is_own():
    found = one("早餐店阿姨把我的蛋饼切成六块", 2)
    assert (found.verdict, found.coverage) == (Ruling.OWN, 1)


def test_a_short_line_that_stands_in_its_fragment_is_own():
    assert one("念頭就散了", 1).verdict is Ruling.OWN
    assert check([line("好累喔真的", 1)], {1: "好累"}).findings[0].coverage == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("然後呢", Ruling.OWN),
        ("And then one morning", Ruling.OWN),
        ("接下來我想說的是另外一個小故事", Ruling.AMBER),
        ("三天後", Ruling.REFUSED),
        ("這件事要從很久很久以前的某一個下著大雨的晚上開始說起", Ruling.REFUSED),
    ],
)
def test_glue_is_short_and_names_no_number(text: str, verdict: Ruling):
    assert every(line(text, kind=LineKind.GLUE)).findings[0].verdict is verdict


def test_glue_and_picked_lines_do_not_count_as_yours():
    idea = "夜班護士怎麼記住一件事"
    lines = [line("念頭就散了", 1), line("然後呢", kind=LineKind.GLUE)]
    lines += [line(idea, kind=LineKind.PICKED)]
    report = check(lines, ZH, picked=[idea])
    assert report.verdict is Ruling.OWN
    assert report.yours == pytest.approx(5 / (5 + 3 + 11))
    assert report.coverage == 1
    assert check(lines, ZH).verdict is Ruling.REFUSED


def test_one_refused_line_refuses_the_script():
    good, bad = line("念頭就散了", 1), line("我每天早上五點起床跑步", 1)
    assert every(good, bad).verdict is Ruling.REFUSED
    assert every().verdict is Ruling.REFUSED


@pytest.mark.parametrize(
    "text", ["😀" * 2048, "مُحَمَّد هنا اليوم", "a\u200bb\u200bc", "！？", "嗯", "？你偷了錢"]
)
def test_any_text_is_its_own_words(text: str):
    assert check([line(text, 1)], {1: text}).findings[0].verdict is Ruling.OWN


@given(st.text(), st.text())
def test_any_pair_of_texts_can_be_measured(text: str, fragment: str):
    found = check([line(text, 1)], {1: fragment}).findings[0]
    assert 0 <= found.coverage <= 1
