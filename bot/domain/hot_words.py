"""Names and terms of a person's own, for listeners that can be told what to expect.

A recogniser spells what it has never met as what it has: Goldpan becomes "gold pan", 王小明 another
name of the same sound. What the person typed themselves shows how it is written.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.domain.script import HAN, fold
from bot.domain.words import sentences, tagged

MOST = 60
"""Ours: about what a prompt of 400 characters holds."""
_LATIN = re.compile(r"[^\W\d_][\w'’+#-]*", re.ASCII)
_TITLED = re.compile(r"《([^《》\n]{1,20})》|「([^「」\n]{2,12})」")
_NAMES = ("nr", "ns", "nt", "nz")  # rjieba's tags for people, places, bodies and other names
_HAN = re.compile(f"[{HAN}]")


def hot_words(texts: Sequence[str], *, most: int = MOST) -> tuple[str, ...]:
    """What `texts`, the newest first, name: the most frequent first, then the newest."""
    count = Counter[str]()
    written: dict[str, str] = {}
    for text in texts:
        for name in dict.fromkeys(_names(text)):
            count[fold(name)] += 1
            written.setdefault(fold(name), name)
    return tuple(written[key] for key, _ in count.most_common(most))


def _names(text: str) -> Iterator[str]:
    yield from (title for found in _TITLED.finditer(text) for title in found.groups() if title)
    yield from (word for word, tag in tagged(text) if tag in _NAMES and len(word) > 1)
    for sentence in sentences(text):
        mixed = _HAN.search(sentence)
        for word in _LATIN.finditer(sentence):
            # English begins each sentence large; in a Chinese one a Latin word is a term.
            if mixed or (word.start() and _is_name(word.group())) or _is_odd(word.group()):
                yield word.group()


def _is_name(word: str) -> bool:
    return word[0].isupper() and word not in {"I", "I'm", "I'd", "I'll", "I've"}


def _is_odd(word: str) -> bool:
    """Written as no plain word is: BBC, iPhone, C++."""
    return any(char.isupper() or char in "+#" for char in word[1:])
