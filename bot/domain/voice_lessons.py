"""What a person's own edits teach: words they take out of drafts again and again, or put in."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bot.domain import lexicon
from bot.domain.bans import breaks
from bot.domain.script import HAN, fold
from bot.domain.words import content_words, jieba, sentences, tokens

AGAIN = 3
"""In so many drafts it is a habit and is asked about (issue 7)."""

_SAME_LINE = 0.5  # of its tokens: what has less in common is another line. Ours.
_LONGEST = 5  # tokens; more is another sentence. Ours.
_LITTLE = 2  # characters of a Chinese word that is not in the lists: 的 alone is no habit


_HAN = re.compile(f"[{HAN}]")


class Edit(StrEnum):
    """What was done with a word."""

    CUT = "cut"
    PUT_IN = "put_in"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A word that was cut out of so many drafts, or put into them."""

    edit: Edit
    word: str
    drafts: int


def lessons(pairs: Sequence[tuple[Sequence[str], str]]) -> list[Lesson]:
    """What the person did in `AGAIN` drafts at least, the most frequent first. A pair is the lines
    of a draft and the final text that the person made of it; one cut counts only where the word is
    gone altogether, one put in only where it was nowhere before."""
    counted: Counter[tuple[Edit, str]] = Counter()
    written: dict[str, str] = {}
    for lines, final in pairs:
        draft = "\n".join(lines)
        for edit, word in set(_edits(lines, final)):
            if not breaks(final if edit is Edit.CUT else draft, [word]):
                counted[edit, fold(word)] += 1
                written.setdefault(fold(word), word)
    found = [Lesson(edit, written[word], n) for (edit, word), n in counted.items() if n >= AGAIN]
    return sorted(found, key=lambda one: (-one.drafts, one.edit, one.word))


def _edits(lines: Sequence[str], final: str) -> Iterator[tuple[Edit, str]]:
    """Words that are gone from a line that else is still there, or new in it."""
    ends = [(one, tokens(one)) for one in sentences(final)]
    for line in (sentence for text in lines for sentence in sentences(text)):
        before = tokens(line)
        matched = [
            (SequenceMatcher(None, before, after, autojunk=False), one, after)
            for one, after in ends
        ]  # fmt: skip
        if not matched:
            return
        match, sentence, after = max(matched, key=lambda one: one[0].ratio())
        kept = sum(block.size for block in match.get_matching_blocks())
        if kept < _SAME_LINE * min(len(before), len(after)) or kept < 2:
            continue
        for kind, a, b, c, d in match.get_opcodes():
            if kind in ("delete", "replace"):
                yield from ((Edit.CUT, one) for one in _words(before[a:b], line))
            if kind in ("insert", "replace"):
                yield from ((Edit.PUT_IN, one) for one in _words(after[c:d], sentence))


def _words(found: Sequence[str], text: str) -> Iterator[str]:
    """The words in a few tokens, as they stand in `text`: a known phrase as a whole, else those
    that say something."""
    if not 0 < len(found) <= _LONGEST:
        return
    chinese = any(_HAN.match(one) for one in found)
    phrase = ("" if chinese else " ").join(found)
    if lexicon.made_of(list(found), lexicon.CONNECTIVES, lexicon.FILLERS):
        yield _as_it_stands(phrase, text)
        return
    for word in jieba().cut(phrase) if chinese else found:
        if len(word) >= _LITTLE and content_words(word):
            yield _as_it_stands(word, text)


def _as_it_stands(word: str, text: str) -> str:
    form = fold(text)
    at = form.find(word)
    return text[at : at + len(word)] if at >= 0 and len(form) == len(text) else word
