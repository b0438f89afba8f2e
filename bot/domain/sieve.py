"""Near-duplicates: of many ideas, keep those a person would call different.

Needs no model. What it cannot see is two wordings of one thought: that is what the mechanism, a
label of a few words, is for.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from bot.domain.script import HAN, fold

SAME_IDEA = 0.50
"""Titles this much alike are one idea (docs/science.md, "Expand"; its precision there was .984)."""

PER_LENS = 2
"""How many ideas one pair of eyes may give in a round (docs/science.md, "Expand")."""

_GRAM = 3
_QUOTED = re.compile(r"「([^」]*)」|『([^』]*)』|“([^”]*)”|\"([^\"]*)\"")
_GAP_BESIDE_HAN = re.compile(rf"(?<=[{HAN}]) | (?=[{HAN}])")

Grams = frozenset[str]


class Sketch(Protocol):
    """Anything with a title, a lens and a mechanism; the last two may be empty."""

    @property
    def title(self) -> str: ...

    @property
    def lens(self) -> str: ...

    @property
    def mechanism(self) -> str: ...


SketchT = TypeVar("SketchT", bound=Sketch)


@dataclass(frozen=True, slots=True)
class Sifted(Generic[SketchT]):
    """What is worth showing, in the order given, and how many were too much alike. Those that are
    in neither were new, but one too many for their lens."""

    kept: tuple[SketchT, ...]
    duplicates: int


def sift(
    sketches: Iterable[SketchT], shown: Iterable[str] = (), *, per_lens: int = PER_LENS
) -> Sifted[SketchT]:
    """Drop what resembles an earlier sketch or a text in `shown` (titles the person has seen or
    dropped), repeats an earlier mechanism, or is one too many for its lens."""
    titles = [_parts(title) for title in shown]
    mechanisms: set[str] = set()
    lenses: Counter[str] = Counter()
    kept: list[SketchT] = []
    duplicates = 0
    for sketch in sketches:
        parts, mechanism, lens = _parts(sketch.title), fold(sketch.mechanism), fold(sketch.lens)
        if mechanism in mechanisms or _among(parts, titles):
            duplicates += 1
            continue
        if lens and lenses[lens] >= per_lens:
            continue
        kept.append(sketch)
        titles.append(parts)
        mechanisms |= {mechanism} - {""}
        lenses[lens] += 1
    return Sifted(tuple(kept), duplicates)


def resemblance(a: str, b: str) -> float:
    """How much two titles are alike, 0 to 1: the Jaccard index of their 3-character grams.

    What a title quotes and how it goes on are compared apart, and the less alike decides: one
    question about two sentences is two cards, as are two questions about one sentence.
    """
    return _alike(_parts(a), _parts(b))


def quotations(text: str) -> list[str]:
    """What stands in quotation marks in `text`, in order."""
    return ["".join(groups) for groups in _QUOTED.findall(text)]


def _among(parts: tuple[Grams, Grams], titles: Sequence[tuple[Grams, Grams]]) -> bool:
    return any(_alike(parts, other) >= SAME_IDEA for other in titles)


def _alike(a: tuple[Grams, Grams], b: tuple[Grams, Grams]) -> float:
    if all(a) and all(b):
        return min(_jaccard(a[0], b[0]), _jaccard(a[1], b[1]))
    return _jaccard(a[0] | a[1], b[0] | b[1])


def _jaccard(a: Grams, b: Grams) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if a or b else 1.0


@lru_cache(maxsize=8_192)
def _parts(title: str) -> tuple[Grams, Grams]:
    """The grams of a title without its quotations, and those of its quotations."""
    return _grams(_QUOTED.sub(" ", title)), _grams(" ".join(quotations(title)))


def _grams(text: str) -> Grams:
    """All runs of three characters; a text shorter than that is one gram, alike only to itself."""
    plain = _plain(text) or fold(text).strip()
    if len(plain) <= _GRAM:
        return frozenset({plain} - {""})
    return frozenset(plain[i : i + _GRAM] for i in range(len(plain) - _GRAM + 1))


def _plain(text: str) -> str:
    """Folded, without punctuation; emoji and every script's letters stay."""
    spaced = "".join(" " if _is_punctuation(char) else char for char in fold(text))
    return _GAP_BESIDE_HAN.sub("", " ".join(spaced.split()))


@lru_cache(maxsize=8_192)
def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PZC"
