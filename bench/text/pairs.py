"""Which pairs of texts a filter takes for one idea, beside which of them people do."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from bot.domain.likeness import resemblance
from bot.domain.script import fold
from bot.domain.sieve import groups

PLAIN = 0.5
"""The bound of the plain Jaccard index of 3-character grams (docs/science.md)."""

_PUNCTUATION = re.compile(r"[^\w\s]|_")  # of str, so by Unicode: Chinese is \w

Taken = list[bool]
"""For every pair of a prompt's texts, whether they are taken for one idea."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts that answer one prompt; equal numbers in `partition` mark the same idea."""

    generations: tuple[str, ...]
    partition: tuple[int, ...]
    about: str = ""  # what they are all about, where that is known
    lang: str = ""

    @property
    def multi(self) -> bool:
        """Whether there is more than one idea among them."""
        return len(set(self.partition)) > 1

    @property
    def same(self) -> list[bool]:
        """For every pair, whether it is one idea."""
        return [a == b for a, b in combinations(self.partition, 2)]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pairs were taken for one idea, how many of them rightly, and how many there are."""

    taken: int = 0
    right: int = 0
    same: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.taken + other.taken, self.right + other.right, self.same + other.same)

    @property
    def precision(self) -> float | None:
        """None when nothing was taken."""
        return self.right / self.taken if self.taken else None

    @property
    def recall(self) -> float | None:
        """None when there was nothing to find."""
        return self.right / self.same if self.same else None


def read(path: Path) -> list[Labelled]:
    """The prompts of a JSON Lines file; ValueError says which line is no such thing."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                found.append(_labelled(json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError) as exc:
                raise ValueError(
                    f'{path}, line {number}: not {{"generations": [str], "partition": [int]}}'
                ) from exc
    return found


def as_used(one: Labelled, bound: float | None = None) -> Taken:
    """The filter as the product uses it: each text is compared with those kept before it, at the
    product's own bounds when none is given."""
    return [a == b for a, b in combinations(groups(one.generations, one.about, same=bound), 2)]


def by_pair(one: Labelled, bound: float) -> Taken:
    """The same measure, each pair by itself."""
    return [resemblance(a, b, one.about) >= bound for a, b in combinations(one.generations, 2)]


def plain(one: Labelled, bound: float = PLAIN) -> Taken:
    """What it is compared with: the Jaccard index of 3-character grams, nothing else."""
    grams = [_grams(text) for text in one.generations]
    return [_jaccard(a, b) >= bound for a, b in combinations(grams, 2)]


def tally(one: Labelled, taken: Taken) -> Tally:
    """The pairs of one prompt, counted."""
    same = one.same
    right = sum(a and b for a, b in zip(taken, same, strict=True))
    return Tally(sum(taken), right, sum(same))


def score(
    prompts: Iterable[Labelled], judge: Callable[[Labelled], Taken]
) -> dict[str, float | None]:
    """What `python -m bench.text duplicates` prints. "multi" counts only prompts with more than
    one idea; None where there is nothing to divide by."""
    everything, multi, pairs = Tally(), Tally(), 0
    for one in prompts:
        counted = tally(one, judge(one))
        pairs += len(one.same)
        everything += counted
        multi += counted if one.multi else Tally()
    return {
        "pairs": pairs,
        "precision": everything.precision,
        "recall": everything.recall,
        "multi_precision": multi.precision,
        "multi_recall": multi.recall,
    }


def _labelled(entry: dict[str, object]) -> Labelled:
    generations, partition = entry["generations"], entry["partition"]
    if not (isinstance(generations, list) and isinstance(partition, list)):
        raise TypeError
    if len(generations) != len(partition) or not all(isinstance(one, str) for one in generations):
        raise ValueError
    about, lang = str(entry.get("about", "")), str(entry.get("lang", ""))
    return Labelled(tuple(generations), tuple(partition), about, lang)


@lru_cache(maxsize=4_096)
def _grams(text: str) -> frozenset[str]:
    line = " ".join(_PUNCTUATION.sub(" ", fold(text)).split())
    return frozenset(line[at : at + 3] for at in range(max(1, len(line) - 2)))


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b)
