"""The offline draft: the person's own sentences, word for word, in an order that can be told.

Find the thread of the material, choose passages that carry it without repeating each other (maximal
marginal relevance), open with the strongest short stretch of one, and tell the rest as it was said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.drafts import Line, Role
from bot.domain.leaning import manner_of
from bot.domain.script import fold, simplified
from bot.domain.tags import tags
from bot.domain.words import clauses, content_words, excerpt, sentences
from bot.engines.hooks import Hook, concludes, hooks_for, of_other_kinds, on_screen, remains
from bot.engines.leaning import Lean
from bot.engines.passages import Passage, holds_any, is_verbatim, passages_in, trimmed
from bot.engines.takes import is_another, origins
from bot.engines.threads import Thread, Wanted, find_thread
from bot.journey.ports import DraftAsk, DraftSketch

TITLE_CHARS = 60

TELLING = 3
"""Ours: words that carry meaning, from which on a clause tells a script from others."""

MOST_TAGS = 5

BREATH_S = 9.0
"""What was said in one fragment stays one beat up to this, so that no punch line goes missing:
about 40 characters or 25 words. A day of few fragments is cut into sentences instead."""

REPEATED = 0.6
"""A passage this much like a chosen one says it again."""

VARIETY = 0.35
"""How much likeness to what is already chosen counts against a passage."""

STALE = 0.5
"""How much having been told in an earlier take counts against it."""

_TURNS = re.compile(
    r"但|可是|结果|后来|不过|没想到|原来|反而|直到|却|点知|谁知|"
    r"\b(?:but|until|instead|turns out|suddenly|except|then one|and yet)\b",
    re.IGNORECASE,
)


def assemble(ask: DraftAsk) -> DraftSketch | None:
    """One script of the asked form from the thread of the material; None when nothing belongs
    together, or when an earlier take (`ask.takes`) already told all there is to tell."""
    return next((one for one in _attempts(ask) if is_another(one, ask.takes)), None)


def _attempts(ask: DraftAsk) -> Iterator[DraftSketch]:
    """The script; when there are earlier takes also one from what they left out, and the same
    told from its end."""
    told = tuple(line.quote or line.text for take in ask.takes for line in take.lines)
    for used, backwards in [(False, False), *([(True, False), (False, True)] if told else [])]:
        asked = replace(ask, used=(*ask.used, *told)) if used else ask
        plan = _Plan.of(asked, stale=frozenset(map(fold, told)))
        sketch = plan.sketch(backwards=backwards) if plan else None
        if sketch:
            yield sketch


@dataclass(frozen=True, slots=True)
class _Plan:
    """A thread, and what may be done with it."""

    ask: DraftAsk
    thread: Thread
    stale: frozenset[str]  # what earlier takes told, folded

    @classmethod
    def of(cls, ask: DraftAsk, *, stale: frozenset[str]) -> "_Plan | None":
        """A script needs a passage more than beats, for the hook. The first script of a digest
        takes in what is near when the thread is short; a later one needs a thread of its own."""
        fewest = ask.form.fewest + 1
        wanted = Wanted(
            ask.about,
            ask.picked,
            ask.form.fewest,
            fewest,
            ask.form.most + 2,
            bool(ask.used),
            said=sum(one.own and not one.older for one in ask.material),
        )
        found = passages_in(ask, BREATH_S)
        new = sum(not one.older for one in found)
        thread = find_thread(found, wanted) if new > fewest else None
        if thread is None:  # perhaps of few fragments that say much
            thread = find_thread(passages_in(ask, 0.0), wanted)
        return cls(ask, thread, stale) if thread else None

    def sketch(self, *, backwards: bool) -> DraftSketch | None:
        """The script, if enough is left of the thread once it has opened."""
        chosen = self._in_order(self._chosen(), backwards=backwards)
        hooks = hooks_for(self.thread, chosen, self.ask.pace)
        fresh = [hook for hook in hooks if fold(hook.passage.quote) not in self._hooks_told()]
        for main in fresh:
            rest = _opened(main, chosen)
            if len(rest) >= self.ask.form.fewest:
                spare = [hook for hook in hooks if hook.passage.place != rest[-1].place]
                return self._written(main, rest, of_other_kinds(main, spare))
        return None

    def _hooks_told(self) -> set[str]:
        return set(origins(take.hook for take in self.ask.takes))

    def _chosen(self) -> list[Passage]:
        """Passages within the time there is: near the thread's centre, unlike each other, each
        with what it leans on."""
        form, chosen = self.ask.form, list[Passage]()
        left = list(self.thread.passages)
        while left:
            best = max(left, key=lambda passage: self._merit(passage, chosen))
            left.remove(best)
            bundle = [one for one in self.thread.leans_on(best) if one not in chosen]
            seconds = sum(one.seconds for one in [*chosen, *bundle]) * self.ask.pace
            again = self._repeats(best, chosen) >= REPEATED
            needed = best.gold or len(chosen) <= form.fewest
            fits = needed or not (seconds > form.seconds or again)
            if fits and len(chosen) + len(bundle) <= form.most + 1:
                chosen += bundle
                left = [passage for passage in left if passage not in bundle]
        return chosen

    def _merit(self, passage: Passage, chosen: Sequence[Passage]) -> tuple[bool, float]:
        """What was kept comes first, then what is near and new; an ending is worth something."""
        merit = self.thread.relevance(passage) - VARIETY * self._repeats(passage, chosen)
        merit += 0.15 * any(passage.follows(other) for other in chosen)
        merit += 0.2 * (passage is self.thread.passages[-1]) * (concludes(passage.text) + 0.5)
        return passage.gold, merit - STALE * (fold(passage.quote) in self.stale)

    def _repeats(self, passage: Passage, chosen: Sequence[Passage]) -> float:
        return max((self.thread.likeness(passage, other) for other in chosen), default=0.0)

    def _in_order(self, chosen: Sequence[Passage], *, backwards: bool) -> list[Passage]:
        """As it was said, each line that needs it right after the one it goes on from; or from the
        end, what hangs together still in its order."""
        runs: list[list[Passage]] = []
        for passage in sorted(chosen, key=lambda one: one.place):
            lean = self.thread.leans.get(passage.place)
            held = lean if lean and (lean.tight or backwards) else None
            run = next((run for run in runs if _belongs(passage, run, held)), None)
            if run is None:
                runs.append([passage])
            else:
                run.append(passage)
        runs = runs[::-1] if backwards else runs
        return [passage for run in runs for passage in run]

    def _written(self, main: Hook, rest: Sequence[Passage], hooks: Sequence[Line]) -> DraftSketch:
        form = self.ask.form
        close = rest[-1] if len(rest) > form.fewest else None
        beats = [passage for passage in rest if passage is not close][: form.most]
        title = self._title(beats, main)
        spoken = [main.passage, *rest]
        return DraftSketch(
            title=title,
            hooks=tuple(hooks),
            beats=tuple(_line(_role(i, beats), one) for i, one in enumerate(beats)),
            close=_line(Role.CLOSE, close) if close else replace(hooks[0], role=Role.CLOSE),
            caption=self._caption(spoken, title) if form.caption else None,
            tags=self._tags(spoken) if form.caption else (),
        )

    def _title(self, beats: Sequence[Passage], main: Hook) -> str:
        """A clause that stands by itself and says something, of the passage nearest the centre that
        has one, but not the hook."""
        pieces = [
            (trimmed(part).rstrip("。."), passage)
            for passage in beats
            for one in sentences(passage.text)
            for part in clauses(one)
        ]

        def worth(option: tuple[str, Passage]) -> tuple[bool, bool, bool, float, int, int]:
            piece, passage = option
            told = fold(piece) in fold(main.text)
            words = min(len(content_words(piece)), 4)
            near = self.thread.relevance(passage)
            return manner_of(piece) is None, not told, words >= TELLING, near, words, -len(piece)

        return excerpt(max(pieces, key=worth)[0], TITLE_CHARS)

    def _caption(self, spoken: Sequence[Passage], title: str) -> Line | None:
        """What is left of the thread and stands by itself, else the title again."""
        places = {passage.place for passage in spoken}
        left = [one for one in self.thread.passages if one.place not in places]
        free = [one for one in left if not (one.answer or one.place in self.thread.leans)]
        if free:
            return _line(Role.CLOSE, max(free, key=self.thread.relevance))
        for one in spoken:
            if title in one.quote and is_verbatim(title, one.quote):
                return Line(Role.CLOSE, title, (one.n,), quote=one.quote)
        return None

    def _tags(self, spoken: Sequence[Passage]) -> tuple[str, ...]:
        """Tags the person wrote into the fragments of this thread; those told come first."""
        first = {passage.n for passage in spoken}
        cited = first | {passage.n for passage in self.thread.passages}
        texts = sorted(
            (one for one in self.ask.material if one.n in cited), key=lambda one: one.n not in first
        )
        found = {fold(tag): tag for one in texts for tag in tags(one.text)}
        allowed = [tag for tag in found.values() if not holds_any(tag, self.ask.banned)]
        return tuple(allowed[:MOST_TAGS])


def _belongs(passage: Passage, run: Sequence[Passage], lean: Lean | None) -> bool:
    """Whether it has to be told in the same run: it goes on from it, or speaks of its somebody."""
    return (lean is not None and lean.on in run) or passage.follows(run[-1])


def _opened(main: Hook, chosen: Sequence[Passage]) -> list[Passage]:
    """What is left to tell after the hook: first the rest of its passage, unless that comes first
    anyway."""
    left = [passage for passage in chosen if passage is not main.passage]
    rest = remains(main.passage, main.text)
    return [replace(main.passage, text=rest), *left] if rest else left


def _role(i: int, beats: Sequence[Passage]) -> Role:
    if i == 0:
        return Role.SETUP
    if i == len(beats) - 1:
        return Role.PAYOFF
    return Role.TURN if _TURNS.search(simplified(beats[i].text)) else Role.EVIDENCE


def _line(role: Role, passage: Passage) -> Line:
    shown = on_screen(passage.text)
    return Line(role, passage.text, (passage.n,), quote=passage.quote, on_screen=shown)
