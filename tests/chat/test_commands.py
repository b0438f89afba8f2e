"""Commands as people type them on a phone."""

import pytest

from bot.chat.commands import Command, read


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
