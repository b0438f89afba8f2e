"""Traditional and Simplified: compare texts across scripts, write what was heard in one of them.

What a person wrote is never converted. `fold` makes the form in which two texts are compared;
`folded` also leads back from a span of that form to the words as they were written.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

from bot.domain.records import Language

HAN = "〇々㐀-䶿一-鿿豈-﫿\U00020000-\U000323af"
"""Chinese characters, for use inside a regular expression's brackets."""

LINK = (
    r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/]"
    r"|\b[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,6}"
    r"\.(?:com|net|org|tv|cn|tw|hk|io|be)\b(?:/[!-~]*[A-Za-z0-9/])?"
)
"""An address, with or without its scheme, for use inside a regular expression. A name's parts have
63 characters at most (RFC 1035), and here there are eight of them: without an end to it, a text of
40,000 letters and dots is searched from each of them for ten seconds."""

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_KANA = re.compile("[ぁ-ヿ]")
_CLAUSES = re.compile(r"((?:[^\w\s]|\s)+)")
_LINKS = re.compile(LINK)

# The mainland writes 着, 你, 它 where Taiwan writes these; OpenCC's t2s leaves them alone.
_VARIANTS = str.maketrans("著妳牠", "着你它")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in the form for comparing, and where each of its characters came from."""

    original: str
    text: str
    spans: tuple[tuple[int, int], ...]  # per folded character: start and end in `original`

    def quote(self, start: int, end: int) -> str:
        """The original words behind `text[start:end]`, verbatim."""
        return self.original[self.spans[start][0] : self.spans[end - 1][1]] if start < end else ""


def folded(text: str) -> Folded:
    """OpenCC t2s, then NFKC and casefold per character with its marks, invisible characters gone.

    One character may become several (… is three dots) or none (a zero-width joiner).
    """
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    for start, cluster in _clusters(simplified(text)):
        piece = _fold_cluster(cluster)
        pieces.append(piece)
        spans.extend([(start, start + len(cluster))] * len(piece))
    return Folded(text, "".join(pieces), tuple(spans))


def fold(text: str) -> str:
    """The form in which texts are compared: script, width, case and invisible marks set aside."""
    if text.isascii() and text.isprintable():
        return text.lower()  # the same, in a fraction of the time
    try:
        return simplified(text).translate(_FOLDS)
    except _MarkedError:
        return folded(text).text


def simplified(text: str) -> str:
    """`text` in Simplified characters, each at the place of the one it stands for."""
    converted = _convert("t2s", text)
    if len(converted) != len(text):
        converted = "".join(_one(char) for char in text)
    return converted.translate(_VARIANTS)


def traditional(text: str) -> str:
    """`text` in Traditional characters, as far as they can be told without their neighbours."""
    return _convert("s2t", text)


def locked(text: str, language: Language) -> str:
    """What a recogniser wrote, in the script of `language`; English chooses none.

    Clause by clause, for recognisers change scripts within a sentence. A clause that holds no
    character of the other script is left alone, and so is everything that is not Chinese; Japanese
    shares characters with both.
    """
    if language is Language.EN:
        return text
    other = -1 if language is Language.ZH_HANT else 1
    config = "s2tw" if language is Language.ZH_HANT else "tw2s"
    return "".join(
        _convert(config, clause)
        if any(_leaning(char) == other for char in clause) and not _KANA.search(clause)
        else clause
        for clause in _CLAUSES.split(text)
    )


def unlinked(text: str) -> str:
    """`text` with blanks in the place of its links, every other character where it was."""
    return _LINKS.sub(lambda link: " " * len(link.group()), text)


def links(text: str) -> list[str]:
    """The addresses in `text`, each with its scheme."""
    found = (one.group() for one in _LINKS.finditer(text))
    return [one if "://" in one else f"https://{one}" for one in found]


def language_of(text: str, prefer: Language) -> Language:
    """The language `text` is written in, by its characters; links count for nothing.

    Any Chinese character makes it Chinese; the script is the one whose own characters are in the
    majority. Where that does not tell (我在台北), `prefer` decides if it is Chinese, else
    Traditional. Latin letters make it English. Without either (digits, an emoji) it is `prefer`.
    """
    plain = unlinked(text)
    han = _HAN.findall(plain)
    if not han:
        return Language.EN if _LATIN.search(plain) else prefer
    balance = sum(map(_leaning, han))
    if balance:
        return Language.ZH_HANT if balance > 0 else Language.ZH_HANS
    return prefer if prefer is not Language.EN else Language.ZH_HANT


@lru_cache(maxsize=16_384)
def _leaning(char: str) -> int:
    """1 for a character only Traditional writing uses, -1 for Simplified, 0 for both.

    That a conversion changes it is not enough: 里, 后 and 台 are changed, yet in use on both sides,
    so the older national character sets (Big5, GB 2312) have to agree.
    """
    if _convert("t2s", char) != char and not _encodes(char, "gb2312"):
        return 1
    if _convert("s2t", char) != char and not _encodes(char, "big5"):
        return -1
    return 0


def _encodes(char: str, codec: str) -> bool:
    return bool(char.encode(codec, "ignore"))


def _clusters(text: str) -> list[tuple[int, str]]:
    """Each character together with the marks that combine with it, and where it starts."""
    clusters: list[tuple[int, str]] = []
    for at, char in enumerate(text):
        if clusters and unicodedata.category(char).startswith("M"):
            start, cluster = clusters[-1]
            clusters[-1] = (start, cluster + char)
        else:
            clusters.append((at, char))
    return clusters


@lru_cache(maxsize=16_384)
def _fold_cluster(cluster: str) -> str:
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    return "".join(char for char in plain if not _invisible(char))


class _MarkedError(Exception):
    """A character belongs to the one before it."""


class _Folds(dict[int, str]):
    """Each character that was met, folded by itself."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if unicodedata.category(char).startswith("M"):
            raise _MarkedError
        self[code] = plain = _fold_cluster(char)
        return plain


_FOLDS = _Folds()


def _invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f"


@lru_cache(maxsize=16_384)
def _one(char: str) -> str:
    converted = _convert("t2s", char)
    return converted if len(converted) == 1 else char


def _convert(config: str, text: str) -> str:
    # OpenCC takes UTF-8 only; a lone surrogate becomes "?", one character for one.
    safe = text.encode("utf-8", "replace").decode("utf-8")
    return str(_converter(config).convert(safe))


@cache
def _converter(config: str) -> OpenCC:
    """Loading a dictionary takes about 10 ms, so it happens at first use and once."""
    return OpenCC(config)
