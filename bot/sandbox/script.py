"""A play file: what a person does, and at which local time."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.domain.records import Language
from bot.errors import PlayError

FIRST_DAY = dt.date(2026, 1, 1)  # of a play without @date: any day would do, but always the same
MINUTE = dt.timedelta(minutes=1)

# What a person writes after the @, and how it is taken apart.
_VERBS: dict[str, tuple[str, str]] = {
    "voice": ("@voice PATH", r"(?P<path>\S.*?)\s*"),
    "photo": ("@photo PATH [caption]", r"(?P<path>\S+)(?: (?P<text>.*))?"),
    "file": ("@file PATH [caption]", r"(?P<path>\S+)(?: (?P<text>.*))?"),
    "forward": ("@forward TEXT", r"(?P<text>.+)"),
    "forward_voice": ("@forward_voice PATH", r"(?P<path>\S.*?)\s*"),
    "edit": ("@edit N TEXT", r"(?P<n>[0-9]{1,9}) (?P<text>.+)"),
    "reply": ("@reply N TEXT", r"(?P<n>[0-9]{1,9}) (?P<text>.+)"),
    "react": ("@react N EMOJI", r"(?P<n>[0-9]{1,9}) (?P<text>\S+)\s*"),
    "tap": ("@tap LABEL [on N]", r"(?P<text>\S.*?)(?: on (?P<n>[0-9]{1,9}))?\s*"),
    "restart": ("@restart", r"\s*"),
    "wait": ("@wait", r"\s*"),
}
_STEP = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]) (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person does. Which fields count depends on the verb."""

    verb: str  # as in a play file; "say" for plain words
    text: str = ""  # words, caption, label or emoji
    n: int | None = None
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An action and the moment it happens."""

    line: int
    at: dt.datetime  # aware UTC
    action: Action


@dataclass(frozen=True, slots=True)
class Directives:
    """What the file says about the person before the first step. None = it does not say."""

    date: dt.date | None = None
    tz: str | None = None
    lang: Language | None = None
    digest_at: dt.time | Literal["off"] | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The person's zone; UTC when the file names none."""
        return ZoneInfo(self.tz or "UTC")

    @property
    def language_code(self) -> str:
        """The language as Telegram's clients report it."""
        return (self.lang or Language.EN).lower()


@dataclass(frozen=True, slots=True)
class Script:
    """A play file, read and checked."""

    name: str
    directives: Directives
    steps: tuple[Step, ...]

    @property
    def starts_at(self) -> dt.datetime:
        """A minute before the first step, so that the first step's own minute is still to come."""
        return self.steps[0].at - MINUTE


def load(path: Path) -> Script:
    """Read a play file. Raises `PlayError` that names the first bad line and what was expected."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as exc:
        raise PlayError(f"{path} cannot be read: {exc.strerror}") from exc
    except UnicodeDecodeError as exc:
        line = exc.object[: exc.start].count(b"\n") + 1
        raise PlayError(f"{path}, line {line}: expected UTF-8") from exc
    return parse(text, name=str(path), folder=path.parent)


def parse(text: str, *, name: str = "play", folder: Path = Path()) -> Script:
    """Read a play from `text`. Media is looked for in the working directory, then in `folder`."""
    reader = _Reader(folder)
    # Only "\n" ends a line here: a text may hold any of the characters str.splitlines cuts at.
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            reader.read(number, line.removesuffix("\r"))
        except PlayError as problem:
            raise PlayError(f"{name}, line {number}: {problem}") from problem.__cause__
    if not reader.steps:
        raise PlayError(f'{name}: expected at least one step, such as "08:41 some words"')
    return Script(name, reader.directives, tuple(reader.steps))


def parse_action(body: str, folder: Path = Path()) -> Action:
    """Read what stands after the time: a text, or @ and a verb."""
    if not body.startswith("@"):
        return Action("say", body)
    verb, _, rest = body[1:].partition(" ")
    if verb not in _VERBS:
        known = " ".join(f"@{known}" for known in _VERBS)
        raise PlayError(f"expected one of {known}, got @{verb}")
    usage, shape = _VERBS[verb]
    found = re.fullmatch(shape, rest, re.DOTALL)
    if not found:
        raise PlayError(f'expected "{usage}", got "{body}"')
    return _action(verb, found.groupdict(), folder)


def moment(day: dt.date, at: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The UTC moment of a local time. One that exists twice is the first; one that the clocks
    skip is the first moment after the gap."""
    local = dt.datetime.combine(day, at)
    while _round_trip(local, zone) != local:
        local += MINUTE
    return local.replace(tzinfo=zone).astimezone(dt.UTC)


class _Reader:
    """Lines in, directives and steps out."""

    def __init__(self, folder: Path) -> None:
        self.directives = Directives()
        self.steps: list[Step] = []
        self._folder = folder
        self._day = dt.date.min
        self._last = dt.time.min

    def read(self, number: int, line: str) -> None:
        if not line.strip() or line.startswith("#"):
            return
        if line.startswith("@"):
            self._directive(line)
        else:
            self._step(number, line)

    def _directive(self, line: str) -> None:
        name, _, value = line[1:].partition(" ")
        if name not in _DIRECTIVES:
            raise PlayError(f"expected @date, @tz, @lang, @digest or HH:MM, got @{name}")
        if self.steps:
            raise PlayError(f"expected @{name} before the first step")
        field, convert, expected = _DIRECTIVES[name]
        try:
            self.directives = replace(self.directives, **{field: convert(value.strip())})
        except (KeyError, ValueError, OSError):  # ZoneInfo raises all three
            raise PlayError(f'expected "@{name} {expected}", got "{line}"') from None

    def _step(self, number: int, line: str) -> None:
        found = _STEP.fullmatch(line)
        if not found:
            raise PlayError(f'expected "HH:MM what happens", got "{line}"')
        at = dt.time(int(found[1]), int(found[2]))
        if not self.steps:
            self._day = self.directives.date or FIRST_DAY
        elif at < self._last:
            self._day += dt.timedelta(days=1)
        self._last = at
        action = parse_action(found[3], self._folder)
        self.steps.append(Step(number, moment(self._day, at, self.directives.zone), action))


def _action(verb: str, found: dict[str, str | None], folder: Path) -> Action:
    n, path = found.get("n"), found.get("path")
    return Action(
        verb,
        found.get("text") or "",
        int(n) if n else None,
        _media(path, folder) if path else None,
    )


def _media(path: str, folder: Path) -> Path:
    places = dict.fromkeys((Path(path), folder / path))
    for candidate in places:
        if candidate.is_file():
            return candidate
    raise PlayError(f"expected a file at {' or '.join(map(str, places))}, found none")


def _zone(name: str) -> str:
    return ZoneInfo(name).key


def _digest(value: str) -> dt.time | Literal["off"]:
    return "off" if value == "off" else dt.datetime.strptime(value, "%H:%M").time()


def _round_trip(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return local.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None)


_DIRECTIVES: dict[str, tuple[str, Callable[[str], Any], str]] = {
    "date": ("date", dt.date.fromisoformat, "YYYY-MM-DD"),
    "tz": ("tz", _zone, "AREA/CITY"),
    "lang": ("lang", Language, "zh-Hant, zh-Hans or en"),
    "digest": ("digest_at", _digest, "HH:MM or off"),
}
