"""A day as people say it: 2026-12-01, 12/1, 1 December, 下週一, 後天, in 3 days, 三天後.

Written for short answers that are nothing but a day, in the three languages and in Cantonese.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from bot.domain import numbers
from bot.domain.script import fold

A_DAY, A_WEEK = timedelta(days=1), 7
JUST_OVER = timedelta(days=90)
"""Ours: a day named without its year is the last one of that name up to so long ago, and else the
next: in November 11/20 was yesterday, and 1/5 is in January."""

_NUMERALS = "零〇一二两三四五六七八九十"
_N = rf"(?:\d{{1,3}}|[{_NUMERALS}]{{1,3}})"
_COUNTS = "one two three four five six seven eight nine ten eleven twelve"
_ENGLISH = {"a": 1, "an": 1} | {name: n for n, name in enumerate(_COUNTS.split(), 1)}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAY = (
    r"(?P<name>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_HAN_WEEKDAYS = dict(zip("一二三四五六日天", (*range(7), 6), strict=True))

_NEAR = {
    "yesterday": -1, "昨天": -1, "昨日": -1, "寻日": -1, "前天": -2,
    "today": 0, "tonight": 0, "今天": 0, "今日": 0, "今晚": 0,
    "tomorrow": 1, "明天": 1, "明日": 1, "明晚": 1, "听日": 1, "听晚": 1,
    "day after tomorrow": 2, "后天": 2, "后日": 2, "大后天": 3, "大后日": 3,
}  # fmt: skip
_AFTER = r"(?:后|之后|以后)?"

Found = re.Match[str]


def read_day(text: str, today: date) -> date | None:
    """The day that `text` names, None where it names none. It may be over: the 20th, on the 21st.
    A weekday alone is the next one; next Monday and 下週一 are in the week that begins on the next
    Monday. Without a year: see `JUST_OVER`."""
    said = re.sub(r"\s+", " ", fold(text)).strip(" .,。，!！")
    said = said.removeprefix("on ").removeprefix("the ")
    if said in _NEAR:
        return today + _NEAR[said] * A_DAY
    for pattern, day in _PATTERNS:
        if found := pattern.fullmatch(said):
            try:
                return day(found, today)
            except (ValueError, OverflowError):  # 31 November, the year 0
                return None
    return None


def _n(text: str) -> int:
    if text in _ENGLISH:
        return _ENGLISH[text]
    return int(text) if text.isdigit() else numbers.chinese(text)


def _dated(found: Found, today: date) -> date:
    """A month and a day, with or without the year."""
    parts = found.groupdict()
    name = parts["month"]
    month = _MONTHS.index(name[:3]) + 1 if name[:1].isascii() and name[:1].isalpha() else _n(name)
    day = _n(parts["day"])
    if year := parts.get("year"):
        return date(int(year), month, day)
    return _nearest(month, day, today)


def _numbered(found: Found, today: date) -> date:
    """12/1 is in December, and so is 25/12."""
    month, day = int(found["month"]), int(found["day"])
    return _nearest(day, month, today) if month > 12 else _nearest(month, day, today)


def _nearest(month: int, day: int, today: date) -> date:
    """The day of this name in the year that is meant; 29 February is in a leap year only."""
    date(2024, month, day)  # raises for what is no day in any year
    years = range(today.year - 1, today.year + 9)
    named = [date(year, month, day) for year in years if day <= monthrange(year, month)[1]]
    return next(one for one in named if today - one <= JUST_OVER)


def _day_of_month(found: Found, today: date) -> date:
    """3號: of this month, or of the next one that has it."""
    day = _n(found["day"])
    first = today.replace(day=1)
    if day < today.day:
        first = _months_on(first, 1)
    while day > monthrange(first.year, first.month)[1]:
        if day > 31:
            raise ValueError
        first = _months_on(first, 1)
    return first.replace(day=day)


def _weekday(found: Found, today: date) -> date:
    parts = found.groupdict()
    wanted = (
        _WEEKDAYS.index(parts["name"][:3]) if parts.get("name") else _HAN_WEEKDAYS[parts["han"]]
    )
    which = parts.get("which") or ""
    if not which:
        return today + ((wanted - today.weekday() - 1) % A_WEEK + 1) * A_DAY
    weeks = which.count("下") or (which == "next")
    return today + (weeks * A_WEEK + wanted - today.weekday()) * A_DAY


def _days_on(found: Found, today: date) -> date:
    return today + _n(found["n"]) * A_DAY


def _weeks_on(found: Found, today: date) -> date:
    return today + _n(found["n"]) * A_WEEK * A_DAY


def _months(found: Found, today: date) -> date:
    return _months_on(today, _n(found["n"]))


def _months_on(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _next_week(_: Found, today: date) -> date:
    return today + (A_WEEK - today.weekday()) * A_DAY


def _next_month(_: Found, today: date) -> date:
    return _months_on(today.replace(day=1), 1)


def _half_month(_: Found, today: date) -> date:
    return today + 15 * A_DAY


def _fortnight(_: Found, today: date) -> date:
    return today + 2 * A_WEEK * A_DAY


_SPELT = rf"(?P<n>\d{{1,3}}|{'|'.join(_ENGLISH)})"
_HAN_N = rf"(?P<n>{_N})"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[Found, date], date]], ...] = tuple(
    (re.compile(pattern), day)
    for pattern, day in (
        (rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})", _dated),
        (r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})", _numbered),
        (rf"(?:{_YEAR}年)?(?P<month>{_N})月(?P<day>{_N})(?:日|号)?", _dated),
        (rf"{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?", _dated),
        (rf"{_MONTH} {_DAY}(?:,? {_YEAR})?", _dated),
        (rf"(?P<day>{_N})号", _day_of_month),
        (r"(?P<day>\d{1,2})(?:st|nd|rd|th)", _day_of_month),
        (rf"(?:(?P<which>this|next|coming) )?{_WEEKDAY}", _weekday),
        (r"(?P<which>这个?|本|下{1,3}个?)?(?:周|星期|礼拜)(?P<han>[一二三四五六日天])", _weekday),
        (rf"(?:in |for )?{_SPELT} (?:days?|nights?|evenings?)", _days_on),
        (rf"{_HAN_N} ?(?:天|日|晚){_AFTER}", _days_on),
        (rf"(?:in |for )?{_SPELT} weeks?", _weeks_on),
        (rf"{_HAN_N} ?个?(?:周|星期|礼拜){_AFTER}", _weeks_on),
        (rf"(?:in |for )?{_SPELT} months?", _months),
        (rf"{_HAN_N} ?个月{_AFTER}", _months),
        (rf"半个月{_AFTER}", _half_month),
        (r"(?:in |for )?a fortnight", _fortnight),
        (r"next week|下个?(?:周|星期|礼拜)", _next_week),
        (r"next month|下个?月", _next_month),
    )
)
