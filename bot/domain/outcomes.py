"""What became of the drafts a person was offered, by what a person sees of a draft: how it opens,
how long it is, its form, what it is about.

Counted, not modelled, so that it can be said in words. It moves what is offered first and nothing
else: no draft stays away because those like it were left alone (`bot.domain.taste`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from bot.domain.drafts import Draft, Opening, Script, Status
from bot.domain.script import fold
from bot.domain.taste import TELLING, Tally, favourites, keep_rate
from bot.domain.words import content_words

ENOUGH = 6
"""Ours: with fewer outcomes nothing is moved: an evening or two are moods."""

REMEMBERED = 60
"""Ours: so many drafts count, the newest ones. Three a day, that is three weeks."""

LONG_S = 45
"""Longer is long. What most platforms call a short video ends at a minute or before."""

CLEARLY = 0.15
"""Ours: by so much a later draft must be liked better to be offered before a stronger one."""

IN_A_ROW = 3
"""So many evenings left alone are no accident (the issue of the digest)."""


class Became(IntEnum):
    """What became of a draft, the best that did."""

    IGNORED = 0  # a later evening has gone by, and nothing happened
    POSTPONED = 1
    OPENED = 2
    KEPT = 3  # kept, changed or planned
    FILMED = 4  # or published


class Trait(StrEnum):
    """What a person sees of a draft."""

    OPENING = "opening"
    LENGTH = "length"
    FORM = "form"
    THEME = "theme"


class Length(StrEnum):
    """How long a draft takes."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A draft as it was offered, and what became of it."""

    script: Script
    became: Became


@dataclass(frozen=True, slots=True)
class Sent:
    """A digest that told of drafts or asked a question: whether it came by itself and arrived,
    whether anything was done with its message, and its drafts, each with whether it was changed."""

    came: bool
    touched: bool
    drafts: Sequence[tuple[Draft, bool]] = ()

    @property
    def left_alone(self) -> bool:
        """It came, and nothing became of it."""
        unused = (became(one, changed=changed, gone_by=True) for one, changed in self.drafts)
        return self.came and not self.touched and all(one is Became.IGNORED for one in unused)


Tallies = Mapping[Trait, Mapping[str, Tally]]


@dataclass(frozen=True, slots=True)
class Learned:
    """Of how many drafts with each trait was what; `told` is how many there were in all."""

    told: int = 0
    filmed: Tallies = field(default_factory=dict)
    wanted: Tallies = field(default_factory=dict)  # kept or more
    opened: Tallies = field(default_factory=dict)  # or more
    unopened: Tallies = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)  # themes as they were last written

    def likes(self, script: Script) -> float:
        """How much more than the average drafts like this are wanted and opened; 0 when nothing is
        known, or not enough."""
        if self.told < ENOUGH:
            return 0.0
        by_trait: defaultdict[Trait, list[float]] = defaultdict(list)
        for trait, value in traits(script):
            if value in self.wanted.get(trait, {}):
                by_trait[trait].append(self._above(trait, value))
        return sum(sum(rates) / len(rates) for rates in by_trait.values())

    def _above(self, trait: Trait, value: str) -> float:
        """Half for being wanted, half for being opened at least."""
        both = (self.wanted[trait], self.opened[trait])
        return sum(keep_rate(value, one) - keep_rate("", one) for one in both) / 2

    def order(self, scripts: Sequence[Script]) -> list[int]:
        """The places of scripts, which come strongest first, in the order to offer them."""
        places = range(len(scripts))
        return sorted(places, key=lambda at: CLEARLY * at - self.likes(scripts[at]))

    def opening(self, script: Script) -> Opening | None:
        """The kind of opening they film most, if the script has it, and not in front."""
        others = {line.opening for line in script.other_hooks}
        liked = favourites(self.filmed.get(Trait.OPENING, {}), among=2)
        for kind in (Opening(value) for value, _ in liked if self.told >= ENOUGH):
            if kind is script.hook.opening or kind in others:
                return None if kind is script.hook.opening else kind
        return None

    def best(self, tallies: Tallies) -> list[tuple[Trait, str, Tally]]:
        """For each trait the value that stands out most in these tallies, if one does."""
        if self.told < ENOUGH:
            return []
        found = [(trait, favourites(tallies.get(trait, {}), among=2)[:1]) for trait in Trait]
        return [(trait, *one) for trait, ones in found for one in ones]


def became(draft: Draft, *, changed: bool, gone_by: bool) -> Became | None:
    """What became of a draft; None while that is open. `gone_by`: an evening later than its own
    has come and gone."""
    if draft.done:
        return Became.FILMED
    if draft.status is Status.KEPT or draft.film_at or changed:
        return Became.KEPT
    if draft.opened_at:
        return Became.OPENED
    if draft.postponements:
        return Became.POSTPONED
    return Became.IGNORED if gone_by else None


def all_left_alone(newest: Sequence[Sent]) -> bool:
    """Whether the person left the last digests alone, the newest of which come first."""
    last = newest[:IN_A_ROW]
    return len(last) == IN_A_ROW and all(one.left_alone for one in last)


def traits(script: Script) -> Iterator[tuple[Trait, str]]:
    """What a person sees of it; every word that carries meaning is a theme."""
    if script.hook.opening:
        yield Trait.OPENING, script.hook.opening
    yield Trait.LENGTH, Length.LONG if script.seconds > LONG_S else Length.SHORT
    yield Trait.FORM, script.form
    yield from ((Trait.THEME, word) for word in _themes(script))


def _themes(script: Script) -> dict[str, str]:
    """The words that carry meaning, folded, and as they stand there."""
    words = (word for line in script.lines for word in content_words(line.text))
    return {fold(word): word for word in words if len(word) > 1}


def learn(outcomes: Sequence[Outcome]) -> Learned:
    """Count the newest of them. A word is a theme once it recurs."""
    newest = outcomes[-REMEMBERED:]
    seen = [(frozenset(traits(one.script)), one.became) for one in newest]
    times = Counter(kind for kinds, _ in seen for kind in kinds)
    kinds = [kind for kind, n in times.items() if kind[0] is not Trait.THEME or n >= TELLING]

    def tallies(those: Iterable[Became]) -> Tallies:
        hits = Counter(kind for found, became in seen if became in those for kind in found)
        by_trait: dict[Trait, dict[str, Tally]] = {}
        for kind in sorted(kinds):
            by_trait.setdefault(kind[0], {})[kind[1]] = Tally(hits[kind], times[kind])
        return by_trait

    every = list(Became)
    return Learned(
        len(newest),
        filmed=tallies(every[Became.FILMED :]),
        wanted=tallies(every[Became.KEPT :]),
        opened=tallies(every[Became.OPENED :]),
        unopened=tallies(every[: Became.OPENED]),
        words={fold: word for one in newest for fold, word in _themes(one.script).items()},
    )
