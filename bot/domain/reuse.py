"""How much of a script was in an earlier one already, so that a take or an evening's draft that
repeats another can be told from a new one."""

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
