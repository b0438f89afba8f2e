"""A picture of numbers, before anybody draws it: every word in it is worded already."""

from dataclasses import dataclass

from bot.domain.records import Language


@dataclass(frozen=True, slots=True)
class Column:
    """A day: what was said on it, and on the same day a week before; what was kept and filmed."""

    label: str
    said: int
    before: int
    kept: int = 0
    filmed: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A bar that lies: how long it is among its like, and what stands at its end. One that is not
    `new` is there to compare with."""

    label: str
    length: float
    told: str
    new: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """Bars that belong together."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the pale bars and the two marks of the days mean; "" for what is not there."""

    before: str = ""
    kept: str = ""
    filmed: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A week as a picture: on top its name and `totals`, each a number and what it counts, then the
    days, then further sections. `language` decides the shapes of Chinese characters."""

    language: Language
    dark: bool
    title: str
    under: str
    totals: tuple[tuple[str, str], ...]
    days: str  # the title of the columns
    columns: tuple[Column, ...]
    legend: Legend
    sections: tuple[Section, ...] = ()
