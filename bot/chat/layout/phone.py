"""What fits into the lines of a phone."""

import unicodedata

from bot.domain.words import excerpt

COLUMNS = 34
"""Of one line of a bubble on a phone 375 points wide, where a Chinese character takes two (measured
on the chat page: 18 Chinese characters, or about 34 Latin letters)."""

QUOTED = 30
"""The same inside a quote, which is set in from both sides."""

LEAST = 0.75
"""Ours: a clause that ends earlier leaves too much of the line empty to tell what was said."""


BOLD = 1.2
"""How much wider bold Latin letters are than plain ones (measured there)."""


def fitting(text: str, columns: int = COLUMNS, *, letter: float = 1.0) -> str:
    """`text` on one line that is no wider than `columns`; cut after a clause or else a word. A
    Latin `letter` is so wide."""
    whole, room = " ".join(text.split()), float(columns)
    for place, char in enumerate(whole):
        room -= 2 if width(char) > 1 else letter
        if room < 0:
            return excerpt(whole, max(place, 1), least=LEAST)
    return whole


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
