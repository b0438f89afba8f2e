"""What is different between two versions of a script, line by line; and how much of a text stands
in one."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.alignment import align, runs_of
from bot.domain.drafts import Line, Script
from bot.domain.passage import passage, size
from bot.domain.script import fold

COPIED = 6
"""A run counts as copied from six characters or three words on (docs/science.md, "Own words")."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A line that stands elsewhere now; beats are counted from 1."""

    line: Line
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What went, what came, and what moved; `opens` is the new opening line, if it is another."""

    went: tuple[Line, ...] = ()
    came: tuple[Line, ...] = ()
    moved: tuple[Moved, ...] = ()
    opens: Line | None = None

    @property
    def is_none(self) -> bool:
        """Whether both say the same in the same order."""
        return not (self.went or self.came or self.moved or self.opens)


def difference(before: Script, after: Script) -> Difference:
    """How the second differs from the first. A close that only comes back to the opening line
    changes along with it, and is not told twice."""
    opens = after.hook if fold(after.hook.text) != fold(before.hook.text) else None
    old, new = _told(before), _told(after)
    there, here = {fold(one.text) for one in old}, {fold(one.text) for one in new}
    return Difference(
        tuple(one for one in old if fold(one.text) not in here),
        tuple(one for one in new if fold(one.text) not in there),
        tuple(_moved(before.beats, after.beats)),
        opens,
    )


def standing(text: str, script: Script) -> float:
    """The share of a text, 0 to 1, that stands in a script, in either Chinese script."""
    lines = [*script.lines, *script.other_hooks]
    lines += [script.caption] if script.caption else []
    said = passage(text)
    whole = size(said.tokens)
    if not whole:
        return 0.0
    places = align(said, [passage("\n".join(line.text for line in lines))])
    runs = [size(said.tokens[run.start : run.end]) for run in runs_of(places)]
    return sum(run for run in runs if run >= COPIED) / whole


def _told(script: Script) -> list[Line]:
    """The beats, the close unless it comes back to the hook, and the caption."""
    back = fold(script.close.text) == fold(script.hook.text)
    close = [] if back else [script.close]
    caption = [script.caption] if script.caption else []
    return [*script.beats, *close, *caption]


def _moved(before: Sequence[Line], after: Sequence[Line]) -> list[Moved]:
    """The fewest beats that must have been moved: all but the longest run still in order."""
    places = {fold(one.text): at for at, one in enumerate(before)}
    now = [places.get(fold(one.text)) for one in after]
    stayed = [(was, at) for at, was in enumerate(now) if was is not None]
    in_order = _longest([was for was, _ in stayed])
    return [Moved(after[at], was + 1, at + 1) for was, at in stayed if was not in in_order]


def _longest(numbers: Sequence[int]) -> set[int]:
    """The longest rising run of numbers, gaps allowed."""
    best: list[list[int]] = []
    for at, number in enumerate(numbers):
        before = [best[k] for k in range(at) if numbers[k] < number]
        best.append([*max(before, key=len, default=[]), number])
    # Of two as long the later, which begins with the line that stands first now.
    found: list[int] = max(best[::-1], key=len) if best else []
    return set(found)
