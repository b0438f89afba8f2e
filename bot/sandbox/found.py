"""What Telegram finds in plain text by itself: commands, mentions, hashtags and addresses.

The patterns follow the comments and rules of tdlib/td (td/telegram/MessageEntity.cpp, match_…).
Not found here, as nobody needs them: cashtags, bank cards, phone numbers, time stamps.
"""

import re
from collections.abc import Iterator

from bot.sandbox.shapes import Json
from bot.sandbox.text import utf16_units

AUTOMATIC = frozenset({"bot_command", "mention", "hashtag", "url", "email"})
"""Types of entities that a bot cannot set: Telegram looks for them itself."""

# Never with a letter of any script right beside it: that would be part of a word or a path.
_COMMAND = r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"
_MENTION = r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)"
_HASHTAG = r"(?<![\w\u200c·])#(?=\w*[^\W\d_])[\w\u200c·]{1,256}(?:@[A-Za-z0-9_]{3,32})?(?![\w·]*#)"
_EMAIL = (
    r"(?<![\w.+-])[A-Za-z0-9_-]+(?:[.+][A-Za-z0-9_-]+)*@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,8}(?![\w.-]*@)"
)
# A domain may have letters of any script, so an address begins where the last separator was.
_LETTER = r"\u00c0-\u167f\u1681-\u1fff\u200c\u200d\u2010-\u2015\u2070-\u2fff\u3001-\U0010ffff"
_PART = rf"[A-Za-z0-9_~{_LETTER}-]{{1,63}}"
_PATH = r"[/?#][^\s<>\"«»\u2000-\u200b\u200e\u200f\u2016-\u206f\u3000]*"
_URL = (
    r"(?:(?P<scheme>\b(?:https?|ftp)://)|(?<![\w/#@.:~-]))"
    rf"(?P<host>(?:{_PART}\.)+(?P<top>[A-Za-z0-9{_LETTER}-]{{2,63}}))(?::\d{{1,5}}(?!\d))?"
    rf"(?P<path>{_PATH})?"
)
_ANY = re.compile(
    rf"(?P<email>{_EMAIL})|(?P<url>{_URL})|(?P<bot_command>{_COMMAND})"
    rf"|(?P<mention>{_MENTION})|(?P<hashtag>{_HASHTAG})",
    re.IGNORECASE,
)
# Without http:// in front only a known ending makes an address. Telegram has the whole list of
# them; the usual ones and every country's two letters serve here.
_TOP = re.compile(r"com|org|net|edu|gov|info|biz|app|dev|xyz|online|site|blog|[a-z]{2}", re.I)
_NOT_LAST = ".:;,('?!`"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def found_in(text: str) -> list[Json]:
    """The entities that Telegram adds to `text`, in order; none overlaps another."""
    return [
        {
            "type": kind,
            "offset": utf16_units(text[:start]),
            "length": utf16_units(text[start:end]),
        }
        for kind, start, end in _spans(text)
    ]


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    for found in _ANY.finditer(text):
        kind = found.lastgroup or ""
        if found["url"] is None:
            yield kind, *found.span()
        elif found["scheme"] or _TOP.fullmatch(found["top"]):
            yield "url", found.start(), found.start() + len(_trimmed(found))


def _trimmed(found: re.Match[str]) -> str:
    """The address without the marks of the sentence around it."""
    path = found["path"] or ""
    balance = dict.fromkeys(_PAIRS.values(), 0)
    for n, char in enumerate(path):
        if char in balance:
            balance[char] += 1
        elif char in _PAIRS:
            balance[_PAIRS[char]] -= 1
            if balance[_PAIRS[char]] < 0:
                path = path[:n]
                break
    return found[0].removesuffix(found["path"] or "") + path.rstrip(_NOT_LAST)
