"""Ideas are read while they are being written."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engines.arriving import Arriving

THREE = [{"title": "一"}, {"title": 'a "]}" {trap\\'}, {"title": "三", "fragment_ids": [3, [4]]}]
WHOLE = json.dumps({"assumptions": ['"ideas": [{"title": "no"}]', "b"], "ideas": THREE, "x": [{}]})


def test_an_element_arrives_with_its_last_brace() -> None:
    arriving = Arriving("ideas")
    at = {end: found for end in range(len(WHOLE) + 1) if (found := arriving.complete(WHOLE[:end]))}
    assert [found for [found] in at.values()] == THREE
    assert all(WHOLE[:end].endswith("}") for end in at)


@given(st.lists(st.integers(0, len(WHOLE))))
def test_however_an_answer_is_cut_each_element_arrives_once(cuts: list[int]) -> None:
    arriving = Arriving("ideas")
    found = [one for end in sorted(cuts) for one in arriving.complete(WHOLE[:end])]
    assert found + arriving.complete(WHOLE) == THREE


@given(st.lists(st.dictionaries(st.text(), st.text(), min_size=1)), st.integers(1, 9))
def test_whatever_stands_in_an_element_it_arrives(
    elements: list[dict[str, str]], step: int
) -> None:
    whole = json.dumps({"ideas": elements}, ensure_ascii=False)
    arriving = Arriving("ideas")
    found = [one for end in range(0, len(whole), step) for one in arriving.complete(whole[:end])]
    assert found + arriving.complete(whole) == elements


def test_prose_and_fences_around_an_answer_do_no_harm() -> None:
    arriving = Arriving("ideas")
    assert arriving.complete(f"Sure {{smile}}!\n```json\n{WHOLE}\n```\nEnjoy {{}}") == THREE


def test_of_half_an_answer_what_is_whole_arrives() -> None:
    arriving = Arriving("ideas")
    assert arriving.complete(WHOLE[: WHOLE.index("fragment_ids")]) == THREE[:2]
    assert arriving.amid


@pytest.mark.parametrize(
    "answer",
    ["I would rather not", '{"ideas": "none"}', '{"ideas": ' + "[" * 5000, '{"ideas": [1, "a"]}'],
)
def test_an_answer_without_them_has_no_elements(answer: str) -> None:
    assert Arriving("ideas").complete(answer) == []


def test_an_element_that_is_no_json_is_passed_over() -> None:
    assert Arriving("ideas").complete('{"ideas": [{"a": 01}, {"a": 1}]}') == [{"a": 1}]


def test_a_long_answer_in_small_pieces_takes_no_time() -> None:
    whole = json.dumps({"ideas": [{"title": "t" * 250}] * 75})
    pieces = [whole[:end] for end in range(0, len(whole), len(whole) // 2000)]
    arriving = Arriving("ideas")
    started = time.process_time()
    found = sum(len(arriving.complete(piece)) for piece in pieces)
    assert time.process_time() - started < 0.2  # measured: 0.003 s
    assert found == 74
