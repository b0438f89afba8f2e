"""The words by which one can tell what a text is about, and which of many texts hold them.

Chinese ones are words of the dictionary and, where it knows none (most Cantonese, names), pairs of
neighbouring characters; English ones are stems.
"""

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from bot.domain import stopwords
from bot.domain.likeness import stem
from bot.domain.script import HAN, fold
from bot.domain.words import jieba

EVERYDAY, FAMILIAR, UNKNOWN = math.log(12), math.log(30), math.log(80)
"""What a word of any day, an English one that is not rare, and a pair of characters that is no
word, can weigh at most."""

_RARE = 60_000
"""The dictionary counts some 60 million words; one text in `_RARE` divided by its count is taken to
hold a word of it. Ten times what its novels and papers would give: people speak plainly."""

_RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[a-z0-9]+)(?:'[a-z]+)?")
_WORD = re.compile("[a-z0-9]+")
_BEFORE, _AFTER = re.compile(r"([a-z0-9']+) \Z"), re.compile(r" ([a-z0-9']+)")
_LETTERS = (
    bytes(code if chr(code).isalnum() or not code else 32 for code in bytes(range(128)).lower())
    + b" " * 128
)
_TAGS = tuple("nvaijlsbzxgt")  # what names, does or describes something; no time, no number
_DIGITS = frozenset("零〇一二两三四五六七八九十百千万第几半")
_EVERYDAY = frozenset(fold(w) for w in (stopwords.EVERYDAY + stopwords.COMMON).split())
_STEMS = frozenset(stem(word) for word in _EVERYDAY if word.isascii())
_FAMILIAR = frozenset(map(stem, stopwords.FAMILIAR.split()))
_WHEN_AND_HOW_MANY = """
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
million half double couple dozen second third twice monday tuesday wednesday thursday friday
saturday sunday morning afternoon evening tonight weekend 礼拜 星期 周末 小时 分钟 半夜 凌晨
nobody everybody somebody anybody everyone anyone someone everything anything nothing none whole
part piece bit rest side already almost nearly probably actually honestly exactly ago later soon
early late first last next new old good bad best better big little small long short real true
different another certain sure time kind sort type lot started start stop
即系 嗰阵 嗰个 呢个 第一次 最后 每天 每次 一天 一次 全是 原来 突然 开始 结束
里面 外面 入面 对面 旁边 后面 前面 上面 下面 中间
"""
_EMPTY = frozenset(
    fold(word) for word in (stopwords.CHINESE + stopwords.ENGLISH + _WHEN_AND_HOW_MANY).split()
)
_SMALL = """
的了着过是有在到去来说讲要会能想让给做把被用对跟和与及或但而且也都就才又再还很太好更最真每个些这那哪谁
没不别吧吗呢啊欸诶啦嘛哈嗯喔哦唉系嘅喺咗唔啲嘢佢哋冇咁噉喎㗎囉喇咩乜嗰畀俾同埋仲先谂睇话点而家得度嚟返晒
完里上下中大小多少人事我你他她它们可以所因为如果之其么什怎样只从向于将已经
条张架部间件块杯支辆颗棵趟位份首句
"""
LITTLE = _DIGITS.union(map(fold, "".join(_SMALL.split())))
"""Characters that make no name of anything beside another one."""


@dataclass(frozen=True, slots=True)
class Word:
    """A telling word, folded, and where it stands in the folded text."""

    text: str
    start: int
    end: int

    @property
    def pairs(self) -> Sequence[str]:
        """By what it is looked for: 雜貨店 may be 雜貨 elsewhere. One character alone is not."""
        if self.single:
            return ()
        if self.text.isascii() or len(self.text) == 2:
            return (self.text,)
        pairs = [a + b for a, b in pairwise(self.text)]
        return [pair for pair in pairs if not LITTLE.issuperset(pair)]

    @property
    def single(self) -> bool:
        """Whether it is one Chinese character, which stands in words of all kinds."""
        return len(self.text) == 1


def plain(text: str) -> str:
    """The text in one script and case, each character in its place."""
    return text.lower() if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=8_192)
def words(text: str) -> tuple[Word, ...]:
    """The telling words of a text that is `plain`, in order; no two share a character unless
    neither is in the dictionary."""
    return tuple(
        word
        for run in _RUN.finditer(text)
        for word in (_chinese(run) if run["han"] else _english(run))
    )


