"""Which of somebody's own texts show a writer how they sound."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.domain.records import Language
from bot.domain.related import nearness, plain
from bot.domain.script import language_of
from bot.domain.voice import MOST_CHARS as READ
from bot.domain.voice import Said
from bot.domain.words import sentence_spans

MOST, FEWEST = 8, 5
"""Verbatim samples that go to a writer (docs/science.md, "Voice")."""

MOST_CHARS = 200  # of one; ours
_SAME = 0.7  # of the pairs of characters of the shorter one; ours


def samples(
    right: Sequence[Said], others: Sequence[Said], about: str, language: Language
) -> tuple[str, ...]:
    """Up to `MOST` pieces of these texts, verbatim: what is near `about`, the newest first, then
    the newest. `others`, of another manner, only fill up to `FEWEST`."""
    found = _near(right, about, language)[:MOST]
    if len(found) < FEWEST:
        found += [one for one in _near(others, about, language) if one not in found]
        found = found[: max(FEWEST, len(found[:FEWEST]))]
    return tuple(found)


def _near(texts: Sequence[Said], about: str, language: Language) -> list[str]:
    """The pieces in this language, the best first."""
    ours = list(reversed(texts))
    if not about.strip():
        return _cut(ours, language)
    scores = nearness(about, plain([one.text[:READ] for one in ours]))
    ranked = sorted(range(len(ours)), key=lambda at: -scores[at])  # stable: the newest first
    return _cut((ours[at] for at in ranked), language)


def _cut(texts: Iterable[Said], language: Language) -> list[str]:
    """The first `MOST` pieces that are different."""
    found: dict[str, None] = {}
    for one in texts:
        if language_of(one.text, language) is language and (piece := _beginning(one.text)):
            if any(_alike(piece, other) for other in found):
                continue
            found[piece] = None
            if len(found) == MOST:
                break
    return list(found)


def _alike(piece: str, other: str) -> bool:
    """Whether most pairs of characters are the same: it would show nothing new."""
    ours, theirs = (set(pairwise(one.casefold())) for one in (piece, other))
    return len(ours & theirs) > _SAME * max(1, min(len(ours), len(theirs)))


def _beginning(text: str) -> str:
    """As many whole sentences as `MOST_CHARS` hold, as they stand there; "" when not even one."""
    spans = list(sentence_spans(text[:READ]))
    ends = [end for _, end in spans if end - spans[0][0] <= MOST_CHARS]
    return text[spans[0][0] : ends[-1]] if ends else ""
