"""Reuse: how much of a script was in an earlier one, on fixtures written for it by hand."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from random import Random
from time import process_time

from bench.text.own_words import BUILT_ON, LATER, read
from bot.domain.drafts import Line, Role, Script
from bot.domain.passage import passage
from bot.domain.reuse import REPEATS, repeated, share

HOME_MADE = Path(__file__).parent / "home_made" / "reuse.jsonl"

EARLIER, LINES = 300, 7
"""A script an evening for most of a year, each of so many lines."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An earlier script and a later one. `repeats`: whether the later is the earlier once more."""

    kind: str
    repeats: bool
    earlier: Script
    script: Script

    @property
    def share(self) -> float:
        """What the product makes of it."""
        return share(self.script, self.earlier)


def home_made() -> list[Pair]:
    """The project's own pairs, those of one kind together."""
    entries = map(json.loads, HOME_MADE.read_text(encoding="utf-8").splitlines())
    pairs = [
        Pair(one["kind"], one["repeats"], script(one["earlier"]), script(one["script"]))
        for one in entries
    ]
    return sorted(pairs, key=lambda pair: (not pair.repeats, pair.kind))


def script(texts: list[str]) -> Script:
    """A script of these lines: hook, beats, close."""
    hook, *beats, close = (Line(Role.SETUP, text, (1,)) for text in texts)
    return Script("", hook, tuple(beats), close, 0, 1.0)


def table() -> Iterator[str]:
    """The shares of each kind, and how many are judged rightly at the bound."""
    yield f"reuse of an earlier script, home-made: again from {REPEATS:.2f} on"
    for (repeats, kind), group in groupby(home_made(), key=lambda one: (one.repeats, one.kind)):
        pairs = list(group)
        shares = [pair.share for pair in pairs]
        right = sum((found > REPEATS) is repeats for found in shares)
        yield (
            f"  {'again' if repeats else 'new':<10}{kind:<40}{right} of {len(pairs)}"
            f"{min(shares):>10.2f} to {max(shares):.2f}"
        )


def speed() -> Iterator[str]:
    """How long it takes to find that a new script repeats none of the earlier ones, made of our
    fixtures' fragments; nothing is remembered from before."""
    said = (
        text for file in (BUILT_ON, LATER) for one in read(file) for text in one.fragments.values()
    )
    texts, random = list(dict.fromkeys(said)), Random(0)
    new, *earlier = (script(random.sample(texts, LINES)) for _ in range(EARLIER + 1))
    yield f"a new script beside {EARLIER} earlier ones, seconds of one core"
    for name, look in (
        ("as the product looks for it", lambda: repeated(new, earlier)),
        ("each laid beside it", lambda: [one for one in earlier if share(new, one) > REPEATS]),
    ):
        passage.cache_clear()
        begun = process_time()
        look()
        yield f"  {name:<43}{process_time() - begun:>9.4f}"
