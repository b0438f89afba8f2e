"""Words and topics that may not stand in a draft."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.domain.script import HAN, fold
from bot.domain.words import is_blank, jieba

LONGEST = 60
"""Characters of a banned word. Ours: what is longer is a sentence, and stands nowhere again."""

MOST_AT_ONCE = 20  # of one message; ours

_BETWEEN = re.compile(r"[、，,;；\n/|]+")
_QUOTES = " \t「」『』“”‘’\"'`。.!！?？#＃"
_MY = re.compile(r"^(?:我的|我嘅|(?:my|the|any|about)\s+)(?=\S)", re.IGNORECASE)
_LETTER = "[^\\W\\d_]"
_HAN = re.compile(f"[{HAN}]")
_RUN = re.compile(f"[{HAN}]+")
# A plural or a possessive says the same; any other ending may be another word (stock, stocking).
_ENDINGS = r"(?:'s|s'|es|s)?"


def listed(text: str, *, topics: bool = False) -> list[str]:
    """The words of a message that bans some: parted by commas or lines, without quotation marks; of
    topics without “my”."""
    found = (one.strip(_QUOTES) for one in _BETWEEN.split(text))
    whole = (_MY.sub("", one) if topics else one for one in found)
    return list(dict.fromkeys(one[:LONGEST] for one in whole if not is_blank(one)))[:MOST_AT_ONCE]


def breaks(text: str, banned: Sequence[str]) -> tuple[str, ...]:
    """Which of these words and topics stand in `text`, as they were typed.

    Either Chinese script, any case and width; a word in Latin letters as a whole one, also in the
    plural; a Chinese one unless its place only looks so (前任 in 目前任務).
    """
    if not banned:
        return ()
    said = fold(text).replace("’", "'")
    return tuple(one for one in banned if _stands(_needle(one), said))


def _stands(needle: re.Pattern[str] | None, said: str) -> bool:
    found = needle.finditer(said) if needle else iter(())
    return any(_is_a_word(said, one.start(), one.end()) for one in found)


@lru_cache(maxsize=1_024)
def _needle(word: str) -> re.Pattern[str] | None:
    plain = " ".join(fold(word).replace("’", "'").split())
    if not plain:
        return None
    gaps = r"[\s\-]+".join(re.escape(one) for one in re.split(r"[\s\-]+", plain))
    before = rf"(?<!{_LETTER})" if _is_letter(plain[0]) else ""
    after = rf"{_ENDINGS}(?!{_LETTER})" if _is_letter(plain[-1]) else ""
    # Latin letters end where Chinese characters begin: 很emo的.
    latin = rf"(?:(?<={_HAN.pattern})|{before})" if before else ""
    return re.compile(
        latin + gaps + (rf"(?:{_ENDINGS}(?={_HAN.pattern})|{after})" if after else "")
    )


def _is_letter(char: str) -> bool:
    return char.isalpha() and not _HAN.match(char)


def _is_a_word(said: str, start: int, end: int) -> bool:
    """False where every character of it belongs to a word of the dictionary that reaches beyond but
    does not hold all of it: 目前 and 任務 share 前任, while 跟前 and a lone 任 may be cut wrong."""
    taken: set[int] = set()
    for first, last in _words_around(said, start, end):
        if end - start == 1 or not (first <= start and end <= last):
            taken |= set(range(start, end)) & set(range(first, last))
        if start <= first and last <= end and end - start > 1:
            return True
    return len(taken) < end - start


def _words_around(said: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the Chinese words of two or more characters stand that touch this place."""
    for run in _RUN.finditer(said):
        if run.end() <= start or run.start() >= end:
            continue
        at = run.start()
        for piece in jieba().cut(run.group()):
            if len(piece) > 1 and at < end and at + len(piece) > start and jieba().has_word(piece):
                yield at, at + len(piece)
            at += len(piece)
