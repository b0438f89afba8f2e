"""What sifting near-duplicates costs, beside comparing every pair with the standard library."""

from collections.abc import AsyncIterator
from difflib import SequenceMatcher
from itertools import count
from random import Random

from bench.measure import Row, in_turns
from bot.domain.sieve import sift
from bot.journey.ports import IdeaSketch

LETTERS, LENGTH = "abcdefghijklmnopqrstuvwxyz ", 40
CLOSE = 0.6  # the rule of thumb in difflib's documentation
DUG, SHOWN = 20, 100  # one round, and what a person may have seen of one seed before it


async def rows() -> AsyncIterator[Row]:
    """A round of new ideas against all that was shown before, on either side."""
    shown = _titles(SHOWN, seed=0)
    seeds = count(1)

    async def ours() -> None:
        dug = _titles(DUG, seed=next(seeds))
        sift([IdeaSketch(title, "", "", "") for title in dug], shown)

    async def theirs() -> None:
        known = list(shown)
        for title in _titles(DUG, seed=next(seeds)):
            if not any(_alike(title, other) for other in known):
                known.append(title)

    yield await in_turns("sift a round of 20", ours, "difflib on every pair", theirs, times=10)


def _titles(how_many: int, *, seed: int) -> list[str]:
    """Other titles for every seed, so that no run is answered from another's cache, and none alike,
    so that neither side is done early."""
    random = Random(seed)
    return ["".join(random.choices(LETTERS, k=LENGTH)) for _ in range(how_many)]


def _alike(a: str, b: str) -> bool:
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= CLOSE
