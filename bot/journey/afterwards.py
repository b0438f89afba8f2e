"""What a digest says, by its fragments as they are now: words may be edited, erased, set aside or
disowned between the evening it was composed and any moment it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain import excerpts
from bot.domain.digests import DigestBody, Note
from bot.domain.drafts import Line, Script
from bot.domain.grounding import Ruling
from bot.domain.measures import seconds_of
from bot.domain.records import Fragment
from bot.domain.revising import FEWEST_BEATS
from bot.journey import connecting, gathering, revising
from bot.journey.holding import Ground


@dataclass(frozen=True, slots=True)
class Left:
    """What holds of a script; None when too little does. `changed`: the fragments that no longer
    say what its lines do."""

    script: Script | None
    changed: tuple[int, ...] = ()


def cited(body: DigestBody) -> set[int]:
    """The fragments that a digest quotes."""
    notes = (*body.fragments, *body.gold, *body.unheard)
    return {one.n for one in notes} | ({body.older.n} if body.older else set())


def body(told: DigestBody, now: Mapping[int, Fragment]) -> DigestBody:
    """The body with what its fragments say today, without those that are gone or set aside. An
    older piece is told only while it is the person's own."""
    there = {n: one for n, one in now.items() if not one.aside}

    def notes(of: tuple[Note, ...]) -> tuple[Note, ...]:
        return tuple(excerpts.note(there[one.n]) for one in of if one.n in there)

    older = there.get(told.older.n) if told.older else None
    shown = connecting.told(older, told.older.touched) if told.older and older else None
    return replace(
        told,
        fragments=tuple(one for one in notes(told.fragments) if one.text),
        gold=notes(told.gold),
        unheard=notes(told.unheard),
        older=shown if older and older.own else None,
    )


def left(script: Script, now: Mapping[int, Fragment], picked: tuple[str, ...] = ()) -> Left:
    """What holds of a script whose every line was checked when it was written."""
    material = gathering.within([one for one in now.values() if not one.aside])
    ground = Ground.on(material, picked=picked)

    def fell(line: Line) -> bool:
        ruling = ground.judged(line)[0]
        return ruling is Ruling.REFUSED or (ruling is Ruling.AMBER and not line.marked)

    fallen = {n for line in script.lines if fell(line) for n in line.sources}
    changed = tuple(sorted(n for n in fallen if _is_other(now.get(n))))
    if not changed:
        return Left(script)
    pace = script.seconds / max(seconds_of(script.lines), 1)
    holds = revising.standing(script, ground, pace)
    enough = min(FEWEST_BEATS, len(script.beats))
    return Left(holds if holds and len(holds.beats) >= enough else None, changed)


def _is_other(fragment: Fragment | None) -> bool:
    """Whether something happened to it since it was said."""
    return fragment is None or fragment.aside or not fragment.own or bool(fragment.revisions)
