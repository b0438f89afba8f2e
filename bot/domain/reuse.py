"""How much of a script was in an earlier one already, so that a take or an evening's draft that
repeats another can be told from a new one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.domain.alignment import align, runs_of
from bot.domain.drafts import LineKind, Script
from bot.domain.passage import passage, size

REPEATS = 0.5
"""A script of which more than half stands in an earlier one is that one again. In docs/science.md
recycled drafts have .68 and new ones .00; half lies between, and is also from where a text that is
sent back counts as the same draft. On our own pairs (`make bench-text`): the same lines in another
order, cut shorter, or with a new one among them .79 at least, what is new .24 at most."""

RUN = 6
"""Shorter runs agree by chance: characters, or 3 English words (docs/science.md, "Own words")."""


def share(script: Script, earlier: Script) -> float:
    """The share of the words of `script`, 0 to 1, that stand in lines of `earlier`, in whatever
    order. Glue does not count: it says nothing, and every script may have the same."""
    before = [passage(line.text) for line in earlier.lines if line.kind is not LineKind.GLUE]
    copied = whole = 0
    for line in script.lines:
        if line.kind is LineKind.GLUE:
            continue
        said = passage(line.text)
        runs = (said.tokens[run.start : run.end] for run in runs_of(align(said, before)))
        copied += sum(length for length in map(size, runs) if length >= RUN)
        whole += size(said.tokens)
    return copied / whole if whole else 0.0


def repeats(script: Script, earlier: Script) -> bool:
    """Whether `script` says what `earlier` said."""
    return share(script, earlier) > REPEATS


GRAM = 3
"""Tokens; every run of `RUN` characters has so many, for none counts more than two."""

_Gram = tuple[str, ...]


class Shelf:
    """Earlier scripts, so kept that those which a new one might repeat are found at once: years of
    evenings are hundreds of them, and laying every line beside all of them takes seconds."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self._scripts = scripts
        self._holders: defaultdict[_Gram, set[int]] = defaultdict(set)
        for place, script in enumerate(scripts):
            for tokens in _told(script):
                for gram in _grams(tokens):
                    self._holders[gram].add(place)

    def repeated(self, script: Script) -> Iterator[int]:
        """The places of those that `script` repeats, in order."""
        return (place for place in self.near(script) if repeats(script, self._scripts[place]))

    def near(self, script: Script) -> list[int]:
        """The places of those that share enough grams to be repeated. None is missing: a run that
        counts in `share` lies within a stretch of shared grams that counts here."""
        told = _told(script)
        holders = [[self._holders.get(gram, _NOBODY) for gram in _grams(one)] for one in told]
        places = set().union(*(places for line in holders for places in line))
        whole = sum(size(tokens) for tokens in told)
        return [
            place
            for place in sorted(places)
            if sum(map(_shared, told, holders, [place] * len(told))) > REPEATS * whole
        ]


_NOBODY: set[int] = set()


def _told(script: Script) -> list[_Gram]:
    """The tokens of each line that says something."""
    return [_tokens(one.text) for one in script.lines if one.kind is not LineKind.GLUE]


@lru_cache(maxsize=8_192)
def _tokens(text: str) -> _Gram:
    """Of the same lines every evening: a thousand drafts, with little more than their text."""
    return passage(text).tokens


def _grams(tokens: _Gram) -> list[_Gram]:
    return [tokens[at : at + GRAM] for at in range(len(tokens) - GRAM + 1)]


def _shared(tokens: _Gram, holders: Sequence[set[int]], place: int) -> int:
    """The size of the stretches of `tokens` that are made of grams which the script at `place`
    holds, as far as they are long enough to count."""
    shared, start, end = 0, 0, 0
    for at, held in enumerate(holders):
        if place not in held:
            continue
        if at > end:
            shared += _counted(tokens[start:end])
            start = at
        end = at + GRAM
    return shared + _counted(tokens[start:end])


def _counted(tokens: _Gram) -> int:
    return length if (length := size(tokens)) >= RUN else 0
