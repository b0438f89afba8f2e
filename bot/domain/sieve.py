"""Near-duplicates: of many ideas, keep those a person would call different.

Needs no model. What it cannot see is one thought in other words: that is what the mechanism, a
label of a few words, is for.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    """What is worth showing, and how many of the rest were too much alike or one too many.

    `kept` stands in the order given, but those that resemble an earlier one stand right behind it:
    `stacks` has, for each, the index of that one, or None.
    """

    kept: tuple[SketchT, ...]
    duplicates: int
    stacks: tuple[int | None, ...]
    crowded: int  # new, but one too many for their lens or for the round


def sift(
    sketches: Iterable[SketchT],
    shown: Iterable[str] = (),
    *,
    about: str = "",
    per_lens: int = PER_LENS,
    most: int = MOST,
) -> Sifted[SketchT]:
    """Drop what resembles an earlier sketch or a text in `shown` (titles the person has seen or
    dropped), repeats an earlier mechanism, or is one too many for its lens or for the round.

    `about` is the seed: that two titles share its words says little.
    """
    known = subject(about)
    before = [Likeness.of(title, known) for title in shown]
    mechanisms: set[str] = set()
    lenses: Counter[str] = Counter()
    kept: list[tuple[SketchT, Likeness]] = []
    duplicates = crowded = 0
    for sketch in sketches:
        likeness = Likeness.of(sketch.title, known)
        mechanism, lens = fold(sketch.mechanism), fold(sketch.lens)
        if mechanism in mechanisms or _repeated(likeness, before) is not None:
            duplicates += 1
        elif len(kept) >= most or (lens and lenses[lens] >= per_lens):
            crowded += 1
        else:
            kept.append((sketch, likeness))
            before.append(likeness)
            mechanisms |= {mechanism} - {""}
            lenses[lens] += 1
    order, stacks = _stacked([likeness for _, likeness in kept])
    return Sifted(tuple(kept[at][0] for at in order), duplicates, stacks, crowded)


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
