"""What the words after /digest ask for: an hour, weekdays, a pause, a form, one now, none, the
week."""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.domain.days import read_day
from bot.domain.hours import HOUR, hour_of
from bot.domain.records import Person
from bot.domain.script import fold

USUAL_HOUR = time(21)
A_WEEK, A_YEAR = timedelta(days=7), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Tell:
    """When the next one comes."""


@dataclass(frozen=True, slots=True)
class Now:
    """One at once."""


@dataclass(frozen=True, slots=True)
class Week:
    """A look back at the running week."""


@dataclass(frozen=True, slots=True)
class Off:
    """None any more."""


@dataclass(frozen=True, slots=True)
class On:
    """As it was before it was off or paused."""


@dataclass(frozen=True, slots=True)
class When:
    """At this hour, on weekdays only or not; None: as before. `taken`: "at 8" was taken for the
    evening, and may have been the morning."""

    at: time | None = None
    weekdays_only: bool | None = None
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """None until the evening of this day; of none: the pause is over."""

    until: date | None


@dataclass(frozen=True, slots=True)
class Skip:
    """None on this evening alone."""

    evening: date


@dataclass(frozen=True, slots=True)
class InForm:
    """Drafts in the form of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Over:
    """A pause until a day that is over, or is today."""

    day: date


@dataclass(frozen=True, slots=True)
class TooFar:
    """A pause of more than a year."""

    day: date


@dataclass(frozen=True, slots=True)
class Unclear:
    """The part of the words that was understood, and the part that was not."""

    words: str
    understood: str = ""


Change = Off | On | When | Pause | InForm
Wish = Tell | Now | Week | Change | Skip | Over | TooFar | Unclear

# All in the form of `fold`: Simplified, lower case.
_PLAIN: tuple[tuple[re.Pattern[str], Wish], ...] = tuple(
    (re.compile(pattern), wish)
    for pattern, wish in (
        ("", Tell()),
        ("now|现在|马上|立刻|即刻|而家|依家", Now()),
        (
            r"(?:(?:the |my |this )?week|weekly)(?: review)?"
            r"|(?:(?:[本这]一?|一)个?(?:周|星期|礼拜)|每?周)的?(?:回顾|总结|报)?|周记",
            Week(),
        ),
        ("off|stop|none|never|关[掉闭]?|停[掉止]?|不要了?|唔要", Off()),
        ("on|start|开启?|打开|开返", On()),
        ("resume|continue|unpause|恢复|继续|(?:取消|结束)暂停", Pause(None)),
    )
)
_PAUSE = re.compile(
    r"(?:pause|暂停|先停|停)\s*(?:(?:until|till|to|for)\b|到|至)?(?P<day>.*?)(?:为止|再说|再来)?"
)
_EVENING = "(?P<day>tonight|today|tomorrow|今晚|今天|今日|明晚|明天|明日|听晚|听日)"
_SKIP = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:skip|not|none|no digest|off)(?: on| for)? {_EVENING}(?: night|'s)?",
        rf"{_EVENING}(?: night)?(?: off| none|[ ,，]*(?:先|就)?(?:不要|不用|不发|不看|休息|停|唔要|"
        r"唔使|跳过|免了))(?:了|吧|啦)?",
        rf"(?:跳过|不要|唔要){_EVENING}(?:的|了|吧)?",
    )
)
_FORM = re.compile(r"\s*(?:form(?:at)?\b|格式|形式)[\s:：]*(?P<name>\S.*)", re.I | re.DOTALL)
_DAYS = {
    True: re.compile(
        r"(?:on |only )?(?:weekdays?|workdays?|working days|mon(?:day)?s? ?(?:to|-|–|through) ?"
        r"fri(?:day)?s?)(?: only)?"
        r"|(?:weekends?|(?:saturdays?|sat) (?:and|&) (?:sundays?|sun)) off"
        r"|(?:no|not on|not at|skip|without|except)(?: the)? weekends?"
        r"|(?:周|星期|礼拜)[末六]日?(?:就|都)?(?:不要|不用|不发|休息|停|唔要|唔使)"
        r"|(?:只?[在要]?)(?:平日|工作日|上班日|返工日|(?:周|星期|礼拜)一[到至-](?:周|星期|礼拜)?五)"
    ),
    False: re.compile(
        r"(?:every ?day|daily|every (?:evening|night)|all days|7 days(?: a week)?)"
        r"|每天|每日|天天|日日|每晚|(?:周|星期|礼拜)一[到至-](?:周|星期|礼拜)?[日天]"
    ),
}
_LATE = re.compile("evening|night|晚")
_EARLY = re.compile("morning")
_FOUR_DIGITS = re.compile(r"(?<![\d:./-])([01]\d|2[0-3])([0-5]\d)(?![\d:./-])")
_FILLER = re.compile(
    r"\b(?:at|on|(?:in the|every) morning|in the evening|only|please|o'clock)\b"
    r"|[\s,、.的都]+|晚上|改[到成]?"
)


def read(words: str, today: date) -> Wish:
    """The wish behind the words, on the person's calendar day `today`."""
    said = " ".join(fold(words).split()).rstrip("。.!！ ")
    for pattern, wish in _PLAIN:
        if pattern.fullmatch(said):
            return wish
    if skip := next((found for one in _SKIP if (found := one.fullmatch(said))), None):
        day = read_day(skip["day"], today)
        return Skip(day) if day else Unclear(words.strip())
    if form := _FORM.fullmatch(words):
        return InForm(form["name"].strip())
    if pause := _PAUSE.fullmatch(said):
        return _pause(pause["day"].strip(), today, words.strip())
    return _when(said, words.strip())


