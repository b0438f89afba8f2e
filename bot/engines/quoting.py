"""Which of a person's words a question quotes: passages that read well, and nouns that can stand
alone."""

import re
from collections.abc import Sequence

from bot.domain import stopwords
from bot.domain.records import Language
from bot.domain.script import fold, language_of
from bot.domain.words import clauses, content_words, excerpt, keywords, sentences, tagged

QUOTE_CHARS = {Language.ZH_HANT: 26, Language.ZH_HANS: 26, Language.EN: 64}
"""How much of the person's words a card quotes, so that it stays readable on a phone."""

_PASSAGES, _WORDS = 4, 4  # of a long seed, so that its cards stay about what matters in it
_CANDIDATES = 40  # keywords looked at for nouns among them

# rjieba's tags of what can be asked about: names and nouns, verbs used as nouns, abbreviations.
_NOUNS = ("n", "vn", "j")
_MIN_CHINESE, _MIN_LATIN = 2, 4  # a single character or "ad" reads badly alone in quotation marks

# An English word is taken for a noun where its place says so: after one of these, and before
# something that is no content word ("the second time" says nothing about "second").
_LEADING = """
the a an my your his her its our their this that these those every each no some any
in on at of with without from about under over behind between into
"""
_NO_NOUNS = """
first second third last next past front back same whole least most best worst other few own
case fact general particular short long
"""
_BEFORE_NOUNS = frozenset(_LEADING.split())
_STOP = frozenset(stopwords.ENGLISH.split())
_NEVER = _STOP | frozenset(_NO_NOUNS.split())
_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*|[^\sA-Za-z]")


def passages(text: str, *, finer: bool = False) -> list[str]:
    """What a card may quote of a text, richest first: all of it if it is short, else its sentences
    (`finer`: its clauses), cut to a length that reads well."""
    max_chars = QUOTE_CHARS[language_of(text, Language.EN)]
    pieces = sentences(text)
    if finer:
        pieces = [clause for sentence in pieces for clause in clauses(sentence)]
    elif len(text.strip()) <= max_chars and "\n" not in text.strip():
        pieces = [text]
    rich = sorted(pieces, key=lambda piece: -len(set(content_words(piece))))[:_PASSAGES]
    return [excerpt(piece, max_chars).rstrip(" 。.,，、;；:：") or piece.strip() for piece in rich]


def nouns(text: str, pool: Sequence[str]) -> list[str]:
    """The words of `text` that a card may ask about alone, the most telling first: nouns and names
    long enough to be one. `pool` is what else the person said."""
    standing = _chinese_nouns(text) | _latin_nouns(text)
    found = keywords(text, pool, limit=_CANDIDATES)
    return [word for word in found if fold(word) in standing][:_WORDS]


def _chinese_nouns(text: str) -> set[str]:
    return {
        fold(word)
        for word, tag in tagged(text)
        if tag.startswith(_NOUNS) and len(word) >= _MIN_CHINESE
    }


def _latin_nouns(text: str) -> set[str]:
    said = ["", *_TOKEN.findall(text), ""]
    return {
        fold(word)
        for before, word, after in zip(said, said[1:], said[2:], strict=False)
        if _is_name(before, word) or _is_noun(before, word, after)
    }


def _is_noun(before: str, word: str, after: str) -> bool:
    ends = not after[:1].isalpha() or after.lower() in _STOP
    plain = word.lower()
    return (
        before.lower() in _BEFORE_NOUNS
        and ends
        and len(word) >= _MIN_LATIN
        and plain not in _NEVER
        and not plain.endswith(("ly", "ing", "ed"))
    )


def _is_name(before: str, word: str) -> bool:
    """Written in capitals (MRT), or with one in the middle of a sentence (Netflix)."""
    if len(word) > 1 and word.isupper():
        return True
    inside = before not in {"", ".", "!", "?", "。", "！", "？", "“", '"', "「", "…", ":"}
    return inside and word[:1].isupper() and len(word) >= _MIN_LATIN
