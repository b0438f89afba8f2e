"""Asking writers for ideas until there are enough of them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial

from bot.domain import sieve
from bot.domain.records import Mode
from bot.domain.sieve import Sieve, Sifted
from bot.errors import EngineError
from bot.journey.ports import ExpandAsk, IdeaSketch, Writer

# A round that gives fewer cards than this is topped up by the next writer: one page is the least
# that makes sifting worthwhile (four cards a message).
ENOUGH = 4
# Fewer than two pages are worth one more call, which costs a quarter of a round.
REFILL_BELOW = 8
# A writer whose cards are there at once: nobody has to be shown that they are coming.
OFFLINE = "offline"


class Dig:
    """What came so far of one round about this seed. `shown` are titles the person saw before."""

    def __init__(self, about: str, shown: Sequence[str]) -> None:
        self.raw: list[tuple[str, IdeaSketch]] = []  # with the writer's name
        self.sifted: Sifted[IdeaSketch] = sieve.sift([])  # what of it is worth showing
        # Of the ideas that came; of the questions when no idea did, for those only fill up.
        self.dug = self.duplicates = 0
        self.trouble: str | None = None  # the first
        # Reading thousands of titles takes time, which passes while the first idea is awaited.
        reading = partial(Sieve[IdeaSketch], shown, about=about)
        self._sieve = asyncio.get_running_loop().run_in_executor(None, reading)

    async def ask(self, writer: Writer, ask: ExpandAsk, seen: Callable[[IdeaSketch], None]) -> bool:
        """Take what one writer gives, and sift; whether it came to its end."""
        whole = await self._take(writer, ask, seen)
        self.sifted = (await self._sieve).sifted()
        if writer.name != OFFLINE or not self.dug:
            self.dug, self.duplicates = len(self.raw), self.sifted.duplicates
        return whole

    async def _take(
        self, writer: Writer, ask: ExpandAsk, seen: Callable[[IdeaSketch], None]
    ) -> bool:
        try:
            # Closing at once stops calls that are still being paid for.
            async with aclosing(writer.expand(ask)) as arriving:
                async for sketch in arriving:
                    self.raw.append((writer.name, sketch))
                    # Beside thousands of titles it takes its time; captures must not wait for it.
                    kept = await asyncio.to_thread((await self._sieve).take, sketch)
                    if kept and writer.name != OFFLINE:
                        seen(sketch)
        except EngineError as exc:
            self.trouble = self.trouble or exc.trouble
            return False
        return True


async def dig(
    writers: Sequence[Writer],
    ask: ExpandAsk,
    shown: Sequence[str],
    *,
    seen: Callable[[IdeaSketch], None],
    before_refill: Callable[[], Awaitable[None]],
) -> Dig:
    """Ask the writers in turn until one page is full. One that gave less than two pages although
    nothing went wrong is asked for a little more, through other eyes."""
    found = Dig(ask.seed, shown)
    for writer in writers:
        whole = await found.ask(writer, ask, seen)
        trouble = found.trouble
        if whole and len(found.sifted.kept) < _least(writer, ask):
            await before_refill()
            await found.ask(writer, _more(ask, found), seen)
        if len(found.sifted.kept) >= ENOUGH:
            found.trouble = trouble  # a refill in vain is not worth a word
            break
    return found


def _least(writer: Writer, ask: ExpandAsk) -> int:
    """Fewer cards are worth asking once more. Questions made for a mode are few, and those that
    follow would be about something else."""
    few = writer.name == OFFLINE and ask.mode is not Mode.ANGLES and not ask.mix
    return 1 if few else REFILL_BELOW


def _more(ask: ExpandAsk, found: Dig) -> ExpandAsk:
    """The same once more by a single look, past what came already."""
    ideas = [one for _, one in found.raw]
    lenses = [one.lens_id for one in ideas if one.lens_id]
    return replace(
        ask,
        looks=1,
        shown=(*ask.shown, *(one.title for one in ideas)),
        used=(*ask.used, *dict.fromkeys(lenses)),
    )
