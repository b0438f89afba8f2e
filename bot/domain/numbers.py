"""The numbers a text names, as values: 950, "1,000", 三十二, 一千五, 12萬, two hundred.

A value is written as its digits alone, so that 12:30, 十二點半 and "half past twelve" are one; a
minus and a per cent are part of it: -5 and 零下五, 30%, 百分之三十 and 三成.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.words import clauses, sentences, tokens

_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "两": 2}
_SHORT = {"廿": "二十", "卅": "三十", "卌": "四十"}
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_NUMERALS = frozenset({**_DIGITS, **_UNITS, **_SHORT})
_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {name: value for value, name in enumerate(_NAMES.split())}
_WORDS |= {name: 10 * value for value, name in enumerate(_TENS.split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "k": 1_000}
_PAST = {("half", "past"): "30", ("quarter", "past"): "15"}
_BELOW = (("minus",), ("负",), ("零", "下"))
_PER_CENT = (("percent",), ("per", "cent"))
_FIRST = frozenset({*_NUMERALS, *_WORDS, *(words[0] for words in (*_PAST, *_BELOW))})
_NO_TENTHS = frozenset("立功为个长绩员熟")  # 成 is no tenth before these: 二〇二〇成立
_MINUS = re.compile(r"(?<![0-9A-Za-z)）.,:%])[-−－](?=[$＄€£¥￥]?[0-9])")
_SIGNED = re.compile(
    r"(?P<sign>[$＄€£¥￥])\s?(?P<sum>[0-9]+(?:[.,][0-9]+)*k?\b"
    r"(?:\s?(?:hundred|thousand|million|[百千萬万億亿]))?)"
)
_SIGN_BEHIND = re.compile(r"(?<=[0-9])[$＄€£¥￥]")
_SIGNS = {"$": "dollars", "＄": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "￥": "yen"}
_SHORT_SIGNS = {"minus": "-", "percent": "%"}
_ARABIC = re.compile(r"(?P<digits>\d+(?:[.,:]\d+)*)(?P<k>k?)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a row of tokens: its digits, and how many tokens it takes."""

    value: str
    length: int


def number_at(found: Sequence[str], at: int) -> Number | None:
    """The number that begins with this token, if one does.

    A lone "one", "a hundred" or 一, 百 is more often a figure of speech than a figure.
    """
    if found[at] not in _FIRST and not found[at][:1].isdecimal():
        return None  # as most are: asked of every token of every text
    below = next((one for one in _BELOW if tuple(found[at : at + len(one)]) == one), ())
    number = _unsigned(found, at + len(below))
    if number is None or not below:
        return number
    return Number(f"-{number.value}", len(below) + number.length)


def _unsigned(found: Sequence[str], at: int) -> Number | None:
    if at >= len(found):
        return None
    if tuple(found[at : at + 3]) == ("百", "分", "之") and at + 3 < len(found):
        number = _arabic(found, at + 3) or _chinese(found, at + 3)
        return Number(f"{number.value}%", 3 + number.length) if number else None
    number = _past(found, at) or _arabic(found, at) or _chinese(found, at) or _english(found, at)
    if number is None:
        return None
    return _hour(found, at, number) or _share(found, at, number) or number


def signs_written_out(text: str) -> str:
    """`text` with the signs of its numbers as words behind or before them: -5, 30%, $50."""
    text = _MINUS.sub(" minus ", text)
    text = _SIGNED.sub(lambda one: f" {one['sum']} {_SIGNS[one['sign']]} ", text)
    text = _SIGN_BEHIND.sub(lambda one: f" {_SIGNS[one.group()]} ", text)
    return re.sub("[%％]", " percent ", text)


def numbers_in(text: str) -> dict[str, str]:
    """Each number of a text: its digits, and how it is written there (folded)."""
    numbers: dict[str, str] = {}
    for found in (
        tokens(signs_written_out(clause)) for one in sentences(text) for clause in clauses(one)
    ):
        at = 0
        while at < len(found):
            number = number_at(found, at)
            if number:
                said = [_SHORT_SIGNS.get(word, word) for word in found[at : at + number.length]]
                numbers.setdefault(number.value, (" " if said[0] in _WORDS else "").join(said))
            at += number.length if number else 1
    return numbers


def _share(found: Sequence[str], at: int, number: Number) -> Number | None:
    """30 percent, 三成."""
    end = at + number.length
    for words in _PER_CENT:
        if tuple(found[end : end + len(words)]) == words:
            return Number(f"{number.value}%", number.length + len(words))
    tenths = number.length == 1 and found[at] in _DIGITS and tuple(found[end : end + 1]) == ("成",)
    if tenths and not _NO_TENTHS & set(found[end + 1 : end + 2]):
        return Number(f"{number.value}0%", 2)
    return None


