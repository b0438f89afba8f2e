"""How far a text strays from how its person speaks or writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from statistics import median

from bot.domain.voice import STRAYING, Profile
from bot.domain.voice_counts import count

_RATES = ("particles", "connectives", "i", "you", "latin")
# Counts of rare things scatter by the root of what is to be expected (Poisson); three times that
# is by chance in one text of 370.
_FAR = 3.0
_FEWEST = 3  # sentences; of fewer the middle says nothing


@dataclass(frozen=True, slots=True)
class Stray:
    """A measure in which a text differs: `usual` is what the person would have, `low` to `high`,
    `found` what the text has. Lengths in characters of Chinese or words, the others as how often
    in this text."""

    measure: str
    low: int
    high: int
    found: int


def stray(profile: Profile, text: str) -> tuple[Stray, ...]:
    """In which measures this text differs, the most telling first; none before there are `STRAYING`
    texts to compare it with."""
    return tuple(_strays(profile, text)) if profile.texts >= STRAYING else ()


def _strays(profile: Profile, text: str) -> Iterator[Stray]:
    found = count([text], profile.tongue)
    lengths = [one for one in found.sentences if one]
    if len(lengths) >= _FEWEST:
        middle, usual = median(lengths), profile.sentences
        if not usual.tenth <= middle <= usual.nine_tenths:
            yield Stray(
                "sentences", round(usual.quarter), round(usual.three_quarters), round(middle)
            )
    for what in _RATES:
        expected = profile.rates.get(what, 0.0) * found.units / 100
        seen, slack = found.amounts[what], _FAR * sqrt(expected + 1)
        if abs(seen - expected) > slack:
            low, high = max(0, expected - sqrt(expected)), expected + sqrt(expected)
            yield Stray(what, round(low), max(round(high), round(low)), seen)
