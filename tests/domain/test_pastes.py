"""Which messages are one paste, and how they read as one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.pastes import continues, joined
from bot.domain.records import Kind, Origin, Said

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
LONG = Said(42, 1, "word " * 800, NOON)
NEXT = Said(42, 2, "the end", NOON + timedelta(seconds=1))


def test_what_follows_a_nearly_full_message_at_once_continues_it() -> None:
    assert continues(LONG, NEXT)
    assert continues(replace(LONG, text="🧭" * 1800), NEXT)
    assert not continues(replace(LONG, text="雨" * 3499), NEXT)


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOON + timedelta(seconds=3)},
        {"at": NOON - timedelta(seconds=1)},
        {"origin": Origin.FORWARDED},
        {"reply_to_message": 7},
        {"kind": Kind.PHOTO},
    ],
)
def test_what_comes_later_or_otherwise_does_not(change: dict[str, Any]) -> None:
    assert not continues(LONG, replace(NEXT, **change))


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("one", "two"), "one two"),
        (("one ", "two"), "one two"),
        (("one\n", "two"), "one\ntwo"),
        (("念頭", "散了"), "念頭散了"),
        (("念頭，", "then gone"), "念頭，then gone"),
        (("a" * 4096, "b"), "a" * 4096 + "b"),
        (("one", "two", "three"), "one two three"),
    ],
)
def test_the_space_at_a_cut_comes_back_where_words_are_written_apart(
    parts: tuple[str, ...], whole: str
) -> None:
    assert joined(parts) == whole
