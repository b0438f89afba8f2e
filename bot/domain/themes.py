"""Which words come back through a week. They are the person's own, counted and not interpreted."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise

from bot.domain import stopwords
from bot.domain.likeness import stem
from bot.domain.related import plain
from bot.domain.script import simplified
from bot.domain.words import clauses, excerpt, jieba, sentences, tagged

MOST = 5
FRAGMENTS, DAYS = 3, 2
"""Said once more is chance, and so is an hour's talk about one thing (issue: recurring themes)."""

TIMES = 2
"""How much oftener than otherwise a word must come to be of this week and not of this person."""

_LIBRARY = 30  # fragments; with fewer nobody can say what is usual for a person
_LINE = 48  # characters
_ALIKE = 0.75  # two words that stand in the same fragments are one theme
# What a thing is called; with a library to compare with, also what is done and how it is.
_NAMES = ("n", "i", "l", "j", "s", "b", "z", "eng")
_ENDED = r"[a-z']{0,3}(?![a-z]) ?"  # with an ending or without
_EVERYDAY = frozenset(plain([stopwords.EVERYDAY])[0].split())


@dataclass(frozen=True, slots=True)
class Said:
    """A fragment of the person's own: its number, its words, its day, whether it is gold."""

    n: int
    text: str
    day: date
    gold: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """Words that stand in `count` fragments on so many `days`, and a `line` that holds them, of
    fragment `n`."""

    words: str
    count: int
    days: int
    n: int
    line: str


@dataclass(slots=True)
class _Words:
    """Where some words stand, and how they are written there."""

    places: set[int] = field(default_factory=set)
    written: Counter[str] = field(default_factory=Counter)
    name: bool = False


def themes(said: Sequence[Said], elsewhere: Sequence[str]) -> tuple[Theme, ...]:
    """The words that recur, the most frequent first. `elsewhere` are the person's other texts, in
    the form `related.plain` gives them."""

    def days(words: _Words) -> int:
        return len({said[i].day for i in words.places})

    found = {
        key: one
        for key, one in _found(said).items()
        if len(one.places) >= FRAGMENTS and days(one) >= DAYS
    }
    recurring = [
        (key, one)
        for key, one in found.items()
        if _unusual(key, len(one.places) / len(said), elsewhere, name=one.name)
    ]
    recurring.sort(key=lambda pair: (-len(pair[1].places), -days(pair[1]), -len(pair[0]), pair[0]))
    chosen: list[tuple[str, _Words]] = []
    for key, one in recurring:
        if not any(_same(key, one.places, other, its.places) for other, its in chosen):
            chosen.append((key, one))
    return tuple(_theme(one, said) for _, one in chosen[:MOST])


def _found(said: Sequence[Said]) -> dict[str, _Words]:
    """Every word and every pair of neighbours, by its form for comparing."""
    found: dict[str, _Words] = {}
    for i, one in enumerate(said):
        for sentence in sentences(one.text):
            for words, name in _candidates(sentence):
                here = found.setdefault(_key(words), _Words())
                here.places.add(i)
                here.written[words] += 1
                here.name = here.name or name
    _look_inside(found)
    return found


def _look_inside(found: dict[str, _Words]) -> None:
    """A Chinese word may stand in a longer one: 地鐵 in 地鐵站."""
    often = [key for key, one in found.items() if not key.isascii() and len(one.places) > 1]
    for key in often:
        for other, longer in found.items():
            if key != other and key in other and " " not in other:
                found[key].places |= longer.places


def _candidates(sentence: str) -> Iterator[tuple[str, bool]]:
    # A guess of the segmenter's may be cut wrong: 颱風|天讓.
    words = [(word, tag) for word, tag in tagged(sentence) if _known(word)]
    for word, tag in words:
        if _tells(word):
            yield word, tag.startswith(_NAMES)
    for (one, its), (next_one, tag) in pairwise(words):
        between = " " if one.isascii() and next_one.isascii() else ""
        pair = f"{one}{between}{next_one}"
        names = its.startswith(_NAMES) and tag.startswith(_NAMES)
        if names and pair in sentence and (_tells(one) or _tells(next_one)):
            yield pair, True


@lru_cache(maxsize=8_192)
def _known(word: str) -> bool:
    return word.isascii() or jieba().has_word(simplified(word))


@lru_cache(maxsize=8_192)
def _tells(word: str) -> bool:
    least = 3 if word.isascii() else 2
    (form,) = plain([word])
    return len(word) >= least and not {form, _key(word)} & _EVERYDAY and not word.isnumeric()


@lru_cache(maxsize=8_192)
def _key(words: str) -> str:
    """A form in which the same words are the same: in one script, English without endings."""
    (key,) = plain([words])
    return " ".join(map(stem, key.split())) if key.isascii() else key


def _unusual(key: str, share: float, elsewhere: Sequence[str], *, name: bool) -> bool:
    """Whether the words come at least `TIMES` as often as in the person's other texts."""
    if len(elsewhere) < _LIBRARY:
        return name
    if key.isascii():
        word = re.compile(rf"(?<![a-z]){_ENDED.join(map(re.escape, key.split()))}{_ENDED}")
        first = key.split()[0]
        held = sum(first in text and word.search(text) is not None for text in elsewhere)
    else:
        held = sum(key in text for text in elsewhere)
    return share >= TIMES * held / len(elsewhere)


def _same(key: str, places: set[int], other: str, its: set[int]) -> bool:
    if key.isascii() and other.isascii():
        within = bool(set(key.split()) & set(other.split()))
    else:
        within = key in other or other in key
    if within:
        return True
    return len(places & its) >= _ALIKE * len(places | its)


def _theme(words: _Words, said: Sequence[Said]) -> Theme:
    """With the line to show: of gold, else the shortest that says something."""
    written = words.written.most_common(1)[0][0]
    fragments = [said[i] for i in sorted(words.places)]
    lines = [
        (not one.gold, len(line), one.n, line)
        for one in fragments
        for line in _lines(one.text, written)
    ]
    _, _, n, line = min(lines, default=(True, 0, fragments[0].n, ""))
    days = len({one.day for one in fragments})
    return Theme(written, len(fragments), days, n, line)


def _lines(text: str, words: str) -> Iterator[str]:
    """What holds the words, as short as it can be: sentences, else clauses of long ones."""
    (key,) = plain([words])
    for sentence in sentences(text):
        for piece in [sentence] if len(sentence) <= _LINE else clauses(sentence):
            if key in plain([piece])[0]:
                yield excerpt(piece, _LINE)
