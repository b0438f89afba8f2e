"""Commands and hours as people type them on a phone."""

from datetime import time

import pytest

from bot.chat.commands import Command, read
from bot.chat.digest import read_hour


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/gold", Command("gold", "")),
        ("/expand 靈感都在捷運上", Command("expand", "靈感都在捷運上")),
        ("／ｇｏｌｄ", Command("gold", "")),
        ("／ＨＥＬＰ  ", Command("help", "")),
        ("/Expand rain", Command("expand", "rain")),
        ("/gold@goldpan_bot", Command("gold", "")),
        ("/expand@Goldpan_Bot rain", Command("expand", "rain")),
        ("  /gold", Command("gold", "")),
        ("/expand\u3000捷運", Command("expand", "捷運")),
        ("/expand\nfirst line\nsecond line", Command("expand", "first line\nsecond line")),
        ("/展開 捷運", Command("展開", "捷運")),
        ("/expnad rain", Command("expnad", "rain")),
    ],
)
def test_a_command_is_read_as_people_type_it(text: str, command: Command) -> None:
    assert read(text) == command


def test_the_words_after_a_command_stay_as_typed() -> None:
    assert read("/expand  ＡＢＣ  Two  spaces ") == Command("expand", "ＡＢＣ  Two  spaces")


@pytest.mark.parametrize(
    "text",
    ["/", "／", "/ expand", "/5 stars", "/r/aww", "//", "/@bot", "/!?", "a /gold", "gold", "1/2"],
)
def test_a_slash_alone_makes_no_command(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("21:00", time(21)),
        ("9:05", time(9, 5)),
        ("21：30", time(21, 30)),
        ("9.30", time(9, 30)),
        ("21點", time(21)),
        ("21点30", time(21, 30)),
        ("21點30分", time(21, 30)),
        ("21时", time(21)),
        ("21時15分", time(21, 15)),
        ("21h", time(21)),
        ("21h30", time(21, 30)),
        ("21", time(21)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
        ("２１：００", time(21)),
    ],
)
def test_an_hour_is_read_as_people_type_it(text: str, hour: time) -> None:
    assert read_hour(text) == hour


@pytest.mark.parametrize(
    "text",
    ["", "24:00", "21:60", "21:5", "121:00", "21:000", "-1", "9pm", "21分", "soon", "21:00 x"],
)
def test_what_is_no_hour_is_not_guessed_at(text: str) -> None:
    assert read_hour(text) is None
