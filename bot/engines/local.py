"""The listener on this machine: SenseVoice, in a process of its own. Nothing leaves the house."""

import asyncio
from pathlib import Path

from bot.domain.heard import Heard
from bot.engines.ears import IDLE_S, STALL_S, Ears
from bot.engines.hearing import heard
from bot.engines.speech_model import HOW_TO_FETCH, SENSE_VOICE, SpeechModel
from bot.errors import EngineError, Trouble
from bot.journey.ports import ListenAsk


class LocalListener:
    """Implements `bot.journey.ports.Listener`. SenseVoice knows no hot words: they are not used.

    `models` is the folder that `make models` fills.
    """

    name = "sherpa"
    at_once = 1  # one process, with as many threads as help

    def __init__(
        self,
        models: Path,
        model: SpeechModel = SENSE_VOICE,
        *,
        idle_s: float = IDLE_S,
        stall_s: float = STALL_S,
    ) -> None:
        self._folder = model.folder(models)
        self._model = model
        self._checked = False
        self._ears = Ears(self._folder, idle_s=idle_s, stall_s=stall_s)

    async def hear(self, ask: ListenAsk) -> Heard:
        """The words of a file. Raises EngineError; UNREADY names the command that mends it."""
        await self._check()
        listened = await self._ears.listen(ask.path, ask.duration_s)
        return heard(
            (stretch.text for stretch in listened.stretches),
            listened,
            language=ask.language,
            by=f"{self.name} {self._model.name}",
        )

    async def aclose(self) -> None:
        await self._ears.aclose()

    async def _check(self) -> None:
        """Once: 239 MB take a moment, and sherpa ends its process over a file it cannot use."""
        if self._checked:
            return
        if wrong := await asyncio.to_thread(self._model.altered, self._folder):
            raise EngineError(
                Trouble.UNREADY,
                f"{self._folder / wrong} is missing or altered; run {HOW_TO_FETCH}",
            )
        self._checked = True
