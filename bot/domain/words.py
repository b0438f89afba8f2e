"""Sentences, clauses, words: a text cut up, each piece verbatim.

Written for Chinese in both scripts (Cantonese too), English and the two mixed; any other writing
gets a sensible answer by its Unicode classes.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.domain import stopwords
from bot.domain.script import HAN, fold, simplified

if TYPE_CHECKING:
    from rjieba import Jieba

ZH_CHARS_PER_MIN = 260
"""Spoken Chinese with room for pauses (docs/science.md, "Draft": 60 s = 260 characters)."""

EN_WORDS_PER_MIN = 165
"""Spoken English with room for pauses (docs/science.md, "Draft": 60 s = 165 words)."""

CONTENT_WORDS_OF_A_SEED = 2
"""A seed with fewer is thin (product.md, promise 2)."""

_ONE = HAN + "ぁ-ヿㄅ-ㄯ"  # writing without spaces: a character is a token
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
_LETTER = rf"[^\W{_ONE}_]"
_WORD = rf"(?:{_LETTER}[{_MARKS}]*)+"
_TOKEN = re.compile(
    rf"[{_ONE}]|\d+(?:[.,:]\d+)+|{_WORD}(?:['’]{_WORD})*|[\u2190-\u2bff\U0001f000-\U0001faff]"
)
_SPOKEN = re.compile(rf"(?P<zh>[{_ONE}])|\d+(?:[.,:]\d+)+|{_WORD}(?:['’]{_WORD})*")
_RUN = re.compile(rf"(?P<han>[{_ONE}]+)|{_WORD}(?:['’]{_WORD})*")

_LINK = r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/]"
_LINKS = re.compile(_LINK)
_QUOTATION = r"「[^「」\n]{1,80}」|『[^『』\n]{1,80}』|“[^“”\n]{1,160}”|(?<!\w)\"[^\"\n]{1,160}\""
_CLOSERS = "」』”’\"')）】》〉"
# What holds a mark that ends no sentence, or an end: the first alternative that fits wins.
_SENTENCE = re.compile(
    rf"(?P<quote>{_QUOTATION})|(?P<whole>{_LINK}"
    r"|(?m:^[^\S\n]*\d{1,3}[.)][^\S\n])|\b[A-Z]\.(?=\s?[A-Z])"
    r"|\b(?i:e\.g|i\.e|mr|mrs|ms|dr|st|vs|prof)\.|\b(?i:[ap]\.m|etc)\.(?=\s+(?:[a-z]|I\b)))"
    rf"|(?P<end>(?:[。！？!?؟…⋯]|\.+(?=\s|$|[{_CLOSERS}{_ONE}]))+[\ufe0f]?(?P<closed>[{_CLOSERS}]*))"
    r"|(?P<line>[\r\n\u2028\u2029]+)"
)
_CLAUSE = re.compile(
    rf"(?P<whole>{_LINK}|{_QUOTATION}|\d[,:]\d)"
    rf"|(?P<end>[，；：;]|[,:](?![\d\u200b-\u200d])|[—―]+|\s[-–](?=\s)|(?<=[{HAN}])\s+(?=[{HAN}])"
    r"|(?=\s[#＃][^\W\d])"
    r"|(?=\s(?i:but|because|until|although|though|and then|so (?:I|we|you|he|she|they|it))\b))"
)
# An emoji with its skin tone, joiners and flags stays in one piece, as does a letter with marks.
_GRAPHEME = re.compile(
    r"[\U0001f1e6-\U0001f1ff]{2}"
    rf"|.(?:[{_MARKS}\u20d0-\u20ff\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d.)*",
    re.DOTALL,
)

_STOP_ZH = frozenset(stopwords.CHINESE.split())
_STOP_EN = frozenset(stopwords.ENGLISH.split())
# rjieba's part-of-speech tags: what names, does or describes something. Particles, pronouns,
# adverbs, counters and unknown single characters (most Cantonese particles) stay out.
_CONTENT_TAGS = ("n", "v", "a", "i", "l", "j", "s", "t", "b", "z")
_OTHER = "eng"  # the tag we give to words in any other writing


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: white space and invisible format characters only."""
    return all(_unseen(char) for char in text)


