"""Sound as OGG/Opus in several files, for a server that does not take a long one whole."""

from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer

from bot.engines.audio import RATE_HZ

FILE_S = 10 * 60
"""Ours: 10 minutes are about 2 MB at this rate, and a request that a slow server can answer."""
_BITS_PER_S = 24_000  # (RFC 7845 and the codec's own advice: wide-band speech)


class Opus:
    """Writes pieces of 16-bit samples into numbered files of `file_s` seconds."""

    def __init__(self, folder: Path, *, file_s: float = FILE_S) -> None:
        self._folder = folder
        self._file_bytes = int(file_s * RATE_HZ) * 2
        self._count = 0
        self._written = 0
        self._open: tuple[Path, OutputContainer, AudioStream] | None = None

    def add(self, piece: bytes) -> Path | None:
        """Write `piece`; the path of a file once it is full."""
        self._open = self._open or self._begin()
        _, container, stream = self._open
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(piece) // 2)
        frame.sample_rate = RATE_HZ
        frame.planes[0].update(piece)
        container.mux(stream.encode(frame))
        self._written += len(piece)
        return self.close() if self._written >= self._file_bytes else None

    def close(self) -> Path | None:
        """Finish the file in hand, if there is one."""
        if self._open is None:
            return None
        path, container, stream = self._open
        container.mux(stream.encode(None))
        container.close()
        self._open = None
        return path

    def _begin(self) -> tuple[Path, OutputContainer, AudioStream]:
        self._count, self._written = self._count + 1, 0
        path = self._folder / f"{self._count:03}.ogg"
        container = av.open(str(path), "w", format="ogg")
        stream = container.add_stream("libopus", rate=RATE_HZ, layout="mono")
        stream.bit_rate = _BITS_PER_S
        return path, container, stream
