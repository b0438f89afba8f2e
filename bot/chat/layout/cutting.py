"""Where a long text is cut so that Telegram takes the pieces and a person can read them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Telegram's limits: a message's text in UTF-16 units after entities, and entities it will show.
MOST_UNITS = 4096
MOST_ENTITIES = 100
# Ours: of an idea's title so many characters are shown, two units each at most. Four of them and
# all that stands beside them fit into one message, which is what an edit can change.
MOST_TITLE = 300

# Where a text falls apart, best first: lines, sentences, clauses, words.
BORDERS = (
    ("\n",),
    ("。", "！", "？", "；", "…", ". ", "! ", "? ", "; "),
    ("，", "、", "：", ", ", ": "),
    (" ", "\u3000"),
)
# Latin punctuation ends a sentence only before a blank; what closes a quote belongs to it.
CLOSING = "」』”’）)》〉】\"'"
# Signs that join what stands beside them into one picture, and those that change the one before:
# joiners, variation selectors, skin tones, the letters of flags, tags.
JOINER = "\u200d"
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
TAGS = range(0xE0020, 0xE0080)
# Looked back this far for the beginning of a sign: longer than any family of people.
LONGEST_SIGN = 32


@dataclass(frozen=True, slots=True)
class Span:
    """A marked part of a text, in Python's character offsets."""

    kind: str
    start: int
    end: int


def units(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, spans: Sequence[Span], start: int) -> int:
    """Where the piece that begins at `start` ends."""
    furthest = _reach(text, start)
    here = sorted(one.start for one in spans if one.end > start)
    if len(here) > MOST_ENTITIES:  # the next one begins in the next piece
        furthest = min(furthest, max(here[MOST_ENTITIES], start + 1))
    if furthest == len(text):
        return furthest
    # A piece of less than half its size would make more messages than it is worth.
    least = start + (furthest - start) // 2
    # What fits into no message cannot be kept whole anyway.
    whole = [one for one in spans if units(text[one.start : one.end]) <= MOST_UNITS]
    return (
        _border(text, least, furthest, whole)
        or _before_spans(text, start, furthest, whole)
        or _border(text, least, furthest, ())
        or _between_signs(text, start, furthest)
    )


def _border(text: str, least: int, furthest: int, spans: Sequence[Span]) -> int | None:
    """The last place after the best border there is."""
    found = (_last(text, borders, least, furthest, spans) for borders in BORDERS)
    return next((at for at in found if at), None)


def _before_spans(text: str, start: int, furthest: int, spans: Sequence[Span]) -> int | None:
    """Where the spans begin that reach over the end, if any do and there is something before."""
    at = furthest
    while over := [one.start for one in spans if one.start < at < one.end]:
        at = min(over)
    return at if start < at < furthest and not _joined(text, at) else None


def _last(
    text: str, borders: Sequence[str], least: int, furthest: int, spans: Sequence[Span]
) -> int | None:
    """The last place after one of these borders that lies inside no span."""
    found = [
        at
        for border in borders
        for at in _places(text, border, least, furthest)
        if not any(one.start < at < one.end for one in spans)
    ]
    return max(found, default=None)


def _places(text: str, border: str, least: int, furthest: int) -> list[int]:
    places = []
    at = text.find(border, least, furthest)
    while at >= 0:
        end = at + len(border)
        while end < furthest and text[end] in CLOSING:
            end += 1
        if end == len(text) or not _joined(text, end):
            places.append(end)
        at = text.find(border, at + 1, furthest)
    return places


def _reach(text: str, start: int) -> int:
    """The furthest end from `start` within the limit; a character outside the Basic Multilingual
    Plane takes two units and is never cut in half."""
    taken = 0
    for position in range(start, len(text)):
        taken += 2 if ord(text[position]) > 0xFFFF else 1
        if taken > MOST_UNITS:
            return position
    return len(text)


def _between_signs(text: str, start: int, furthest: int) -> int:
    """The furthest end that cuts no sign in two; `furthest` itself where there is none near."""
    for end in range(furthest, max(start, furthest - LONGEST_SIGN), -1):
        if not _joined(text, end):
            return end
    return furthest


def _joined(text: str, at: int) -> bool:
    """Whether the characters before and after `at` are one sign to the eye."""
    before, after = text[at - 1], text[at]
    if JOINER in (before, after) or (before, after) == ("\r", "\n"):
        return True
    if unicodedata.category(after) in ("Mn", "Me", "Mc") or ord(after) in SKIN_TONES:
        return True
    if ord(after) in TAGS or ("\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff"):
        return True
    if ord(before) not in FLAG_LETTERS or ord(after) not in FLAG_LETTERS:
        return False
    first = at
    while first > 0 and ord(text[first - 1]) in FLAG_LETTERS:
        first -= 1
    return (at - first) % 2 == 1  # flags are pairs of letters
