"""The process that listens: `python -m bot.engines.ear [MODEL FOLDER]`, started by `ears`.

Decoders and recognisers are native code, fed with files that strangers made. In a process of their
own they can neither hold up the conversation (Python runs one thread at a time) nor end it: sherpa
exits when it dislikes a model. Whatever they leave in memory goes with the process.

One JSON object a line. In: {"path", "said_s"}; out, for every stretch of at most half a minute:
{"voice", "text"}. In: {"path", "opus": FOLDER}; out, for every file written: {"file"}.
Then one {"heard_s", "shortfall"}, or {"trouble", "detail"}.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.engines.audio import Sound
from bot.engines.opus import Opus
from bot.engines.sherpa import Recogniser
from bot.engines.voice import Voices, chunks
from bot.errors import EngineError

Line = dict[str, Any]
_NICE = 10  # a person's text goes before anybody's recording


def main() -> None:
    """Answer until nobody asks any more."""
    with suppress(AttributeError, OSError):
        os.nice(_NICE)
    # Native code may print; only we may write where answers are read.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    ear = Ear(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for line in sys.stdin:
        for answer in ear.answers(json.loads(line)):
            print(json.dumps(answer), file=answers, flush=True)


class Ear:
    """Hears one file after another, in words if it has a model."""

    def __init__(self, model: Path | None) -> None:
        self._model = model
        self._recogniser: Recogniser | None = None
        self._voices = Voices()

    def answers(self, asked: Line) -> Iterator[Line]:
        """What is told about one file, piece by piece."""
        sound = Sound(Path(asked["path"]), said_s=asked.get("said_s"))
        try:
            if "opus" in asked:
                yield from _recorded(sound, Path(asked["opus"]))
            else:
                yield from self._heard(sound)
        except EngineError as exc:
            yield {"trouble": exc.trouble, "detail": exc.detail}
            return
        yield {"heard_s": sound.heard_s, "shortfall": sound.shortfall}

    def _heard(self, sound: Sound) -> Iterator[Line]:
        settled = False
        for chunk in chunks(sound.pieces()):
            voice = settled or self._voices.in_(chunk)
            answer: Line = {"voice": voice, "text": ""}
            if voice and self._model:
                self._recogniser = self._recogniser or Recogniser(self._model)
                answer["text"] = self._recogniser.words(chunk)
            # Without a model all that matters is whether anybody speaks; the rest tells its length.
            settled = voice and not self._model
            yield answer


def _recorded(sound: Sound, folder: Path) -> Iterator[Line]:
    """The sound again, small, in files of a length that a server takes."""
    opus = Opus(folder)
    for piece in sound.pieces():
        if finished := opus.add(piece):
            yield {"file": str(finished)}
    if last := opus.close():
        yield {"file": str(last)}


if __name__ == "__main__":
    main()
