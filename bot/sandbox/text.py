"""Text as Telegram measures it: units, limits, and whether there is anything to see."""

import re
import unicodedata

MAX_TEXT = 4096  # UTF-16 units after entities (Bot API, sendMessage)
MAX_CAPTION = 1024  # UTF-16 units after entities (Bot API, sendPhoto)

# Seen as nothing though Unicode calls them letters, symbols or marks.
_EMPTY_LOOKING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0e\ufe0f")


# tdlib/td, clean_input_string: control characters become spaces; these vanish.
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
VANISHING = frozenset("\r\u0333\u033f\u030a\u2028\u2029\u202a\u202b\u202c\u202d\u202e")
_HALVES = re.compile("[\ud800-\udfff]")


def spaced(text: str) -> str:
    """With a space for every control character."""
    return _CONTROL.sub(" ", text)


def cleaned(text: str) -> str:
    """Without characters that no message may have."""
    return "".join(char for char in spaced(text) if char not in VANISHING)


def whole_characters(text: str) -> str:
    """With U+FFFD for every half of a UTF-16 pair that stands alone: no file and no connection
    takes it."""
    return _HALVES.sub("\ufffd", text)


def utf16_units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_blank(text: str) -> bool:
    """Whether nothing of `text` can be seen: white space and invisible format characters only."""
    return all(
        unicodedata.category(char) in {"Zs", "Zl", "Zp", "Cc", "Cf"} or char in _EMPTY_LOOKING
        for char in text
    )
