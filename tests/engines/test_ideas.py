"""How much of a model's idea is taken."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.records import Language
from bot.engines.angles import AtMost
from bot.engines.answers import Ground, IdeaAnswer
from bot.engines.ideas import MECHANISM_CHARS, plain, usable_idea

HANT, HANS, EN = Language.ZH_HANT, Language.ZH_HANS, Language.EN
AT_MOST = AtMost(characters=30, words=14)
WORDS = "靈感都在捷運上 https://example.org/a 問 @yatin 打 /start 加 #捷運 寫 me@example.org"
GROUND = Ground(frozenset({3, 7}), WORDS)


def taken(title: str, language: Language = HANT, **changes: object) -> IdeaAnswer | None:
    element = {"title": title, "mechanism": "m", "fragment_ids": [3], "p": 0.05, **changes}
    return usable_idea(element, GROUND, language=language, at_most=AT_MOST)


def title_of(title: str, language: Language = HANT) -> str | None:
    found = taken(title, language)
    return found and found.title


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("夜班護理師怎麼記住一件事", HANT),
        ("字" * 60, HANT),
        ("word " * 28, EN),
        ("ask @yatin about https://example.org/a and /start", EN),
        ("write to me@example.org, see example.org", EN),
        ("在 #捷運 上問 @yatin", HANT),
        ("24/7 and/or C# vs. 3.5 stars", EN),
        ("早上/晚上，各拍一次", HANT),
        ("email is dead, Node.js is not", EN),
        ("拍 vlog 時不講 MRT 三個字", HANT),
        ("What would your mother say to 「靈感都在捷運上」?", EN),
        ("10:30:15 的月台，第 3 節車廂", HANT),
    ],
)
def test_an_idea_is_taken(title: str, language: Language) -> None:
    assert title_of(title, language) == title.strip()


@pytest.mark.parametrize("title", ["", " \n", "\u200b\u2060", "<b></b>", "**", "字" * 61, "——？"])
def test_a_title_that_is_empty_or_far_too_long_is_not_taken(title: str) -> None:
    assert title_of(title) is None
    assert title_of("word " * 29, EN) is None


@pytest.mark.parametrize(
    "pointer",
    [
        "https://evil.example/x",
        "tg://resolve?domain=evil",
        "www.evil.example",
        "www。evil。example",
        "evil.com",
        "EVIL.COM",
        "ev\u200bil.c\u200dom",
        "ｅｖｉｌ．ｃｏｍ",
        "例子.com",
        "goldpan.xyz",
        "evil.example/path",
        "t.me/spam",
        "192.168.0.1",
        "2001:db8:0:0:1::1",
        "you@evil.example",
        "@stranger",
        "＠stranger",
        "@yat",
        "/forget",
        "／forget",
        "/for\u200bget",
        "#廣告",
        "＃spam",
        "[tap here](https://evil.example)",
        '<a href="https://evil.example">tap here</a>',
        "&#64;stranger",
        "https://example.org/b",
    ],
)
def test_an_idea_that_leads_where_nobody_pointed_is_not_taken(pointer: str) -> None:
    assert title_of(f"下班後去看 {pointer} 吧") is None
    assert taken("夜班護理師", mechanism=pointer) is None
    assert taken("夜班護理師", assumption=f"大家都看 {pointer}") is None


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("A night nurse remembers one thing", HANT),
        ("夜班護理師怎麼記住一件事", EN),
        ("Why the thought 散 falls apart on the train", HANT),
        ("夜勤の看護師が覚えていること", HANT),
        ("О чём молчит ночная медсестра", EN),
    ],
)
def test_an_idea_in_the_wrong_language_is_not_taken(title: str, language: Language) -> None:
    assert title_of(title, language) is None


def test_the_wrong_chinese_script_is_mended() -> None:
    assert title_of("夜班护士怎么记住一件事", HANT) == "夜班護士怎麼記住一件事"
    assert title_of("夜班護士怎麼記住一件事", HANS) == "夜班护士怎么记住一件事"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<b>夜班</b> 護理師<br/>", "夜班 護理師"),
        ("**夜班**的 *護理師*", "夜班的 護理師"),
        ("# 夜班", "夜班"),
        ("- `夜班`", "夜班"),
        ("~~__夜班__~~", "夜班"),
        ("看 [夜班](x) 去", "看 夜班 去"),
        ("&lt;i&gt;夜班&lt;/i&gt; &amp; 早班", "夜班 & 早班"),
        ("one\n two\u2028three\x07", "one two three"),
        ("\u202eevil\u202c \u2066ok\u2069", "evil ok"),
        ("2 * 3 * 4 < 5, snake_case_here", "2 * 3 * 4 < 5, snake_case_here"),
        ("👩\u200d🚀 and a\u200db", "👩\u200d🚀 and ab"),
    ],
)
def test_markup_and_what_cannot_be_seen_are_taken_out(text: str, seen: str) -> None:
    assert plain(text) == seen


@pytest.mark.parametrize("run", ["a.a.", "a", "a@", "1.1.", "/a", "a-", "<!--", "_a_ ", "「", "&#"])
def test_no_title_takes_long_to_look_into(run: str) -> None:
    started = time.process_time()
    title_of((run * 2000)[:1900])
    assert time.process_time() - started < 0.25  # measured: 0.01 s, once 0.4 s


@given(st.text())
def test_plain_text_is_one_line_and_stays_as_it_is(text: str) -> None:
    assert plain(text) == " ".join(plain(text).split())
    assert not any(char < " " or char in "\u202a\u202e\u2066\u200b\ufeff" for char in plain(text))


def test_what_is_said_beside_the_title_has_an_end() -> None:
    found = taken("夜班", mechanism="word " * 90, assumption="字" * 300)
    assert found is not None
    assert len(found.mechanism) <= MECHANISM_CHARS
    assert len(found.assumption) <= 48


def test_an_assumption_may_be_missing_or_in_another_language() -> None:
    for changes in ({}, {"assumption": "that one is alone there"}):
        found = taken("夜班", **changes)
        assert found is not None
        assert found.assumption == ""


def test_an_idea_that_lacks_a_field_is_not_taken() -> None:
    assert usable_idea({"title": "夜班"}, GROUND, language=HANT, at_most=AT_MOST) is None
    assert usable_idea("夜班", GROUND, language=HANT, at_most=AT_MOST) is None
    assert usable_idea([], GROUND, language=HANT, at_most=AT_MOST) is None


def test_numbers_that_were_not_sent_fall_away_and_the_idea_stays() -> None:
    found = taken("夜班", fragment_ids=[9, 7, 3, 7])
    assert found is not None
    assert found.fragment_ids == [7, 3]
