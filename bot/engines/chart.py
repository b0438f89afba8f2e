"""Pictures of numbers, drawn in a process of its own: what draws them takes 100 MB and a second,
and both are gone afterwards."""

import asyncio
import base64
import json
from dataclasses import asdict

from bot.domain.charts import Chart
from bot.engines import apart
from bot.errors import EngineError, Trouble

# Ours: a picture takes about 3 s of one core, most of them to load the library; on a machine
# that is busy otherwise 38 s were seen. With the wait for a turn well within the lease of a parcel,
# which is 2 min: what is asked for while it is slow comes in words.
WITHIN_S = 60.0


class Charts:
    """Implements `bot.journey.ports.Charter`."""

    def __init__(self, *, within_s: float = WITHIN_S) -> None:
        self._within_s = within_s
        # One at a time: on a Sunday evening they are wanted all at once.
        self._turn = asyncio.Semaphore(1)

    async def draw(self, chart: Chart) -> bytes:
        """A PNG, 1,080 pixels wide. Raises EngineError when it fails or takes too long, the wait
        for others included."""
        asked = json.dumps(asdict(chart)).encode()
        try:
            async with asyncio.timeout(self._within_s), self._turn:
                found = await apart.ask("bot.engines.chart_drawing", "", asked)
        except TimeoutError as exc:
            raise EngineError(Trouble.TIMEOUT, "a chart takes too long") from exc
        return base64.b64decode(found["png"])
