"""The words in which beats, fragments and versions of a draft are named, as patterns.

They read the folded form (`script.fold`: Simplified, lower case, half width); Mandarin, Cantonese
and English side by side.
"""

import re

from bot.domain.drafts import Opening

_NUMERAL = "[一二两三四五六七八九十]{1,3}"
_CARDINAL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ORDINAL = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|\d{1,2}(?:st|nd|rd|th)"
)
_UNIT = "(?>个?段落?|一?段|句话?|句子|点|条|拍|部分|行|节|个|part|beat)"
_PART = "(?:beat|line|part|paragraph|para|point|section|bit|sentence|one|post|tweet)"

PLACE = (
    rf"(?>第\s?(?:{_NUMERAL}|\d{{1,2}}){_UNIT}?|段\s?\d{{1,2}}"
    rf"|(?:最后|最尾|尾)(?:那|嗰)?(?:一|1)?(?:个?段落?|句话?|个|点|条|行)"
    rf"|倒数第\s?(?:{_NUMERAL}|\d{{1,2}}){_UNIT}?|开头那段"
    rf"|(?:the )?(?:{_ORDINAL}|last|final)(?: {_PART})"
    rf"|(?:the )?(?:{_PART}|number|no\.?|nr\.?) ?(?:\d{{1,2}}|{_CARDINAL})|\d{{1,2}})"
)
"""A beat: 第二段, 最後一句, beat 2, the last one, or a bare number. Atomic: else a long list of
them that is no wish would be tried in a million ways."""

PLACES = (
    rf"(?:第\d{{1,2}}(?:[,、和跟同与及]\d{{1,2}})+{_UNIT}?|(?:beat|line|part|paragraph|point"
    rf"|section)s \d{{1,2}}(?:, ?\d{{1,2}})*(?: ?(?:,|and|&|, and) ?\d{{1,2}})"
    rf"|{PLACE}(?:\s?(?:,|、|和|跟|同|与|及|同埋|and|&|, and)\s?{PLACE})*)"
)
"""One or several of them."""

FRAGMENT = r"(?:(?:碎片|fragment|note)\s?#?\s?\d{1,5}|#\s?\d{1,5})"
"""A fragment by its number, which needs a sign: #9, 碎片 9."""

VERSION = (
    rf"(?:第\s?(?:{_NUMERAL}|\d{{1,3}})\s?个?版本?|版本\s?\d{{1,3}}"
    rf"|(?:the )?(?:{_ORDINAL}) version|(?:version|ver\.?|v) ?(?:\d{{1,3}}|{_CARDINAL}))"
)
BEFORE = r"(?:上一?个?版本?|前一?个?版本?|之前(?:那|嗰)个?版本?|(?:the )?previous version)"
"""The version before."""

HOOK = r"(?:开头|开场白?|开首|开端|起头|hook|钩子|opening|opener|first line|intro|start)"

_PLACE = re.compile(PLACE)
_FRAGMENT = re.compile(FRAGMENT)
_DIGITS = re.compile(r"\d+")
_CHINESE_NUMBER = re.compile(_NUMERAL)
_NAMED = re.compile(rf"\b({_ORDINAL}|{_CARDINAL})\b")
_NUMBERS = {name: n for n, name in enumerate(_CARDINAL.split("|"), 1)}
_NUMBERS |= {name: n for n, name in enumerate(_ORDINAL.split("|")[:12], 1)}
_CHINESE = {char: n for n, char in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_KINDS = {
    Opening.QUESTION: re.compile(r"问|question"),
    Opening.NUMBER: re.compile(r"数字|数目|number"),
    Opening.CONTRAST: re.compile(r"对比|反差|转折|contrast"),
    Opening.SCENE: re.compile(r"场景|画面|scene"),
}


def number_of(words: str) -> int:
    """The number named: in digits, in Chinese up to 99, or in English up to twelve."""
    if digits := _DIGITS.search(words):
        return int(digits.group())
    if named := _NAMED.search(words):
        return _NUMBERS[named.group()]
    found = _CHINESE_NUMBER.search(words)
    return _chinese(found.group()) if found else 0


def place_of(words: str) -> int:
    """The place of one beat: counted from 1, or from the last one on as -1, -2 …"""
    if words.startswith("倒数"):
        return -number_of(words)
    if words.startswith(("最", "尾")) or re.match(r"(?:the )?(?:last|final)\b", words):
        return -1
    return 1 if words == "开头那段" else number_of(words)


def places_in(words: str) -> tuple[int, ...]:
    """The places of all beats named."""
    found = tuple(_PLACE.finditer(words))
    return tuple(place_of(one.group()) for one in found)


def fragment_in(words: str) -> int:
    """The number of the first fragment named."""
    found = _FRAGMENT.search(words)
    return number_of(found.group()) if found else 0


def kind_in(words: str) -> Opening | None:
    """The kind of opening named."""
    return next((kind for kind, said in _KINDS.items() if said.search(words)), None)


def _chinese(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _CHINESE[numeral[-1]]
    return 10 * _CHINESE.get(tens, 1) + _CHINESE.get(ones, 0)
