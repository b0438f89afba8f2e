"""Which passages of a day belong together: those that share words rare in it."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from bot.domain.likeness import quotations
from bot.domain.script import fold
from bot.domain.words import content_words
from bot.engines.passages import Passage

RELATED = 0.08
"""Two passages at least this much alike (cosine of tf-idf) belong to one thread; chosen by eye on
our own example days."""

FULL = 6
"""Passages that make a script of about half a minute; a thread is filled up to this."""

Vector = Mapping[str, float]
"""Weights of terms."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Passages about one thing, in the order they were said; `vectors` go by place."""

    passages: tuple[Passage, ...]
    vectors: Sequence[Vector]
    centre: Vector

    def likeness(self, a: Passage, b: Passage) -> float:
        """How alike two passages are, 0 to 1."""
        return cosine(self.vectors[a.place], self.vectors[b.place])

    def relevance(self, passage: Passage) -> float:
        """How near a passage is to what the thread is about, 0 to 1."""
        return cosine(self.vectors[passage.place], self.centre)


def find_thread(
    passages: Sequence[Passage], picked: Sequence[str], *, fewest: int, strict: bool
) -> Thread | None:
    """The strongest thread of at least `fewest` passages: nearest to what was picked, then longest.

    When no thread is that long, other passages join it, unless `strict`.
    """
    if len(passages) < fewest:
        return None
    wishes = [" ".join(quotations(text)) or text for text in picked]
    vectors = _weigh([*(passage.text for passage in passages), *wishes])
    wish = _sum(vectors[len(passages) :])

    def strength(group: list[Passage]) -> tuple[bool, int, float]:
        wanted = cosine(_sum(vectors[p.place] for p in group), wish) >= RELATED
        return wanted, min(len(group), fewest + 1), sum(passage.seconds for passage in group)

    groups = _groups(passages, vectors, 2 * RELATED if strict else RELATED)
    groups.sort(key=strength, reverse=True)
    if strict and len(groups[0]) < fewest:
        return None
    members = (
        groups[0] if strict else _filled(groups, fewest, vectors, wanted=strength(groups[0])[0])
    )
    members.sort(key=lambda passage: passage.place)
    return Thread(tuple(members), vectors, _sum([wish, *(vectors[p.place] for p in members)]))


def _filled(
    groups: Sequence[list[Passage]], fewest: int, vectors: Sequence[Vector], *, wanted: bool
) -> list[Passage]:
    """The first group and, up to `FULL`, what shares a word with it; a short one also takes in
    what the day came back to, and what was said close by. A short day is one story."""
    group, others = groups[0], [(p, len(other)) for other in groups[1:] for p in other]
    centre = _sum(vectors[passage.place] for passage in group)
    short = len(group) < fewest

    def nearness(other: tuple[Passage, int]) -> tuple[float, bool, int]:
        passage, company = other
        recurs = short and not wanted and company > 1
        near = cosine(vectors[passage.place], centre)
        return near, recurs, -min(abs(passage.place - member.place) for member in group)

    others.sort(key=nearness, reverse=True)
    fitting = sum(nearness(other) > (0.0, False, 0) for other in others)
    if len(group) + len(others) <= FULL:
        fitting = len(others)
    elif short:
        fitting = max(fewest + 1 - len(group), fitting)
    return group + [passage for passage, _ in others[: max(0, min(fitting, FULL - len(group)))]]


def _weigh(texts: Sequence[str]) -> list[Vector]:
    """tf-idf over content words and pairs of Chinese characters, each vector of length one."""
    counted = [Counter(_terms(text)) for text in texts]
    spread = Counter(term for terms in counted for term in terms)
    vectors: list[Vector] = []
    for terms in counted:
        weights = {t: n * math.log((1 + len(texts)) / spread[t]) for t, n in terms.items()}
        norm = math.hypot(*weights.values()) or 1.0
        vectors.append({term: weight / norm for term, weight in weights.items()})
    return vectors


def _terms(text: str) -> list[str]:
    """Words by their stem, and pairs of neighbouring characters: 拍片 and 拍攝 share none of the
    first, 捷運站 and 捷運 share some of the second."""
    words = [_stem(fold(word)) for word in content_words(text)]
    pairs = [a + b for word in words for a, b in pairwise(word) if not word.isascii()]
    return words + [pair for pair in pairs if pair not in words]


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s|'s)$", "", word) if word.isascii() and len(word) > 4 else word


def cosine(a: Vector, b: Vector) -> float:
    """How alike two vectors are, 0 to 1; zero when one is empty."""
    norm = math.hypot(*a.values()) * math.hypot(*b.values())
    return sum(weight * b.get(term, 0.0) for term, weight in a.items()) / norm if norm else 0.0


def _sum(vectors: Iterable[Vector]) -> Vector:
    total: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    return total


def _groups(
    passages: Sequence[Passage], vectors: Sequence[Vector], related: float
) -> list[list[Passage]]:
    """Passages connected by likeness or by standing in one fragment."""
    leader = {passage: passage for passage in passages}

    def lead(passage: Passage) -> Passage:
        while leader[passage] is not passage:
            passage = leader[passage]
        return passage

    for a, b in combinations(passages, 2):
        if a.n == b.n or cosine(vectors[a.place], vectors[b.place]) >= related:
            leader[lead(b)] = lead(a)
    groups: dict[Passage, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(lead(passage), []).append(passage)
    return list(groups.values())
