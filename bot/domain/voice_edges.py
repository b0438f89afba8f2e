"""Words that keep coming where a sentence or a clause begins or ends: openers, closers and
catch-phrases."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo

from bot.domain import lexicon
from bot.domain.script import HAN, simplified, unlinked
from bot.domain.voice import MOST_CHARS, Said
from bot.domain.voice_counts import OFTEN
from bot.domain.voice_counts import UNIT as TOKEN
from bot.domain.words import clauses, content_words, jieba, sentences, tokens

DAYS = 2
"""A catch-phrase was said on so many days (docs/science.md, "Voice")."""

_OPENS = 0.05  # of the texts; ours
_PHRASES = 0.01  # of the texts, once there are hundreds; ours
_MOST = 3
_LONGEST = {True: 7, False: 4}  # characters of Chinese, or words: more is a sentence said again
_REACH = 9  # tokens; to see that it is one
_LISTS = (lexicon.CONNECTIVES, lexicon.FILLERS, lexicon.REASONS)
_HAN = re.compile(f"[{HAN}]")
# Fillers that mostly point at something: 那個會議.
_POINTING = frozenset(("那个", "这个", "呢个", "嗰个"))
# Little words that are a way to begin all the same.
_SAYING = frozenset(
    ("我觉得", "我发现", "我在想", "我想说", "我跟你说", "你知道", "你知道吗", "有时候", "问题是")
)


@dataclass(frozen=True, slots=True)
class Usual:
    """Words that keep coming, as they are mostly written, and the places of texts they are in."""

    words: str
    stands_in: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edges:
    """What sentences begin with, what texts end with, and phrases of clauses."""

    openers: tuple[Usual, ...]
    closers: tuple[Usual, ...]
    phrases: tuple[Usual, ...]


@dataclass(slots=True)
class _Seen:
    """Where some words were seen: in which texts, on which days, written how, followed by what."""

    texts: list[int] = field(default_factory=list)
    days: set[date] = field(default_factory=set)
    written: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    around: str = ""  # a clause they were seen in, simplified

    def add(self, at: int, day: date, written: str, around: str) -> None:
        if not self.texts or self.texts[-1] != at:
            self.texts.append(at)
        self.days.add(day)
        self.written[written] += 1
        self.around = around


_Grams = dict[str, _Seen]


def edges(texts: Sequence[Said], zone: tzinfo) -> Edges:
    """The edges of these texts, oldest first; days are those of `zone`."""
    starts, ends, any_edge = (defaultdict[str, _Seen](_Seen) for _ in range(3))
    cut = [[clauses(one) for one in sentences(unlinked(text.text[:MOST_CHARS]))] for text in texts]
    simple = iter(_simplified(c for text in cut for sentence in text for c in sentence))
    for at, text in enumerate(cut):
        day = texts[at].at.astimezone(zone).date()
        for number, sentence in enumerate(text):
            for place, clause in enumerate(sentence):
                plain = next(simple)
                heads, tails = _grams(plain)
                last = number == len(text) - 1 and place == len(sentence) - 1
                for grams, kept, here in (
                    (heads, starts, place == 0),
                    (tails, ends, last),
                    (heads | tails, any_edge, True),
                ):
                    for start, end in grams if here else ():
                        kept[plain[start:end]].add(at, day, clause[start:end], plain)
    often = max(OFTEN, round(_OPENS * len(texts)))
    openers = _best(starts, often, _opens)
    closers = _best(ends, often, _closes)
    told = {one.words for one in (*openers, *closers)}
    again = max(OFTEN, round(_PHRASES * len(texts)))
    phrases = [
        one for one in _best(any_edge, again, _is_phrase, 2 * _MOST) if one.words not in told
    ]
    return Edges(openers, closers, tuple(phrases[:_MOST]))


def _simplified(pieces: Iterable[str]) -> list[str]:
    """Each in lower case and Simplified characters, each character where it was."""
    joined = "\0".join(pieces)
    lower = joined.lower()
    return simplified(lower if len(lower) == len(joined) else joined).split("\0")


def _grams(clause: str) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Where the first one, two … tokens of a clause stand, and where the last ones do."""
    spans = [one.span() for one in TOKEN.finditer(clause)]
    heads = {(spans[0][0], end) for _, end in spans[:_REACH]}
    tails = {(start, spans[-1][1]) for start, _ in spans[-_REACH:]}
    return heads, tails


def _best(
    grams: _Grams, often: int, fits: Callable[[str, _Seen], bool], most: int = _MOST
) -> tuple[Usual, ...]:
    """The most frequent that fit, those of the lists first; of some that hold each other, the
    longest that stands nearly as often."""
    known = {
        gram: seen
        for gram, seen in grams.items()
        if len(seen.texts) >= often and len(seen.days) >= DAYS
    }
    listed = {gram for gram in known if _listed(gram)}
    ranked = sorted(
        known, key=lambda gram: (gram not in listed, -len(known[gram].texts), -len(gram), gram)
    )
    found: list[str] = []
    for gram in ranked:
        if any(gram in one or one in gram for one in found) or not fits(gram, known[gram]):
            continue
        if gram not in listed and _goes_on(gram, known):
            continue  # the longer one has its turn, or is a sentence said again
        found.append(gram)
        if len(found) == most:
            break
    found.sort(key=lambda gram: (-len(known[gram].texts), gram))
    return tuple(Usual(_written(known[one]), tuple(known[one].texts)) for one in found)


def _goes_on(gram: str, known: _Grams) -> bool:
    """Whether something longer that holds it stands nearly as often; or it is too long itself."""
    if len(tokens(gram)) > _LONGEST[bool(_HAN.search(gram))]:
        return True
    often = len(known[gram].texts) * 4
    return any(gram in one and one != gram and len(known[one].texts) * 5 >= often for one in known)


def _opens(gram: str, seen: _Seen) -> bool:
    telling = _listed(gram) or (_says_something(gram) and len(tokens(gram)) > 1)
    return telling and _whole(gram, seen)


def _closes(gram: str, seen: _Seen) -> bool:
    return len(tokens(gram)) > 1 and (_listed(gram) or _whole(gram, seen))


def _is_phrase(gram: str, seen: _Seen) -> bool:
    size = len(tokens(gram))
    if lexicon.made_of(tokens(gram), lexicon.CONNECTIVES, lexicon.REASONS):
        return False  # these have a rule of their own
    if _listed(gram):
        return size > 1
    least = 3 if _HAN.search(gram) else 2
    return size >= least and _says_something(gram) and _whole(gram, seen)


def _listed(gram: str) -> bool:
    return gram in _SAYING or (gram not in _POINTING and lexicon.made_of(tokens(gram), *_LISTS))


def _says_something(gram: str) -> bool:
    return gram in _SAYING or bool(content_words(gram))


def _whole(gram: str, seen: _Seen) -> bool:
    """Whether it is cut between words, as the dictionary cuts the clause it was seen in."""
    if not _HAN.search(gram):
        return True
    start = seen.around.find(gram)
    borders, at = {0}, 0
    for piece in jieba().cut(seen.around):
        at += len(piece)
        borders.add(at)
    return {start, start + len(gram)} <= borders


def _written(seen: _Seen) -> str:
    """As it is mostly written, in small letters unless that is the exception."""
    return max(seen.written, key=lambda one: (seen.written[one], one.lower() == one, one))
