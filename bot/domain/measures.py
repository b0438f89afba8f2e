"""What is said of a script as a whole: how long it takes, and how much of it is the person's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain import grounding
from bot.domain.drafts import Line, Script
from bot.domain.words import speaking_seconds


def seconds_of(lines: Iterable[Line], pace: float = 1.0) -> int:
    """How long the lines take to say. `pace`: how much longer the person takes than at the default
    rate."""
    return round(pace * sum(speaking_seconds(line.text) for line in lines))


def measured(
    script: Script, fragments: Mapping[int, str], *, picked: Sequence[str] = (), pace: float = 1.0
) -> Script:
    """The script with its seconds and its share of own words as they are now. `fragments` holds
    the person's own words only."""
    report = grounding.check(script.lines, fragments, picked=picked)
    return replace(script, seconds=seconds_of(script.lines, pace), yours=report.yours)
