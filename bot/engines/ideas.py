"""One idea of a model's answer: tidied, or not taken.

A prompt asks; this sees to it. An idea that would lead elsewhere, is in the wrong language or far
too long is dropped; markup, invisible characters and the wrong Chinese script are mended.
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from bot.domain.likeness import quotations
from bot.domain.records import Language
from bot.domain.script import HAN, locked
from bot.domain.words import excerpt
from bot.engines.angles import AtMost
from bot.engines.answers import Ground, numbers
from bot.engines.pointers import brings_pointers

TOLERATED = 2
"""How many times the length asked for a title may have: models count badly, cards are narrow."""

WORD_CHARS = 8
"""For a title without Chinese, characters to a word: English has 6 with the blank, and names are
longer. So a title has an end whatever it is written in."""

MOST_MARKS = 2
"""Marks upon one character: Vietnamese has two, and so has an emoji on a keycap. Heaps of them
cover the lines above and below."""

RAW_CHARS = 2_000
"""An idea with its markup is no longer than this; what is longer is not looked into."""

# prompts/expand.md asks for 8 words, and for 12 words or 24 characters: with the same tolerance.
MECHANISM_CHARS = 100
ASSUMPTION_CHARS = {Language.ZH_HANT: 48, Language.ZH_HANS: 48, Language.EN: 150}

_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]+")
_INLINE = re.compile(r"</?(?:a|b|i|u|s|em|strong|code|span|mark|del|ins|sub|sup)\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_LINKED = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_PAIRED = re.compile(
    r"(?P<mark>\*\*|__|~~|``|\|\||(?<![A-Za-z0-9])[*_`](?=\S))"
    r"(?P<words>.+?)(?<=\S)(?P=mark)(?![A-Za-z0-9])"
)
_LEADING = re.compile(r"^(?:#{1,6}\s+|[-*+•>]\s+)+")
# A joiner within an emoji is seen; any other format character is not.
_UNSEEN = re.compile("(?<![\U0001f000-\U0001faff\u2190-\u2bff\ufe0f])\u200d|\u200d$")


@dataclass(frozen=True, slots=True)
class UsableIdea:
    """What is shown of an idea. Only the title is never empty: the rest helps, and may be missing
    or unreadable in an answer."""

    title: str
    mechanism: str
    assumption: str
    fragment_ids: tuple[int, ...]


def usable_idea(
    element: object, ground: Ground, *, language: Language, at_most: AtMost
) -> UsableIdea | None:
    """`element` as an idea, tidied; None when it is none or may not be shown."""
    if not isinstance(element, Mapping):
        return None
    title, mechanism, assumption = (
        said if isinstance(said := element.get(name), str) else ""
        for name in ("title", "mechanism", "assumption")
    )
    raw = f"{title}\n{mechanism}\n{assumption}".replace("</", "<")
    if len(raw) > RAW_CHARS or _heaps_marks(raw) or brings_pointers(raw, ground.holds):
        return None
    title = locked(plain(title), language)
    mechanism = locked(excerpt(plain(mechanism), MECHANISM_CHARS), language)
    assumption = locked(excerpt(plain(assumption), ASSUMPTION_CHARS[language]), language)
    if not _has_words(title) or _is_long(title, at_most) or not _is_in(language, title, ground):
        return None
    if brings_pointers(f"{title}\n{mechanism}\n{assumption}", ground.holds):
        return None
    return UsableIdea(
        title=title,
        mechanism=mechanism,
        assumption=assumption if _is_in(language, assumption, ground) else "",
        fragment_ids=ground.known(numbers(element.get("fragment_ids"))),
    )


def plain(text: str) -> str:
    """`text` on one line, without tags, Markdown, control and invisible characters."""
    text = _TAG.sub(" ", _INLINE.sub("", html.unescape(_seen(text))))
    text = _LINKED.sub(r"\1", _LEADING.sub("", text.strip()))
    while (bare := _PAIRED.sub(r"\g<words>", text)) != text:
        text = bare
    return " ".join(_seen(text).split())


def _seen(text: str) -> str:
    """Without what cannot be seen: line breaks and other controls become blanks."""
    text = _UNSEEN.sub("", text)
    kinds = ((char, unicodedata.category(char)) for char in text)
    return "".join(
        " " if kind == "Cc" else char
        for char, kind in kinds
        if kind not in {"Cf", "Cs", "Co"} or char == "\u200d"
    )


def _has_words(title: str) -> bool:
    return bool(_HAN.search(title) or _LATIN_WORD.search(title))


def _is_long(title: str, at_most: AtMost) -> bool:
    if _HAN.search(title):
        return len(title) > TOLERATED * at_most.characters
    words = TOLERATED * at_most.words
    return len(title.split()) > words or len(title) > WORD_CHARS * words


def _heaps_marks(text: str) -> bool:
    kinds = (unicodedata.category(char)[0] for char in html.unescape(text))
    return any(len(list(run)) > MOST_MARKS for kind, run in groupby(kinds) if kind == "M")


def _is_in(language: Language, text: str, ground: Ground) -> bool:
    """Whether `text` is for the most part in `language`. What it quotes of the person does not
    count, nor English words in Chinese, unless they are twice as many as its characters."""
    for quoted in quotations(text):
        if quoted in ground.words:
            text = text.replace(quoted, " ")
    han, latin = len(_HAN.findall(text)), len(_LATIN_WORD.findall(text))
    if _foreign(text, ground):
        return False
    return han <= latin if language is Language.EN else latin <= 2 * han


def _foreign(text: str, ground: Ground) -> bool:
    """Whether a third or more of the letters are neither Chinese nor Latin nor the person's."""
    letters = [char for char in text if char.isalpha()]
    own = [
        char
        for char in letters
        if _HAN.match(char) or _LATIN_WORD.match(char) or char in ground.words
    ]
    return 3 * (len(letters) - len(own)) >= len(letters) > 0
