"""What the person said earlier that today's words touch, and by which words.

Needs no model. Two words in common are a subject when it would be a wonder to find both in one text
of the library by chance; words of any day, and those the person says all the time, are none.
"""

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.related import Text
from bot.domain.script import HAN
from bot.domain.telling import LITTLE, UNKNOWN, Word, beside, holders, most, plain, stems, words

WONDER = 1.9
"""How improbable what two texts share has to be: the natural logarithm of how many libraries like
this one it would take to find that once by chance. Chosen on our own days (`make bench-text`)."""

TELLING = 2.7
"""A word that weighs less (one in fifteen texts of anybody's) shows nothing."""

WEAK, TOO, HALF = 1.8, 2, 0.5
"""So many words that weigh less count together, beside a telling one, when one fragment has them
all: the early shop, its owner and her soy milk. Beside two telling ones they count half."""

BESIDE, REACH = 0.8, 3
"""What a word counts that was said just before or after, and how many fragments away that may be:
a day comes back to its subject, and a long one has many."""

PHRASE, AGAIN = 2.7, 0.7
"""What it counts when a telling word is shared with its neighbours (two more characters that say
something, or the English word beside it), and when either side says it twice."""

TRIED = 100
"""Of a long day so many older texts, those with which it shares most, are looked into: of a large
library hundreds share some words with one of three hundred fragments."""

GOLD, ANSWER = 2.0, 1.0
"""How much sooner what was kept, or said in answer to a question, is shown: never whether."""

_HAN = re.compile(f"[{HAN}]")
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
    """A word of today's fragment at `place`, or a part of it."""

    weight: float
    text: str
    start: int
    end: int
    place: int


def connections(
    today: Sequence[Text],
    library: Sequence[Text],
    *,
    gold: Collection[int] = (),
    answers: Collection[int] = (),
) -> list[Connection]:
    """The texts of the `library` that today's touch, each with the one that touches it most, the
    strongest first. Only the person's own words count on either side.

    With 20,000 texts of 77 characters and 300 of today it takes .16 to .22 s of a core and 11 MB
    (`make bench`), so it belongs into a thread."""
    today = [one for one in today if one.own]
    library = [one for one in library if one.own]
    if not today or not library:
        return []
    found = [
        replace(one, weight=one.weight + GOLD * (one.n in gold) + ANSWER * (one.n in answers))
        for one in _Beside(today, library).connections()
    ]
    return sorted(found, key=lambda one: (-one.weight, -one.n))


