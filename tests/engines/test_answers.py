"""How much of a model's answer is taken."""

import json

import pytest

from bot.domain.records import LineKind, Role
from bot.engines.answers import Arriving, DraftAnswer, Ground, json_in, sketch, usable_idea

GROUND = Ground(frozenset({3, 7}), "靈感都在捷運上 https://example.org/a 問 @yatin 打 /start")


def idea(title: str, **changes: object) -> dict[str, object]:
    return {"title": title, "mechanism": "m", "fragment_ids": [3], "p": 0.05, **changes}


def given(title: str, **changes: object) -> str | None:
    found = usable_idea(idea(title, **changes), GROUND)
    return found and found.title


@pytest.mark.parametrize(
    "title",
    [
        "夜班護士怎麼記住一件事",
        "字" * 60,
        "word " * 25,
        "ask @yatin about https://example.org/a and /start",
        "24/7 and/or 早上/晚上",
        "email is dead, Node.js is not, 3.5 stars",
    ],
)
def test_an_idea_is_taken(title: str) -> None:
    assert given(title) == title.strip()


@pytest.mark.parametrize(
    "title",
    [
        "",
        " \n",
        "字" * 61,
        "word " * 26,
        "看 https://evil.example/x",
        "看 www.evil.example",
        "try goldpan.com",
        "ask @stranger",
        "now type /forget",
    ],
)
def test_an_idea_is_not_taken(title: str) -> None:
    assert given(title) is None


def test_a_link_in_the_mechanism_counts_too() -> None:
    assert given("fine", mechanism="see t.me/spam") is None


def test_an_idea_that_lacks_a_field_is_not_taken() -> None:
    assert usable_idea({"title": "夜班"}, GROUND) is None
    assert usable_idea("夜班", GROUND) is None


def test_numbers_that_were_not_sent_fall_away_and_the_idea_stays() -> None:
    found = usable_idea(idea("夜班", fragment_ids=[9, 7, 3, 7]), GROUND)
    assert found is not None
    assert found.fragment_ids == [7, 3]


def test_line_breaks_in_a_title_become_spaces() -> None:
    assert given("one\n two\u2028three") == "one two three"


def test_an_element_arrives_when_the_next_has_begun() -> None:
    whole = json.dumps(
        {"assumptions": ["a [{ trap"], "ideas": [idea("一"), idea("二"), idea("三")]}
    )
    arriving = Arriving("ideas")
    seen = [
        element["title"]
        for end in range(len(whole) + 1)
        for element in arriving.complete(whole[:end])
        if isinstance(element, dict)
    ]
    assert seen == ["一", "二"]
    assert arriving.rest(whole) == [idea("三")]
    assert arriving.rest(whole) == []


def test_json_is_found_in_prose_and_fences() -> None:
    assert json_in('Here you are:\n```json\n{"a": {"b": 1}}\n```\nEnjoy!') == '{"a": {"b": 1}}'
    assert json_in("no json") == ""


def test_an_answer_that_is_no_json_has_no_elements() -> None:
    arriving = Arriving("ideas")
    assert arriving.complete("I would rather not") == []
    assert arriving.complete('{"ideas": "none"}') == []
    assert arriving.complete('{"ideas": ' + "[" * 5000) == []
    assert arriving.rest('{"ideas": [1}') == []


def draft(**changes: object) -> DraftAnswer:
    beat = {
        "role": "turn",
        "text": " 念頭就散了 ",
        "frag_ids": [3, 8],
        "quote": "念頭就散了",
        "kind": "trimmed",
    }
    answer = {
        "can_draft": True,
        "title": "捷運",
        "hooks": [{"text": "靈感都在捷運上", "frag_ids": [3], "type": "scene"}],
        "beats": [beat, {**beat, "kind": "glue", "text": "後來", "frag_ids": []}],
        "close": {"text": "就這樣", "frag_ids": [7]},
        "gaps": ["幾點?", " "],
    }
    return DraftAnswer.model_validate({**answer, **changes})


def test_a_draft_becomes_lines_with_their_fragments() -> None:
    found = sketch(draft(), GROUND, "draft@1+x")
    assert found is not None
    assert [(line.role, line.text, line.sources, line.kind) for line in found.beats] == [
        (Role.TURN, "念頭就散了", (3,), LineKind.YOURS),
        (Role.TURN, "後來", (), LineKind.GLUE),
    ]
    assert [hook.role for hook in found.hooks] == [Role.HOOK]
    assert found.close is not None
    assert (found.close.role, found.close.sources) == (Role.CLOSE, (7,))
    assert (found.gaps, found.prompt) == (("幾點?",), "draft@1+x")


def test_a_draft_without_beats_or_by_its_own_word_is_none() -> None:
    assert sketch(draft(can_draft=False), GROUND, "") is None
    assert sketch(draft(beats=[]), GROUND, "") is None


def test_a_draft_without_a_close_has_none() -> None:
    found = sketch(draft(close={"text": " ", "frag_ids": []}), GROUND, "")
    assert found is not None
    assert found.close is None
