"""What is left of a sketch once code has looked at every line of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain import grounding
from bot.domain.bans import breaks
from bot.domain.drafts import Line, LineKind, Role, Script
from bot.domain.forms import Form
from bot.domain.grounding import Ruling
from bot.domain.measures import seconds_of
from bot.domain.script import fold, folded
from bot.domain.surroundings import tidied
from bot.domain.words import clauses, is_blank, sentences
from bot.journey.ports import DraftAsk, DraftSketch, Fault, Material

LONGEST = 1.5
"""Ours: how many times the length of its form a script may have; what is beyond that is cut."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What lines may stand on: the person's own words and other people's by number, who said
    these, the ideas picked; and words that may stand in no line."""

    own: Mapping[int, str]
    theirs: Mapping[int, str]
    said_by: Mapping[int, str]
    picked: Sequence[str] = ()
    banned: Sequence[str] = ()

    @classmethod
    def of(cls, ask: DraftAsk) -> "Ground":
        """The ground of what a writer was given. A number may be there twice: with a caption of the
        person's, and with what its picture says."""
        return cls.on(ask.material, picked=ask.picked, banned=ask.banned)

    @classmethod
    def on(
        cls, material: Sequence[Material], *, picked: Sequence[str] = (), banned: Sequence[str] = ()
    ) -> "Ground":
        """The ground of this material."""
        own: dict[int, str] = {}
        theirs: dict[int, str] = {}
        for one in material:
            texts = own if one.own else theirs
            texts[one.n] = f"{texts[one.n]}\n{one.text}" if one.n in texts else one.text
        said_by = {one.n: one.source for one in material if not one.own}
        return cls(own, theirs, said_by, picked, banned)

    def check(self, lines: Sequence[Line]) -> grounding.Report:
        """Every line beside what it cites."""
        return grounding.check(lines, self.own, picked=self.picked, theirs=self.theirs)

    def judged(self, line: Line) -> tuple[Ruling, tuple[str, ...]]:
        """Whether a line may be shown, and what is wrong with it."""
        if is_blank(line.text):
            return Ruling.REFUSED, ("it is empty",)
        if said := breaks(line.text, self.banned):
            return Ruling.REFUSED, tuple(f"the person never says “{word}”" for word in said)
        finding = self.check([line]).findings[0]
        return finding.verdict, finding.reasons

    def as_said(self, line: Line) -> Line:
        """The line in the script in which it was said, clause by clause, for a copy in the other
        Chinese script is not what the person wrote; a quotation with who said it."""
        texts = [texts[n] for n in line.sources for texts in (self.own, self.theirs) if n in texts]
        if line.kind is LineKind.QUOTED:
            line = replace(line, said_by=next((self.said_by.get(n, "") for n in line.sources), ""))
        if any(line.text in text for text in texts):
            return line
        for clause in (line.text, *_clauses(line.text)):
            said = next((said for text in texts if (said := _standing(clause, text))), clause)
            line = replace(line, text=line.text.replace(clause, said, 1))
        return line

    def quoted(self, line: Line) -> Line | None:
        """The line's own quote in its place, if the person said that in a fragment it cites."""
        for n in line.sources if not is_blank(line.quote) else ():
            if said := _standing(line.quote, self.own.get(n, "")):
                return replace(line, text=said, sources=(n,), kind=LineKind.YOURS)
        return None


def faults(sketch: DraftSketch, ground: Ground) -> list[Fault]:
    """The lines of a sketch that may not be shown as they are."""
    judged = [(place, line, *ground.judged(line)) for place, line in enumerate(sketch.lines)]
    return [
        Fault(place, line, reasons)
        for place, line, ruling, reasons in judged
        if ruling is not Ruling.OWN
    ]


def mended(sketch: DraftSketch, lines: Mapping[int, Line]) -> DraftSketch:
    """The sketch with these lines in their places."""
    new = iter([lines.get(place, line) for place, line in enumerate(sketch.lines)])
    return replace(
        sketch,
        hooks=tuple(next(new) for _ in sketch.hooks),
        beats=tuple(next(new) for _ in sketch.beats),
        close=next(new) if sketch.close else None,
        caption=next(new) if sketch.caption else None,
    )


