"""`goldpan models get`: bring the speech model here, and show how far that is."""

import sys
from pathlib import Path
from time import monotonic

from bot.engines.fetching import bring, fetch
from bot.engines.speech_model import SENSE_VOICE, SpeechModel

_BAR = 30  # characters
_MB = 1_000_000


async def get(models: Path, source: Path | None = None, model: SpeechModel = SENSE_VOICE) -> None:
    """Download the model into `models`, or take it from `source`. Raises GoldpanError."""
    folder = model.folder(models)
    if model.is_in(models) and not model.altered(folder):
        print(f"{model.name} is in {folder} already")
        return
    if source:
        await bring(model, models, source)
    else:
        print(f"{model.url}\n{model.size / _MB:.0f} MB to {models}", file=sys.stderr)
        await fetch(model, models, Bar())
    print(f"{model.name} is in {folder}; LISTENER=auto uses it from the next start")


class Bar:
    """A line on stderr that fills; on no terminal, a line for every tenth."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._began: tuple[float, int] | None = None
        self._shown = -1

    def __call__(self, have: int, whole: int) -> None:
        self._began = self._began or (monotonic(), have)
        step = have * (100 if self._live else 10) // whole
        if step == self._shown:
            return
        self._shown = step
        end = "\r" if self._live and have < whole else "\n"
        filled = "█" * (have * _BAR // whole)
        print(
            f"{filled:░<{_BAR}} {have / _MB:6.1f} of {whole / _MB:.1f} MB{self._left(have, whole)}",
            end=end,
            file=sys.stderr,
            flush=True,
        )

    def _left(self, have: int, whole: int) -> str:
        """How long it will take at the speed so far, wide enough to cover what stood there."""
        began_at, began_with = self._began or (0.0, 0)
        spent_s = monotonic() - began_at
        if spent_s < 1 or have <= began_with or have == whole:
            return " " * 14
        left_s = (whole - have) * spent_s / (have - began_with)
        return f", {left_s / 60:3.0f} min left " if left_s > 90 else f", {left_s:4.0f} s left "
