"""Whether one script is another take than an earlier one on the same material."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from bot.domain.drafts import Line, Script
from bot.domain.script import fold
from bot.journey.ports import DraftSketch

SHARED = 0.5
"""Two takes share at most this much of their lines (of those that stand in either)..."""

TURNED = 0.5
"""... or else tell at least this share of the pairs of lines they share the other way round."""


def is_another(sketch: DraftSketch, takes: Sequence[Script]) -> bool:
    """Whether it opens otherwise than every earlier take, and tells other lines or the same in
    another order."""
    return all(_opens_otherwise(sketch, take) and _tells_otherwise(sketch, take) for take in takes)


def origins(lines: Iterable[Line]) -> list[str]:
    """What lines were cut from, for comparing: a trimmed line is the line it was."""
    return [fold(line.quote or line.text) for line in lines]


def _opens_otherwise(sketch: DraftSketch, take: Script) -> bool:
    mine, theirs = origins([sketch.hooks[0], take.hook])
    return mine != theirs and fold(sketch.hooks[0].text) != fold(take.hook.text)


def _tells_otherwise(sketch: DraftSketch, take: Script) -> bool:
    close = [sketch.close] if sketch.close else []
    mine = list(dict.fromkeys(origins([*sketch.beats, *close])))
    theirs = list(dict.fromkeys(origins([*take.beats, take.close])))
    both = [one for one in mine if one in theirs]
    if len(both) <= SHARED * len({*mine, *theirs}):
        return True
    pairs = list(combinations(both, 2))
    turned = sum(theirs.index(a) > theirs.index(b) for a, b in pairs)
    return turned >= TURNED * len(pairs)
