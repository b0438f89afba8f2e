"""The recogniser on this machine: SenseVoice in sherpa-onnx. Runs in the process of `ear`."""

import os
from array import array
from pathlib import Path

from bot.engines.audio import RATE_HZ

_FULL_SCALE = 32_768
_NOBODY = "nospeech"  # one of SenseVoice's languages
_MOST_THREADS = 4  # a model this small gains nothing from more


class Recogniser:
    """Holds the model in memory: 239 MB, for as long as it lives.

    Load only files whose hashes are right: sherpa ends its process over any other.
    """

    def __init__(self, folder: Path) -> None:
        import sherpa_onnx

        (model,) = folder.glob("*.onnx")
        self._recogniser = sherpa_onnx.OfflineRecognizer.from_sense_voice(
            model=str(model),
            tokens=str(folder / "tokens.txt"),
            num_threads=min(_MOST_THREADS, max(1, (os.cpu_count() or 1) // 2)),
            language="auto",
            use_itn=True,  # punctuation, and numbers as digits
        )

    def words(self, sound: bytes) -> str:
        """What is said in 16-bit samples of half a minute at most; nothing where the model
        itself hears nobody."""
        stream = self._recogniser.create_stream()
        samples = [sample / _FULL_SCALE for sample in array("h", sound)]
        stream.accept_waveform(RATE_HZ, samples)
        self._recogniser.decode_stream(stream)
        language = stream.result.lang.strip("<|>")
        return "" if language == _NOBODY else str(stream.result.text)
