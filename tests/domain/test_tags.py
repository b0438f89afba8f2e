"""Hashtags, in any writing."""

import time

import pytest

from bot.domain.script import links
from bot.domain.tags import as_tag, counted, tags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rain #metro and #Night_Bus, #2026plan.", ("metro", "Night_Bus", "2026plan")),
        ("#靈感 都在捷運上＃捷運", ("靈感", "捷運")),
        ("念頭就散了#靈感", ("靈感",)),
        ("#靈感 #灵感 #Metro #metro", ("靈感", "Metro")),
        ("see #3 and C#sharp and &#39; ##x", ()),
        ("https://a.example/page#part www.a.example/#b a.com/#c", ()),
        ("#идея #ide_e", ("идея", "ide_e")),
        ("# alone", ()),
    ],
)
def test_tags_are_read_from_text(text: str, expected: tuple[str, ...]) -> None:
    assert tags(text) == expected


def test_a_search_for_a_tag_is_told_from_a_word() -> None:
    assert as_tag("#Metro") == "metro"
    assert as_tag("#靈感") == as_tag("＃灵感")
    assert as_tag("metro") is None
    assert as_tag("#3") is None


def test_tags_are_counted_the_most_frequent_first() -> None:
    assert counted(["#b x", "#a #靈感", "#灵感 #靈感"]) == [("靈感", 2), ("b", 1), ("a", 1)]


def test_a_text_that_might_be_one_endless_address_takes_no_time() -> None:
    began = time.monotonic()
    for text in ("a." * 50_000, "a-" * 50_000):
        assert tags(text + " #end") == ("end",)
        assert links(text) == []
    assert time.monotonic() - began < 10
