"""The days of a played month, as they stand in a file written by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

import yaml

from bot.domain.records import Language

HOME_MADE = Path(__file__).parent / "home_made"
LANGUAGES = (Language.ZH_HANT, Language.ZH_HANS, Language.EN)

CARRIES = frozenset({"full", "returns", "foreign", "travel"})
"""Kinds of days that hold enough for a script."""

THIN = frozenset({"thin", "forwards"})


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing said. Somebody else's words have `by`."""

    text: str
    by: str = ""
    voice: bool = False
    gold: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """What is said, what is done with the evening's digest, and what else happens: a digest or a
    draft asked for in the afternoon, another hour, a pause of so many evenings, another time zone.
    `touches` are the days (from 1) that it takes up, `may` further ones at which a reader would not
    wonder; a connection to any other is made up."""

    kind: str
    does: str
    said: Sequence[Saying]
    ideas: Sequence[str] = ()
    now: time | None = None
    draft: time | None = None
    hour: time | None = None
    pause: int = 0
    zone: str = ""
    touches: frozenset[int] = frozenset()
    may: frozenset[int] = frozenset()

    @property
    def carries(self) -> bool:
        """Whether it holds enough for a script."""
        return self.kind in CARRIES


@dataclass(frozen=True, slots=True)
class Month:
    """One person's thirty days, counted from 1."""

    language: Language
    zone: str
    days: Sequence[Day]

    def paused(self, n: int) -> bool:
        """Whether the evening of this day is one of those the person wished to be spared."""
        return any(day.pause > n - at >= 0 for at, day in enumerate(self.days, 1))


def read(language: Language) -> Month:
    """The month of the person who speaks this language."""
    found = yaml.safe_load((HOME_MADE / f"month_{language}.yaml").read_text("utf-8"))
    days = [_day(one) for one in found["days"]]
    return Month(Language(found["language"]), found["zone"], days)


def _day(given: Mapping[str, Any]) -> Day:
    hours = {name: time.fromisoformat(given[name]) for name in _HOURS if name in given}
    return Day(
        kind=given["kind"],
        does=given.get("does", "ignore"),
        said=[_saying(one) for one in given["said"]],
        ideas=given.get("ideas", ()),
        pause=given.get("pause", 0),
        zone=given.get("zone", ""),
        touches=frozenset(given.get("touches", ())),
        may=frozenset(given.get("may", ())),
        **hours,
    )


_HOURS = ("now", "draft", "hour")


def _saying(given: str | Mapping[str, str]) -> Saying:
    if isinstance(given, str):
        return Saying(given)
    if "fwd" in given:
        return Saying(given["fwd"], by=given["by"])
    return Saying(next(iter(given.values())), voice="voice" in given, gold="gold" in given)
