"""How an answer is read, whatever a model wrapped around it."""

import pytest

from bot.engines.answers import json_in, numbers, object_in


def test_json_is_found_in_prose_and_fences() -> None:
    assert json_in('Here you are:\n```json\n{"a": {"b": 1}}\n```\nEnjoy!') == '{"a": {"b": 1}}'
    assert json_in("no json") == ""


@pytest.mark.parametrize(
    "text", ["", "{", "}{", '{"a": ', "[1]", '"{}"x', '{"a":' * 100_000 + "}", "{'a': 1}"]
)
def test_what_is_no_object_is_none(text: str) -> None:
    assert object_in(text) is None or object_in(text) == {}


def test_numbers_are_read_however_they_are_written() -> None:
    assert numbers([3, "4", "#5", " #6 ", None, {}, 7.5, "x", [8], "9" * 5000]) == [3, 4, 5, 6]
    assert numbers("#3") == [3]
    assert numbers(None) == []
