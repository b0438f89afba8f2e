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
from bot.sandbox.shapes import Json

TOMORROW_AT = time(8)  # when somebody looks at the phone again


@dataclass(frozen=True, slots=True)
class Day:
    """Where the person's day takes place, and when its evening comes; None = never."""

    zone: ZoneInfo
    digest_at: time | None


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

    async def do(self, asked: Json) -> None:
        """One action, named by `do`."""
        try:
            await self._do(asked)
        except (KeyError, TypeError, ValueError) as exc:
            raise PlayError(f"the page asked for something nobody can do: {exc!r}") from exc

    async def _do(self, asked: Json) -> None:
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
            case _:
                self._touch(asked)

    def _touch(self, asked: Json) -> None:
        phone = self._phone
        match asked["do"]:
            case "send" if asked.get("reply"):
                phone.reply(_n(asked["reply"]), str(asked["text"]))
            case "send":
                phone.send(str(asked["text"]))
            case "forward":
                phone.forward(str(asked["text"]))
            case "edit":
                phone.edit(_n(asked["n"]), str(asked["text"]))
            case "press":
                phone.press(_n(asked["n"]), _n(asked["row"]), _n(asked["column"]))
            case "react":
                phone.react(_n(asked["n"]), str(asked["emoji"]))
            case other:
                raise PlayError(f"the page asked for {other!r}, which nobody knows")

    async def _jump(self, to: Any) -> None:
        if self._keeper.jumping:
            raise PlayError("the clock is moving already")
        day = await self.day()
        now = self._keeper.clock.now().astimezone(day.zone)
        await self._keeper.jump(landing(str(to), now, day))


def landing(to: str, now: datetime, day: Day) -> datetime:
    """The moment, aware UTC, that a jump from `now` leads to: the next `evening`, or `tomorrow`."""
    at = (day.digest_at or time(21)) if to == "evening" else TOMORROW_AT
    later = to == "tomorrow" or now.time() >= at
    return moment(now.date() + timedelta(days=1 if later else 0), at, day.zone)


def _n(value: Any) -> int:
    """A whole number that is not negative: a keyboard's rows must not be counted from its end."""
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no number")
    return value