def tokens(text: str) -> list[str]:
    """`text` folded; one Chinese character, one word, one number or one emoji each."""
    return [token.replace("’", "'") for token in _TOKEN.findall(fold(text))]


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence stands, its closing marks included, the white space around it not."""
    start = 0
    for mark in _SENTENCE.finditer(text):
        if mark["line"] or (mark["end"] and _ends(mark, text)) or _ends_quoted(mark, text):
            yield from _seen(text, start, mark.end())
            start = mark.end()
    yield from _seen(text, start, len(text))


def sentences(text: str) -> list[str]:
    """The sentences of `text`, verbatim: cut after 。！？!?…, at line breaks, and at full stops."""
    return [text[start:end] for start, end in sentence_spans(text)]


def clauses(sentence: str) -> list[str]:
    """The clauses of one sentence, verbatim, each with the mark that closes it.

    Cut at commas, colons and dashes, at a space between Chinese characters, before a #tag, and
    before an English conjunction (but, because, until, so it …).
    """
    cuts = [mark.end() for mark in _CLAUSE.finditer(sentence) if mark["whole"] is None]
    pieces = [sentence[a:b].strip() for a, b in pairwise([0, *cuts, len(sentence)])]
    return [piece for piece in pieces if not is_blank(piece)]


@lru_cache(maxsize=8_192)
def content_words(text: str) -> tuple[str, ...]:
    """The words of `text` that carry meaning, in order, as they stand in it."""
    return tuple(word for word, _ in tagged(text))


def is_thin(seed: str) -> bool:
    """Whether a seed has too little in it to grow from (the journey asks about fragments too)."""
    return len({fold(word) for word in content_words(seed)}) < CONTENT_WORDS_OF_A_SEED


@lru_cache(maxsize=2_048)
def speaking_seconds(
    text: str,
    *,
    zh_chars_per_min: float = ZH_CHARS_PER_MIN,
    en_words_per_min: float = EN_WORDS_PER_MIN,
) -> float:
    """How long `text` takes to say; in a mixed text the time of both languages adds up."""
    spoken = Counter("zh" if match["zh"] else "en" for match in _SPOKEN.finditer(text))
    return 60 * (spoken["zh"] / zh_chars_per_min + spoken["en"] / en_words_per_min)


def graphemes(text: str) -> list[str]:
    """`text` in what a person sees as one sign each."""
    return _GRAPHEME.findall(text)


def excerpt(text: str, max_chars: int, *, least: float = 1 / 3) -> str:
    """`text` on one line, at most `max_chars` long; cut after a clause that fills `least` of that,
    or else after a word, with "…"."""
    line = " ".join(text.split())
    if len(line) <= max_chars:
        return line
    room = max_chars - 1
    cut = _last(_clause_ends(line), int(room * least), room)
    cut = cut or _last(_word_ends(line), room // 3, room)
    cut = cut or _last((m.end() for m in _GRAPHEME.finditer(line)), 0, room)
    return line[:cut].rstrip(" ,，、;；:：—-。.") + "…"


def keywords(text: str, pool: Sequence[str] = (), limit: int = 4) -> list[str]:
    """The most telling words of `text`, best first: rare in the person's own `pool`, and concrete.

    Rarity is inverse document frequency; names of things count half as much again as other words.
    """
    seen: dict[str, tuple[float, int, str]] = {}
    for position, (word, tag) in enumerate(tagged(text)):
        if tag != _OTHER and not jieba().has_word(simplified(word)):
            continue  # a guess of the segmenter's, perhaps cut wrong: 嗶卡出|站
        weight = rarity(fold(word), pool) * (1.5 if tag.startswith(("n", _OTHER)) else 1.0)
        seen.setdefault(fold(word), (-weight * min(len(word), 2), position, word))
    return [word for _, _, word in sorted(seen.values())[:limit]]


def rarity(folded_word: str, pool: Sequence[str]) -> float:
    """Inverse document frequency of a folded word in `pool`, smoothed so that it is never zero."""
    frequency = _frequencies(tuple(pool))
    return math.log((1 + len(pool)) / (1 + frequency[folded_word])) + 1


@lru_cache(maxsize=8)
def _frequencies(pool: tuple[str, ...]) -> Counter[str]:
    return Counter(word for text in pool for word in {fold(w) for w in content_words(text)})


@lru_cache(maxsize=8_192)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """Content words as they stand in `text`, with rjieba's tag."""
    plain = _LINKS.sub(lambda link: " " * len(link.group()), simplified(text))
    words: list[tuple[str, str]] = []
    for run in _RUN.finditer(plain):
        if run["han"] is None:
            word = text[run.start() : run.end()]
            if not (word.lower().replace("’", "'") in _STOP_EN or word.isnumeric()):
                words.append((word, _OTHER))
            continue
        at = run.start()
        for piece, tag in jieba().tag(run.group()):
            if _carries_meaning(piece, tag):
                words.append((text[at : at + len(piece)], tag))
            at += len(piece)
    return tuple(words)


def _carries_meaning(piece: str, tag: str) -> bool:
    if piece in _STOP_ZH:
        return False
    return tag.startswith(_CONTENT_TAGS) or (len(piece) > 1 and tag in {"x", "zg", "g"})


@cache
def jieba() -> "Jieba":
    """The segmenter, for Simplified text. Its dictionary is built in; loading takes about 0.1 s, so
    at first use and once."""
    from rjieba import Jieba

    return Jieba()


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in {"Cf", "Cc", "Zs", "Zl", "Zp"} or char in "\ufe0e\ufe0f"


def _ends(mark: re.Match[str], text: str) -> bool:
    """Whether an end mark ends the sentence: not one inside a quotation that goes on after it."""
    rest = text[mark.end() :]
    if mark["closed"] and rest[:1] and not rest[:1].isspace():
        return False
    gentle = mark["closed"] or mark.group().startswith(("…", "⋯", ".."))
    if gentle and rest.lstrip()[:1].islower():
        return False
    inside_a_word = rest[:1].isascii() and rest[:1].isalnum() and mark.start() > 0
    return not (inside_a_word and mark.group() in {"!", "?"} and text[mark.start() - 1].isascii())


def _ends_quoted(mark: re.Match[str], text: str) -> bool:
    """Whether a quotation ends the sentence it stands in: with its own full stop, and a gap."""
    rest = text[mark.end() :]
    complete = mark["quote"] is not None and mark.group()[-2] in "。！？!?؟…⋯."
    return complete and rest[:1].isspace() and not rest.lstrip()[:1].islower()


def _seen(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if not is_blank(piece):
        left = len(piece) - len(piece.lstrip())
        yield start + left, start + len(piece.rstrip())


def _clause_ends(line: str) -> Iterator[int]:
    yield from (mark.end() for mark in _CLAUSE.finditer(line) if mark["whole"] is None)
    yield from (end for _, end in sentence_spans(line))


def _word_ends(line: str) -> Iterator[int]:
    """Ends of words: Chinese ones by the dictionary, others by their letters."""
    for run in _RUN.finditer(simplified(line)):
        at = run.start()
        for piece in jieba().cut(run.group()) if run["han"] else [run.group()]:
            at += len(piece)
            yield at


def _last(ends: Iterator[int], least: int, most: int) -> int:
    return max((end for end in ends if least <= end <= most), default=0)
