"""How alike two texts are: tf-idf over what they name and tell, and the cosine between them."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.domain import stopwords
from bot.domain.script import fold
from bot.domain.words import tagged

OF_A_NOUN, OF_A_WORD = 0.5, 0.4
"""What a shared character of a noun counts, beside a shared word (傘 and 傘骨), and what one of
another word does (漲 and 沒漲)."""

EVERYDAY = 0.6
"""What a word counts that may stand in any day: a time of it, an hour, home."""

# Words that stand in any day, and characters that stand in names of things of every kind.
_ANY_DAY = frozenset(stopwords.EVERYDAY.split()) | frozenset(["called", "call", "calls"])
_ANY_NAME = frozenset(stopwords.CHINESE.split()) | frozenset(
    "子头人家天日年月机店手口心事物品学生员师老小大上下里外电车水分地方点时间工路一二三四五六七八九十百千变成话"
)

Vector = Mapping[str, float]
"""Weights of terms."""


def weigh(texts: Sequence[str]) -> list[Vector]:
    """tf-idf over words, pairs of Chinese characters and characters of nouns, each vector of
    length one."""
    counted = [_terms(text) for text in texts]
    spread = Counter(term for terms in counted for term in terms)
    vectors: list[Vector] = []
    for terms in counted:
        weights = {t: n * math.log((1 + len(texts)) / spread[t]) for t, n in terms.items()}
        norm = math.hypot(*weights.values()) or 1.0
        vectors.append({term: weight / norm for term, weight in weights.items()})
    return vectors


@lru_cache(maxsize=1_024)  # each script of an evening weighs the day anew, with less left of it
def _terms(text: str) -> Mapping[str, float]:
    """Words by their stem, and pairs of neighbouring characters: 拍片 and 拍攝 share none of the
    first, 捷運站 and 捷運 share some of the second."""
    terms: dict[str, float] = {}
    for word, tag in tagged(text):
        plain = fold(word)
        share = EVERYDAY if plain in _ANY_DAY or tag == "t" else 1.0
        for term, weight in _parts(plain, named=tag.startswith("n")):
            terms[term] = max(terms.get(term, 0.0), share * weight)
    return terms


def telling(text: str) -> frozenset[str]:
    """The terms of a text that would not stand in any day."""
    return frozenset(term for term, weight in _terms(text).items() if weight == 1.0)


def _parts(word: str, *, named: bool) -> Iterator[tuple[str, float]]:
    yield _stem(word), 1.0
    if not word.isascii():
        yield from ((a + b, 1.0) for a, b in pairwise(word))
        if len(word) > 1:
            weight = OF_A_NOUN if named else OF_A_WORD
            yield from ((char, weight) for char in word if char not in _ANY_NAME)


def _stem(word: str) -> str:
    if not word.isascii() or len(word) <= 3:
        return word
    stem = re.sub(r"(?:ing|ed|es|s|'s)$", "", word)
    return stem.removesuffix("e") if len(stem) > 3 else stem  # wardrobe, wardrobes


def cosine(a: Vector, b: Vector) -> float:
    """How alike two vectors are, 0 to 1; zero when one is empty."""
    norm = math.hypot(*a.values()) * math.hypot(*b.values())
    return sum(weight * b.get(term, 0.0) for term, weight in a.items()) / norm if norm else 0.0


def added(vectors: Iterable[Vector]) -> Vector:
    total: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    return total
