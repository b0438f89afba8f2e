"""What a person types and taps, and what comes back."""

from typing import Any

import pytest

from bot.errors import PlayError
from tests.story.conftest import Day, Play

EMOJI = "🧭" * 2048  # 4,096 UTF-16 units: as long as a message can be
ODD_TEXTS = (
    EMOJI,
    "שלום, זה רעיון על רכבות",
    "zero\u200bwidth\u200d and a joiner 👩‍👩‍👧",
    "<b>not bold</b> & *not* _italic_ `code` [x](http://a.b)",
    "  spaces in front and behind  ",
)


def buttons(day: Day) -> list[str]:
    """The labels on the newest message or edit of the bot that has any."""
    rows: Any = [one["buttons"] for one in day.events if one["from"] == "bot" and one["buttons"]]
    return [label for row in rows[-1] for label in row]


@pytest.mark.parametrize("text", ODD_TEXTS)
async def test_odd_text_is_kept_verbatim_and_shown_verbatim(play: Play, text: str) -> None:
    day = await play(f"10:00 {text}", "10:01 @reply 1 ⭐", "10:02 /gold")
    assert [one["text"] for one in await day.fragments()] == [text]
    # Telegram itself trims what a bot says.
    assert text.rstrip() in "".join(day.said())


async def test_blank_text_makes_no_fragment_and_no_noise(play: Play) -> None:
    day = await play("10:00    ", "10:01 \u200b\u200d", "10:02 rain")
    assert [one["text"] for one in await day.fragments()] == ["rain"]
    assert day.said() == []


async def test_a_kept_idea_is_undone_by_the_same_tap_and_survives_a_restart(play: Play) -> None:
    day = await play(
        "10:00 /expand ideas come on the metro and leave at the office",
        "10:01 @tap 2⭐",
        "10:02 @tap 2⭐",
        "10:03 @tap 3🤨",
        "10:04 @restart",
        "10:05 @tap 1⭐",
        "10:06 /gold",
    )
    assert day.said("toast") == ["Kept", "Taken back", "Put aside as odd but interesting", "Kept"]
    assert buttons(day) == ["1"]
    assert day.said()[-1].startswith("⭐ 1 grain of gold")


async def test_the_rest_is_dropped_and_brought_back(play: Play) -> None:
    day = await play(
        "10:00 /expand ideas come on the metro and leave at the office",
        "10:01 @tap 2⭐",
        "10:02 @tap 🗑",
        "10:03 @tap 🗑",
    )
    assert day.said("toast") == ["Kept", "3 dropped", "Brought back"]
    assert "✓2⭐" in buttons(day)


async def test_other_eyes_deal_cards_that_were_not_there_before(play: Play) -> None:
    day = await play("10:00 /expand ideas come on the metro", "10:01 @tap 🎲")
    first, second = (
        {line for line in text.splitlines() if line[:2] in {"1.", "2.", "3.", "4."}}
        for text in day.said()
    )
    assert len(first) == len(second) == 4
    assert not first & second


async def test_expanding_a_reply_and_expanding_alone_take_the_fragment(play: Play) -> None:
    day = await play(
        "10:00 the lid had not been up since the funeral",
        "10:01 the plants are always on the bass end",
        "10:02 @reply 1 /expand",
        "10:03 /expand",
    )
    replied, alone = day.said()
    assert "#1" in replied
    assert "the lid" in replied
    assert "#2" in alone
    assert "bass end" in alone


async def test_a_thin_seed_is_asked_about_and_the_answer_is_expanded(play: Play) -> None:
    day = await play(
        "10:00 /expand rain",
        "10:01 an unrelated thought about parking",
        "10:02 @reply 2 the umbrella repairman hopes for it",
    )
    question, cards = day.said()
    assert "rain" in question
    assert "umbrella" in cards
    assert [one["text"] for one in await day.fragments()] == [
        "an unrelated thought about parking",
        "the umbrella repairman hopes for it",
    ]


