"""Text as Telegram measures it: units, limits, and whether there is anything to see."""

import unicodedata

MAX_TEXT = 4096  # UTF-16 units after entities (Bot API, sendMessage)
MAX_CAPTION = 1024  # UTF-16 units after entities (Bot API, sendPhoto)

# Seen as nothing though Unicode calls them letters, symbols or marks.
_EMPTY_LOOKING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0e\ufe0f")


def utf16_units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_blank(text: str) -> bool:
    """Whether nothing of `text` can be seen: white space and invisible format characters only."""
    return all(
        unicodedata.category(char) in {"Zs", "Zl", "Zp", "Cc", "Cf"} or char in _EMPTY_LOOKING
        for char in text
    )
