"""What a person does on the page, handed to the phone and the keeper."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import PlayError
from bot.sandbox.keeper import Keeper
from bot.sandbox.page.switches import Switches
from bot.sandbox.phone import Phone
from bot.sandbox.script import moment
from bot.sandbox.shapes import Json, present

TOMORROW_AT = time(8)  # when somebody looks at the phone again
USUAL_EVENING = time(21)  # where a jump leads when no digest is due


@dataclass(frozen=True, slots=True)
class Day:
    """Where the person's day takes place, and when its evening comes; None = never."""

    zone: ZoneInfo
    digest_at: time | None

    @property
    def evening(self) -> time:
        """Where a jump to the evening leads."""
        return self.digest_at or USUAL_EVENING


class Hands:
    """Does what the page asks for. `do` raises `PlayError` when nobody could do it."""

    def __init__(
        self,
        phone: Phone,
        keeper: Keeper,
        switches: Switches,
        day: Callable[[], Awaitable[Day]],
    ) -> None:
        self._phone = phone
        self._keeper = keeper
        self._switches = switches
        self.day = day

    async def do(self, asked: Json) -> Json:
        """One action, named by `do`. Returns what there is to know of it: the `query` that a
        pressed button asked the bot."""
        try:
            return await self._do(asked)
        except (KeyError, TypeError, ValueError, OverflowError) as exc:
            raise PlayError(f"the page asked for something nobody can do: {exc!r}") from exc

    async def _do(self, asked: Json) -> Json:
        match asked["do"]:
            case "look":  # at the clock: the answer tells the time and the zone
                pass
            case "restart":
                await self._keeper.kill()
                await self._keeper.start()
            case "run":
                await (self._keeper.start() if asked["on"] is True else self._keeper.kill())
            case "jump":
                await self._jump(asked["to"])
            case "switch":
                self._switches.turn(asked["name"], asked["value"])
            case "press":
                where = (_n(asked["n"]), _n(asked["row"]), _n(asked["column"]))
                return present(query=self._phone.press(*where))
            case _:
                self._touch(asked)
        return {}

    def _touch(self, asked: Json) -> None:
        phone = self._phone
        match asked["do"]:
            case "send" if asked.get("reply"):
                phone.reply(_n(asked["reply"]), _text(asked["text"]))
            case "send":
                phone.send(_text(asked["text"]))
            case "forward" if "n" in asked:
                phone.pass_on(_n(asked["n"]))
            case "forward":
                phone.forward(_text(asked["text"]))
            case "edit":
                phone.edit(_n(asked["n"]), _text(asked["text"]))
            case "react":
                phone.react(_n(asked["n"]), _text(asked["emoji"]))
            case other:
                raise PlayError(f"the page asked for {other!r}, which nobody knows")

    async def _jump(self, to: Any) -> None:
        if self._keeper.jumping:
            raise PlayError("the clock is moving already")
        day = await self.day()
        now = self._keeper.clock.now().astimezone(day.zone)
        await self._keeper.jump(landing(to, now, day))


def landing(to: Any, now: datetime, day: Day) -> datetime:
    """The moment, aware UTC, that a jump from `now` leads to: the next `evening`, or `tomorrow`.
    Raises `ValueError` for anywhere else."""
    match to:
        case "evening":
            at, days = day.evening, int(now.time() >= day.evening)
        case "tomorrow":
            at, days = TOMORROW_AT, 1
        case _:
            raise ValueError(f"no clock goes to {to!r}")
    return moment(now.date() + timedelta(days=days), at, day.zone)


def _n(value: Any) -> int:
    """A whole number that is not negative: a keyboard's rows must not be counted from its end."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
