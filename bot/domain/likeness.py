"""Which ideas a new fragment touches: they are about the same things, in whatever words."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from bot.domain.script import fold
from bot.domain.words import content_words

SHARED = 2
"""One word in common is chance, two are a subject: an invented match is worse than a missed one."""

_RARE_IN = 3  # a word that stands in more titles than this, and than a tenth of them, says little
_ENDINGS = ("ing", "ed", "es", "s")


def touched(titles: Sequence[str], fragments: Sequence[str]) -> set[int]:
    """The indices of those `titles` that one of `fragments` has at least two rare content words in
    common with. A word is rare if it stands in few of the titles; scripts and endings are set
    aside."""
    said = [_subject(fragment) for fragment in fragments]
    known = frozenset().union(*said)
    about = [_subject(title) & known for title in titles]
    often = Counter(word for words in about for word in words)
    most = max(_RARE_IN, len(titles) // 10)
    rare = {word for word, titles_with_it in often.items() if titles_with_it <= most}
    return {
        index
        for index, words in enumerate(about)
        if any(len(words & rare & one) >= SHARED for one in said)
    }


@lru_cache(maxsize=8_192)
def _subject(text: str) -> frozenset[str]:
    """The folded stems of its content words; single Chinese characters are too vague for this."""
    return frozenset(_stem(fold(word)) for word in content_words(text) if len(word) > 1)


def _stem(word: str) -> str:
    """An English word without its commonest endings, as long as three letters stay."""
    if not word.isascii():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending).rstrip("e")
    return word.rstrip("e")
