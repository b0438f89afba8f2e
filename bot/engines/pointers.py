"""What in a text leads elsewhere when it is tapped: links, addresses, mentions, commands, tags.

A model may copy one from the person; one that it brings is not shown. Telegram makes links of much
that does not look like one, and a model that was talked into it may hide one from us, so texts are
compared as they look: in one width, without what cannot be seen.
"""

import re
import unicodedata

# Endings that Telegram links without any scheme, and that chats are full of.
_ENDINGS = (
    "com|net|org|info|biz|io|me|tv|app|dev|co|ly|tw|hk|cn|mo|sg|my|jp|kr|uk|us|eu|de|fr|ru|in|ws|gl"
    "|ai|cc|gg|sh|xyz|link|live|shop|site|online|top|club|vip|page|blog|store|tech|cloud|fun|icu"
    "|pro|mobi|edu|gov|chat|bot|social|space|website|world|one|ink|be|to"
)
# Each is looked for from the start of a run of letters only: from each letter of it, 2,000 of them
# took 0.4 s.
_POINTER = re.compile(
    r"(?<![a-z0-9+.-])[a-z0-9+.-]*://[!-~]+"
    r"|\b(?:mailto|tel|tg|javascript|data):[!-~]+"
    r"|(?<![\w.+-])[\w.+-]*@[\w.-]*\w"
    r"|\bwww\.[^\s]+"
    rf"|(?<![a-z0-9.-])[a-z0-9.-]*\.(?:(?:{_ENDINGS})(?![a-z0-9-])(?:/[!-~]*)?|[a-z]{{2,}}/[!-~]+)"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|\b(?:[0-9a-f]{1,4}:){4,}"
    r"|(?<![\w/])/[a-z]\w*",
    re.IGNORECASE | re.ASCII,
)
_TAG = re.compile(r"(?<![\w&])#[^\W\d]\w*")
# Full stops of other writings, which browsers take for the dots of a name (UTS #46).
_DOTS = re.compile(r"(?<=[a-z0-9])[。｡‧․·∙](?=[^\s\W])", re.IGNORECASE)
_TRAILING = "/.,;:!?)]}'\"、，。！？）」』”>"


def pointers(text: str) -> list[str]:
    """The links, mentions, commands and tags in `text`, in the form for comparing."""
    plain = as_seen(text)
    found = [*_POINTER.findall(plain), *_TAG.findall(plain)]
    return [one.rstrip(_TRAILING) for one in found]


def brings_pointers(text: str, words: str) -> bool:
    """Whether `text` holds one that does not stand in `words`, whole."""
    found = pointers(text)
    return bool(found) and not all(_stands(one, as_seen(words)) for one in found)


def as_seen(text: str) -> str:
    """`text` in one width and case, without invisible characters."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    visible = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return _DOTS.sub(".", visible)


def _stands(pointer: str, words: str) -> bool:
    """@yat is not @yatin: a pointer that goes on leads to another place."""
    return bool(re.search(rf"(?<![\w-]){re.escape(pointer)}(?![\w-])", words, re.ASCII))
