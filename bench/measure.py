"""What a measurement is, and how two things are timed fairly."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

BLOCKS = 7
"""Each side is timed this often, in turns, and the median counts: one hiccup decides nothing."""

Work = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Row:
    """How often a second something happens, and how often what it is compared with does."""

    what: str
    per_s: float
    against: str
    against_per_s: float

    @property
    def ratio(self) -> float:
        """Above 1: ours is the faster one. Machines differ; this differs least between them."""
        return self.per_s / self.against_per_s


async def in_turns(what: str, ours: Work, against: str, theirs: Work, *, times: int) -> Row:
    """Time blocks of `times` runs of either side, one after the other."""
    spent: dict[Work, list[float]] = {ours: [], theirs: []}
    for _ in range(BLOCKS):
        for work, seconds in spent.items():
            start = perf_counter()
            for _ in range(times):
                await work()
            seconds.append(perf_counter() - start)
    ours_s, theirs_s = (median(seconds) for seconds in spent.values())
    return Row(what, times / ours_s, against, times / theirs_s)
