"""How much of a model's script is taken."""

from bot.domain.drafts import LineKind, Role
from bot.engines.answers import DraftAnswer, Ground, json_in, sketch

GROUND = Ground(frozenset({3, 7}), "靈感都在捷運上")


def test_json_is_found_in_prose_and_fences() -> None:
    assert json_in('Here you are:\n```json\n{"a": {"b": 1}}\n```\nEnjoy!') == '{"a": {"b": 1}}'
    assert json_in("no json") == ""


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
