"""Assembling a script from the person's own sentences, and checking every line of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain import grounding
from bot.domain.drafts import Line, LineKind, Role, Script
from bot.domain.grounding import Ruling
from bot.domain.measures import seconds_of
from bot.domain.words import is_blank
from bot.errors import EngineError, Trouble
from bot.journey.ports import DraftAsk, DraftSketch, Writer

# A script with fewer beats is not worth an evening: the day was thin.
FEWEST_BEATS = 3


@dataclass(frozen=True, slots=True)
class Assembled:
    """A script that holds, who wrote it, and why an earlier writer did not."""

    script: Script
    by: str
    prompt: str
    trouble: str | None


async def assemble(writers: Sequence[Writer], ask: DraftAsk) -> tuple[Assembled | None, str | None]:
    """One script from the first writer whose lines hold, or None when the material is too thin.

    The second value is the trouble the first writer had, also when nothing came of it.
    """
    trouble: str | None = None
    texts = {one.n: one.text for one in ask.material}
    borrowed = frozenset(one.n for one in ask.material if not one.own)
    for writer in writers:
        try:
            sketch = await writer.draft(ask)
        except EngineError as exc:
            trouble = trouble or exc.trouble
            continue
        if sketch is None:
            continue
        script = hold(sketch, texts, picked=ask.picked, borrowed=borrowed)
        if script:
            return Assembled(script, writer.name, sketch.prompt, trouble), trouble
        trouble = trouble or Trouble.UNGROUNDED
    return None, trouble


def hold(
    sketch: DraftSketch,
    texts: Mapping[int, str],
    *,
    picked: Sequence[str] = (),
    borrowed: frozenset[int] = frozenset(),
) -> Script | None:
    """What is left of a sketch once every line that cannot be traced is gone; None when that is
    too little. `borrowed` are fragments in other people's words: no line may pass them as own."""
    own = {n: text for n, text in texts.items() if n not in borrowed}

    def holds(line: Line) -> bool:
        if is_blank(line.text):
            return False
        return grounding.check([line], own, picked=picked).findings[0].verdict is Ruling.OWN

    beats = tuple({beat.text: beat for beat in sketch.beats if holds(beat)}.values())
    hooks = [hook for hook in sketch.hooks if holds(hook)]
    theirs = [beat for beat in beats if beat.kind is not LineKind.GLUE]
    if len(theirs) < FEWEST_BEATS or not hooks:
        return None
    hook = hooks[0]
    # A close that does not hold gives way to the opening line: coming back to it ends a script
    # without a word that is not the person's.
    close = sketch.close if sketch.close and holds(sketch.close) else callback(hook)
    lines = (hook, *beats, close)
    report = grounding.check(lines, own, picked=picked)
    if report.verdict is not Ruling.OWN:
        return None
    return Script(
        title=sketch.title if holds(_as_hook(sketch.title, lines)) else hook.text,
        hook=hook,
        beats=beats,
        close=close,
        seconds=seconds_of(lines),
        yours=report.yours,
        gaps=sketch.gaps,
    )


def callback(hook: Line) -> Line:
    """The opening line again, as the close."""
    return Line(Role.CLOSE, hook.text, hook.sources, hook.kind)


def _as_hook(title: str, lines: Sequence[Line]) -> Line:
    cited = tuple(sorted({n for line in lines for n in line.sources}))
    return Line(Role.HOOK, title, cited, LineKind.YOURS)
