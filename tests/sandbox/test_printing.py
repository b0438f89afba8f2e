"""What happened, as lines."""

import io
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.cloud import Event
from bot.sandbox.printing import JsonPrinter, TextPrinter

TAIPEI = ZoneInfo("Asia/Taipei")
AT = datetime(2026, 11, 20, 0, 41, tzinfo=UTC)
STARS = (("1⭐", "2⭐"), ("🗑",))
DESK = "desk.jpg\n我的桌子"


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (Event(AT, "person", "text", "text", n=1), "me   (1)  text"),
        (Event(AT, "bot", "text", "text", n=7, buttons=STARS), "bot  (7)  text  [1⭐][2⭐] [🗑]"),
        (Event(AT, "bot", "text", "a\nb\r\n\u2028c", n=7), "bot  (7)  a ⏎ b ⏎  ⏎ c"),
        (Event(AT, "bot", "reaction", "✍", on=1), "bot  ✍ on (1)"),
        (Event(AT, "bot", "reaction", "", on=1), "bot  – on (1)"),
        (Event(AT, "bot", "edit", "x", on=7, buttons=STARS), "bot  edit (7)  x  [1⭐][2⭐] [🗑]"),
        (Event(AT, "bot", "delete", on=7), "bot  delete (7)"),
        (Event(AT, "bot", "toast", "已留下"), "bot  toast  已留下"),
        (Event(AT, "bot", "preview", "so far"), "bot  preview  so far"),
        (Event(AT, "bot", "file", "day.zip\nall of it", n=8), "bot  file  day.zip  all of it"),
        (Event(AT, "person", "photo", DESK, n=3), "me   (3)  photo  desk.jpg  我的桌子"),
        (Event(AT, "person", "voice", "walk.ogg", n=3), "me   (3)  voice  walk.ogg"),
        (Event(AT, "person", "tap", "2⭐", on=7), "me   tap  [2⭐] on (7)"),
        (Event(AT, "person", "reaction", "🔥", on=1), "me   🔥 on (1)"),
        (Event(AT, "person", "edit", "less", on=1), "me   edit (1)  less"),
    ],
)  # fmt: skip
def test_an_event_is_one_line_of_text(event, line):
    out = io.StringIO()
    TextPrinter(TAIPEI, out)(event)
    assert out.getvalue() == f"08:41  {line}\n"


DRIVE = "\x1b[2J\x9b2J\x7f\u202e\ud83d"
SHOWN = r"\x1b[2J\x9b2J\x7f\u202e\ud83d"


@pytest.mark.parametrize("kind", ["text", "file", "edit", "toast", "preview", "tap"])
def test_no_word_drives_the_terminal(kind):
    out = io.StringIO()
    TextPrinter(TAIPEI, out)(Event(AT, "bot", kind, DRIVE, n=7, on=7, buttons=((DRIVE,),)))
    assert SHOWN in out.getvalue()
    assert out.getvalue().rstrip("\n").isprintable()


def test_nor_does_json_and_it_stays_one_line():
    out = io.StringIO()
    JsonPrinter(TAIPEI, out)(Event(AT, "bot", "text", DRIVE + "\u2028\x85", n=7))
    assert len(out.getvalue().splitlines()) == 1
    assert not {"\x1b", "\x9b", "\x7f"} & set(out.getvalue())
    assert json.loads(out.getvalue())["text"] == DRIVE + "\u2028\x85"
    out.getvalue().encode()


def test_a_terminal_keeps_the_lines_of_a_text():
    out = io.StringIO()
    TextPrinter(TAIPEI, out, line_break="\n    ")(Event(AT, "bot", "text", "a\\1\nb", n=1))
    assert out.getvalue() == "08:41  bot  (1)  a\\1\n    b\n"


def test_an_event_is_one_json_object():
    out = io.StringIO()
    JsonPrinter(TAIPEI, out)(Event(AT, "bot", "text", "字\n", n=7, buttons=STARS))
    assert out.getvalue().count("\n") == 1
    assert "字" in out.getvalue()
    assert json.loads(out.getvalue()) == {
        "at": "2026-11-20T08:41:00+08:00",
        "n": 7,
        "from": "bot",
        "kind": "text",
        "text": "字\n",
        "buttons": [["1⭐", "2⭐"], ["🗑"]],
        "on": None,
    }
