"""Asking writers for ideas until there are enough of them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from bot.domain import sieve
from bot.domain.sieve import Sifted
from bot.errors import EngineError
from bot.journey.ports import ExpandAsk, IdeaSketch, Writer

# A round that gives fewer cards than this is topped up by the next writer: one page is the least
# that makes sifting worthwhile (four cards a message).
ENOUGH = 4
# Fewer than two pages are worth one more call, which costs a quarter of a round.
REFILL_BELOW = 8
# A writer whose cards are there at once: nobody has to be shown that they are coming.
OFFLINE = "offline"
EMPTY: Sifted[IdeaSketch] = sieve.sift([])


@dataclass
class Dig:
    """What came so far of one round about this seed. `shown` are titles the person saw before."""

    about: str
    shown: Sequence[str]
    raw: list[tuple[str, IdeaSketch]] = field(default_factory=list)  # with the writer's name
    sifted: Sifted[IdeaSketch] = EMPTY  # what of it is worth showing
    trouble: str | None = None  # the first

    async def ask(self, writer: Writer, ask: ExpandAsk, seen: Callable[[IdeaSketch], None]) -> bool:
        """Take what one writer gives, and sift; whether it came to its end."""
        whole = await self._take(writer, ask, seen)
        sketches = [one for _, one in self.raw]
        # Beside thousands of titles that takes a second; captures must not wait for it.
        self.sifted = await asyncio.to_thread(sieve.sift, sketches, self.shown, about=self.about)
        return whole

    async def _take(
        self, writer: Writer, ask: ExpandAsk, seen: Callable[[IdeaSketch], None]
    ) -> bool:
        try:
            # Closing at once stops calls that are still being paid for.
            async with aclosing(writer.expand(ask)) as arriving:
                async for sketch in arriving:
                    self.raw.append((writer.name, sketch))
                    if writer.name != OFFLINE:
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
        if whole and len(found.sifted.kept) < REFILL_BELOW:
            await before_refill()
            await found.ask(writer, _more(ask, found), seen)
        if len(found.sifted.kept) >= ENOUGH:
            found.trouble = trouble  # a refill in vain is not worth a word
            break
    return found


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