class _Beside:
    """Today's texts beside a library."""

    def __init__(self, today: Sequence[Text], library: Sequence[Text]) -> None:
        self.today, self.library = today, library
        self.said = [plain(one.text) for one in today]
        self.words = [words(text) for text in self.said]
        self.mean = sum(len(one.text) for one in library) / len(library)
        bar = WONDER + math.log(len(library))
        self.least = bar - PHRASE - AGAIN
        # Among more words a chance meeting is likelier.
        around = (self.words[max(0, i - REACH) : i + REACH + 1] for i in range(len(today)))
        self.bars = [bar + math.log(max(1, sum(map(len, said)) / _OFTEN)) for said in around]

    def connections(self) -> Iterator[Connection]:
        """Every text of the library that is connected, with today's that touches it most."""
        sums = ((_sum(hits), older, hits) for older, hits in self._hits().items())
        # A word or two are not enough, whatever else there is.
        enough = (one for one in sums if one[0] >= self.least)
        for _, older, hits in heapq.nlargest(TRIED, enough, key=lambda one: one[0]):
            best = max(self._touching(older, hits), key=lambda one: one.weight, default=None)
            if best is not None:
                yield best

    def _hits(self) -> Mapping[int, list[_Sign]]:
        """By older text, today's words that it holds."""
        rare = {word for those in self.words for word in those if most(word.text) >= TELLING}
        signs = {pair for word in rare for pair in word.pairs}
        held = holders(signs, [one.text for one in self.library])
        found: dict[int, list[_Sign]] = defaultdict(list)
        known: dict[str, list[tuple[float, str, Collection[int]]]] = {}
        for place, those in enumerate(self.words):
            for word in those:
                if word.text not in known:
                    known[word.text] = [one for one in self._parts(word, held) if one[0] >= WEAK]
                for weight, text, olders in known[word.text]:
                    sign = _Sign(weight, text, word.start, word.end, place)
                    for older in olders:
                        found[older].append(sign)
        return found

    def _parts(
        self, word: Word, holders: Mapping[str, set[int]]
    ) -> Iterator[tuple[float, str, Collection[int]]]:
        """The word, its weight and the older texts that hold it; parts of it with those that hold
        no more."""
        held = [holders.get(pair, set()) for pair in word.pairs]
        if not held:
            return
        whole = set.intersection(*held)
        yield self._weight(word.text, min(map(len, held))), word.text, whole
        for pair, those in zip(word.pairs, held, strict=True):
            yield min(self._weight(pair, len(those)), most(word.text)), pair, those - whole

    def _weight(self, word: str, held: int) -> float:
        """How telling a word is that so many texts of the library hold."""
        size = len(self.library)
        bound = most(word)
        if bound == UNKNOWN:  # of a large library one knows better
            bound += math.log(max(1.0, size / 300))
        return min(math.log((size + 2) / (held + 1)), bound)

    def _touching(self, older: int, hits: Sequence[_Sign]) -> Iterator[Connection]:
        """Today's texts that touch this one."""
        # In a long text many words stand by chance.
        long = max(0.0, math.log(len(self.library[older].text) / self.mean))
        for place in {hit.place for hit in hits if hit.weight - long >= TELLING}:
            close = [hit for hit in hits if -REACH <= hit.place - place <= REACH]
            if _sum(close) - long < self.least:
                continue
            close = [replace(hit, weight=hit.weight - long) for hit in close]
            shared = list(self._shared(place, plain(self.library[older].text), close))
            over = sum(one.weight for one in shared) - self.bars[place]
            if len(shared) > 1 and over >= 0:
                texts = tuple(dict.fromkeys(one.text for one in shared))
                yield Connection(self.library[older].n, self.today[place].n, texts, over)

    def _shared(self, place: int, other: str, hits: Sequence[_Sign]) -> Iterator[_Sign]:
        """What shows that the two are about one thing: words of which none is part of another, the
        telling ones first."""
        taken: list[_Sign] = []
        for hit in sorted(
            [*(hit for hit in hits if hit.weight >= WEAK), *self._little(place, other)],
            key=lambda one: one.weight * _share(one.place, place),
            reverse=True,
        ):
            if not any(_same(hit, known) for known in taken):
                taken.append(hit)
        telling = [hit for hit in taken if hit.weight >= TELLING]
        phrase = next(self._phrases(telling, other), None)
        again = next((hit for hit in telling if _twice(hit, hits, other)), None)
        said_again = len({hit.place for hit in hits if hit.text == telling[0].text}) > 1
        sure = len(telling) + (phrase is not None) > 1
        weak = [
            hit
            for hit in taken
            if hit.weight < TELLING
            and (sure or said_again or hit.place == place)
            and not (phrase and _same(hit, phrase))
        ][:TOO]
        if not sure and len(weak) < TOO - said_again:
            weak = []
        for hit in [*telling, *weak]:
            half = HALF if sure and hit.weight < TELLING else 1.0
            yield replace(hit, weight=hit.weight * _share(hit.place, place) * half)
        if phrase:
            yield phrase
        if again and (sure or weak):
            yield replace(again, weight=AGAIN)

    def _little(self, place: int, other: str) -> Iterator[_Sign]:
        """Words of any day that stand in both, and words of one character."""
        said = stems(other)
        for i in range(max(0, place - REACH), min(len(self.words), place + REACH + 1)):
            for word in self.words[i]:
                if (i != place and word.single) or not WEAK <= most(word.text) < TELLING:
                    continue
                if word.text in (said if word.text.isascii() else other):
                    yield _Sign(most(word.text), word.text, word.start, word.end, i)

    def _phrases(self, taken: Sequence[_Sign], other: str) -> Iterator[_Sign]:
        """Telling words that both say with the same neighbours."""
        for hit in taken:
            text = self.said[hit.place]
            start, end = hit.start, hit.end
            if text[start:end].isascii():
                for a, b in beside(text, start, end):
                    if re.search(rf"\b{re.escape(text[a:b])}\b", other):
                        yield _Sign(PHRASE, text[a:b], a, b, hit.place)
                continue
            if text[start:end] not in other:
                continue
            while start and _HAN.match(text[start - 1]) and text[start - 1 : end] in other:
                start -= 1
            while end < len(text) and _HAN.match(text[end]) and text[start : end + 1] in other:
                end += 1
            phrase = text[start:end]
            alone = not any(one.text in phrase for one in taken if one is not hit)
            if alone and sum(char not in LITTLE for char in phrase) >= len(hit.text) + 2:
                yield _Sign(PHRASE, phrase, start, end, hit.place)


def _sum(hits: Sequence[_Sign]) -> float:
    """What so many words weigh at most."""
    return sum({hit.text: hit.weight for hit in hits}.values()) if len(hits) > 1 else hits[0].weight


def _twice(hit: _Sign, hits: Sequence[_Sign], other: str) -> bool:
    """Whether a word stands in two of today's texts, or twice in the older one."""
    return other.count(hit.text) > 1 or any(
        one.text == hit.text and one.place != hit.place for one in hits
    )


def _same(one: _Sign, other: _Sign) -> bool:
    """Whether two hits are one piece of evidence."""
    within = one.text in other.text or other.text in one.text
    over = one.place == other.place and one.start < other.end and other.start < one.end
    return within or over


def _share(i: int, place: int) -> float:
    """What a word counts at `place` that was said at `i`."""
    return 1.0 if i == place else BESIDE
