"""What the person said earlier that today's words touch, and by which words.

Needs no model. Two words in common are a subject when it would be a wonder to find both in one text
of the library by chance; words of any day, and those the person says all the time, are none.
"""

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.related import Text
from bot.domain.script import HAN
from bot.domain.telling import LITTLE, UNKNOWN, holders, most, plain, words

WONDER = 1.6
"""How improbable what two texts share has to be: the natural logarithm of how many libraries like
this one it would take to find that once by chance. Chosen on our own days (`make bench-text`)."""

TELLING = 2.7
"""A word that weighs less (one in fifteen texts of anybody's) shows nothing."""

WEAK, TOO = 1.8, 2
"""So many words that weigh less count together, beside a telling one, when one fragment has them
all: the early shop, its owner and her soy milk."""

BESIDE, REACH = 0.8, 3
"""What a word counts that was said just before or after, and how many fragments away that may be:
a day comes back to its subject, and a long one has many."""

PHRASE = 2.7
"""What it counts when a telling word is shared with two more characters beside it that say
something."""

GOLD, ANSWER = 2.0, 1.0
"""How much sooner what was kept, or said in answer to a question, is shown: never whether."""

_HAN = re.compile(f"[{HAN}]")
_TRIED = 8  # older texts for each of today's are looked into
_OFTEN = 15  # telling words around a fragment, from which on chance has more to choose from


@dataclass(frozen=True, slots=True)
class Connection:
    """The older fragment `n` is touched by today's fragment `touched`, through the words `shared`,
    folded, the weightiest first. `weight` ranks it."""

    n: int
    touched: int
    shared: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class _Sign:
    """A word of today's fragment at `place`, or a part of it, and the older texts that hold it."""

    weight: float
    text: str
    start: int
    end: int
    place: int
    held: Collection[int] = ()


def connections(
    today: Sequence[Text],
    library: Sequence[Text],
    *,
    gold: Collection[int] = (),
    answers: Collection[int] = (),
) -> list[Connection]:
    """The texts of the `library` that today's touch, each with the one that touches it most, the
    strongest first. Only the person's own words count on either side.

    With 20,000 texts of 77 characters and 300 of today it took .5 to .75 s of a busy core
    (`make bench`), so it belongs into a thread."""
    today = [one for one in today if one.own]
    library = [one for one in library if one.own]
    if not today or not library:
        return []
    found: dict[int, Connection] = {}
    for one in _Beside(today, library).connections():
        one = replace(one, weight=one.weight + GOLD * (one.n in gold) + ANSWER * (one.n in answers))
        if one.n not in found or one.weight > found[one.n].weight:
            found[one.n] = one
    return sorted(found.values(), key=lambda one: (-one.weight, -one.n))


