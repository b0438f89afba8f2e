"""Carrying out a wish for a draft: in code where it can be, by a model where it must be.

Either way every line is checked against what the fragments say today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain import taps, untold, wishes
from bot.domain.changes import Back, Impossible, Why
from bot.domain.drafts import BY_CODE, Line, Role, Script
from bot.domain.grounding import Ruling
from bot.domain.measures import seconds_of
from bot.domain.script import fold
from bot.domain.surroundings import tidied
from bot.domain.words import sentence_spans, speaking_seconds
from bot.errors import Trouble
from bot.journey.assembling import assemble
from bot.journey.digging import OFFLINE
from bot.journey.holding import Ground, callback, holding
from bot.journey.ports import DraftAsk, Writer
from bot.store.drafts import Written

ANSWER_S = 30.0
"""Ours: what one beat takes at most of an answer to a gap, in seconds."""


async def carry_out(writers: Sequence[Writer], ask: DraftAsk) -> Written:
    """What came of `ask.wish` for `ask.base`; without a script when it was declined, or could not
    be done. What code does has no writer."""
    if ask.base is None:
        return Written()
    if taps.read(ask.wish) is None and wishes.invents(ask.wish):
        return Written(trouble=Trouble.DECLINED)
    models = [one for one in writers if one.name != OFFLINE]
    made = in_code(ask)
    if isinstance(made, Script):
        held = still(made, ask)
        return Written(held, prompt=BY_CODE) if held else Written(trouble=Trouble.GONE)
    if made and not (models and made.why is Why.NO_WORDS):
        return Written(trouble=made.why)
    if not models:
        return Written(trouble=Trouble.DECLINED if untold.asks_for(ask.wish) else None)
    # Who wishes for less may have less than their form wants.
    found, trouble = await assemble(models, replace(ask, form=replace(ask.form, fewest=1)))
    if found is None:
        return Written(trouble=trouble)
    return Written(found.script, by=found.by, prompt=found.prompt, trouble=found.trouble)


def in_code(ask: DraftAsk) -> Script | Impossible | None:
    """The script that code makes of it, or what is not possible; None where it takes a model. It is
    not checked yet."""
    if ask.base is None or ask.line is not None:
        return None
    own = Ground.of(ask).own
    if answer := taps.read_answer(ask.wish):
        return _answered(ask.base, *answer, own)
    changes = taps.read(ask.wish) or wishes.read(ask.wish)
    if changes is None:
        return None
    if all(isinstance(one, Back) for one in changes):
        return ask.base
    return wishes.apply(ask.base, changes, own, picked=ask.picked, pace=ask.pace)


def _answered(script: Script, n: int, gap: str, own: Mapping[int, str]) -> Script | Impossible:
    """The answer as a beat, word for word, after the one nearest to it; its gap is closed."""
    text = _beginning(own.get(n, "").strip())
    if not text:
        return Impossible(Why.NO_FRAGMENT, n)
    line = Line(Role.EVIDENCE, text, (n,), quote=text)
    beats = list(script.beats)
    beats.insert(_nearest(beats, text) + 1, line)
    gaps = tuple(one for one in script.gaps if one != gap)
    return replace(script, beats=tuple(beats), gaps=gaps)


def _beginning(text: str) -> str:
    """As many whole sentences of an answer as one beat holds; the rest can be put in later."""
    end = 0
    for start, stop in sentence_spans(text):
        if end and speaking_seconds(text[:stop]) > ANSWER_S:
            break
        end = stop if start or stop else end
    return text[:end].strip()


def _nearest(beats: Sequence[Line], text: str) -> int:
    """The beat that shares most with a text; where none does, the one before the last, which is the
    point."""
    said = _pairs(text)
    shared = [len(said & _pairs(one.text)) for one in beats]
    return shared.index(max(shared)) if any(shared) else len(beats) - 2


def _pairs(text: str) -> set[str]:
    plain = "".join(char for char in fold(text) if char.isalnum())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def still(script: Script, ask: DraftAsk) -> Script | None:
    """What of a script holds today; None when nothing does."""
    return standing(script, Ground.of(ask), ask.pace)


def standing(script: Script, ground: Ground, pace: float) -> Script | None:
    """What of a script stands on this ground; None when nothing does."""

    def holds(line: Line) -> bool:
        return ground.judged(line)[0] is not Ruling.REFUSED

    beats = tuple(holding(script.beats, ground, marked=True))
    hooks = [line for line in (script.hook, *script.other_hooks) if holds(line)]
    if not beats:
        return None
    hook = hooks[0] if hooks else replace(beats[0], role=Role.HOOK, shot="", shot_prompt="")
    close = script.close if holds(script.close) else callback(hook)
    lines = (hook, *beats, close)
    left = replace(
        script,
        title=script.title if ground.judged(_title(script, lines))[0] is Ruling.OWN else hook.text,
        hook=hook,
        beats=beats,
        close=close,
        other_hooks=tuple(hooks[1:]),
        caption=script.caption if script.caption and holds(script.caption) else None,
        seconds=seconds_of(lines, pace),
        yours=ground.check(lines).yours,
    )
    return tidied(left, ground.own.values(), ground.banned)


def _title(script: Script, lines: Sequence[Line]) -> Line:
    cited = {n for line in (*script.lines, *lines) for n in line.sources}
    return Line(Role.HOOK, script.title, tuple(sorted(cited)))
