"""What in a text leads elsewhere when it is tapped: links, addresses, mentions, commands, tags.

A model may copy one from the person; one that it brings is not shown. Telegram makes links of much
that does not look like one, and a model that was talked into it may hide one from us, so texts are
compared as they look: in one width, without what cannot be seen.
"""

import re
import unicodedata
from collections.abc import Callable

MOST_POINTERS = 5
"""An idea has no use for more; what has more is not compared with the person's words."""

# Each is looked for from the start of a run of letters only: from each letter of it, 2,000 of them
# took 0.4 s.
_POINTER = re.compile(
    r"(?<![a-z0-9+.-])[a-z0-9+.-]*://[!-~]+"
    r"|\b(?:mailto|tel|sms|smsto|tg|ton|javascript|data):[!-~]+"
    r"|(?<![\w.+-])[\w.+-]*@[\w.-]*\w"
    r"|\bwww\.[^\s]+"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|\b(?:[0-9a-f]{1,4}:){4,}"
    r"|(?<![\w/])/[a-z]\w*"
    r"|(?<!\w)\$(?:1inch|[a-z]+)"
    # Numbers of telephones (E.164: 7 to 15 digits) and of bank cards, which have 13 at least.
    r"|\+\d(?:[ ().-]{0,2}\d){6,14}"
    r"|(?<!\d)\d(?:[ -]?\d){12,}",
    re.IGNORECASE | re.ASCII,
)
# A name, a dot, two letters or more and no blank between them: no list of endings is ever complete.
# So "e.g.", "U.S." and "v2.0" are none, while "Node.js" is one.
_NAME = r"[\w\u2190-\u2bff\U0001f000-\U0001faff-]"
_ADDRESS = re.compile(
    rf"(?<!{_NAME})(?<!{_NAME}\.){_NAME}+(?:\.{_NAME}+)*"
    r"\.(?:[a-z][a-z0-9-]+|[^\W\da-z_]\w+)(?:[/:?#][!-~]*)?"
)
# "1.夜班" at the beginning of a line is a number and a title.
_NUMBERED = re.compile(r"^\s*\d{1,2}\.(?=[^\W\da-z_])", re.MULTILINE)
_TAG = re.compile(r"(?<![\w&])#\w*[^\W\d]\w*")
# Full stops of other writings, which browsers take for the dots of a name (UTS #46).
_DOTS = re.compile(r"(?<=[a-z0-9])[。｡‧․·∙](?=[a-z0-9])", re.IGNORECASE)
_TRAILING = "/.,;:!?)]}'\"、，。！？）」』”>"


def pointers(text: str) -> list[str]:
    """The links, addresses, numbers to call or to pay, mentions, commands and tags in `text`, in
    the form for comparing."""
    plain = as_seen(text)
    found = [*_POINTER.findall(plain), *_TAG.findall(plain)]
    found += _ADDRESS.findall(_NUMBERED.sub(" ", plain))
    return [one.rstrip(_TRAILING) for one in found]


def brings_pointers(text: str, holds: Callable[[str], bool]) -> bool:
    """Whether `text` has more than `MOST_POINTERS`, or one of which `holds` says that the person's
    words do not have it."""
    found = pointers(text)
    return len(found) > MOST_POINTERS or not all(holds(one) for one in set(found))


def as_seen(text: str) -> str:
    """`text` in one width and case, without invisible characters."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    visible = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return _DOTS.sub(".", visible)


def stands(pointer: str, seen: str) -> bool:
    """Whether a pointer stands whole in a text as it is seen. @yat is not @yatin: one that goes on
    leads to another place."""
    return bool(re.search(rf"(?<![\w-]){re.escape(pointer)}(?![\w-])", seen, re.ASCII))
