"""Which runs of a line stand word for word in another text, and whether a "not" got lost there.

Numbers come from docs/science.md, "Own words". A word of English weighs as much as two Chinese
characters there (3 words or 6 characters, 10 or 20), and so it does here: sizes are counted in
characters, and a word counts double.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.words import clauses, sentences, tokens

COPIED_SPAN = 6
"""A run at least this long (6 characters, 3 words) is copied; shorter ones agree by chance."""

_NEGATIONS = frozenset(
    """不 没 未 无 非 别 勿 莫 否 唔 冇 咪 not no never none nothing nobody without cannot neither
    nor hardly""".split()  # noqa: SIM905
)
# Words that only look negative, and half of some (差不多, 对不起).
_HARMLESS = frozenset(
    """不过 不但 不只 不仅 不如 不同 不管 不断 不停 不然 不论 要不 差不 对不 无论 无限 非常 除非
    特别 别人 分别 级别 区别 告别 未来 没错 是否 能否 莫名 非洲""".split()  # noqa: SIM905
)
_BEFORE, _AFTER = 3, 1  # how many tokens from a span a negation still bends it: 不太喜歡, 拍不出來


@dataclass(frozen=True, slots=True)
class Words:
    """A text as tokens, and which clause each of them stands in."""

    tokens: tuple[str, ...]
    clause: tuple[int, ...]
    negations: frozenset[int]  # positions


@dataclass(frozen=True, slots=True)
class Span:
    """`length` tokens of a line, from `start`, that stand in `source` from `at`."""

    start: int
    length: int
    source: Words
    at: int

    @property
    def places(self) -> range:
        """The places in the line."""
        return range(self.start, self.start + self.length)


@lru_cache(maxsize=2_048)
def words_of(text: str) -> Words:
    """`text` as tokens with their clauses."""
    pieces = [clause for sentence in sentences(text) for clause in clauses(sentence)]
    numbered = [(token, i) for i, piece in enumerate(pieces) for token in tokens(piece)]
    found = tuple(token for token, _ in numbered)
    negations = frozenset(at for at in range(len(found)) if _negates(found, at))
    return Words(found, tuple(i for _, i in numbered), negations)


def size(found: Iterable[str]) -> int:
    """The size of some tokens in characters; a word of an alphabet counts double."""
    return sum(2 if len(token) > 1 or token.isascii() else 1 for token in found)


def copied_spans(line: Words, sources: Sequence[Words]) -> list[Span]:
    """From left to right, the longest run at each place of the line that stands in a source.

    A run shorter than `COPIED_SPAN` counts only when it is the whole line or a whole source.
    """
    spans: list[Span] = []
    start = 0
    while start < len(line.tokens):
        best = max(_matches(line, start, sources), key=lambda span: span.length, default=None)
        if best is None or not _is_copied(best, line):
            start += 1
            continue
        spans.append(_faithful(best, line, sources))
        start += best.length
    return spans


def flips(line: Words, spans: Sequence[Span]) -> int:
    """How many ends of copied spans gained a negation, or lost the one beside them."""
    copied = {place for span in spans for place in span.places}
    return sum(_flips(span, line, copied) for span in spans)


def _matches(line: Words, start: int, sources: Iterable[Words]) -> Iterator[Span]:
    for source in sources:
        for at, token in enumerate(source.tokens):
            if token == line.tokens[start]:
                yield Span(start, _agreeing(line.tokens, start, source.tokens, at), source, at)


def _agreeing(line: Sequence[str], start: int, source: Sequence[str], at: int) -> int:
    most = min(len(line) - start, len(source) - at)
    return next((i for i in range(most) if line[start + i] != source[at + i]), most)


def _is_copied(span: Span, line: Words) -> bool:
    whole = span.length in {len(line.tokens), len(span.source.tokens)}
    return whole or size(line.tokens[place] for place in span.places) >= COPIED_SPAN


def _faithful(best: Span, line: Words, sources: Sequence[Words]) -> Span:
    """Of several places a span may come from, one where no negation is lost, if there is one."""
    if not _flips(best, line, ()):
        return best
    equal = (s for s in _matches(line, best.start, sources) if s.length == best.length)
    return next((span for span in equal if not _flips(span, line, ())), best)


def _flips(span: Span, line: Words, copied: Collection[int]) -> int:
    """Negations near either end of the span that only its source has, or only the line."""
    count = 0
    for there, here in (
        (_before(span.source, span.at), _before(line, span.start)),
        (_after(span.source, span.at + span.length), _after(line, span.start + span.length)),
    ):
        lost = bool(there) and not here
        added = bool(here - set(copied)) and not there
        count += lost or added
    return count


def _before(words: Words, start: int) -> frozenset[int]:
    return words.negations & _same_clause(words, start, range(max(0, start - _BEFORE), start))


def _after(words: Words, end: int) -> frozenset[int]:
    beyond = range(end, min(len(words.tokens), end + _AFTER))
    return words.negations & _same_clause(words, end - 1, beyond)


def _same_clause(words: Words, at: int, places: range) -> frozenset[int]:
    return frozenset(place for place in places if words.clause[place] == words.clause[at])


def _negates(found: Sequence[str], at: int) -> bool:
    token = found[at]
    if token.endswith(("n't", "n’t")):
        return True
    if token not in _NEGATIONS:
        return False
    before, after = "".join(found[at - 1 : at]), "".join(found[at + 1 : at + 2])
    asks = before == after != ""  # 是不是, 要不要
    return not (asks or before + token in _HARMLESS or token + after in _HARMLESS)
