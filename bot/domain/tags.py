"""Hashtags: the words a person marks with # so as to find their fragments again."""

import re
from collections import Counter
from collections.abc import Iterable

from bot.domain.script import HAN, LINK, fold

# A tag is letters, digits and _, in any writing, and no mere number ("#3" names a fragment). No
# word goes on into it (C#), except that Chinese puts no space before it. An address has no tags.
_LINK_OR_TAG = re.compile(
    rf"(?:{LINK})\S*|(?<![^\W{HAN}])(?<![&/#＃])[#＃](?P<tag>\w*[^\W\d]\w*)", re.IGNORECASE
)


def tags(text: str) -> tuple[str, ...]:
    """The tags in `text`, without #, in order, each once: as first written."""
    found: dict[str, str] = {}
    for match in _LINK_OR_TAG.finditer(text):
        if match["tag"]:
            found.setdefault(fold(match["tag"]), match["tag"])
    return tuple(found.values())


def as_tag(word: str) -> str | None:
    """The tag, folded, that a word of a search names: "#Metro" names metro; None for any other."""
    found = _LINK_OR_TAG.fullmatch(word)
    return fold(found["tag"]) if found and found["tag"] else None


def counted(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Every tag in `texts` and in how many of them it stands; the most frequent first, else in
    order of first use. Scripts, widths and capitals count as one."""
    names: dict[str, str] = {}
    times = Counter[str]()
    for text in texts:
        for tag in tags(text):
            names.setdefault(fold(tag), tag)
            times[fold(tag)] += 1
    return [(names[tag], n) for tag, n in times.most_common()]
