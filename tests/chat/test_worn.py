"""How worn phrases are shown: underlined to the letter, named in words, with buttons that fit."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from telegram import InlineKeyboardMarkup

from bot.chat.buttons import read
from bot.chat.layout import draft as drafts
from bot.chat.layout import worn as layout
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import wording
from bot.domain.cliche import Mark, look
from bot.domain.drafts import Draft, Kept, Line, LineKind, Role, Script, Version
from bot.domain.records import Language
from bot.journey.draft import Sheet
from bot.journey.worn import Found
from tests.fakes import FORMS, worn

SAY = wording(Language.EN)
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def found(text: str, place: int = 0) -> list[Found]:
    return [Found(place, text, mark) for mark in look(text, worn()).marks]


def at(text: str, start: int, end: int, kind: str = "opener") -> Found:
    return Found(0, text, Mark(start, end, kind, "x", 1.0, text[start:end]))


def underlined(letter: Letter) -> list[str]:
    """What Telegram underlines, by its own count of UTF-16 units."""
    text = letter.text.encode("utf-16-le")
    return [
        text[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le")
        for one in letter.entities
        if one.type == "underline"
    ]


def labels(letter: Letter) -> list[list[str]]:
    assert isinstance(letter.keyboard, InlineKeyboardMarkup)
    return [[one.text for one in row] for row in letter.keyboard.inline_keyboard]


def sheet(script: Script) -> Sheet:
    draft = Draft(1, 42, "short", NOW)
    version = Version(2**31, 1, 42, 1, NOW, script, by="claude")
    return Sheet(draft, version, (version,), (draft,), {})


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👧 總而言之 🎬，",
        "𠮷野家:總而言之",
        "🇹🇼🇹🇼總而言之🇹🇼",
        "e\u0301t 總而言之",
        "{n} 總而言之 {words}",
    ],
)
def test_a_mark_is_underlined_to_the_letter_whatever_stands_around_it(text: str) -> None:
    letter = layout.add(Composer().add("🎬 "), text, found(text), "bold").letter()
    assert letter.text == f"🎬 {text}"
    assert underlined(letter) == ["總而言之"]


def test_marks_that_overlap_are_one_stretch_and_each_is_listed() -> None:
    text = "in a world where it all ends"
    marks = [at(text, 0, 10), at(text, 5, 16, "stock"), at(text, 6, 9), at(text, 20, 23)]
    letter = layout.add(Composer(), text, marks).letter()
    assert "".join(underlined(letter)) == "in a world whereall"
    assert letter.text == text
    assert layout.listed(SAY, marks).startswith("4 worn phrases:\n· “in a world” (an opening")


def test_a_draft_shows_every_mark_in_its_text_and_in_a_folded_list() -> None:
    glue = Line(Role.TURN, "總而言之，", (), LineKind.GLUE)
    quoted = Line(Role.TURN, "at the end of the day", (3,), LineKind.QUOTED, said_by="A {words}")
    hook = Line(Role.HOOK, "嗶卡出站就沒了", (2,), on_screen="總而言之")
    script = Script("🎬總而言之", hook, (glue, quoted), hook, 20, 0.5, other_hooks=(glue,))
    texts = ("🎬總而言之", glue.text, quoted.text, hook.on_screen)
    marks = [one for place, text in enumerate(texts) for one in found(text, place)]
    letter = drafts.draft(SAY, sheet(script), FORMS, marks)
    assert underlined(letter) == ["總而言之", "總而言之", "at the end of the day", "總而言之"]
    assert "A {words}: “at the end of the day”" in letter.text
    folded = next(one for one in letter.entities if one.type == "expandable_blockquote")
    assert (
        letter.text.encode("utf-16-le")[2 * folded.offset :].decode("utf-16-le").count("· “") == 4
    )
    assert labels(letter)[-1][-1] == "🩹 Worn phrases (4)"
    assert len(labels(letter)) == 4
    assert underlined(drafts.shots(SAY, sheet(script), marks)) == ["總而言之"] * 2
    plain = drafts.draft(SAY, sheet(script), FORMS)
    assert "🩹" not in str(labels(plain))
    assert "Worn" not in plain.text


@pytest.mark.parametrize("language", Language)
def test_every_kind_in_the_list_has_words_of_its_own(language: Language) -> None:
    say = wording(language)
    kinds = {one.kind for one in worn().phrases}
    kinds |= {"parallel", "triad", "idioms", "staccato", "big_words"}
    told = {layout.in_words(say, kind) for kind in kinds}
    assert len(told) == len(kinds)
    assert layout.in_words(say, "a new kind") not in told
    assert not any("AI" in one for one in told)


def test_one_at_a_time_goes_round_and_says_what_can_be_done() -> None:
    marks = [*found("總而言之，", 1), *found("here's the thing", 4)]
    first = layout.phrase(SAY, 7, marks, (0, 0), kept=0)
    assert first.text.startswith("🩹 1 of 2")
    assert labels(first) == [
        ["✍ In my words", "Keep it"],
        ["Rewrite this line", "Next ›"],
        ["‹ The script"],
    ]
    assert first.keyboard is not None
    onward = read(str(first.keyboard.inline_keyboard[1][1].callback_data))
    assert onward is not None
    assert onward.ids == (7, 4, 0)
    second = layout.phrase(SAY, 7, marks, (4, 0), kept=2, undo=Kept(3, "總而言之"))
    assert underlined(second) == ["here's the thing"]
    assert labels(second)[2:] == [
        ["↩︎ Mark “總而言之” again"],
        ["‹ The script", "Kept phrases (2)"],
    ]
    # What stood there is kept by now: the search begins anew.
    assert layout.phrase(SAY, 7, marks, (9, 9), kept=0).text == first.text
    alone = layout.phrase(SAY, 7, marks[:1], (0, 0), kept=0)
    assert labels(alone)[1] == ["Rewrite this line"]
    assert labels(layout.phrase(SAY, 7, [], (0, 0), kept=0)) == [["‹ The script"]]


def test_of_a_final_text_no_line_is_rewritten_for_the_person() -> None:
    text = "今天下雨。" * 900 + "總而言之，我在手扶梯上錄音。" + "明天也是。" * 900
    marks = [one for one in found(text) if one.mark.kind == "summary"]
    letter = layout.phrase(SAY, 7, marks, (0, 0), kept=0, final=True)
    assert "send me your text again" in letter.text
    assert labels(letter) == [["Keep it"], ["‹ The script"]]
    assert len(list(letter.parts())) == 1
    assert underlined(letter) == ["總而言之"]


def test_the_longest_phrases_and_ids_fit_telegram() -> None:
    long = "🚇" * 4000
    biggest = 2**63 - 1
    one = replace(at(long, 0, 4000, "parallel"), place=10_000)
    letters = [
        layout.phrase(SAY, biggest, [one], (0, 0), kept=9, undo=Kept(biggest, long)),
        layout.kept_phrases(SAY, [Kept(biggest - n, long) for n in range(120)], biggest),
        layout.ask(SAY, long),
    ]
    for letter in letters:
        assert len(list(letter.parts())) <= 2
        rows = letter.keyboard.inline_keyboard if letter.keyboard else ()
        assert sum(len(row) for row in rows) <= 100
        for button in (button for row in rows for button in row):
            assert len(str(button.callback_data).encode()) <= 64
    assert "… and 70 more" in letters[1].text
