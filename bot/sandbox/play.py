"""Performs a script against the application, on simulated time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.errors import PlayError
from bot.sandbox.clock import PlayClock
from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import Phone
from bot.sandbox.script import MINUTE, Action, Script, Step

PATIENCE_S = 120.0  # of real time; a slow answer from a writer's server comes well within it
_LOOK_AGAIN_S = 0.001


class Stage(Protocol):
    """The application under test, as the play sees it."""

    async def start(self) -> None:
        """Begin to poll the server."""
        ...

    async def kill(self) -> None:
        """Throw all process state away, as a kill would."""
        ...

    async def stop(self) -> None:
        """End in good order."""
        ...

    async def tick(self, now: datetime) -> None:
        """Do what the minute scheduler does; return when what it started is under way."""
        ...

    async def idle(self) -> bool:
        """Whether no update is unhandled and no work is under way or due."""
        ...


class Play:
    """One performance. While the application works the clock stands still; in between it moves
    from minute to minute, stopping wherever one of the application's own timers is due."""

    def __init__(
        self,
        script: Script,
        stage: Stage,
        *,
        cloud: Cloud,
        phone: Phone,
        clock: PlayClock,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._script = script
        self._stage = stage
        self._cloud = cloud
        self._phone = phone
        self._clock = clock
        self._patience_s = patience_s

    async def run(self) -> None:
        """Start the application, perform every step, let the last minute run out, and stop the
        application. Raises `PlayError` that names the line when a step cannot be done."""
        try:
            await self._stage.start()
            for step in self._script.steps:
                with self._naming(step):
                    await self._walk_to(step.at)
                    await self._perform(step.action)
            with self._naming(self._script.steps[-1]):
                await self._run_out()
        finally:
            await self._stage.stop()

    async def _perform(self, action: Action) -> None:
        if action.verb == "restart":
            await self._stage.kill()
            self._clock.forget_sleepers()
            await self._stage.start()
        else:
            perform(action, self._phone)
        await self._settled()

    async def _walk_to(self, moment: datetime) -> None:
        await self._settled()
        await walk(self._clock, moment, self._settled)

    async def _run_out(self) -> None:
        """Let those timers fall due that the last minute still holds."""
        end = _next_minute(self._clock.now())
        while (due := self._clock.earliest()) and due < end:
            self._clock.advance(due)
            await self._settled()

    async def _settled(self, tick: datetime | None = None) -> None:
        try:
            async with asyncio.timeout(self._patience_s):
                if tick:
                    await self._stage.tick(tick)
                await settled(self._stage, self._cloud)
        except TimeoutError as exc:
            raise PlayError(
                f"the application was still busy after {self._patience_s:g} s; "
                "the play stopped there"
            ) from exc

    @contextmanager
    def _naming(self, step: Step) -> Iterator[None]:
        try:
            yield
        except PlayError as problem:
            place = f"{self._script.name}, line {step.line}"
            raise PlayError(f"{place}: {problem}") from problem.__cause__


def perform(action: Action, phone: Phone) -> None:
    """Do what `action` says, all but @restart, which is not the person's to do."""
    match action:
        case Action("say", text):
            phone.send(text)
        case Action("forward", text):
            phone.forward(text)
        case Action("reply", text, int(n)):
            phone.reply(n, text)
        case Action("edit", text, int(n)):
            phone.edit(n, text)
        case Action("react", emoji, int(n)):
            phone.react(n, emoji)
        case Action("tap", label, n):
            phone.tap(label, n)
        case Action("voice", path=Path() as path):
            phone.voice(path)
        case Action("forward_voice", path=Path() as path):
            phone.forward_voice(path)
        case Action("photo", caption, path=Path() as path):
            phone.photo(path, caption)
        case Action("file", caption, path=Path() as path):
            phone.file(path, caption)
        case Action("wait"):
            pass
        case _:
            raise PlayError(f"nobody knows how to @{action.verb}")


async def walk(
    clock: PlayClock, moment: datetime, settle: Callable[[datetime | None], Awaitable[None]]
) -> None:
    """Move `clock` to `moment`, stopping at every minute and wherever a timer is due. `settle` is
    awaited at each stop, with the stop when it is a minute that wants its tick."""
    while (now := clock.now()) < moment:
        next_minute = _next_minute(now)
        stop = min(next_minute, moment, clock.earliest() or moment)
        clock.advance(stop)
        await settle(stop if stop == next_minute else None)


async def settled(stage: Stage, cloud: Cloud) -> None:
    """Return once the application is idle: everything confirmed and nothing under way, seen twice
    in a row, since work may be on its way between the two."""
    seen = 0
    while seen < 2:
        await cloud.updates.all_confirmed()
        idle = await stage.idle() and not cloud.updates.unconfirmed
        seen = seen + 1 if idle else 0
        await asyncio.sleep(0 if idle else _LOOK_AGAIN_S)


def _next_minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + MINUTE
