"""How much of a script was in an earlier one already, so that a take or an evening's draft that
repeats another can be told from a new one."""

from collections.abc import Iterable, Iterator, Sequence, Set

from bot.domain.alignment import align, runs_of
from bot.domain.drafts import LineKind, Script
from bot.domain.passage import Passage, passage, size

REPEATS = 0.5
"""A script of which more than half stands in an earlier one is that one again. In docs/science.md
recycled drafts have .68 and new ones .00; half lies between, and is also from where a text that is
sent back counts as the same draft. On our own pairs (`make bench-text`): the same lines in another
order, cut shorter, or with a new one among them .79 at least, what is new .24 at most."""

RUN = 6
"""Shorter runs agree by chance: characters, or 3 English words (docs/science.md, "Own words")."""

LEAST = RUN // 2
"""So many tokens a run that counts has at least: none is larger than 2 (`passage.size`)."""


def share(script: Script, earlier: Script) -> float:
    """The share of the words of `script`, 0 to 1, that stand in lines of `earlier`, in whatever
    order. Glue does not count: it says nothing, and every script may have the same."""
    before, copied, whole = _said(earlier), 0, 0
    for said in _said(script):
        runs = (said.tokens[run.start : run.end] for run in runs_of(align(said, before)))
        copied += sum(length for length in map(size, runs) if length >= RUN)
        whole += size(said.tokens)
    return copied / whole if whole else 0.0


def repeats(script: Script, earlier: Script) -> bool:
    """Whether `script` says what `earlier` said."""
    return share(script, earlier) > REPEATS


def repeated(script: Script, earlier: Sequence[Script]) -> Script | None:
    """The first of `earlier` that `script` says once more, None when it is new.

    Only those are laid beside it that share enough rows of `LEAST` tokens with it to be it again:
    each token of a run that counts stands in such a row. Of thousands hardly any do.
    """
    lines = _said(script)
    groups = _groups(lines)
    whole = sum(size(said.tokens) for said in lines)
    for one in earlier:
        shared = groups & _groups(_said(one))
        if sum(_within(said, shared) for said in lines) > REPEATS * whole and repeats(script, one):
            return one
    return None


def _said(script: Script) -> list[Passage]:
    return [passage(line.text) for line in script.lines if line.kind is not LineKind.GLUE]


def _groups(lines: Iterable[Passage]) -> set[tuple[str, ...]]:
    """Each row of so many tokens that stands in one of the lines."""
    return {group for said in lines for group in _rows(said)}


def _rows(said: Passage) -> Iterator[tuple[str, ...]]:
    return zip(*(said.tokens[at:] for at in range(LEAST)), strict=False)


def _within(said: Passage, shared: Set[tuple[str, ...]]) -> int:
    """The size of those tokens of a line that stand in such a row."""
    if not shared:
        return 0
    starts = [at for at, row in enumerate(_rows(said)) if row in shared]
    return size([said.tokens[at] for at in sorted({at + n for at in starts for n in range(LEAST)})])
