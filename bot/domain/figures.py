"""Where a draft was published and how it did there, as the person types it."""

import re
from dataclasses import dataclass

from bot.domain import script
from bot.domain.words import excerpt

MOST = 300
"""Ours, in characters: figures are a line, and what is longer is about something else."""

_UNITS = {
    "views": r"views?|plays?|播放(?:量|数|次数)?|观看(?:数|次数)?|浏览(?:量|数)?|点阅",
    "likes": r"likes?|hearts?|赞|点赞|喜欢|爱心|个赞",
    "comments": r"comments?|replies|留言|评论|条评论|则留言",
    "shares": r"shares?|reposts?|retweets?|分享|转发|转贴",
    "saves": r"saves?|bookmarks?|收藏|保存",
    "followers": r"followers?|subscribers?|subs|粉丝|追踪|订阅|关注",
    "opens": r"opens?|open rate|开信(?:率)?|打开率|打开",
}
_NUMBER = (
    r"(?<![\d.])(?P<number>\d{1,12}(?:[, ]\d{3}){0,4}(?:\.\d{1,4})?)"
    r"\s*(?P<times>万|亿|千|[km](?![a-z])|%)?"
)
_ANY = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_NUMBER_FIRST = re.compile(rf"{_NUMBER}\s*[次个则条]?\s*(?:{_ANY})(?![a-z])")
_NAME_FIRST = re.compile(rf"(?<![a-z])(?:{_ANY})\s*[:是有]?\s*{_NUMBER}\s*[次个则条]?")
# Where a text was cut: a number there may be the half of one.
_LAST_NUMBER = re.compile(r"(?:\d[\d., ，．]*\s*[万萬亿億千km%]?\s*)+$", re.IGNORECASE)
_TIMES = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "k": 1_000, "m": 1_000_000, "%": 0.01}


@dataclass(frozen=True, slots=True)
class Published:
    """What a text says of that; "" for what it does not say."""

    link: str = ""
    figures: str = ""


def read(text: str, *, asked: bool = False) -> Published | None:
    """A link, figures, or both; None where the text is about something else. `asked` for them, any
    number will do."""
    links = script.links(text)
    rest = " ".join(script.unlinked(text).split()).strip(" ,，、;；:：")
    if len(rest) > MOST:
        return None
    if not rest:
        return Published(link=links[0]) if links else None
    said = script.fold(rest)
    left = re.sub(r"[\s\W]+|and|和|跟", "", _pattern(said).sub("", said))
    if left and not (asked and re.search(r"\d", rest)):
        return None
    return Published(links[0] if links else "", rest)


def numbers(figures: str) -> dict[str, float]:
    """What can be counted with in figures as they were typed, by what they count: 1.2 萬 is
    12,000."""
    said = script.fold(figures)
    return {
        next(name for name in _UNITS if one[name]): _value(one["number"], one["times"])
        for one in _pattern(said).finditer(said)
    }


def shortened(figures: str, most: int) -> str:
    """Figures as they were typed, at most `most` characters long, cut through no number."""
    line = excerpt(figures, most)
    if not line.endswith("…"):
        return line
    return _LAST_NUMBER.sub("", line.removesuffix("…")).rstrip(" ,，、;；:：") + "…"


def _pattern(said: str) -> re.Pattern[str]:
    """Whether the names come before their numbers or after them, which the first of them tells."""
    return _NUMBER_FIRST if re.match(r"\W*\d", said) else _NAME_FIRST


def _value(number: str, times: str | None) -> float:
    return float(re.sub("[, ]", "", number)) * _TIMES.get(times or "", 1)
