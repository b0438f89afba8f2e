"""A round of cards from the first tap to the question after it, in three languages."""

import re

import pytest

from tests.story.conftest import Day, Play

SEEDS = {
    "en": "tuning pianos nobody plays",
    "zh-Hant": "坐到公司那一站念頭就散了",
    "zh-Hans": "坐到公司那一站念头就散了",
}
WORDS = {
    "en": ("2 kept", "Which of the two must you answer, and why you?", "2 I was there myself"),
    "zh-Hant": ("留下 2", "這兩題，哪一題非你來答不可？為什麼是你？", "2 我自己就在場"),
    "zh-Hans": ("留下 2", "这两题，哪一题非你来答不可？为什么是你？", "2 我自己就在场"),
}


def labels(day: Day) -> list[list[str]]:
    """The rows under every message and edit of the bot's that has any."""
    rows: list[list[str]] = []
    for one in day.events:
        if one["from"] == "bot" and isinstance(one["buttons"], list):
            rows += one["buttons"]
    return rows


@pytest.mark.parametrize("language", SEEDS)
async def test_two_stay_of_three_pages_and_one_question_is_asked_about_them(
    play: Play, language: str
) -> None:
    kept, asks, reply = WORDS[language]
    day = await play(
        "@date 2026-11-20",
        f"@lang {language}",
        f"12:10 /expand {SEEDS[language]}",
        "12:11 @tap 3⭐ on 2",
        "12:11 @tap 1⭐ on 2",
        "12:12 @tap 2🤨 on 2",
        "12:12 @tap ✓2🤨 on 2",
        "12:13 @tap 🗑 on 2",
        "12:13 @tap ✓🗑 on 2",
        "12:14 @tap 🗑 on 2",
        "12:15 @restart",
        "12:16 @tap › on 2",
        "12:16 @tap 🗑 on 2",
        "12:17 @tap › on 2",
        "12:17 @tap 🗑 on 2",
        f"12:18 @reply 3 {reply}",
        "12:19 @tap ‹ on 2",
        "12:20 @wait",
    )
    cards, question = day.said()
    edits = day.said("edit")
    assert kept in edits[1].splitlines()[0]
    first = re.findall(r"^\d\. (.+)$", cards, re.M)
    assert question.splitlines()[2:4] == [f"1. {first[2]}", f"2. {first[0]}"]
    assert asks in question
    assert all(len(row) <= 4 for row in labels(day))
    assert edits[-1].splitlines()[2:] == edits[6].splitlines()[2:]  # the first page as it was left
    (answer,) = await day.fragments()
    assert answer["text"] == reply
    reactions = [one for one in day.events if one["kind"] == "reaction"]
    assert [(one["on"], one["text"]) for one in reactions] == [(4, "✍")]


async def test_a_round_of_which_nothing_is_kept_is_left_in_peace(play: Play) -> None:
    day = await play(
        "12:10 /expand tuning pianos nobody plays",
        "12:11 @tap 🗑",
        "12:12 @tap ›",
        "12:13 @tap 🗑",
        "12:14 @tap ›",
        "12:15 @tap 🗑",
        "12:16 @wait",
    )
    assert len(day.said()) == 1