async def test_a_thin_seed_that_stands_in_a_fragment_is_expanded(play: Play) -> None:
    day = await play("10:00 the rain on the umbrella shop", "10:01 /expand rain")
    (cards,) = day.said()
    assert "page 1/" in cards


async def test_nothing_to_expand_is_said_and_nothing_is_invented(play: Play) -> None:
    day = await play("10:00 /expand")
    assert day.said() == ["Nothing to expand yet. Send a thought first, or write it after /expand."]


async def test_edits_forwards_replies_and_files_are_kept_as_what_they_are(play: Play) -> None:
    day = await play(
        "10:00 the lid",
        "10:01 @edit 1 the lid of the piano",
        "10:02 @forward somebody else's words",
        "10:03 @reply 1 it was shut for years",
        "10:04 @photo examples/desk.jpg my desk",
        "10:05 @voice examples/walk.ogg",
        "10:06 /status",
    )
    kept = await day.fragments()
    assert [(one["kind"], one["origin"], one["text"], one["reply_to"]) for one in kept] == [
        ("text", "own", "the lid of the piano", None),
        ("text", "forwarded", "somebody else's words", None),
        ("text", "own", "it was shut for years", 1),
        ("photo", "own", "my desk", None),
        ("voice", "own", "", None),
    ]
    assert kept[0]["revisions"] == ["the lid"]
    assert day.said("reaction") == ["✍", "👌", "✍", "✍", "👀"]
    assert "🎤#5" in day.said()[-1]
    files = [path for one in kept for path in one["files"]]  # type: ignore[attr-defined]
    assert len(files) == 2
    assert all((day.data / "export" / path).stat().st_size for path in files)


async def test_marks_by_reply_and_by_reaction(play: Play) -> None:
    day = await play(
        "10:00 the lid",
        "10:01 copied from a book",
        "10:02 the plants",
        "10:03 @reply 1 🔥",
        "10:04 @reply 2 👎",
        "10:05 @react 3 👍",
    )
    kept = await day.fragments()
    assert [one["gold"] for one in kept] == [True, False, True]
    assert [one["origin"] for one in kept] == ["own", "forwarded", "own"]
    assert day.said("reaction")[3:] == ["🏆", "👌"]


async def test_an_unknown_command_is_answered_by_the_nearest(play: Play) -> None:
    day = await play("10:00 /expnad the lid", "10:01 /glod", "10:02 ／ＨＥＬＰ  ")
    expand, gold, help = day.said()
    assert "/expand" in expand
    assert "/gold" in gold
    assert "/digest" in help
    assert await day.fragments() == []


async def test_find_finds_two_characters_in_either_script(play: Play) -> None:
    day = await play("10:00 靈感都在捷運上", "10:01 /find 灵感", "10:02 /find 冰箱")
    found, nothing = day.said()
    assert "#1 靈感都在捷運上" in found
    assert "冰箱" in nothing


async def test_start_asks_the_zone_with_one_tap_and_says_when_the_digest_comes(
    play: Play,
) -> None:
    day = await play("18:00 /start", "18:01 @tap London")
    assert "London" in day.said()[-1]
    assert "21:00" in day.said()[-1]
    # 18:01 in Taipei is 10:01 in London: eleven hours to go.
    assert "11 hours" in day.said()[-1]


async def test_a_tapped_language_is_spoken_from_then_on(play: Play) -> None:
    day = await play("10:00 /settings", "10:01 @tap 繁體中文", "10:02 /gold")
    assert day.said("toast") == ["之後都用繁體中文。"]
    assert day.said()[-1].startswith("還沒有金")


async def test_a_step_that_cannot_be_done_names_its_line(play: Play) -> None:
    with pytest.raises(PlayError, match=r"line 5.*no button"):
        await play("10:00 rain", "10:01 @tap ⭐")
