"""Near-duplicates: of many ideas, keep those a person would call different.

Needs no model. What it cannot see is one thought in other words: that is what the mechanism, a
label of a few words, is for.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import sleep
from typing import Generic, Protocol, TypeVar

from bot.domain.likeness import Likeness, subject
from bot.domain.script import fold

SAME_IDEA = 0.34
"""Texts this much alike are one idea: on half of NoveltyBench with precision .988 and recall .76
(docs/text.md; `python -m bench.text calibrate FILE` finds it anew)."""

SAME_IDEA_ZH = 0.45
"""The same for Chinese, whose characters are less than words: from the home-made titles."""

SAME_STACK, SAME_STACK_ZH = 0.25, 0.33
"""Titles this much alike belong together without being one idea: from the home-made titles."""

PER_LENS = 2
"""How many ideas one pair of eyes may give in a round (docs/science.md, "Expand")."""

MOST = 12
"""How many cards a round has at most: three pages of four (docs/science.md, "Pan")."""

_AT_ONCE = 20  # so many texts are read in about a millisecond


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
    """What is worth showing, and how many of the rest were too much alike; whatever else is missing
    was one too many.

    `kept` stands in the order given, but those that resemble an earlier one stand right behind it:
    `stacks` has, for each, the index of that one, or None.
    """

    kept: tuple[SketchT, ...]
    duplicates: int
    stacks: tuple[int | None, ...]


class Sieve(Generic[SketchT]):
    """Takes sketches one after the other and keeps those worth showing.

    It drops what resembles an earlier sketch or a text in `shown` (titles the person has seen or
    dropped), repeats an earlier mechanism, or is one too many for its lens or for the round.
    `about` is the seed: that two titles share its words says little.

    Thousands of `shown` take a good part of a second to read, and some milliseconds to compare each
    sketch with: do both in a thread.
    """

    def __init__(
        self,
        shown: Iterable[str] = (),
        *,
        about: str = "",
        per_lens: int = PER_LENS,
        most: int = MOST,
    ) -> None:
        self._known = subject(about)
        self._before: list[Likeness] = []
        for place, title in enumerate(shown):
            self._before.append(Likeness.of(title, self._known))
            if place % _AT_ONCE == 0:
                sleep(0)  # else other threads wait for 5 ms each time they have something to do
        self._per_lens, self._most = per_lens, most
        self._mechanisms: set[str] = set()
        self._lenses: Counter[str] = Counter()
        self._kept: list[tuple[SketchT, Likeness]] = []
        self._duplicates = 0

    def take(self, sketch: SketchT) -> bool:
        """Whether this one is kept. What was kept once stays."""
        likeness = Likeness.of(sketch.title, self._known)
        mechanism, lens = fold(sketch.mechanism), fold(sketch.lens)
        if mechanism in self._mechanisms or _repeated(likeness, self._before) is not None:
            self._duplicates += 1
            return False
        if len(self._kept) >= self._most or (lens and self._lenses[lens] >= self._per_lens):
            return False
        self._kept.append((sketch, likeness))
        self._before.append(likeness)
        self._mechanisms |= {mechanism} - {""}
        self._lenses[lens] += 1
        return True

    def sifted(self) -> Sifted[SketchT]:
        """What came of all that was taken so far."""
        order, stacks = _stacked([likeness for _, likeness in self._kept])
        kept = tuple(self._kept[at][0] for at in order)
        return Sifted(kept, self._duplicates, stacks)


def sift(
    sketches: Iterable[SketchT],
    shown: Iterable[str] = (),
    *,
    about: str = "",
    per_lens: int = PER_LENS,
    most: int = MOST,
) -> Sifted[SketchT]:
    """What a `Sieve` makes of them all."""
    sieve = Sieve[SketchT](shown, about=about, per_lens=per_lens, most=most)
    for sketch in sketches:
        sieve.take(sketch)
    return sieve.sifted()


def groups(texts: Iterable[str], about: str = "", *, same: float | None = None) -> list[int]:
    """For each text the number of the first one that it repeats, as `sift` says when it meets them
    in this order; its own number when it repeats none. `same` overrides both bounds."""
    known = subject(about)
    kept: list[Likeness] = []
    firsts: list[int] = []
    found: list[int] = []
    for number, text in enumerate(texts):
        likeness = Likeness.of(text, known)
        at = _repeated(likeness, kept, same)
        if at is None:
            kept.append(likeness)
            firsts.append(number)
        found.append(number if at is None else firsts[at])
    return found


def _repeated(
    likeness: Likeness, earlier: Sequence[Likeness], same: float | None = None
) -> int | None:
    bound = same or (SAME_IDEA_ZH if likeness.chinese else SAME_IDEA)
    return next((at for at, other in enumerate(earlier) if likeness.to(other) >= bound), None)


def _stacked(kept: Sequence[Likeness]) -> tuple[list[int], tuple[int | None, ...]]:
    """The order in which members of a stack follow its first, and where that one then stands."""
    stacks: dict[int, list[int]] = {}
    for at, likeness in enumerate(kept):
        nearest = max(stacks, key=lambda first: likeness.to(kept[first]), default=None)
        bound = SAME_STACK_ZH if likeness.chinese else SAME_STACK
        if nearest is None or likeness.to(kept[nearest]) < bound:
            stacks[at] = []
        else:
            stacks[nearest].append(at)
    order: list[int] = []
    behind: list[int | None] = []
    for first, members in stacks.items():
        behind += [None] + [len(order)] * len(members)
        order += [first, *members]
    return order, tuple(behind)
