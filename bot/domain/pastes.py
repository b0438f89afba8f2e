"""A long paste, which Telegram's apps cut into several messages, put together again."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.records import Kind, Origin, Said
from bot.domain.script import HAN

# Apps cut at a word border before 4,096 UTF-16 units; only an unbroken run is cut right there.
FULL_UNITS = 4096
NEARLY_FULL_UNITS = 3500  # product.md, "Capture": at least 3,500 characters
# product.md, "Capture": the parts arrive within 1.5 s. Telegram's dates are whole seconds, so that
# is 2 at most. They are Telegram's own and not the moment of arrival here: after an outage
# everything arrives at once.
WITHIN = timedelta(seconds=2)
# Beside any of these no space belongs: white space itself, Chinese and its full-width marks.
_UNSPACED = re.compile(rf"[\s{HAN}\u2014\u2026\u3000-\u30ff\uff00-\uffef]")


def continues(earlier: Said, later: Said) -> bool:
    """Whether `later`, the person's next message after `earlier`, is the next part of one text."""
    both = (earlier, later)
    return (
        all(one.kind is Kind.TEXT and one.origin is Origin.OWN for one in both)
        and later.reply_to_message is None
        and units(earlier.text) >= NEARLY_FULL_UNITS
        and timedelta(0) <= later.at - earlier.at <= WITHIN
    )


def joined(parts: Sequence[str]) -> str:
    """The parts as one text. The white space at a cut is lost on the way; it comes back as a space
    where words are written apart."""
    text = parts[0]
    last = text
    for part in parts[1:]:
        text += (" " if _apart(last, part) else "") + part
        last = part
    return text


def units(text: str) -> int:
    """How long Telegram finds a text: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _apart(before: str, after: str) -> bool:
    if not before or not after or units(before) >= FULL_UNITS:
        return False
    return not _UNSPACED.search(before[-1] + after[0])
