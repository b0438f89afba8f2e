"""What of a day can be filmed, and which of it belongs together.

A passage is a sentence of the person's own, verbatim, with short ones kept beside the sentence
they belong to. A thread is passages that share words rare in the day.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from bot.domain.grounding import Ruling, check
from bot.domain.records import Line, Role
from bot.domain.script import fold
from bot.domain.sieve import quotations
from bot.domain.words import (
    clauses,
    content_words,
    excerpt,
    sentence_spans,
    speaking_seconds,
)
from bot.journey.ports import Material

LONGEST_S = 14.0
"""A sentence that takes longer is trimmed at clauses: about 60 characters or 38 words."""

SHORTEST_S = 1.0
"""A sentence quicker than this cannot stand alone: four characters, two words."""

RELATED = 0.08
"""Two passages at least this much alike (cosine of tf-idf) belong to one thread; chosen by eye on
our own example days."""

FULL = 6
"""Passages that make a script of about half a minute; a thread is filled up to this."""

_LINK = re.compile(r"(?:https?://|www\.)\S+|#\w+|@\w+")
# Notes to oneself: nobody says them to a camera.
_MEMO = re.compile(
    r"^\W*(?:記得|记得|別忘|别忘|提醒|待辦|待办|要買|要买|備註|备注|備忘|备忘|"
    r"todo|to-do|to do|note to self|remember to|don['’]t forget|reminder|buy\b|call\b|/\w)",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？؟]\W*$")
# Questions about the work itself, unlike those that an audience could answer.
_DOUBTS = re.compile(
    r"要不要|該不該|该不该|到底|能不能|可不可以|會不會|会不会|我該|我该|標題|标题|開頭|开头|怎麼拍|怎么拍|拍什麼|拍什么|"
    r"^\W*(?:should|what should|what do|what am|do|am|can|could|how do|how should|maybe)\s+i\b",
    re.IGNORECASE,
)
_TO_YOU = re.compile(r"你|妳|您|大家|\byou(?:r|['’]re)?\b|\banyone\b", re.IGNORECASE)

Vector = Mapping[str, float]
"""Weights of terms."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of fragment `n`; `place` counts through the whole day, `inside` from the beginning
    of the fragment."""

    n: int
    place: int
    inside: int
    text: str

    @property
    def seconds(self) -> float:
        """How long it takes to say."""
        return speaking_seconds(self.text)

    def follows(self, other: "Passage") -> bool:
        """Whether it was said right after `other`, in the same breath."""
        return self.n == other.n and self.inside == other.inside + 1


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


def passages_in(material: Sequence[Material], used: Sequence[str] = ()) -> list[Passage]:
    """Everything own that could be said to a camera and is not in `used`, in order."""
    taken = [fold(text) for text in used]
    found: list[Passage] = []
    for item in material:
        for inside, text in enumerate(_sentences_of(item.text) if item.own else ()):
            folded = fold(text)
            repeated = any(folded in other or other in folded for other in taken)
            if not repeated and _filmable(text) and _verbatim(text, item):
                found.append(Passage(item.n, len(found), inside, text))
                taken.append(folded)
    return found


def find_thread(
    passages: Sequence[Passage], picked: Sequence[str], *, fewest: int, strict: bool
) -> Thread | None:
    """The strongest thread of at least `fewest` passages: nearest to what was picked, then longest.

    When no thread is that long, the nearest other passages join it, unless `strict`.
    """
    if len(passages) < fewest:
        return None
    wishes = [" ".join(quotations(text)) or text for text in picked]
    vectors = _weigh([*(passage.text for passage in passages), *wishes])
    wish = _sum(vectors[len(passages) :])

    def strength(group: list[Passage]) -> tuple[bool, bool, int, float]:
        wanted = cosine(_sum(vectors[p.place] for p in group), wish) >= RELATED
        seconds = sum(passage.seconds for passage in group)
        return len(group) >= fewest - 1, wanted, min(len(group), fewest + 1), seconds

    group = max(_groups(passages, vectors), key=strength)
    if len(group) < fewest and strict:
        return None
    if not strict:
        centre = _sum([wish, *(vectors[p.place] for p in group)])
        group = _filled(group, passages, fewest, [cosine(v, centre) for v in vectors])
    group.sort(key=lambda passage: passage.place)
    return Thread(tuple(group), vectors, _sum([wish, *(vectors[p.place] for p in group)]))


def _filled(
    group: list[Passage], passages: Sequence[Passage], fewest: int, near: Sequence[float]
) -> list[Passage]:
    """The group with the nearest others: up to `FULL` that share a word with it, and any others,
    closest in time first, to leave a sentence for the close. A short day is one story."""

    def farness(passage: Passage) -> tuple[float, int]:
        return -near[passage.place], min(abs(passage.place - member.place) for member in group)

    others = sorted((p for p in passages if p not in group), key=farness)
    related = [passage for passage in others if near[passage.place] > 0]
    wanted = FULL if len(passages) <= FULL else max(fewest + 1, min(FULL, len(group + related)))
    return group + others[: max(0, wanted - len(group))]


def trimmed(piece: str) -> str:
    """A clause without the mark that leads on to the next."""
    return piece.strip().rstrip(" ，,;；:：、—―–-")


def _sentences_of(text: str) -> list[str]:
    """The sentences, a very short one in one piece with its neighbour, a long one shortened."""
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if spans and _kept_together(text, spans[-1], (start, end)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [_shortened(text[start:end]) for start, end in spans]


def _kept_together(text: str, one: tuple[int, int], two: tuple[int, int]) -> bool:
    both = text[one[0] : two[1]]
    quickest = min(speaking_seconds(text[slice(*span)]) for span in (one, two))
    return quickest < SHORTEST_S and "\n" not in both and speaking_seconds(both) <= LONGEST_S


def _shortened(sentence: str) -> str:
    """The sentence, or the neighbouring clauses of it that say most in `LONGEST_S`."""
    seconds = speaking_seconds(sentence)
    if seconds <= LONGEST_S:
        return sentence
    runs = [trimmed(run) for run in _clause_runs(sentence)]
    if runs:
        return max(runs, key=lambda run: len(set(content_words(run))) // 4)
    return excerpt(sentence, int(len(sentence) * LONGEST_S / seconds)).removesuffix("…")


def _clause_runs(sentence: str) -> Iterator[str]:
    """From each clause on, as many whole clauses as fit into `LONGEST_S`."""
    spans: list[tuple[int, int]] = []
    for clause in clauses(sentence):
        start = sentence.index(clause, spans[-1][1] if spans else 0)
        spans.append((start, start + len(clause)))
    for i, (start, _) in enumerate(spans):
        ends = [end for _, end in spans[i:] if speaking_seconds(sentence[start:end]) <= LONGEST_S]
        if ends:
            yield sentence[start : ends[-1]]


def _filmable(text: str) -> bool:
    """Whether it can be said to a camera: words enough, no link, not a note to oneself."""
    if _LINK.search(text) or _MEMO.search(text) or not content_words(text):
        return False
    doubts = _ASKS.search(text) and _DOUBTS.search(text) and not _TO_YOU.search(text)
    return speaking_seconds(text) >= SHORTEST_S and not doubts


def _verbatim(text: str, item: Material) -> bool:
    """A cut may still have lost a "not" beside it; the gate every draft passes says so."""
    report = check([Line(Role.SETUP, text, (item.n,))], {item.n: item.text})
    return report.verdict is Ruling.OWN and report.coverage == 1.0


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


def _groups(passages: Sequence[Passage], vectors: Sequence[Vector]) -> list[list[Passage]]:
    """Passages connected by likeness or by standing in one fragment."""
    leader = {passage: passage for passage in passages}

    def lead(passage: Passage) -> Passage:
        while leader[passage] is not passage:
            passage = leader[passage]
        return passage

    for a, b in combinations(passages, 2):
        if a.n == b.n or cosine(vectors[a.place], vectors[b.place]) >= RELATED:
            leader[lead(b)] = lead(a)
    groups: dict[Passage, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(lead(passage), []).append(passage)
    return list(groups.values())
