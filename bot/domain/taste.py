"""What a person keeps: of which eyes, which moves and which kinds of ideas the stars come.

A bandit in the plain sense (Sutton, Barto: Reinforcement Learning, ch. 2): arms that paid come more
often, and a fixed share of the turns goes to those least tried, so that no liking of the first week
shuts out the rest. Only which arms are dealt depends on it; no idea a person liked is shown to a
model, for that makes all the next ones alike (docs/science.md, "Expand").
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

EXPLORE_OF = 4
"""One seat in so many is dealt from what was tried least: a quarter of the first page's eyes."""

PRIOR = 4
"""Each arm begins as if it had been decided so often at the person's own average: as many as one
page of cards. Until it has that many decisions, the average says more than the arm."""

TELLING = 4
"""Decisions before a liking is put into words: as many as `PRIOR`."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many ideas of one kind the person kept, of so many that they decided about. 🤨 counts as
    decided, not as kept."""

    kept: int
    decided: int


@dataclass(frozen=True, slots=True)
class Taste:
    """The tallies of one person, by the ids of lenses and moves, and by mode."""

    lenses: Mapping[str, Tally] = field(default_factory=dict)
    moves: Mapping[str, Tally] = field(default_factory=dict)
    modes: Mapping[str, Tally] = field(default_factory=dict)


UNTRIED = Tally(0, 0)


def deal(
    arms: Sequence[str],
    seats: int,
    tallies: Mapping[str, Tally],
    *,
    turn: str,
    met: Collection[str] = (),
) -> list[str]:
    """Which of `arms` sit on `seats`, those explored first; the same `turn`, the same deal.

    None sits twice while there is another. Arms in `met` (named as often as they were met) wait
    until all others had their turn. The rest are drawn without replacement, in proportion to
    `keep_rate` (Efraimidis, Spirakis 2006: the largest of log(u) / weight).
    """
    times = Counter(met)
    luck = {arm: 1 - Random(f"{turn}\n{arm}").random() for arm in arms}  # in (0, 1]

    def least_tried(arm: str) -> tuple[int, int, float]:
        return times[arm], tallies.get(arm, UNTRIED).decided, luck[arm]

    def most_kept(arm: str) -> tuple[int, float]:
        return times[arm], -math.log(luck[arm]) / keep_rate(arm, tallies)

    explored = sorted(arms, key=least_tried)[: seats // EXPLORE_OF]
    dealt = explored + sorted((arm for arm in arms if arm not in explored), key=most_kept)
    return [dealt[seat % len(dealt)] for seat in range(seats)]


def keep_rate(arm: str, tallies: Mapping[str, Tally]) -> float:
    """The share of an arm's ideas this person keeps, above 0 and below 1: the mean of a Beta
    distribution whose prior is worth `PRIOR` decisions at the person's own average."""
    tally = tallies.get(arm, UNTRIED)
    return (tally.kept + PRIOR * _average(tallies)) / (tally.decided + PRIOR)


def favourites(tallies: Mapping[str, Tally]) -> list[tuple[str, Tally]]:
    """Arms decided about at least `TELLING` times and kept more often than the person's average,
    the best first."""
    kept, decided = _sums(tallies)
    liked = [
        (arm, tally)
        for arm, tally in tallies.items()
        if tally.decided >= TELLING and tally.kept * decided > kept * tally.decided
    ]
    return sorted(liked, key=lambda one: (-keep_rate(one[0], tallies), one[0]))


def _average(tallies: Mapping[str, Tally]) -> float:
    """Laplace's rule of succession: with nothing decided it is a half."""
    kept, decided = _sums(tallies)
    return (kept + 1) / (decided + 2)


def _sums(tallies: Mapping[str, Tally]) -> tuple[int, int]:
    return sum(one.kept for one in tallies.values()), sum(one.decided for one in tallies.values())
