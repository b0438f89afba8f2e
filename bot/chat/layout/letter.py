"""A message as text with marked spans, and the cutting of long ones.

Spans are sent as entities, not as HTML: the person's own words then need no escaping, and nothing
they write can break or forge a message's form.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.chat.layout.cutting import Span, cut, units

MOST_CAPTION_UNITS = 1024  # (Bot API, sendPhoto)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to a person, of any length; `keyboard` goes under the last part of it.

    It may come with a picture (a PNG or JPEG), and is its caption if it fits; else its first line
    is. It may answer a message; it may come without a sound; with a `hint` it opens the person's
    keyboard to answer it in turn, and that is what the empty line says.
    """

    text: str
    spans: tuple[Span, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None
    answers: int | None = None
    silent: bool = False
    hint: str = ""
    picture: bytes = b""

    @property
    def entities(self) -> list[MessageEntity]:
        """The spans as Telegram takes them, in UTF-16 units."""
        return [
            MessageEntity(
                type=one.kind,
                offset=units(self.text[: one.start]),
                length=units(self.text[one.start : one.end]),
            )
            for one in self.spans
        ]

    def under(self, *rows: list[InlineKeyboardButton]) -> "Letter":
        """The same letter with buttons; empty rows are left out."""
        return replace(self, keyboard=InlineKeyboardMarkup([row for row in rows if row]))

    def parts(self) -> Iterator["Letter"]:
        """The letter in pieces that Telegram takes. Each is cut where it hurts least: at the end of
        a line or sentence, outside of spans, and never inside what a person sees as one sign."""
        start = 0
        if self.picture and units(self.text) > MOST_CAPTION_UNITS:
            # What changes the picture stands below it.
            start = self.text.index("\n")
            yield self._slice(0, start, self.keyboard)
            yield from replace(self._slice(start + 1, len(self.text), None), picture=b"").parts()
            return
        while True:
            end = cut(self.text, self.spans, start)
            last = end == len(self.text)
            yield self._slice(start, end, self.keyboard if last else None)
            if last:
                return
            start = end

    def _slice(self, start: int, end: int, keyboard: InlineKeyboardMarkup | None) -> "Letter":
        spans = tuple(
            Span(one.kind, max(one.start, start) - start, min(one.end, end) - start)
            for one in self.spans
            if one.start < end and one.end > start
        )
        answers = None if start else self.answers
        return replace(
            self, text=self.text[start:end], spans=spans, keyboard=keyboard, answers=answers
        )


class Composer:
    """Builds a letter piece by piece."""

    def __init__(self) -> None:
        self._text = ""
        self._spans: list[Span] = []

    def add(self, text: str, *kinds: str) -> "Composer":
        """Append text, marked with these kinds of entity."""
        start = len(self._text)
        self._text += text
        if text:
            self._spans += [Span(kind, start, len(self._text)) for kind in kinds]
        return self

    def line(self, text: str = "", *kinds: str) -> "Composer":
        """Append text on a line of its own."""
        self.add("\n" if self._text else "")
        return self.add(text, *kinds)

    def quote(self, text: str) -> "Composer":
        """Append a quote that stays collapsed until it is tapped."""
        return self.line(text, MessageEntity.EXPANDABLE_BLOCKQUOTE)

    def letter(self) -> Letter:
        """What was built."""
        return Letter(self._text, tuple(self._spans))
