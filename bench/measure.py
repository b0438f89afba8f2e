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
    """One measure of ours, and the same of what it is compared with, from the same run."""

    what: str
    unit: str
    ours: float
    against: str
    theirs: float
    more_is_better: bool = True

    @property
    def ratio(self) -> float:
        """Ours as a multiple of theirs. Machines differ; this differs least between them."""
        return self.ours / self.theirs


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
    return Row(what, "a second", times / ours_s, against, times / theirs_s)
