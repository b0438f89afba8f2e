"""How different the ideas of a set are from each other; only sets of one size may be compared."""

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from statistics import mean

from bot.domain.words import tokens

HOME_MADE = Path(__file__).parent / "home_made" / "sets.jsonl"
"""Ten seeds, each with a diverse and a homogenised list of eight; written for this by hand."""

GRAM = 3
LONGEST = 4  # BLEU counts runs of up to four tokens


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lists about one seed: one that differs, and one that says the same in other words."""

    lang: str
    seed: str
    diverse: tuple[str, ...]
    homogenised: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one set. A diverse one has a low cosine, a high distinct-2 and a low self-BLEU."""

    cosine: float
    distinct_2: float
    self_bleu: float

    def differs_more_than(self, other: "Measures") -> bool:
        """Whether every measure says so."""
        return (
            self.cosine < other.cosine
            and self.distinct_2 > other.distinct_2
            and self.self_bleu < other.self_bleu
        )


def home_made() -> list[Pair]:
    """The project's own lists."""
    entries = map(json.loads, HOME_MADE.read_text(encoding="utf-8").splitlines())
    return [
        Pair(one["lang"], one["seed"], tuple(one["diverse"]), tuple(one["homogenised"]))
        for one in entries
    ]


def measure(texts: Sequence[str]) -> Measures:
    """All three, of at least two texts."""
    return Measures(mean_cosine(texts), distinct_2(texts), self_bleu(texts))


def mean_cosine(texts: Sequence[str]) -> float:
    """Mean cosine of the counts of 3-character grams, over all pairs."""
    grams = [_runs(list("".join(tokens(text))), GRAM) for text in texts]
    return mean(_cosine(a, b) for a, b in combinations(grams, 2))


def distinct_2(texts: Sequence[str]) -> float:
    """How many of all pairs of neighbouring tokens are different ones."""
    pairs = [pair for text in texts for pair in pairwise(tokens(text))]
    return len(set(pairs)) / len(pairs) if pairs else 1.0


def self_bleu(texts: Sequence[str]) -> float:
    """Mean BLEU of each text with all the others as references; runs longer than one are smoothed
    by one, or short texts would always have 0."""
    said = [tokens(text) for text in texts]
    return mean(_bleu(one, said[:at] + said[at + 1 :]) for at, one in enumerate(said))


def _bleu(said: list[str], references: Sequence[list[str]]) -> float:
    logs = []
    for size in range(1, LONGEST + 1):
        runs = _runs(said, size)
        known: Counter[tuple[str, ...]] = Counter()
        for reference in references:
            known |= _runs(reference, size)
        smooth = size > 1
        found = (runs & known).total() + smooth
        logs.append(math.log(max(found, 1e-9) / max(runs.total() + smooth, 1)))
    nearest = min((abs(len(one) - len(said)), len(one)) for one in references)[1]
    brevity = min(0.0, 1 - nearest / max(len(said), 1))
    return math.exp(mean(logs) + brevity)


def _runs(items: list[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(items[at : at + size]) for at in range(len(items) - size + 1))


def _cosine(a: Counter[tuple[str, ...]], b: Counter[tuple[str, ...]]) -> float:
    lengths = math.hypot(*a.values()) * math.hypot(*b.values())
    return sum(count * b[run] for run, count in a.items()) / lengths if lengths else 0.0
