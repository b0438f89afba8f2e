"""Names for files that every system takes."""

import re
import unicodedata
from collections.abc import Container
from datetime import date
from itertools import count

from bot.domain.words import graphemes

# Ours: a phone shows about so much of a name. In bytes, systems take 255 and encrypted folders 143.
MOST_SIGNS, MOST_BYTES = 40, 100
# What some system reads as part of a path, a device, a pattern or an option.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%\x00-\x1f\x7f-\x9f]+')
_WORD_CUT = re.compile(r"[A-Za-z0-9]{2}")
_LAST_WORD = re.compile(r"\s+[A-Za-z0-9'’.,-]*$")
_JOINERS = "\u200c\u200d"  # invisible like what would turn a name round, but part of the word


def file_name(
    title: str, day: date, ending: str, *, more: str = "", taken: Container[str] = ()
) -> str:
    """`2026-11-20 title.ending`: unlike any in `taken`, which holds names as `casefold` gives them.

    The date in front makes it no name that Windows keeps for a device, and none that begins with a
    dot or a dash. `more` tells apart what has the same title.
    """
    stem = " ".join(filter(None, [f"{day:%Y-%m-%d}", _short(_safe(title)), more]))
    for n in count(1):
        name = f"{stem} ({n}).{ending}" if n > 1 else f"{stem}.{ending}"
        if name.casefold() not in taken:
            return name
    raise AssertionError("count has no end")


def _safe(title: str) -> str:
    seen = "".join(
        char
        for char in unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", title))
        if char in _JOINERS or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co")
    )
    return " ".join(seen.split())


def _short(title: str) -> str:
    """As much of it as a name takes, cut between signs and through no word or number of an
    alphabet; no system likes a dot or a blank last."""
    kept = ""
    for sign in graphemes(title)[:MOST_SIGNS]:
        if len((kept + sign).encode()) > MOST_BYTES:
            break
        kept += sign
    if _WORD_CUT.search(kept[-1:] + title[len(kept) : len(kept) + 1]):
        kept = _LAST_WORD.sub("", kept) or kept
    return kept.strip(" .")
