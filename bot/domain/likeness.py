"""How alike two texts are in their words, and which ideas a new fragment touches.

Needs no model. What it cannot see is one thought in other words; a reader can.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain import stopwords
from bot.domain.script import HAN, fold
from bot.domain.words import content_words, tokens

OPENING = 100
"""How many tokens of a text are compared (a Chinese character or a word each). Titles are shorter;
a long text says at its beginning what it is about (docs/text.md: 60 to 150 do nearly as well)."""

LESS_TELLING = 0.5
"""What a function word counts, and a word of what all the texts are about (docs/text.md: .3 does as
well)."""

SHARED = 2
"""One word in common is chance, two are a subject: an invented match is worse than a missed one."""

_TINY = 3  # texts of so few characters are alike only when equal
_RARE_IN = 3  # a word that stands in more titles than this, and than a tenth of them, says little
_ENDINGS = ("'s", "ing", "ed", "es", "s")
_QUOTED = re.compile(r"「([^」]*)」|『([^』]*)』|“([^”]*)”|\"([^\"]*)\"")
_HAN = re.compile(f"[{HAN}]")
_EVERYDAY = frozenset(stopwords.EVERYDAY.split())
_FUNCTION_WORDS = frozenset(stopwords.ENGLISH.split() + stopwords.CHINESE.split())


@dataclass(frozen=True, slots=True)
class Words:
    """The different stems of a text, those that tell what it is about apart from those that stand
    in any text."""

    telling: frozenset[str]
    others: frozenset[str]

    def beside(self, known: frozenset[str]) -> "Words":
        """The same when `known` words tell nothing, for all that is compared is about them."""
        return Words(self.telling - known, self.others | self.telling & known)

    def __bool__(self) -> bool:
        return bool(self.telling or self.others)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is compared of a text: all its words, and those within and without quotation marks."""

    whole: Words
    said: Words
    quoted: Words
    chinese: bool  # its tokens are characters, smaller pieces than words

    @classmethod
    def of(cls, text: str, known: frozenset[str] = frozenset()) -> "Likeness":
        """That of `text`, where `known` words tell little."""
        bare = _likeness(text)
        if not known:
            return bare
        whole, said, quoted = (one.beside(known) for one in (bare.whole, bare.said, bare.quoted))
        return cls(whole, said, quoted, bare.chinese)

    def to(self, other: "Likeness") -> float:
        """From 0 to 1. What both quote and how they go on are compared apart, and the less alike
        decides: one question about two sentences is two cards, as are two questions about one."""
        if self.said and self.quoted and other.said and other.quoted:
            return min(_share(self.said, other.said), _share(self.quoted, other.quoted))
        return _share(self.whole, other.whole)


def resemblance(a: str, b: str, about: str = "") -> float:
    """How much two texts are alike, 0 to 1, when both are known to be `about` something."""
    known = subject(about)
    return Likeness.of(a, known).to(Likeness.of(b, known))


def quotations(text: str) -> list[str]:
    """What stands in quotation marks in `text`, in order."""
    return ["".join(groups) for groups in _QUOTED.findall(text)]


def subject(text: str) -> frozenset[str]:
    """The stems of a text that all that is compared is about: pass them as `known`."""
    return _likeness(text).whole.telling


def touched(titles: Sequence[str], fragments: Sequence[str]) -> set[int]:
    """The indices of those `titles` that one of `fragments` has at least two rare content words in
    common with. A word is rare if it stands in few of the titles; scripts and endings are set
    aside."""
    said = [_things(fragment) for fragment in fragments]
    known = frozenset[str]().union(*said)
    about = [_things(title) & known for title in titles]
    often = Counter(word for words in about for word in words)
    most = max(_RARE_IN, len(titles) // 10)
    rare = frozenset(word for word, titles_with_it in often.items() if titles_with_it <= most)
    return {
        index
        for index, words in enumerate(about)
        if any(len(words & rare & one) >= SHARED for one in said)
    }


def stem(word: str) -> str:
    """A folded English word without its commonest endings, as long as three letters stay."""
    if not word.isascii():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word.rstrip("e") if len(word) > 3 else word


def _share(a: Words, b: Words) -> float:
    """The Jaccard index with weights: what both hold, of what either holds."""
    shared = len(a.telling & b.telling) + LESS_TELLING * len(a.others & b.others)
    either = len(a.telling) + len(b.telling) + LESS_TELLING * (len(a.others) + len(b.others))
    return shared / (either - shared) if either else 1.0


@lru_cache(maxsize=16_384)
def _likeness(text: str) -> Likeness:
    said, quoted = _QUOTED.sub(" ", text), " ".join(quotations(text))
    chinese = _HAN.search(text) is not None
    return Likeness(_words(text), _words(said), _words(quoted), chinese)


def _words(text: str) -> Words:
    found = tokens(text)[:OPENING]
    if len(tiny := "".join(found) or fold(text).strip()) <= _TINY:
        return Words(frozenset({tiny} - {""}), frozenset())
    stems = {stem(token) for token in found if token not in _FUNCTION_WORDS}
    return Words(frozenset(stems), frozenset(found) & _FUNCTION_WORDS)


@lru_cache(maxsize=8_192)
def _things(text: str) -> frozenset[str]:
    """The stems of its content words; single Chinese characters are too vague for this."""
    words = (fold(word) for word in content_words(text) if len(word) > 1)
    return frozenset(stem(word) for word in words if word not in _EVERYDAY)