def _past(found: Sequence[str], at: int) -> Number | None:
    minutes = _PAST.get((found[at], found[at + 1])) if at + 2 < len(found) else None
    hour = number_at(found, at + 2) if minutes else None
    if not hour and minutes and found[at + 2] == "one":
        hour = Number("1", 1)
    return Number(f"{hour.value}{minutes}", 2 + hour.length) if hour else None


def _hour(found: Sequence[str], at: int, number: Number) -> Number | None:
    """十二點半, 八點二十(分)."""
    after = at + number.length
    if after + 1 >= len(found) or found[after] not in ("点", "點"):
        return None
    if found[after + 1] == "半":
        return Number(f"{number.value}30", number.length + 2)
    minutes = _arabic(found, after + 1) or _chinese(found, after + 1)
    if minutes is None or len(minutes.value) > 2:
        return None
    end = after + 1 + minutes.length
    spoken_out = end < len(found) and found[end] == "分"
    return Number(number.value + minutes.value, end + spoken_out - at)


def _arabic(found: Sequence[str], at: int) -> Number | None:
    written = _ARABIC.fullmatch(found[at])
    if written is None:
        return None
    digits, scale, length = written["digits"], 1_000 if written["k"] else 1, 1
    while at + length < len(found) and (unit := _UNITS.get(found[at + length], 0)) > 10:
        scale, length = scale * unit, length + 1
    if at + length < len(found) and scale == 1:
        scale = _SCALES.get(found[at + length], 1)
        length += scale > 1
    if scale == 1:
        return Number(digits.replace(",", "").replace(":", ""), 1)
    return Number(f"{float(digits.replace(',', '')) * scale:.0f}", length)


def _chinese(found: Sequence[str], at: int) -> Number | None:
    end = at
    while end < len(found) and found[end] in _NUMERALS:
        if _short_for_more(found, at, end):
            break  # 三百八|一晚
        end += 1
    numeral = "".join(found[at:end])
    plain = "".join(_SHORT.get(char, char) for char in numeral)
    if not numeral or numeral in _UNITS or (value := _value(plain)) <= 1:
        return None
    return Number(str(value), end - at)


def _short_for_more(found: Sequence[str], at: int, end: int) -> bool:
    """Whether the numeral so far is one like 三百八, so that a digit begins something else."""
    return (
        end - at >= 2
        and found[end] in _DIGITS
        and found[end - 1] in _DIGITS
        and _UNITS.get(found[end - 2], 0) >= 100
    )


def _value(numeral: str) -> int:
    """三百五十 → 350, 一千五 → 1500, 二〇二六 → 2026."""
    if not set(numeral) & set(_UNITS):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = section = digit = 0
    last_unit = 1
    for char in numeral:
        unit = _UNITS.get(char, 0)
        if unit >= _UNITS["万"]:
            total, section, digit = (total + section + digit) * unit, 0, 0
        elif unit:
            section, digit = section + (digit or 1) * unit, 0
        else:
            digit = _DIGITS[char]
        last_unit = unit or (1 if char in "零〇" else last_unit)
    short = numeral[-1] not in _UNITS and numeral[-2] in _UNITS and last_unit >= 100
    return total + section + digit * (last_unit // 10 if short else 1)


def _english(found: Sequence[str], at: int) -> Number | None:
    """Two hundred and fifty, fifteen thousand, eighty seven, nineteen ninety nine, seven fifty."""
    total = section = 0
    length, last = 0, at
    while last < len(found):
        word = found[last]
        if word in _WORDS:
            section = _joined(section, _WORDS[word])
        elif word in _SCALES and (section or total):
            scale = _SCALES[word]
            total, section = (total, section * scale) if scale == 100 else (
                total + section * scale, 0
            )  # fmt: skip
        elif not (word == "and" and (section % 100 == 0 and section) and _word_next(found, last)):
            break
        last += 1
        length = last - at
    value = total + section
    return Number(str(value), length) if value > 1 else None


def _joined(section: int, value: int) -> int:
    if section and value >= 10 and section % 100:
        return section * 100 + value  # nineteen ninety, seven fifty
    return section + value


def _word_next(found: Sequence[str], at: int) -> bool:
    return at + 1 < len(found) and found[at + 1] in _WORDS
