"""Changing a script without a model: every line stays as it is, or goes, moves, comes in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.changes import (
    Back,
    Change,
    Drop,
    Impossible,
    Move,
    OtherHook,
    Place,
    PutIn,
    Reverse,
    Shorter,
    Swap,
    Why,
)
from bot.domain.drafts import Line, Role, Script
from bot.domain.leaning import manner_of
from bot.domain.measures import measured, seconds_of
from bot.domain.script import fold
from bot.domain.words import clauses, content_words, sentences, speaking_seconds

FEWEST_BEATS = 3
"""A script with fewer is none, unless it was made so."""

SHORTER = 0.75
"""A shorter script takes at most this much of its time, unless it was said how long it may be."""

LONGEST_S = 14.0
"""What is put in takes no longer: about 60 characters or 38 words."""


class _Cannot(Exception):
    """Carries what is not possible out of the work."""

    def __init__(self, found: Impossible) -> None:
        super().__init__(found.why)
        self.found = found


def apply(
    script: Script,
    changes: Sequence[Change],
    fragments: Mapping[int, str],
    *,
    picked: Sequence[str] = (),
    pace: float = 1.0,
) -> Script | Impossible:
    """The script with all changes, or what of them is not possible. Numbers of beats are those of
    `script`, whichever change comes first. `fragments` holds the person's own words only."""
    work = _Work(script, list(script.beats), fragments, pace)
    try:
        for change in sorted(changes, key=lambda one: isinstance(one, Shorter)):
            work.do(change)
    except _Cannot as exc:
        return exc.found
    if len(work.beats) < min(FEWEST_BEATS, len(script.beats)):
        return Impossible(Why.TOO_FEW, len(work.beats), len(script.beats))
    found = replace(work.script, beats=tuple(work.beats))
    changed = found.lines != script.lines or any(isinstance(one, Back) for one in changes)
    if not changed:
        return Impossible(Why.NOTHING)
    return measured(found, fragments, picked=picked, pace=pace)