@lru_cache(maxsize=16_384)
def most(word: str) -> float:
    """What a word can weigh, as the logarithm of one in how many texts of anybody's holds it."""
    if word in _EVERYDAY or word in _STEMS:
        return EVERYDAY
    if word.isascii():
        return FAMILIAR if word in _FAMILIAR else math.inf
    if len(word) == 1:
        return min(EVERYDAY, math.log(max(1.0, _RARE / jieba().suggest_freq(word))))
    if not jieba().has_word(word):
        return UNKNOWN
    return math.log(max(1.0, _RARE / jieba().suggest_freq(word)))


@lru_cache(maxsize=1_024)
def stems(text: str) -> frozenset[str]:
    """Those of all English words of a plain text."""
    return frozenset(map(stem, _WORD.findall(text)))


def beside(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of an English word in a plain text, with the word before it and the word after, if
    that says something."""
    before, after = _BEFORE.search(text, 0, start), _AFTER.match(text, end)
    if before and not _empty(before[1]):
        yield before.start(), end
    if after and not _empty(after[1]):
        yield start, after.end()


def holders(signs: Iterable[str], texts: Sequence[str]) -> Mapping[str, set[int]]:
    """By sign, a stem or a pair of characters, the places of the texts that hold it. The texts are
    as they were written: not these are brought into one script, the signs are brought into all."""
    found: dict[str, set[int]] = defaultdict(set)
    stems = {sign for sign in signs if sign.isascii()}
    pairs = {sign for sign in signs if not sign.isascii()}
    for place, sign in _pairs(texts, pairs) if pairs else ():
        found[sign].add(place)
    for place, sign in _forms(texts, stems) if stems else ():
        found[sign].add(place)
    return found


def _pairs(texts: Sequence[str], signs: set[str]) -> Iterator[tuple[int, str]]:
    places = [place for place, text in enumerate(texts) if not text.isascii()]
    joined = "\0".join(texts[place] for place in places)
    ends = [*accumulate(len(texts[place]) + 1 for place in places)]
    written = _written()
    pairs = {
        a + b: sign
        for sign in signs
        for a in written.get(sign[0], sign[0])
        for b in written.get(sign[1], sign[1])
    }
    # The expression leaves one place in seven to Python.
    first, second = ("".join({pair[at] for pair in pairs}) for at in (0, 1))
    for hit in re.finditer(f"[{first}](?=[{second}])", joined):
        at = hit.start()
        sign = pairs.get(joined[at : at + 2])
        if sign is not None:
            yield places[bisect_right(ends, at)], sign


def _forms(texts: Sequence[str], stems: set[str]) -> Iterator[tuple[int, str]]:
    said = " \0 ".join(texts).encode("ascii", "replace").translate(_LETTERS).split()
    roots = {word: stem(word.decode()) for word in set(said)}
    wanted = {word: root for word, root in roots.items() if root in stems or word == b"\0"}
    place = 0
    for word in filter(wanted.__contains__, said):
        if word == b"\0":
            place += 1
        else:
            yield place, wanted[word]


@cache
def _written() -> Mapping[str, str]:
    """By folded character, every way to write it, if there are others."""
    found: dict[str, str] = {}
    for char in map(chr, range(0x3400, 0xA000)):
        if (folded := _plain(char)) != char:
            found[folded] = found.get(folded, folded) + char
    return found


@lru_cache(maxsize=16_384)
def _plain(char: str) -> str:
    folded = fold(char)
    return folded if len(folded) == 1 else char


def _english(run: re.Match[str]) -> Iterator[Word]:
    word = run["word"]
    if not (_empty(word) or run.group() in _EMPTY):
        yield Word(stem(word), *run.span())


def _empty(word: str) -> bool:
    return word in _EMPTY or len(word) < 2 or word.isdigit()


def _chinese(run: re.Match[str]) -> Iterator[Word]:
    text, start, at = run.group(), run.start(), 0
    known = [False] * len(text)
    for piece, tag in jieba().tag(text):
        end = at + len(piece)
        if len(piece) > 1 and (jieba().has_word(piece) or piece in _EVERYDAY):
            known[at:end] = [True] * len(piece)
            if not (piece in _EMPTY or LITTLE.issuperset(piece)) and tag.startswith(_TAGS):
                yield Word(piece, start + at, start + end)
        elif tag.startswith(("n", "v")) and not (piece in _EMPTY or LITTLE.issuperset(piece)):
            yield Word(piece, start + at, start + end)
        at = end
    for at, pair in enumerate(map("".join, pairwise(text))):
        if not (known[at] or known[at + 1] or LITTLE & set(pair)):
            yield Word(pair, start + at, start + at + 2)