def hold(sketch: DraftSketch, ask: DraftAsk) -> Script | None:
    """The script that is left; None when that is too little.

    A line that falls is first replaced by the words it was cut from. One with a little too much
    that is new stays only where there would be no script without it, and then has a mark.
    """
    ground = Ground.of(ask)
    words = {fault.place: ground.quoted(fault.line) for fault in faults(sketch, ground)}
    sketch = mended(sketch, {place: line for place, line in words.items() if line})
    sketch = mended(sketch, {at: ground.as_said(line) for at, line in enumerate(sketch.lines)})
    return _held(sketch, ask, ground, marked=False) or _held(sketch, ask, ground, marked=True)


def _held(sketch: DraftSketch, ask: DraftAsk, ground: Ground, *, marked: bool) -> Script | None:
    hooks = list(_of_each_kind(holding(sketch.hooks, ground)))
    beats = list(holding(sketch.beats, ground, marked=marked))
    beats = list({fold(line.text): line for line in reversed(beats)}.values())[::-1]
    if sum(beat.kind is not LineKind.GLUE for beat in beats) < ask.form.fewest or not hooks:
        return None
    traced = len(hooks) + len(beats)
    beats = shortened(beats, ask.form, ask.pace)
    # A close that does not hold gives way to the opening line: coming back to it ends a script
    # without a word that is not the person's.
    close = next(holding([sketch.close], ground), None)
    caption = next(holding([sketch.caption], ground), None)
    lines = (hooks[0], *beats, close or callback(hooks[0]))
    report = ground.check(lines)
    if report.verdict is Ruling.REFUSED or (report.verdict is Ruling.AMBER and not marked):
        return None
    script = Script(
        title=_title(sketch.title, lines, ground),
        hook=hooks[0],
        beats=tuple(beats),
        close=lines[-1],
        seconds=seconds_of(lines, ask.pace),
        yours=report.yours,
        gaps=sketch.gaps,
        other_hooks=tuple(hooks[1:]),
        form=ask.form.id,
        caption=caption,
        tags=sketch.tags,
        cut=len(sketch.lines) - traced - bool(close) - bool(caption),
    )
    return tidied(script, ground.own.values(), ground.banned)


def shortened(beats: Sequence[Line], form: Form, pace: float) -> list[Line]:
    """As many beats as the form takes. Those before the last give way, which is the point."""
    kept = list(beats)
    while len(kept) > form.fewest and (
        len(kept) > form.most or seconds_of(kept, pace) > LONGEST * form.seconds * pace
    ):
        del kept[-2]
    return kept


def callback(hook: Line) -> Line:
    """The opening line again, as the close."""
    return Line(Role.CLOSE, hook.text, hook.sources, hook.kind, hook.quote, said_by=hook.said_by)


def holding(
    lines: Sequence[Line | None], ground: Ground, *, marked: bool = False
) -> Iterator[Line]:
    """Those that hold, and those that may be shown with a mark."""
    for line in lines:
        ruling = ground.judged(line)[0] if line else Ruling.REFUSED
        if line and ruling is not Ruling.REFUSED and (marked or ruling is Ruling.OWN):
            yield replace(line, marked=ruling is Ruling.AMBER)


def _of_each_kind(hooks: Iterator[Line]) -> Iterator[Line]:
    """Three hooks at most, no two of a kind: more of one is no choice."""
    seen: set[object] = set()
    for hook in hooks:
        kind = hook.opening or fold(hook.text)
        if kind not in seen and len(seen) < 3:
            seen.add(kind)
            yield hook


def _title(title: str, lines: Sequence[Line], ground: Ground) -> str:
    """What the writer called it, if these are words of its own lines."""
    cited = tuple(sorted({n for line in lines for n in line.sources}))
    ruling, _ = ground.judged(Line(Role.HOOK, title, cited))
    return title if ruling is Ruling.OWN else lines[0].text


def _clauses(text: str) -> list[str]:
    return [clause.strip() for part in sentences(text) for clause in clauses(part)]


def _standing(words: str, text: str) -> str:
    """These words as they stand in a text, "" when they do not."""
    form, sought = folded(text), fold(words).strip()
    at = form.text.find(sought) if sought else -1
    return form.quote(at, at + len(sought)) if at >= 0 else ""
