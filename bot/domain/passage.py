"""A text cut up for comparing: tokens, and where one may cut between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain import lexicon
from bot.domain.numbers import number_at, signs_written_out
from bot.domain.words import clauses, sentences, tokens

_IS = frozenset(["he", "she", "it", "that", "there", "what", "who", "where", "how", "here"])
_STEMS = {"won't": "will", "can't": "can", "shan't": "shall", "ain't": "is"}
_MONEY = dict.fromkeys(["dollar", "dollars", "buck", "bucks", "块", "元", "蚊"], "$")
_MONEY |= {"pound": "£", "pounds": "£", "quid": "£", "euro": "€", "euros": "€", "yen": "¥"}
_ASKS = re.compile("[?？؟]+(?![A-Za-z0-9])")  # not in an address
_TAILS = {"m": "am", "ve": "have", "ll": "will", "re": "are", "d": "would"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as tokens, a number being one token by its value (`#850`), and for each the sentence
    and the segment it stands in. A segment reaches from one place where one may cut to the next.

    `asks` holds the tokens with a question mark behind them.
    """

    tokens: tuple[str, ...]
    sentence: tuple[int, ...]
    segment: tuple[int, ...]
    asks: frozenset[int]

    def begins(self, at: int) -> bool:
        """Whether a segment begins with this token."""
        return at == 0 or self.segment[at - 1] != self.segment[at]

    def opens(self, at: int) -> bool:
        """Whether nothing but joints and fillers stands before this token in its segment."""
        before = self.tokens[self.segment.index(self.segment[at]) : at]
        return lexicon.made_of(before, lexicon.CONNECTIVES, lexicon.FILLERS)

    def ends(self, at: int) -> bool:
        """Whether a segment ends with this token."""
        return at + 1 == len(self.tokens) or self.segment[at + 1] != self.segment[at]

    def of_segment(self, segment: int) -> range:
        """The places of one segment."""
        first = self.segment.index(segment)
        return range(first, first + self.segment.count(segment))

    def of_sentence(self, sentence: int) -> range:
        """The places of one sentence."""
        first = self.sentence.index(sentence)
        return range(first, first + self.sentence.count(sentence))


@lru_cache(maxsize=2_048)
def passage(text: str) -> Passage:
    """`text` cut up."""
    found: list[str] = []
    sentence_of: list[int] = []
    segment_of: list[int] = []
    asks: set[int] = set()
    segment = -1
    for number, sentence in enumerate(sentences(text)):
        for clause in clauses(sentence):
            segment += 1
            pieces = _pieces(clause)
            before = [len(_pieces(clause[: mark.start()])) for mark in _ASKS.finditer(clause)]
            asks |= {len(found) + min(n, len(pieces)) - 1 for n in before}
            for at, piece in enumerate(pieces):
                if at and _cuts(pieces, at):
                    segment += 1
                found.append(piece)
                sentence_of.append(number)
                segment_of.append(segment)
    return Passage(tuple(found), tuple(sentence_of), tuple(segment_of), frozenset(asks - {-1}))


def size(found: Sequence[str]) -> int:
    """The size of tokens in characters; a word of an alphabet, or a number, counts double."""
    return sum(2 if len(token) > 1 or token.isascii() else 1 for token in found)


def _pieces(clause: str) -> list[str]:
    spoken = tokens(signs_written_out(clause))
    spoken = [token for token in spoken if token not in lexicon.SOUNDS]
    return _numbers_merged(_written_out(spoken))


def _cuts(pieces: Sequence[str], at: int) -> bool:
    """Whether a joint begins here, so that one may cut before it."""
    return bool(lexicon.length_at(pieces, at, lexicon.BORDERS)) and not lexicon.length_at(
        pieces, at - 1, lexicon.BORDERS
    )


def _written_out(found: Sequence[str]) -> list[str]:
    """Short forms in full, so that a "not" is a word of its own: didn't, won't, I'm, we've."""
    out: list[str] = []
    for token in found:
        head, mark, tail = token.rpartition("'")
        if token.endswith("n't"):
            out += [_STEMS.get(token, token[:-3]), "not"]
        elif mark and (tail in _TAILS or (tail == "s" and head in _IS)):
            out += [head, _TAILS.get(tail, "is")]
        else:
            out.append(token)
    return ["not" if token == "cannot" else token for token in out]


def _numbers_merged(found: Sequence[str]) -> list[str]:
    merged: list[str] = []
    at = 0
    while at < len(found):
        number = number_at(found, at)
        merged.append(f"#{number.value}" if number else found[at])
        at += number.length if number else 1
        if number and at < len(found) and found[at] in _MONEY:
            merged.append(_MONEY[found[at]])
            at += 1
    return merged