def skipping(evening: date) -> Pause:
    """What leaves out this evening, as long as none before it is still to come."""
    return Pause(evening + timedelta(days=1))


def applied(change: Off | On | When | Pause, person: Person, hour_before: time | None) -> Person:
    """The person with their evenings as wished; `hour_before` is that from before they were off."""
    on = person.digest_at or hour_before or USUAL_HOUR
    match change:
        case Off():
            return replace(person, digest_at=None, paused_until=None)
        case On():
            return replace(person, digest_at=on, paused_until=None)
        case Pause(None):
            return replace(person, digest_at=on, paused_until=None)
        case Pause(until):  # whoever gets none has nothing to pause
            return replace(person, paused_until=until if person.digest_at else None)
        case When(at, weekdays_only, _):
            only = person.weekdays_only if weekdays_only is None else weekdays_only
            return replace(person, digest_at=at or on, weekdays_only=only)


def _pause(day: str, today: date, words: str) -> Wish:
    until = read_day(day, today) if day else today + A_WEEK
    if until is None:
        typed = _as_typed(day, words)
        return Unclear(typed, words.removesuffix(typed).strip())
    if until <= today:
        return Over(until)
    return TooFar(until) if until - today > A_YEAR else Pause(until)


def _when(said: str, words: str) -> Wish:
    rest, weekdays_only, at, taken = _FOUR_DIGITS.sub(r"\1:\2", said), None, None, False
    for only, pattern in _DAYS.items():
        if found := pattern.search(rest):
            weekdays_only, rest = only, _without(rest, found)
            break
    if found := HOUR.search(rest):
        at = hour_of(found)
        rest = _without(rest, found) if at is not None else rest
        if at and 5 <= at.hour < 12 and not _EARLY.search(said):
            late = bool(_LATE.search(said))  # every evening at 8
            taken = not late and _is_spoken(found)
            at = at.replace(hour=at.hour + 12) if late or taken else at
    left = _FILLER.sub(" ", rest).strip()
    if left or (at is None and weekdays_only is None):
        hour = f"{at:%H:%M}" if at is not None else ""
        return Unclear(_as_typed(left, words) or words, hour)
    return When(at, weekdays_only, taken)


def _is_spoken(found: re.Match[str]) -> bool:
    """Whether an hour was said as people say that of an evening, "at 8" and 八點半, and not typed
    as a clock shows it, with 早上 or am."""
    exact = found["part"] or found["m"] or found["named"] or found["minute"] or "h" in found[0]
    return not exact and not (found["hour"] or "").startswith("0")


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _as_typed(part: str, words: str) -> str:
    """A part of the folded words as the person typed it, where each sign became one."""
    at = fold(words).find(part)
    return words[at : at + len(part)] if len(fold(words)) == len(words) and at >= 0 else part
