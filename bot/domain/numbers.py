"""The numbers a text names, as values: 950, "1,000", 三十二, two hundred."""

import re

_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {name: value for value, name in enumerate(_NAMES.split())}
_WORDS |= {name: 10 * value for value, name in enumerate(_TENS.split(), 2)}

_CHINESE = re.compile(rf"[{''.join(_DIGITS)}{''.join(_UNITS)}]+")
_ENGLISH = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")
_ARABIC = re.compile(r"\d+(?:[.,:]\d+)*")


def numbers_in(folded_text: str) -> dict[str, str]:
    """Each number of a folded text: its value as digits, and how it is written there.

    A lone "one", "a hundred" or 一, 百 is more often a figure of speech than a figure.
    """
    found: dict[str, str] = {}
    for match in _ARABIC.finditer(folded_text):
        found.setdefault(match.group().replace(",", ""), match.group())
    for match in _CHINESE.finditer(folded_text):
        if (value := _chinese(match.group())) > 1 and match.group() not in _UNITS:
            found.setdefault(str(value), match.group())
    for match in _ENGLISH.finditer(folded_text):
        if (value := _WORDS.get(match.group(), 0)) > 1:
            found.setdefault(str(value), match.group())
    return found


def _chinese(numeral: str) -> int:
    """三百五十 → 350, 二〇二六 → 2026."""
    if not set(numeral) & set(_UNITS):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = section = digit = 0
    for char in numeral:
        unit = _UNITS.get(char, 0)
        if unit >= _UNITS["万"]:
            total, section, digit = (total + section + digit) * unit, 0, 0
        elif unit:
            section, digit = section + (digit or 1) * unit, 0
        else:
            digit = _DIGITS[char]
    return total + section + digit
