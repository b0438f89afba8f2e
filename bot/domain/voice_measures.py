"""The profile of how somebody speaks or writes, measured on their texts."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, tzinfo
from functools import lru_cache
from math import ceil, floor
from statistics import fmean, pstdev, quantiles

from bot.domain import voice_edges
from bot.domain.voice import (
    MEASURES,
    MOST_CHARS,
    MOST_RULES,
    SHOWN,
    TELLING,
    Manner,
    Profile,
    Rule,
    Said,
    Spread,
    Tongue,
    settled,
)
from bot.domain.voice_counts import UNIT, Counted, count
from bot.domain.words import sentences

# In so large a share of the texts a mark is a habit. Ours.
_USUAL = {
    "bare": 0.6, "exclamations": 0.25, "questions": 0.3, "ellipses": 0.2, "emoji": 0.2,
    "blanks": 0.3,
}  # fmt: skip


_I = re.compile(r"\bi\b")


def profile(manner: Manner, tongue: Tongue, texts: Sequence[Said], zone: tzinfo = UTC) -> Profile:
    """The profile of these texts, oldest first, all of this manner and tongue; days are those of
    `zone`."""
    if len(texts) < TELLING:
        return Profile(manner, tongue, len(texts))
    return _measured(manner, tongue, tuple(settled(texts)), len(texts), zone)


@lru_cache(maxsize=16)  # whoever turns pages asks for the same again and again
def _measured(
    manner: Manner, tongue: Tongue, measured: tuple[Said, ...], texts: int, zone: tzinfo
) -> Profile:
    counted = count([one.text[:MOST_CHARS] for one in measured], tongue)
    edges = voice_edges.edges(measured, zone)
    lengths = _spread(counted.sentences)
    found = {rule.measure: rule for rule in _rules(counted, edges, measured, manner)}
    return Profile(
        manner,
        tongue,
        texts,
        lengths,
        _spread(counted.clauses),
        {what: 100 * n / max(1, counted.units) for what, n in counted.amounts.items()},
        tuple(found[one] for one in MEASURES if one in found)[:MOST_RULES],
    )


def _spread(lengths: Sequence[int]) -> Spread:
    known = [one for one in lengths if one]
    if len(known) < 2:
        return Spread()
    tenths = quantiles(known, n=20, method="inclusive")
    return Spread(
        fmean(known), pstdev(known), tenths[1], tenths[4], tenths[9], tenths[14], tenths[17]
    )


def _rules(
    counted: Counted, edges: voice_edges.Edges, texts: Sequence[Said], manner: Manner
) -> Iterator[Rule]:
    share = {mark: len(counted.holds.get(f"marks {mark}", ())) / len(texts) for mark in _USUAL}
    lengths, parts = _spread(counted.sentences), _spread(counted.clauses)
    fitting = [
        at for at, one in enumerate(texts) if _fits(one.text[:MOST_CHARS], lengths)
    ]  # fmt: skip
    yield Rule(
        "sentences", _size(lengths, counted.tongue), (), _between(lengths), _newest(texts, fitting)
    )
    if parts.mean and lengths.mean > 1.5 * parts.mean:
        yield Rule("clauses", "", (), _between(parts), _newest(texts, fitting))
    if lengths.mean and not 0.4 < lengths.sd / lengths.mean < 0.7:
        kind = "even" if lengths.sd < 0.5 * lengths.mean else "mixed"
        yield Rule("rhythm", kind, (), (), _newest(texts, range(len(texts))))
    yield from _words(counted, edges, texts)
    yield from _address(counted, texts)
    yield from _latin(counted, texts)
    habits = tuple(mark for mark, least in _USUAL.items() if share[mark] >= least)
    # The marks of a transcript are the recogniser's.
    if habits and manner is Manner.WRITTEN:
        yield Rule("punctuation", "", habits, (), _newest(texts, _any(counted, "marks", habits)))


def _words(counted: Counted, edges: voice_edges.Edges, texts: Sequence[Said]) -> Iterator[Rule]:
    """Openers and closers; little words, connectives and catch-phrases, each named only once."""
    told: set[str] = set()
    for measure, found in (("openers", edges.openers), ("closers", edges.closers)):
        yield from _usual_words(measure, found, texts)
        told |= {one.words.lower() for one in found}
    for what in ("particles", "connectives"):
        words = tuple(one for one in counted.usual(what) if one not in told)
        if words:
            as_written = tuple(_I.sub("I", one) for one in words)
            yield Rule(what, "", as_written, (), _newest(texts, _any(counted, what, words)))
        told |= set(words)
    phrases = [one for one in edges.phrases if one.words.lower() not in told]
    yield from _usual_words("phrases", phrases, texts)


def _usual_words(
    measure: str, found: Sequence[voice_edges.Usual], texts: Sequence[Said]
) -> Iterator[Rule]:
    if found:
        words = tuple(one.words for one in found)
        stands = [at for one in found for at in one.stands_in]
        yield Rule(measure, "", words, (), _newest(texts, stands))


def _address(counted: Counted, texts: Sequence[Said]) -> Iterator[Rule]:
    """Whether they speak of themselves or to somebody."""
    mine, yours = counted.amounts["i"], counted.amounts["you"]
    if mine + yours < TELLING:
        return
    kind = "i" if mine >= 3 * yours else "you" if yours >= mine else "both"
    stands = counted.holds["you" if kind == "you" else "i"]
    yield Rule("address", kind, (), (), _newest(texts, stands))


def _latin(counted: Counted, texts: Sequence[Said]) -> Iterator[Rule]:
    """How many words in letters there are among the Chinese: of a hundred, 2 at least."""
    of_hundred = 100 * counted.amounts["latin"] / max(1, counted.units)
    words = counted.usual("latin", 3)
    if of_hundred >= 2 and words:
        yield Rule(
            "latin", "", words, (_round(of_hundred),), _newest(texts, counted.holds["latin"])
        )


def _any(counted: Counted, what: str, words: Sequence[str]) -> list[int]:
    return [at for word in words for at in counted.holds[f"{what} {word}"]]


def _newest(texts: Sequence[Said], places: Sequence[int] | range) -> tuple[Said, ...]:
    return tuple(texts[at] for at in sorted(set(places), reverse=True)[:SHOWN])


def _fits(text: str, lengths: Spread) -> bool:
    """Whether its first sentence has a usual length."""
    first = next(iter(sentences(text)), "")
    return lengths.quarter <= len(UNIT.findall(first)) <= lengths.three_quarters


def _size(lengths: Spread, tongue: Tongue) -> str:
    short, long = (12, 25) if tongue is Tongue.ZH else (9, 18)
    return "short" if lengths.median <= short else "long" if lengths.median >= long else "middling"


def _between(lengths: Spread) -> tuple[int, int]:
    """The middle half, rounded outwards."""
    low = _round(lengths.quarter, floor)
    return low, max(low + 1, _round(lengths.three_quarters, ceil))


def _round(value: float, to_whole: Callable[[float], int] = round) -> int:
    """On a grid that is coarser for what is longer, so that it does not tremble."""
    step = 1 if value < 6 else 2 if value < 20 else 5
    return max(1, to_whole(value / step) * step)
