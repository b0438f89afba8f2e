"""When a draft is to be filmed: the days and hours there are to choose from, and what a calendar is
told of it."""

import math
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain import evening
from bot.domain.drafts import Draft
from bot.domain.script import fold

MINUTES = tuple(60 * hour for hour in (9, 12, 15, 18, 20, 22))
"""Of a day. Ours: the light of a morning, a noon and an afternoon, and the evening."""

DAYS, PAGES = 7, 4
"""Ours: a week at a time, four weeks ahead. Nobody keeps an hour for a video any longer."""

LONGEST = timedelta(days=366)
"""Ours: buttons older than that are not pressed any more, they are made up."""


SETTING_UP = timedelta(minutes=15)
TAKES = 10
QUARTER = timedelta(minutes=15)
"""Ours, for one person and a phone: a quarter of an hour for light and sound, each line said ten
times over (retakes, looking at them, other angles), all of it rounded up to quarters."""

ALARM = timedelta(hours=1)
"""Ours: before it begins, time to charge the phone and to clear a corner."""

_OURS = uuid.UUID("5a0c9d52-4f6e-4f0b-9a4b-5d7a0f6b1c3e")  # made once, of random numbers
_LISTS = frozenset(["shoots", "拍摄"])  # as `fold` gives them


@dataclass(frozen=True, slots=True)
class Shoot:
    """A draft as a calendar has it. Of two with one `uid` that with more `changes` holds."""

    uid: str
    title: str
    text: str
    at: datetime
    lasts: timedelta
    changes: int
    cancelled: bool = False


def days(now: datetime, zone: ZoneInfo, page: int) -> list[date]:
    """The days of one page, counted from 0: the first begins today, if any hour of it is left."""
    first = now.astimezone(zone).date() + timedelta(days=DAYS * page)
    week = [first + timedelta(days=n) for n in range(DAYS)]
    return [day for day in week if hours(day, now, zone)]


def hours(day: date, now: datetime, zone: ZoneInfo) -> list[tuple[int, datetime]]:
    """What is left of `MINUTES` on a day, each with its moment by local clocks."""
    moments = [(minute, moment(day, minute, zone)) for minute in MINUTES]
    return [(minute, one.astimezone(zone)) for minute, one in moments if one > now]


def moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The UTC moment; of a time that clocks jump over as far behind the jump
    (`evening.moment`)."""
    return evening.moment(day, time(*divmod(minute, 60)), zone)


def made_up(day: date, now: datetime, zone: ZoneInfo) -> bool:
    """Whether nobody was offered this day in the last `LONGEST`; one more than offered ahead, for
    those who travelled."""
    today = now.astimezone(zone).date()
    return not today - LONGEST <= day <= today + timedelta(days=DAYS * PAGES)


def unbelievable(at: datetime, planned: datetime) -> bool:
    """Whether no button of ours says `at` of what is `planned` for another moment."""
    return abs(at - planned) > LONGEST


def lasting(seconds: float) -> timedelta:
    """How long it takes to film a script that is said in so many seconds."""
    whole = SETTING_UP + TAKES * timedelta(seconds=seconds)
    return math.ceil(whole / QUARTER) * QUARTER


def local(draft: Draft, zone: ZoneInfo) -> datetime | None:
    """When it is to be filmed, by the clocks there; None when it is not, or is done."""
    planned = None if draft.done else draft.film_at
    return planned and planned.astimezone(zone)


def uid(draft: Draft) -> str:
    """By what calendars know a draft again (RFC 7986 wants a UUID). Another database has a draft of
    the same number, but not of the same moment."""
    return str(uuid.uuid5(_OURS, f"{draft.id} {draft.created_at.isoformat()}"))


def lists(words: str) -> bool:
    """Whether the words after /draft ask what is planned: "shoots", 拍攝, 拍摄."""
    return fold(words).strip() in _LISTS
