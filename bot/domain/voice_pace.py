"""How fast somebody speaks, from their own recordings."""

from collections.abc import Sequence
from statistics import median

from bot.domain.words import EN_WORDS_PER_MIN, ZH_CHARS_PER_MIN, speaking_seconds

FEWEST_NOTES, FEWEST_S = 5, 5.0
"""So many notes of so many seconds before anything is said. Ours: the median of five survives two
that are odd."""

SLOWEST, FASTEST = 1.6, 0.6
"""Beyond these it is no talking any more: about 160 and 430 characters a minute. Ours."""

_SILENT = 2.5  # so many times as long as its words take: mostly silence. Ours.
_TOO_FAST = 0.35  # nobody speaks so; the words are not those of the recording. Ours.


def pace(notes: Sequence[tuple[str, float]]) -> float | None:
    """How many times as long the person takes as the default rate; None before there are enough
    notes. Each is what was said, and its seconds."""
    times = [
        seconds / default
        for words, seconds in notes
        if seconds >= FEWEST_S and (default := speaking_seconds(words))
    ]
    sane = [one for one in times if _TOO_FAST <= one <= _SILENT]
    if len(sane) < FEWEST_NOTES:
        return None
    return round(min(SLOWEST, max(FASTEST, median(sane))), 2)


def a_minute(pace: float, *, chinese: bool) -> int:
    """The same as characters, or words, a minute; on a grid of ten, or five."""
    of, step = (ZH_CHARS_PER_MIN, 10) if chinese else (EN_WORDS_PER_MIN, 5)
    return round(of / pace / step) * step
