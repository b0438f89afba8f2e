"""An hour of the day as people type it: 21:00, 9.30, 21點半, 晚上九點, 9pm, 8:30 p.m."""

import re
from datetime import time

from bot.domain import numbers
from bot.domain.script import fold

_HAN = "[零〇一二两三四五六七八九十]{1,3}"
_N = rf"(?:\d{{1,2}}|{_HAN})"
_AT_NIGHT = "晚上|夜晚|今晚|晚间|夜里|晚"
_PART = rf"(?P<part>凌晨|半夜|清晨|早上|早晨|朝早|上午|中午|下午|午后|晏昼|傍晚|{_AT_NIGHT})"
HOUR = re.compile(
    rf"(?<![\d:./-])(?:{_PART} ?)?(?:"
    rf"(?P<hour>\d{{1,2}}|{_HAN}(?=[点时]))(?:[:.](?P<minute>\d\d)"
    rf"|[点时](?:钟|(?P<half>半)|(?P<quarters>[一三])刻|(?P<minutes>{_N})分?)?"
    r"|h(?P<after_h>\d\d)?)?"
    r"(?: ?(?P<m>[ap])\.?m\b\.?)?|(?P<named>noon|midnight|正午|午夜))"
    r"(?![\d:/-])"
)
"""For `fold`ed text; digits alone are an hour too."""


def read_hour(text: str) -> time | None:
    """The time of day that `text` is, None where it is none."""
    found = HOUR.fullmatch(fold(text).strip())
    return hour_of(found) if found else None


def hour_of(found: re.Match[str]) -> time | None:
    """What a match of `HOUR` says; None for 24:00, 21:60, 13 pm."""
    if named := found["named"]:
        return time(12) if named in ("noon", "正午") else time(0)
    hour = _number(found["hour"])
    minute = 30 if found["half"] else 15 * _number(found["quarters"] or "0")
    minute += _number(found["minute"] or found["minutes"] or found["after_h"] or "0")
    if found["m"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (found["m"] == "p")
    elif found["part"]:
        hour = _in_part(hour, found["part"])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _in_part(hour: int, part: str) -> int:
    """晚上 9 is 21, 晚上 12 midnight, 晚上 1 an hour past it; 中午 1 is 13."""
    if hour > 12:
        return hour
    if part in ("凌晨", "半夜"):
        return hour % 12
    if part in _AT_NIGHT.split("|"):
        return hour + 12 if 5 <= hour < 12 else hour % 12
    if part == "中午":
        return hour + 12 if hour < 5 else hour
    return hour % 12 + 12 if part in ("下午", "午后", "晏昼", "傍晚") else hour


def _number(text: str) -> int:
    return int(text) if text.isdigit() else numbers.chinese(text)
