"""How sentences are stacked: parallel clauses, threes, rows of four characters, staccato.

Read from the folded form (half-width marks, lower case). Clauses that speak of the person (我, I)
or hold a number are left alone: an account of what happened repeats itself too, and means it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from bot.domain.script import HAN

Span = tuple[int, int]
Found = tuple[str, float, int, int]  # what kind, how heavy, from where to where

PARALLEL, TRIAD, IDIOMS, STACCATO = "parallel", "triad", "idioms", "staccato"

MOST = 60
"""Ours: a longer stretch is compared by its first characters; twice as many for an alphabet."""

ALIKE_ZH, ALIKE_EN = 0.5, 0.5
"""Ours: the share of two clauses, of words in order, that must be the same."""

_CLAUSE = re.compile(r"[^,;:。.!?\n—]{2,400}")
_SENTENCE = re.compile(r"[^;。.!?\n]{2,400}")
_HAN = re.compile(f"[{HAN}]")
_HAN_ONLY = re.compile(f"[{HAN}]{{2,8}}")
_WORD = re.compile(rf"[{HAN}]|[^\W{HAN}_]{{1,40}}(?:'[a-z]{{1,3}})?")
_PARTICULAR = re.compile(r"\d|我(?!们)|\b(?:i|i'm|i've|i'd|my|me|he|she|his|her)\b|[`=<>/()\[\]{}]")
_DULL = frozenset(
    """the a an i it we you they he she and but so or if on at as this of there when is are was then
    我 他 她 它 如 这 那 但 而 就 也 可 因 所 然 还 又 和 在 一 对 并 或 不 要 会 其 之 从 以 第
    你""".split()  # noqa: SIM905
)
_NAME = re.compile("[a-z]{2}")
_ENDS = "。.!?\n"
_LIST = re.compile(r"[^,;:。.!?\n、—]{2,14}(?:、[^,;:。.!?\n、—]{2,14}){2,5}")
_THREE = re.compile(
    r"\b[a-z'-]{2,16}(?: [a-z'-]{1,16}){0,4}, (?:[a-z'-]{1,16} ){0,4}[a-z'-]{2,16},? (?:and|or) "
    r"[a-z'-]{2,16}(?: [a-z'-]{1,16}){0,3}"
)


def tells(plain: str, span: Span, reach: int = MOST) -> bool:
    """Whether the sentence around `span` tells of the person, or of a thing by its number or name:
    it says something of its own then, in whatever words. `reach`: how far either way is looked."""
    start = max(plain.rfind(mark, max(0, span[0] - reach), span[0]) for mark in _ENDS) + 1
    ends = [at for mark in _ENDS if (at := plain.find(mark, span[1], span[1] + reach)) >= 0]
    return _says(plain, max(start, span[0] - reach, 0), min(ends, default=span[1] + reach))


def cadences(plain: str, words: re.Pattern[str]) -> Iterator[Found]:
    """Every such figure of `plain`; `words` finds the big words, which make a figure of a list."""
    clauses = [_trimmed(plain, found.span()) for found in _CLAUSE.finditer(plain)]
    sentences = [_trimmed(plain, found.span()) for found in _SENTENCE.finditer(plain)]
    yield from _stacks(plain, clauses, words)
    yield from _stacks(plain, sentences, words)
    yield from _rows(plain, clauses, words)
    yield from _triads(plain, words)
    yield from _staccato(plain, sentences)


def _stacks(plain: str, spans: Sequence[Span], words: re.Pattern[str]) -> Iterator[Found]:
    """Neighbours built alike: two that are much alike, or three that are so at all. Without a big
    word in them they are most often a plain list, and weigh less."""
    said = [_words(plain, span) for span in spans]
    for run in _runs(range(len(spans)), lambda a, b: _likeness(said[a], said[b]) > 0):
        start, end = spans[run[0]][0], spans[run[-1]][1]
        much = any(_likeness(said[a], said[b]) > 1 for a, b in pairwise(run))
        if not (much or len(run) > 2) or _says(plain, start, end):
            continue
        if words.search(plain, start, end):
            yield PARALLEL, 1.7 if len(run) > 2 else 0.9, start, end
        elif len(run) > 2:
            yield PARALLEL, 0.7, start, end


def _says(plain: str, start: int, end: int) -> bool:
    """Whether a stretch tells of the person, or of a thing by its number or foreign name."""
    if _PARTICULAR.search(plain, start, end):
        return True
    return bool(_NAME.search(plain, start, end) and _HAN.search(plain, start, end))


def _runs(items: Sequence[int], same: Callable[[int, int], bool]) -> Iterator[list[int]]:
    """Neighbours that are the same, two or more."""
    run: list[int] = []
    for at in items:
        if run and same(run[-1], at):
            run.append(at)
            continue
        if len(run) > 1:
            yield run
        run = [at]
    if len(run) > 1:
        yield run


def _likeness(a: Sequence[str], b: Sequence[str]) -> int:
    """0: not alike; 1: begun alike, or one word in the same place; 2: built alike."""
    if not (a and b) or a == b or max(len(a), len(b)) > 3 * min(len(a), len(b)):
        return 0
    begun = a[0] == b[0] and (a[0] not in _DULL or a[:2] == b[:2])
    same = sum(block.size for block in SequenceMatcher(None, a, b, False).get_matching_blocks())
    share = same / max(len(a), len(b))
    level = abs(len(a) - len(b)) <= 1
    need = 0.3 if begun else 0.4 if level or a[:2] == b[:2] else 0.55
    if same >= 3 and share >= need:
        return 2
    shared = any(word in b and word not in _DULL for word in a)
    return int(begun or (shared and share >= 0.25 and max(len(a), len(b)) <= 12))


def _rows(plain: str, spans: Sequence[Span], words: re.Pattern[str]) -> Iterator[Found]:
    """Clauses of four Chinese characters, two or more together."""
    four = [_HAN_ONLY.fullmatch(plain, *span) and span[1] - span[0] == 4 for span in spans]
    for run in _runs(range(len(spans)), lambda a, b: bool(four[a] and four[b])):
        start, end = spans[run[0]][0], spans[run[-1]][1]
        if not _says(plain, start, end) and words.search(plain, start, end):
            yield IDIOMS, 0.5 * len(run), start, end


def _triads(plain: str, words: re.Pattern[str]) -> Iterator[Found]:
    """Three things named together, big ones among them."""
    for found in (*_LIST.finditer(plain), *_THREE.finditer(plain)):
        big = len(words.findall(plain, *found.span()))
        if big and not _says(plain, *found.span()):
            yield TRIAD, 0.7 + 0.2 * min(big, 3), *found.span()


def _staccato(plain: str, spans: Sequence[Span]) -> Iterator[Found]:
    """Three sentences or more of five words at the most."""
    short = [not _HAN.search(plain, *span) and len(_words(plain, span)) <= 5 for span in spans]
    for run in _runs(range(len(spans)), lambda a, b: short[a] and short[b]):
        start, end = spans[run[0]][0], spans[run[-1]][1]
        if len(run) > 2 and not _PARTICULAR.search(plain, start, end):
            yield STACCATO, 0.6, start, end


def _words(plain: str, span: Span) -> list[str]:
    most = MOST if _HAN.search(plain, *span) else 3 * MOST
    return _WORD.findall(plain, span[0], min(span[1], span[0] + most))


def _trimmed(plain: str, span: Span) -> Span:
    start, end = span
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    return start, end
