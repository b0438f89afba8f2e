"""Which lines of a day lean on which.

A line that leans is said only where what it leans on has been said; one without anything to lean on
is not said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.leaning import Manner, manner_of, may_mean
from bot.domain.script import simplified
from bot.engines.passages import Passage

_ASKS = re.compile(r"[?？]|问|\bask(?:s|ed)?\b", re.IGNORECASE)
_ANSWERS = re.compile(
    r"^\W*(?:[他她佢我它]们?)?(?:就|又|只|马上|想了想|笑笑)?[说话答回讲]|^[「『“\"]|"
    r"^\W*(?:he|she|they|i)?\s*(?:just\s+)?(?:said|says|told|answered|shrugged|laughed|nodded)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lean:
    """What a passage leans on. `tight`: it must follow at once."""

    on: Passage
    tight: bool = False


def leaning(passages: Sequence[Passage]) -> tuple[list[Passage], dict[int, Lean]]:
    """The passages that can be told, and by place what the leaning ones lean on. One with nothing
    to lean on stays out."""
    told: list[Passage] = []
    leans: dict[int, Lean] = {}
    for before, passage in zip([None, *passages], passages, strict=False):
        manner = manner_of(passage.text)
        lean = next(_anchors(passage, manner, before, told), None)
        if lean:
            leans[passage.place] = lean
        if lean or not manner:
            told.append(passage)
    return told, leans


def _anchors(
    passage: Passage, manner: Manner | None, before: Passage | None, told: Sequence[Passage]
) -> Iterator[Lean]:
    """What the passage may lean on, the likeliest first. The line just before it in the day is one
    only if it is told itself."""
    near = [other for other in told if other.n in (passage.n, passage.after)][-1:]
    near = near or [other for other in told[-1:] if other == before]
    near = [other for other in near if other.tongue is passage.tongue]
    alike = [other for other in told if other.tongue is passage.tongue]
    if manner is Manner.ON_THE_LINE or _answers(passage, near):
        yield from (Lean(other, tight=True) for other in near)
    elif manner is Manner.ON_SOMEONE:
        yield from (Lean(other) for other in reversed(alike) if may_mean(passage.text, other.text))
        yield from (Lean(other) for other in near if other.n == passage.n)


def _answers(passage: Passage, near: Sequence[Passage]) -> bool:
    asked = any(_ASKS.search(simplified(other.text)) for other in near)
    return asked and bool(_ANSWERS.search(simplified(passage.text)))
