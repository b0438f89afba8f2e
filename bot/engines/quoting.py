"""Which of a person's words a question quotes: passages that read well, and nouns that can stand
alone."""

import re
from collections.abc import Iterator, Sequence

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
# Two or three words: more of them in a row is hardly one name.
_MAX_RUN = 6
_LATIN = "eng"  # rjieba's tag, and ours, of a word in other letters
# The dictionary has these as verbs and measures too.
_KINDS = frozenset("站攤摊")
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
    long enough to be one, several that stand together as one. `pool` is what else the person
    said."""
    standing = _latin_nouns(text) | _chinese_nouns(text)
    found = keywords(text, pool, limit=_CANDIDATES)
    whole = [standing[fold(word)] for word in found if fold(word) in standing]
    return list(dict.fromkeys(whole))[:_WORDS]


def _chinese_nouns(text: str) -> dict[str, str]:
    """Nouns, each with the run of nouns it stands in: 拉麵店老闆, which the dictionary cuts in two.
    What may be the rest of a longer word is left out."""
    standing: dict[str, str] = {}
    broken: set[str] = set()
    for run in _runs(text):
        whole = "".join(word for word, _ in run)
        for word, tag in run:
            if len(whole) > _MAX_RUN or not all(_names(tag) for _, tag in run):
                broken.add(fold(word))
            elif (tag != _LATIN or len(run) > 1) and len(whole) >= _MIN_CHINESE:
                standing.setdefault(fold(word), whole)
    return {word: run for word, run in standing.items() if word not in broken}


def _runs(text: str) -> Iterator[list[tuple[str, str]]]:
    """Words that name something and stand together with nothing between them."""
    run: list[tuple[str, str]] = []
    at = 0
    for word, tag in tagged(text):
        start = text.index(word, at)
        if run and (start > at or not (_names(tag) or _leftover(word, tag))):
            yield run
            run = []
        if run or _names(tag) or _leftover(word, tag):
            run.append((word, tag))
        at = start + len(word)
    if run:
        yield run


def _names(tag: str) -> bool:
    return tag.startswith(_NOUNS) or tag == _LATIN


def _leftover(word: str, tag: str) -> bool:
    """Whether this may be half of a word: a single character that says what kind of thing the noun
    before it is (捷運|站), or a guess (x)."""
    return tag == "x" or (len(word) == 1 and word in _KINDS)


def _latin_nouns(text: str) -> dict[str, str]:
    said = ["", *_TOKEN.findall(text), ""]
    return {
        fold(word): word
        for before, word, after in zip(said, said[1:], said[2:], strict=False)
        if not (_in_capitals(word) and (_in_capitals(before) or _in_capitals(after)))
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


def _in_capitals(word: str) -> bool:
    """Perhaps part of a longer name: New York."""
    return word[:1].isupper() and word.lower() not in _STOP


def _is_name(before: str, word: str) -> bool:
    """Written in capitals (MRT), or with one in the middle of a sentence (Netflix)."""
    if len(word) > 1 and word.isupper():
        return True
    inside = before not in {"", ".", "!", "?", "。", "！", "？", "“", '"', "「", "…", ":"}
    return inside and word[:1].isupper() and len(word) >= _MIN_LATIN
