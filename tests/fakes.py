"""Stand-ins with state for what the journeys need from outside."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.records import Language
from bot.journey.ports import DraftAsk, DraftSketch, ExpandAsk, IdeaSketch


class FakeClock:
    """A clock a test sets by hand; sleeping moves it."""

    def __init__(self, now: datetime = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    async def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


class ScriptedWriter:
    """Gives the ideas and drafts it was made with, then its failure if it has one; remembers what
    it was asked."""

    def __init__(
        self,
        *,
        name: str = "scripted",
        ideas: Sequence[IdeaSketch] = (),
        drafts: Sequence[DraftSketch | None] = (),
        fails: Exception | None = None,
    ) -> None:
        self.name = name
        self.expansions_asked: list[ExpandAsk] = []
        self.drafts_asked: list[DraftAsk] = []
        self._ideas = tuple(ideas)
        self._drafts = list(drafts)
        self._fails = fails

    async def expand(self, ask: ExpandAsk) -> AsyncGenerator[IdeaSketch, None]:
        self.expansions_asked.append(ask)
        for idea in self._ideas:
            yield idea
        if self._fails:
            raise self._fails

    async def draft(self, ask: DraftAsk) -> DraftSketch | None:
        self.drafts_asked.append(ask)
        if self._fails:
            raise self._fails
        return self._drafts.pop(0) if self._drafts else None


class ScriptedInterviewer:
    """Asks about the words it is given, so that a test sees which they were."""

    def question(self, about: str, language: Language, *, turn: int = 0) -> str:
        return f"{about}?"


def sketches(*titles: str) -> list[IdeaSketch]:
    """Ideas that no sieve takes for duplicates."""
    return [IdeaSketch(title, f"lens {title}", "reverse", title) for title in titles]
