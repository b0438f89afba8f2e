"""How much of a model's script is taken, whatever it answered."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.drafts import Line, LineKind, Opening, Role, Script
from bot.domain.records import Language
from bot.domain.words import speaking_seconds
from bot.engines.fitting import MATERIAL_TOKENS, beginning, fitted
from bot.engines.given import Given
from bot.engines.sketches import holds_anything, repaired, reworded, sketch
from bot.journey.ports import DraftAsk, DraftSketch, Fault, Material
from tests.fakes import FORMS, SHORT

SAID = (
    Material(3, "坐到公司那一站，念頭就散了。我在手扶梯上錄音，後面的人一直看我。"),
    Material(5, "每個人都該慢下來。", own=False, source="阿凱"),
    Material(6, "example.com"),
    Material(7, "靈感都在捷運上，嗶卡出站就沒了"),
)
ASK = DraftAsk(7, Language.ZH_HANT, SAID, SHORT, picked=("夜班護士怎麼記住一件事",))
BEAT: dict[str, object] = {
    "role": "turn",
    "frag_ids": [3, 99],
    "quote": "坐到公司那一站，念頭就散了。",
    "text": "念頭就散了",
    "kind": "trimmed",
    "shot": "空的月台，電梯門關上",
    "ai_shot_prompt": "empty metro platform at dawn, wide shot",
    "on_screen": "念頭就散了",
}
ANSWER: dict[str, object] = {
    "declined": False,
    "can_draft": True,
    "title": "捷運",
    "hooks": [
        {"type": "scene", "frag_ids": [7], "quote": "靈感都在捷運上", "text": "靈感都在捷運上"}
    ],
    "beats": [BEAT],
    "close": {"frag_ids": [7], "quote": "嗶卡出站就沒了", "text": "嗶卡出站就沒了"},
    "caption": {"frag_ids": [], "quote": "", "text": ""},
    "tags": [],
    "gaps": ["那天幾點？"],
    "lines": [],
}


def taken(ask: DraftAsk = ASK, /, **changes: object) -> DraftSketch | None:
    return sketch(ANSWER | changes, Given(ask), "draft@2+x")


def whole(ask: DraftAsk = ASK, /, **changes: object) -> DraftSketch:
    found = taken(ask, **changes)
    assert found is not None
    return found


def beat(ask: DraftAsk = ASK, /, **changes: object) -> Line:
    [line] = whole(ask, beats=[BEAT | changes]).beats
    return line


def english(*texts: str, **more: Any) -> DraftAsk:
    said = tuple(Material(n, text) for n, text in enumerate(texts, start=1))
    return DraftAsk(7, Language.EN, said, more.pop("form", SHORT), **more)


# --- lines


def test_a_draft_becomes_lines_with_their_fragments() -> None:
    found = whole()
    assert found.beats == (
        Line(
            Role.TURN,
            "念頭就散了",
            (3,),  # 99 was never sent
            quote="坐到公司那一站，念頭就散了",
            shot="空的月台，電梯門關上",
            shot_prompt="empty metro platform at dawn, wide shot",
            on_screen="念頭就散了",
        ),
    )
    assert found.hooks == (
        Line(Role.HOOK, "靈感都在捷運上", (7,), quote="靈感都在捷運上", opening=Opening.SCENE),
    )
    assert found.close == Line(Role.CLOSE, "嗶卡出站就沒了", (7,), quote="嗶卡出站就沒了")
    assert (found.title, found.gaps, found.prompt) == ("捷運", ("那天幾點？",), "draft@2+x")
    assert (found.caption, found.tags, found.declined, found.shortened) == (None, (), False, ())


def test_glue_and_kept_ideas_keep_their_kind() -> None:
    assert beat(kind="glue", text="後來", frag_ids=[], quote="").kind is LineKind.GLUE
    idea = beat(kind="picked", frag_ids=[], text="夜班護士怎麼記住", quote="夜班護士怎麼記住")
    assert (idea.kind, idea.quote) == (LineKind.PICKED, "夜班護士怎麼記住")


def test_a_draft_without_beats_or_by_its_own_word_is_none() -> None:
    assert taken(can_draft=False) is None
    assert taken(can_draft="false") is None
    assert taken(beats=[]) is None
    assert taken(beats=[BEAT | {"text": " "}]) is None


def test_a_draft_without_a_close_has_none() -> None:
    assert whole(close={"text": " ", "frag_ids": []}).close is None
    assert whole(close=None).close is None


@pytest.mark.parametrize(
    ("given_quote", "kept"),
    [
        ("坐到公司那一站,念頭就散了", "坐到公司那一站，念頭就散了"),
        ("坐到公司那一站，念头就散了", "坐到公司那一站，念頭就散了"),
        ("我在手扶梯上錄影", ""),
        ("靈感都在捷運上", ""),  # said, but not in what the line cites
        ("，。", ""),
        (["list"], ""),
    ],
)
def test_a_quote_is_kept_as_it_stands_in_a_cited_fragment_and_else_not(
    given_quote: object, kept: str
) -> None:
    assert beat(quote=given_quote).quote == kept


def test_simplified_copies_of_traditional_words_are_turned_back() -> None:
    found = whole(beats=[BEAT | {"text": "念头就散了", "on_screen": "念头就散了"}], title="捷运")
    assert (found.beats[0].text, found.beats[0].on_screen) == ("念頭就散了", "念頭就散了")
    assert found.title == "捷運"
    assert beat(text="我在手扶梯上录音").text == "我在手扶梯上錄音"


def test_a_person_who_writes_simplified_is_not_turned_traditional() -> None:
    said = (Material(3, "坐到公司那一站，念头就散了"),)
    ask = replace(ASK, material=said, language=Language.ZH_HANS)
    assert beat(ask, text="念頭就散了").text == "念头就散了"
    assert beat(ask, text="念头就散了").text == "念头就散了"


def test_half_an_emoji_and_what_cannot_be_seen_are_left_out() -> None:
    assert beat(text="念頭\ud83d就\x00\u202e散\u200b了\n👨\u200d👩\u200d👧").text == (
        "念頭就散了\n👨\u200d👩\u200d👧"
    )


# --- whose words


def test_somebody_elses_words_are_a_quotation_whatever_the_answer_calls_them() -> None:
    for kind in ("quoted", "verbatim", "trimmed"):
        line = beat(kind=kind, frag_ids=[5], text="每個人都該慢下來。", quote="每個人都該慢下來。")
        assert (line.kind, line.said_by) == (LineKind.QUOTED, "阿凱")


def test_who_said_it_is_never_taken_from_the_answer() -> None:
    line = beat(
        kind="quoted", frag_ids=[5], text="每個人都該慢下來。", said_by="歐巴馬", source="x"
    )
    assert line.said_by == "阿凱"


def test_own_words_are_no_quotation_even_if_the_answer_says_so() -> None:
    line = beat(kind="quoted")
    assert (line.kind, line.said_by) == (LineKind.YOURS, "")


def test_nobody_elses_words_open_a_script() -> None:
    lent = {"type": "contrast", "frag_ids": [5], "quote": "", "text": "每個人都該慢下來。"}
    hooks = ANSWER["hooks"]
    assert isinstance(hooks, list)
    assert [hook.text for hook in whole(hooks=[lent, *hooks]).hooks] == ["靈感都在捷運上"]


# --- how much of it


def hook(text: str, kind: object) -> dict[str, object]:
    return {"type": kind, "frag_ids": [7], "quote": "", "text": text}


def test_three_hooks_of_different_kinds_are_taken() -> None:
    kinds = ["scene", "scene", "number", "question", "contrast"]
    found = whole(hooks=[hook(f"第{n}", kind) for n, kind in enumerate(kinds)])
    assert [(line.text, line.opening) for line in found.hooks] == [
        ("第0", Opening.SCENE),
        ("第2", Opening.NUMBER),
        ("第3", Opening.QUESTION),
    ]


def test_a_hook_of_no_known_kind_has_none() -> None:
    found = whole(hooks=[hook("一", ["scene"]), hook("二", "shock"), hook("三", "scene")])
    assert [line.opening for line in found.hooks] == [None, Opening.SCENE]


def test_a_hook_far_too_long_is_cut_after_a_clause() -> None:
    long = "靈感都在捷運上，嗶卡出站就沒了，我在手扶梯上錄音，後面的人一直看我，回到座位只剩一句"
    [cut] = whole(hooks=[hook(long, "scene")]).hooks
    assert cut.text == "靈感都在捷運上，嗶卡出站就沒了，我在手扶梯上錄音"


def test_of_forty_beats_twice_the_forms_are_taken_and_the_last_of_all() -> None:
    beats = [BEAT | {"text": f"念頭就散了{n}"} for n in range(40)]
    found = [line.text for line in whole(beats=beats).beats]
    assert len(found) == 2 * SHORT.most
    assert (found[0], found[-2], found[-1]) == ("念頭就散了0", "念頭就散了10", "念頭就散了39")


def test_a_beat_of_four_times_the_length_of_all_is_cut_after_a_sentence() -> None:
    sentence = "坐到公司那一站，念頭就散了，我在手扶梯上錄音，後面的人一直看我。"
    cut = beat(text=sentence * 28).text
    assert speaking_seconds(cut) <= SHORT.seconds / 2
    assert cut == sentence * 3


def test_a_post_of_a_thread_fits_into_one() -> None:
    long = "坐到公司那一站，念頭就散了。" * 20
    line = beat(replace(ASK, form=FORMS["thread"]), text=long)
    assert line.text == "坐到公司那一站，念頭就散了。" * 10  # 140 characters, each counting twice


# --- what is beside the lines


@pytest.mark.parametrize(
    "shot",
    [
        "掃 t.me/evil 領獎",
        "打開 example.com",  # which the person wrote, but did not ask to be led to
        "螢幕上打開 /forget",
        "牆上寫著 2019",
        "手機，" * 200,
        "字" * 5000,
        ["月台"],
        7,
        None,
    ],
)
def test_a_shot_that_leads_elsewhere_or_brings_a_figure_is_none(shot: object) -> None:
    assert len(beat(shot=shot, ai_shot_prompt="see evil.example.com").shot) <= 220
    if not (isinstance(shot, str) and shot.startswith("手機")):
        assert beat(shot=shot).shot == ""


def test_a_shot_or_a_prompt_that_names_somebody_new_is_none() -> None:
    ask = english("Tuned a piano in Leeds. Nobody waters the treble.")
    prompt = "portrait in the style of Wes Anderson, soft light"
    line = beat(ask, frag_ids=[1], shot="hands with Obama at a piano", ai_shot_prompt=prompt)
    assert (line.shot, line.shot_prompt) == ("", "")
    prompt = "35mm, upright piano, warm light, an empty hall in Leeds"
    line = beat(ask, frag_ids=[1], shot="Close on the treble keys in Leeds", ai_shot_prompt=prompt)
    assert (line.shot, line.shot_prompt) == ("Close on the treble keys in Leeds", prompt)


def test_what_is_read_has_no_shots() -> None:
    line = beat(replace(ASK, form=FORMS["newsletter"]))
    assert (line.shot, line.shot_prompt, line.on_screen) == ("", "", "")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("念頭就散了", "念頭就散了"),
        ("後面的人一直看我", "後面的人一直看我"),  # of the fragment, not of the line
        ("靈感都在捷運上", ""),
        ("坐到公司那一站念頭就散了", "坐到公司那一站念頭就散了"),
        ("坐到公司那一站，念頭就散了", ""),  # 13
        ("念頭就散了！", "念頭就散了！"),
        ("！", ""),
        (12, ""),
    ],
)
def test_words_on_screen_stand_in_the_line_or_its_fragment(words: object, kept: str) -> None:
    assert beat(on_screen=words).on_screen == kept


@pytest.mark.parametrize(
    ("words", "text", "kept"),
    [
        ("三百個點子", "裡面有三百個點子", True),
        ("偷錢", "我沒有偷錢", False),
        ("沒有偷錢", "我沒有偷錢", True),
        ("懶", "其實不是懶，是累", False),
        ("累", "其實不是懶，是累", True),
        ("討厭老闆", "我很討厭，老闆說好", False),  # half a clause and half another
        ("stole money", "I never stole money", False),
        ("my money", "They stole my money", True),
        ("art", "I start late", False),
    ],
)
def test_words_on_screen_say_what_their_clause_says(words: str, text: str, kept: bool) -> None:
    ask = replace(ASK, material=(Material(1, text),))
    assert beat(ask, frag_ids=[1], text=text, on_screen=words).on_screen == words * kept


def test_a_not_in_the_line_is_not_forgotten_on_screen() -> None:
    said = (Material(1, "我沒有偷錢"), Material(2, "偷錢。"))
    line = beat(replace(ASK, material=said), frag_ids=[1, 2], text="我沒有偷錢", on_screen="偷錢")
    assert line.on_screen == ""


def test_other_peoples_words_are_on_screen_with_a_quotation_only() -> None:
    assert beat(frag_ids=[3, 5], on_screen="慢下來").on_screen == ""
    theirs = beat(frag_ids=[5], text="每個人都該慢下來。", on_screen="慢下來")
    assert (theirs.kind, theirs.on_screen) == (LineKind.QUOTED, "慢下來")


def test_words_of_a_kept_idea_are_on_screen_with_it_only() -> None:
    more = {"frag_ids": [3], "text": "夜班護士怎麼記住一件事", "on_screen": "夜班護士"}
    assert beat(kind="picked", **more).on_screen == "夜班護士"
    assert beat(kind="trimmed", **more).on_screen == ""


def test_a_tag_is_not_made_of_two_clauses_or_two_fragments() -> None:
    said = (Material(1, "加班真討厭"), Material(2, "老闆說好，很累"), Material(3, "討厭，加班"))
    post = replace(ASK, material=said, form=FORMS["post"])
    assert whole(post, tags=["討厭老闆", "討厭加班", "好很累", "老闆"]).tags == ("老闆",)


def test_tags_are_words_of_the_person_and_only_where_the_form_has_them() -> None:
    said = ["#捷運", "捷運", "通勤", "慢下來", "＃手扶梯", "#", "念 頭", 3, None, "@me"]
    post = replace(ASK, form=FORMS["post"])
    assert whole(post, tags=said).tags == ("捷運", "手扶梯", "念頭")
    assert whole(tags=said).tags == ()
    assert whole(post, tags="捷運").tags == ()
    latin = english("Tuned a piano. Night shift, started late.", form=FORMS["post"])
    assert whole(latin, tags=["art", "night shift", "piano"]).tags == ("nightshift", "piano")


def test_a_caption_is_a_line_where_the_form_has_one() -> None:
    caption = {"frag_ids": [7], "quote": "靈感都在捷運上", "text": "靈感都在捷運上"}
    found = whole(replace(ASK, form=FORMS["post"]), caption=caption)
    assert found.caption is not None
    assert (found.caption.sources, found.lines[-1]) == ((7,), found.caption)
    assert whole(caption=caption).caption is None


def test_gaps_are_three_questions_at_most_that_lead_nowhere() -> None:
    said = ["幾點？", "在哪?", "加油", "看 @evil 好嗎？", " ", 3, "誰？", "幾點？", "為什麼？"]
    assert whole(gaps=said).gaps == ("幾點？", "在哪?", "誰？")
    assert whole(gaps="幾點？").gaps == ()


TUNED = (
    Material(1, "在Leeds調了三十把琴"),
    Material(2, "雨下了一天"),
    Material(3, "跟 Anna 學的", own=False),
)


@pytest.mark.parametrize(
    ("gap", "kept"),
    [
        ("那三十把是誰的？", True),
        ("那30把是誰的？", True),
        ("四十把是誰的？", False),
        ("40把是誰的？", False),
        ("為什麼是Leeds？", True),
        ("Anna 說了什麼？", True),
        ("Obama說了什麼？", False),
        ("你跟 Obama 說了什麼？", False),
        ("Did Obama hear it?", False),
        ("Who heard it?", True),
    ],
)
def test_a_gap_tells_no_figure_and_no_name_that_nobody_mentioned(gap: str, kept: bool) -> None:
    assert whole(replace(ASK, material=TUNED), gaps=[gap]).gaps == (gap,) * kept


def test_a_shot_counts_only_what_was_counted() -> None:
    ask = replace(ASK, material=TUNED)
    for shot, kept in (("三十把琴", True), ("四十把琴", False), ("forty pianos", False)):
        assert beat(ask, frag_ids=[1], shot=shot).shot == shot * kept


def test_a_banned_word_is_beside_no_line_in_the_plural_or_in_the_other_script() -> None:
    said = (Material(1, "聽 podcasts 的時候想到，目前任務很多，頭痛"),)
    banned = ("podcast", "頭痛", "前任")
    post = replace(ASK, material=said, form=FORMS["post"], banned=banned)
    found = whole(post, tags=["podcasts", "任務"], gaps=["头痛吗？", "目前任務呢？"])
    assert (found.tags, found.gaps) == (("任務",), ("目前任務呢？",))
    line = beat(
        replace(post, form=SHORT),
        frag_ids=[1],
        shot="耳機裡的 podcasts",
        ai_shot_prompt="a studio for podcasts",
        on_screen="聽 podcasts",
    )
    assert (line.shot, line.shot_prompt, line.on_screen) == ("", "", "")


def test_what_the_person_does_not_want_is_not_beside_a_line_either() -> None:
    ask = replace(ASK, banned=("捷運", "念頭"), form=FORMS["post"])
    found = whole(ask, tags=["捷運", "手扶梯"], gaps=["捷運幾點？", "幾點？"])
    assert (found.tags, found.gaps) == (("手扶梯",), ("幾點？",))
    line = beat(replace(ask, form=SHORT), shot="捷運月台")
    assert (line.shot, line.on_screen) == ("", "")


# --- a wish, a line, a repair

BASE = Script(
    title="捷運",
    hook=Line(Role.HOOK, "靈感都在捷運上", (7,), opening=Opening.SCENE),
    beats=(
        Line(Role.SETUP, "坐到公司那一站", (3,)),
        Line(Role.TURN, "念頭就消失了", (3,), shot="月台", on_screen="消失"),
    ),
    close=Line(Role.CLOSE, "嗶卡出站就沒了", (7,)),
    seconds=20,
    yours=1.0,
    other_hooks=(Line(Role.HOOK, "念頭就散了", (3,), opening=Opening.CONTRAST),),
)
WISHED = replace(ASK, base=BASE, wish="加一個客戶的故事")
PLACED = {"place": 2, "frag_ids": [3], "quote": "念頭就散了", "text": "念頭就散了"}


def test_a_wish_to_invent_is_declined_with_a_question() -> None:
    found = whole(WISHED, declined=True, gaps=["有哪個客戶說過什麼？"])
    assert (found.declined, found.lines) == (True, ())
    assert found.gaps == ("有哪個客戶說過什麼？",)
    assert taken(declined=True) is None  # nothing was wished for: there is no script


def test_one_line_is_said_otherwise_and_all_others_stay() -> None:
    found = reworded({"lines": [PLACED]}, Given(replace(WISHED, line=2)), BASE, "s")
    assert found is not None
    assert found.hooks == (BASE.hook, *BASE.other_hooks)
    assert (found.beats[0], found.close) == (BASE.beats[0], BASE.close)
    changed = Line(Role.TURN, "念頭就散了", (3,), quote="念頭就散了", shot="月台")
    assert found.beats[1] == changed  # what was on screen does not stand in it any more


def test_the_opening_and_the_close_can_be_said_otherwise() -> None:
    for place, part in ((0, "hooks"), (3, "close")):
        answer = {"lines": [PLACED | {"place": str(place)}]}
        found = reworded(answer, Given(replace(ASK, base=BASE, line=place)), BASE, "s")
        said = getattr(found, part)
        assert (said[0] if part == "hooks" else said).text == "念頭就散了"


@pytest.mark.parametrize(
    "answer",
    [
        {"lines": []},
        {"lines": [PLACED | {"place": 1}]},
        {"lines": [PLACED | {"text": "嗶卡出站就沒了", "frag_ids": [7]}]},  # stands there already
        {"lines": [PLACED | {"frag_ids": []}]},
        {"lines": "no"},
    ],
)
def test_a_line_without_a_better_one_makes_no_version(answer: dict[str, object]) -> None:
    assert reworded(answer, Given(replace(ASK, base=BASE, line=2)), BASE, "s") is None
    assert reworded(answer, Given(replace(ASK, base=BASE, line=9)), BASE, "s") is None


def test_lines_that_do_not_hold_are_replaced_and_keep_what_is_beside_them() -> None:
    faults = [
        Fault(4, BASE.beats[1], ("new words",)),
        Fault(0, BASE.hook, ("no source",)),
        Fault(6, BASE.close, ("no source",)),
    ]
    answer = {
        "lines": [
            PLACED | {"place": 4, "kind": "glue"},
            PLACED | {"place": 4, "text": "坐到公司那一站"},
            PLACED | {"place": 0, "frag_ids": [99]},
            PLACED | {"place": 11},
            {"place": 6, "frag_ids": [5], "quote": "", "text": "每個人都該慢下來。"},
            "nonsense",
        ]
    }
    found = repaired(answer, faults, Given(ASK))
    assert sorted(found) == [4, 6]
    assert found[4] == Line(Role.TURN, "念頭就散了", (3,), quote="念頭就散了", shot="月台")
    assert (found[6].kind, found[6].said_by) == (LineKind.QUOTED, "阿凱")


# --- anything at all

FIELDS = st.sampled_from([*ANSWER, *BEAT, "type", "place", "said_by"])
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(FIELDS, inner, max_size=6),
    max_leaves=30,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(FIELDS, JUNK, max_size=10))
def test_no_answer_is_a_crash(answer: dict[str, object]) -> None:
    ask = replace(WISHED, form=FORMS["post"], line=1)
    for asked in (ask, replace(ask, form=SHORT, wish="")):
        holds_anything(answer)
        sketch(answer, Given(asked), "s")
        sketch(ANSWER | answer, Given(asked), "s")
        reworded(answer, Given(asked), BASE, "s")
        repaired(answer, [Fault(1, BASE.hook, ())], Given(asked))


# --- what fits


def test_a_day_of_usual_length_is_shown_whole() -> None:
    day = [Material(n, "坐到公司那一站，念頭就散了。" * 4) for n in range(300)]
    assert all(complete for _, complete in fitted(day))


def test_of_too_much_the_longest_keep_their_beginnings_and_short_ones_stay() -> None:
    long = [Material(n, "坐到公司那一站，念頭就散了。" * 285) for n in range(120)]
    short = [Material(200 + n, "冰箱裡只剩一顆檸檬") for n in range(20)]
    found = fitted([*long, *short])
    assert sum((len(one.text.encode()) + 1) // 2 for one, _ in found) <= MATERIAL_TOKENS
    assert [complete for _, complete in found] == [False] * 120 + [True] * 20
    cut = found[0][0].text
    assert cut.endswith("了。")
    assert len(cut) > 150


def test_what_was_shown_in_part_is_named() -> None:
    ask = replace(ASK, material=(*SAID, Material(9, "一個字也沒有停下來的獨白" * 4000)))
    assert whole(ask).shortened == (9,)


def test_a_beginning_ends_after_a_sentence_else_a_clause_else_anywhere() -> None:
    assert beginning("一二三。四五六。七八九", 9) == "一二三。四五六。"
    assert beginning("一二三，四五六七八九十", 6) == "一二三"
    assert beginning("一二三四五六", 4) == "一二三四"
    assert beginning("short enough", 12) == "short enough"
