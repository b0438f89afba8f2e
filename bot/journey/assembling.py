"""Assembling a script from the person's own sentences: written, checked, mended once, cut."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.drafts import Script
from bot.domain.reuse import repeats
from bot.errors import EngineError, Trouble
from bot.journey.holding import Ground, faults, hold, mended
from bot.journey.ports import DraftAsk, DraftSketch, Writer


@dataclass(frozen=True, slots=True)
class Assembled:
    """A script that holds, who wrote it, and why an earlier writer did not."""

    script: Script
    by: str
    prompt: str
    trouble: str | None


async def assemble(writers: Sequence[Writer], ask: DraftAsk) -> tuple[Assembled | None, str | None]:
    """One script from the first writer whose lines hold, or None when the material is too thin.

    The second value is the trouble the first writer had, also when nothing came of it; DECLINED
    when the wish asked for what is not the person's, ALIKE when another take only said the same.
    """
    trouble: str | None = None
    for writer in writers:
        try:
            sketch = await writer.draft(ask)
        except EngineError as exc:
            trouble = trouble or exc.trouble
            continue
        if sketch is None:
            continue
        if sketch.declined:
            return None, Trouble.DECLINED
        # Long fragments take a while to lay beside each line; captures must not wait for that.
        script = await asyncio.to_thread(hold, await _repaired(writer, ask, sketch), ask)
        if script and not any(repeats(script, take) for take in ask.takes):
            return Assembled(script, writer.name, sketch.prompt, trouble), trouble
        trouble = trouble or (Trouble.ALIKE if script else Trouble.UNGROUNDED)
    return None, trouble


async def _repaired(writer: Writer, ask: DraftAsk, sketch: DraftSketch) -> DraftSketch:
    """Lines that do not hold go back to who wrote them, once."""
    ground = Ground.of(ask)
    wrong = await asyncio.to_thread(faults, sketch, ground)
    if not wrong:
        return sketch
    try:
        better = await writer.repair(ask, wrong)
    except EngineError:  # then the words they were cut from take their place
        return sketch
    places = {fault.place: fault.line for fault in wrong}
    return mended(
        sketch,
        {
            place: replace(line, quote=line.quote or places[place].quote)
            for place, line in better.items()
            if place in places
        },
    )
