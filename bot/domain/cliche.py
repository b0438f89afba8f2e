"""Clichés: worn phrases, frames and cadences, marked so that the person can decide.

A mark says where, what kind, and how heavy. What stands in the person's own fragments is theirs and
carries no mark; what they said to keep carries none either. Phrases and words come from
prompts/cliches.yaml (`engines.cliches` reads them); how sentences are stacked is seen in `cadence`,
and how much they say of anybody in `particulars`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bot.domain import cadence
from bot.domain.particulars import Particulars
from bot.domain.script import HAN, Folded, folded, simplified
from bot.domain.words import tokens

LIMIT = 2.0
"""A text that scores more is worn out: at most 2 % of human blocks do (issue 7, "Measured")."""

BLOCK = 100
"""The score counts for so many characters, a word of an alphabet being two; a shorter text is
counted as if it had that length."""

NEAR = 50
"""Big words weigh where `TOGETHER` different ones stand within so many characters (Chinese; three
times as many letters)."""

TOGETHER = 3

GENERAL = 0.5
"""Ours: what a sentence weighs that holds for everybody, where nothing around it is particular."""

WORDS, UNIVERSAL = "big_words", "universal"

# Cantonese read as what the phrases are written in, character for character.
_CANTONESE = str.maketrans("嘅佢喺唔冇咗哋嗰啲嚟", "的他在不没了们那些来")
_GAP = {True: r"[^。!?;\n]{0,24}?", False: r"[^.!?;\n]{0,60}?"}
_HAN = re.compile(f"[{HAN}]")
_FAMILY = {cadence.IDIOMS: cadence.PARALLEL, cadence.STACCATO: cadence.PARALLEL}
_WHOLE = r"(?:(?<![a-z'])|(?=[^a-z]))(?:{})(?![a-z])"  # no part of a longer word
_UNBOUNDED = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\})")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A worn phrase. `id` is how it is written in the data; it also names what a person kept."""

    id: str
    kind: str
    weight: float
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Worn:
    """Everything that is looked for. `words` are big words, folded: heavy only together."""

    phrases: tuple[Phrase, ...]
    words: frozenset[str]
    word_weight: float


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` of the text looked at. `kind` is what chat has a name for."""

    start: int
    end: int
    kind: str
    id: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Looked:
    """`score`: the weight of the marks for each `BLOCK`; above `LIMIT` is too much."""

    score: float
    marks: tuple[Mark, ...]


def phrase(written: str, kind: str, weight: float) -> Phrase:
    """A phrase as it is written in the data. ValueError: no regular expression, or one that could
    keep the processor busy (`*`, `+`, `{3,}`)."""
    if _UNBOUNDED.search(written):
        raise ValueError(f"{written!r}: no *, + or {{n,}}, so that every text is read in no time")
    chinese = bool(_HAN.search(written))
    plain = simplified(written).replace("…", _GAP[chinese])
    try:
        re.compile(plain)
        found = re.compile(plain if chinese else _WHOLE.format(plain))
    except re.error as exc:
        raise ValueError(f"{written!r}: no regular expression ({exc})") from exc
    return Phrase(written, kind, weight, found)


def look(text: str, worn: Worn, own: Sequence[str] = (), kept: Collection[str] = ()) -> Looked:
    """Every cliché of `text`, in order. `own`: the texts of the person's fragments; `kept`: ids of
    phrases, or words of a text, that the person said to keep."""
    form = folded(text)
    plain = form.text.translate(_CANTONESE)
    named = {one.id for one in worn.phrases}
    theirs = [_key(said) for said in (*own, *(one for one in kept if one not in named))]
    marks = [
        mark
        for mark in sorted(
            _outermost(_marked(form, plain, worn), len(text)), key=lambda one: one.start
        )
        if mark.id not in kept and not any(_key(mark.text) in said for said in theirs)
    ]
    score = sum(mark.weight for mark in marks) * BLOCK / max(BLOCK, length(text))
    return Looked(score, tuple(marks))


def length(text: str) -> int:
    """How long `text` is in characters, a word of an alphabet counting as two."""
    return sum(1 if _HAN.match(token) else 2 for token in tokens(text))


def _marked(form: Folded, plain: str, worn: Worn) -> Iterator[Mark]:
    particulars = Particulars(form, plain)
    general = ((UNIVERSAL, plain[slice(*span)], GENERAL, *span) for span in particulars.nobodys())
    for kind, id, weight, start, end in chain(_found(plain, worn), general):
        if end > start:
            first, last = form.spans[start][0], form.spans[end - 1][1]
            weight *= particulars.heft(first, last)
            yield Mark(first, last, kind, id, weight, form.original[first:last])


def _found(plain: str, worn: Worn) -> Iterator[tuple[str, str, float, int, int]]:
    for one in worn.phrases:
        for found in one.regex.finditer(plain):
            yield one.kind, one.id, one.weight, *found.span()
    for kind, weight, start, end in cadence.cadences(plain, _any(worn.words)):
        yield kind, kind, weight, start, end
    for start, end in _together(plain, worn.words):
        yield WORDS, plain[start:end], worn.word_weight, start, end


def _together(plain: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where big words stand with `TOGETHER` - 1 others near them; one said twice counts once."""
    reach = NEAR if _HAN.search(plain) else 3 * NEAR
    found: list[tuple[int, int]] = []
    last: dict[str, int] = {}
    for match in _any(words).finditer(plain):
        start, word = match.start(), match[0]
        if start - last.get(word, -reach) >= reach and not cadence.tells(plain, match.span()):
            found.append(match.span())
            last[word] = start
    for at, (start, end) in enumerate(found):
        around = found[max(0, at - TOGETHER) : at + TOGETHER + 1]
        if sum(abs(other - start) <= reach for other, _ in around) >= TOGETHER:
            yield start, end


@lru_cache(maxsize=4)
def _any(words: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(
        "|".join(
            re.escape(word) if _HAN.search(word) else rf"(?<![a-z']){re.escape(word)}(?![a-z'])"
            for word in longest
        )
    )


def _outermost(marks: Iterable[Mark], size: int) -> Iterator[Mark]:
    """Of marks of one kind that overlap, the heaviest; big words only where nothing else is.
    `size`: of the text, in characters."""
    taken: dict[str, bytearray] = {}
    anything = bytearray(size)
    for mark in sorted(marks, key=lambda m: (m.kind == WORDS, -m.weight, m.start - m.end, m.start)):
        family = _FAMILY.get(mark.kind, mark.kind)
        others = anything if family == WORDS else taken.setdefault(family, bytearray(size))
        if not any(others[mark.start : mark.end]):
            others[mark.start : mark.end] = bytes([1]) * (mark.end - mark.start)
            anything[mark.start : mark.end] = bytes([1]) * (mark.end - mark.start)
            yield mark


@lru_cache(maxsize=4_096)
def _key(text: str) -> str:
    """The words of `text` alone: a comma more or less makes no other sentence."""
    return f" {' '.join(tokens(text))} "