class _Beside:
    """Today's texts beside a library."""

    def __init__(self, today: Sequence[Text], library: Sequence[Text]) -> None:
        self.today, self.library = today, library
        self.said = [plain(one.text) for one in today]
        self.words = [words(text) for text in self.said]
        signs = {pair for those in self.words for word in those for pair in word.pairs}
        self.holders = holders(signs, [one.text for one in library])
        self.mean = sum(len(one.text) for one in library) / len(library)
        self.signs = [list(self._signs(place)) for place in range(len(today))]
        self.sums = [self._sums(place) for place in range(len(today))]
        self.bar = WONDER + math.log(len(library))

    def connections(self) -> Iterator[Connection]:
        """Every pair that is connected, of those that share most."""
        for place in range(len(self.today)):
            around = range(max(0, place - REACH), min(len(self.today), place + REACH + 1))
            # Among more words a chance meeting is likelier.
            often = math.log(max(1.0, sum(len(self.words[i]) for i in around) / _OFTEN))
            for older in self._likeliest(place, around):
                shared = list(self._shared(place, older, around))
                weight = sum(one.weight for one in shared)
                if len(shared) > 1 and weight >= self.bar + often:
                    texts = tuple(one.text for one in shared)
                    over = weight - self.bar - often
                    yield Connection(self.library[older].n, self.today[place].n, texts, over)

    def _likeliest(self, place: int, around: Iterable[int]) -> list[int]:
        """The older texts that share most with today's at `place`. Of the words that are enough
        together one weighs a third of it, or nearly."""
        rare = (one.held for one in self.signs[place] if one.weight >= self.bar / 3)

        def rough(older: int) -> float:
            return sum(_share(i, place) * self.sums[i].get(older, 0.0) for i in around)

        return heapq.nlargest(_TRIED, frozenset[int]().union(*rare), key=rough)

    def _sums(self, place: int) -> Mapping[int, float]:
        """What the telling words of today's at `place` weigh together, by older text."""
        found: dict[int, float] = defaultdict(float)
        for one in self.signs[place]:
            for older in one.held if one.weight >= TELLING else ():
                found[older] += one.weight
        return found

    def _signs(self, place: int) -> Iterator[_Sign]:
        """The words of today's at `place`, each with the older texts that hold it; parts of them
        with those that hold no more."""
        for word in self.words[place]:
            if word.single:
                continue
            held = [self.holders.get(pair, set()) for pair in word.pairs]
            whole = set.intersection(*held)
            weight = self._weight(word.text, min(map(len, held)))
            yield _Sign(weight, word.text, word.start, word.end, place, whole)
            for pair, those in zip(word.pairs, held, strict=True):
                part = min(self._weight(pair, len(those)), most(word.text))
                yield _Sign(part, pair, word.start, word.end, place, those - whole)

    def _weight(self, word: str, held: int) -> float:
        """How telling a word is that so many texts of the library hold."""
        size = len(self.library)
        bound = most(word)
        if bound == UNKNOWN:  # of a large library one knows better
            bound += math.log(max(1.0, size / 300))
        return min(math.log((size + 2) / (held + 1)), bound)

    def _shared(self, place: int, older: int, around: Iterable[int]) -> Iterator[_Sign]:
        """What shows that the two are about one thing: words of which none is part of another, the
        telling ones first. In a long text many words stand by chance."""
        long = max(0.0, math.log(len(self.library[older].text) / self.mean))
        hits = [
            replace(hit, weight=hit.weight - long)
            for i in around
            for hit in self.signs[i]
            if older in hit.held and hit.weight - long >= WEAK
        ]
        if not any(hit.weight >= TELLING for hit in hits):
            return
        other = plain(self.library[older].text)
        hits += self._singles(place, other)
        taken: list[_Sign] = []
        for hit in sorted(
            hits, key=lambda one: one.weight * _share(one.place, place), reverse=True
        ):
            if not any(_same(hit, other) for other in taken):
                taken.append(hit)
        telling = [hit for hit in taken if hit.weight >= TELLING]
        said_again = len({hit.place for hit in hits if hit.text == telling[0].text}) > 1
        weak = [one for one in taken if one.weight < TELLING and (said_again or one.place == place)]
        weak = weak[:TOO] if len(weak) >= TOO - said_again else []
        for hit in [*telling, *weak]:
            yield replace(hit, weight=hit.weight * _share(hit.place, place))
        yield from self._phrase(telling, other)

    def _singles(self, place: int, other: str) -> Iterator[_Sign]:
        """Words of one character: a little, beside more."""
        for word in self.words[place]:
            if word.single and word.text in other and most(word.text) >= WEAK:
                yield _Sign(most(word.text), word.text, word.start, word.end, place)

    def _phrase(self, taken: Sequence[_Sign], other: str) -> Iterator[_Sign]:
        """A telling word that both say with the same neighbours, once."""
        for hit in taken:
            text = self.said[hit.place]
            start, end = hit.start, hit.end
            if text[start:end] not in other or text[start:end].isascii():
                continue
            while start and _HAN.match(text[start - 1]) and text[start - 1 : end] in other:
                start -= 1
            while end < len(text) and _HAN.match(text[end]) and text[start : end + 1] in other:
                end += 1
            inside = [one for one in taken if one.place == hit.place and one is not hit]
            alone = not any(start <= one.start < end for one in inside)
            if alone and sum(char not in LITTLE for char in text[start:end]) >= len(hit.text) + 2:
                yield _Sign(PHRASE, text[start:end], start, end, hit.place)
                return


def _same(one: _Sign, other: _Sign) -> bool:
    """Whether two hits are one piece of evidence."""
    within = one.text in other.text or other.text in one.text
    over = one.place == other.place and one.start < other.end and other.start < one.end
    return within or over


def _share(i: int, place: int) -> float:
    """What a word counts at `place` that was said at `i`."""
    return 1.0 if i == place else BESIDE