@dataclass(slots=True)
class _Work:
    """A script on the way: `beats` change, `script.beats` stay so that numbers keep meaning."""

    script: Script
    beats: list[Line]
    fragments: Mapping[int, str]
    pace: float

    def do(self, change: Change) -> None:
        match change:
            case Shorter():
                self._shorten(change)
            case OtherHook():
                self._open(change)
            case Drop(places):
                for line in [self._beat(place) for place in places]:
                    self._take(line)
            case Move(place, to, beside):
                self._move(self._beat(place), to, beside)
            case Swap(one, other):
                self._swap(self._beat(one), self._beat(other))
            case Reverse():
                self.beats.reverse()
            case PutIn():
                self._put_in(change)
            case Back():
                pass  # the script is that version's already

    def _beat(self, place: Place) -> Line:
        beats = self.script.beats
        if not 1 <= abs(place) <= len(beats):
            raise _Cannot(Impossible(Why.NO_BEAT, abs(place), len(beats)))
        return beats[place - 1 if place > 0 else place]

    def _at(self, line: Line) -> int:
        for i, one in enumerate(self.beats):
            if one is line:
                return i
        number = next(n for n, one in enumerate(self.script.beats, 1) if one is line)
        raise _Cannot(Impossible(Why.NO_BEAT, number, len(self.beats)))  # it was just left out

    def _take(self, line: Line) -> None:
        self.beats = [one for one in self.beats if one is not line]

    def _move(self, line: Line, to: Place, beside: int) -> None:
        target = self._beat(to)
        if target is line:
            return
        after = beside > 0 or (not beside and self._at(target) > self._at(line))
        self._take(line)
        self.beats.insert(self._at(target) + after, line)

    def _swap(self, one: Line, other: Line) -> None:
        a, b = self._at(one), self._at(other)
        self.beats[a], self.beats[b] = other, one

    def _put_in(self, change: PutIn) -> None:
        line = self._sentence_of(change.n)
        if change.instead is not None:
            gone = self._beat(change.instead)
            self.beats[self._at(gone)] = replace(line, role=gone.role)
        elif change.at is not None:
            at = self._at(self._beat(change.at))
            last = change.at == -1 and not change.beside
            self.beats.insert(at + (change.beside > 0 or last), line)
        else:  # before the beat all of it leads to
            ends = self.beats and self.beats[-1].role is Role.PAYOFF
            self.beats.insert(len(self.beats) - bool(ends), line)

    def _sentence_of(self, n: int) -> Line:
        """The sentence of a fragment that says most and is not in the script yet."""
        if n not in self.fragments:
            raise _Cannot(Impossible(Why.NO_FRAGMENT, n))
        told = [fold(line.text) for line in (self.script.hook, *self.beats, self.script.close)]
        whole = sentences(self.fragments[n])
        short = [(one, one) for one in whole if speaking_seconds(one) <= LONGEST_S]
        cut = [(piece.strip(" ,，、;；"), one) for one in whole for piece in clauses(one)]
        new = [pair for pair in (short or cut) if fold(pair[0]) not in told]
        if not new:
            raise _Cannot(Impossible(Why.IN_IT, n))
        text, quote = max(new, key=lambda pair: len(set(content_words(pair[0]))))
        return Line(Role.EVIDENCE, text, (n,), quote=quote)

    def _open(self, change: OtherHook) -> None:
        old, others = self.script.hook, self.script.other_hooks
        hooks = [old, *others]
        if change.opening is not None:
            fits = [one for one in others if one.opening is change.opening]
        elif change.number is not None:
            fits = hooks[change.number - 1 : change.number]
        else:
            fits = list(others)
        if not fits:
            words = str(change.opening or "")
            raise _Cannot(Impossible(Why.NO_HOOK, change.number or 0, len(hooks), words))
        new, close = fits[0], self.script.close
        if new is old:
            return
        if close.text == old.text:  # it came back to the opening line, and still does
            close = Line(Role.CLOSE, new.text, new.sources, new.kind, new.quote)
        rest = (*(one for one in others if one is not new), old)
        self.script = replace(self.script, hook=new, other_hooks=rest, close=close)
        self.beats = [
            replace(old, role=one.role, opening=None) if one.text == new.text else one
            for one in self.beats
        ]

    def _shorten(self, change: Shorter) -> None:
        """Leave out what is needed least, until there is time or nothing more may go."""
        kept = [self._beat(place) for place in change.places]
        kept += [line for words in change.words for line in self._saying(words)]
        whole = seconds_of(self.script.lines, self.pace)
        most = change.seconds if change.seconds is not None else SHORTER * whole
        free = self._may_go(kept)
        if not free or (change.seconds is not None and whole <= change.seconds):
            raise _Cannot(Impossible(Why.NO_SHORTER, change.seconds or 0, whole))
        while free and self._seconds() > most:
            self._take(free[0])
            free = self._may_go(kept)

    def _seconds(self) -> int:
        return seconds_of((self.script.hook, *self.beats, self.script.close), self.pace)

    def _saying(self, words: str) -> list[Line]:
        """The beats that say these words; none is needed when the hook or the close does."""
        lines = (self.script.hook, *self.beats, self.script.close)
        for says in (_holds_it, _holds_its_words):
            if found := [line for line in lines if says(line, words)]:
                return [line for line in found if any(line is one for one in self.beats)]
        raise _Cannot(Impossible(Why.NO_WORDS, words=words))

    def _may_go(self, kept: Sequence[Line]) -> list[Line]:
        """Beats that may be left out, those needed least first. What the next one goes on from
        stays as long as another can go."""
        if len(self.beats) <= FEWEST_BEATS:
            return []
        free = [one for one in self.beats if not any(one is line for line in kept)]
        order = [Role.EVIDENCE, Role.TURN, Role.SETUP, Role.PAYOFF]
        follows = dict(zip(map(id, self.beats), self.beats[1:], strict=False))

        def needed(line: Line) -> tuple[bool, int, float]:
            after = follows.get(id(line))
            carries = after is not None and manner_of(after.text) is not None
            role = order.index(line.role) if line.role in order else 0
            return carries, role, -speaking_seconds(line.text)

        return sorted(free, key=needed)


def _holds_it(line: Line, words: str) -> bool:
    return fold(words) in fold(f"{line.text}\n{line.quote}")


def _holds_its_words(line: Line, words: str) -> bool:
    said = [fold(word) for word in content_words(words)]
    return bool(said) and all(word in fold(f"{line.text}\n{line.quote}") for word in said)
