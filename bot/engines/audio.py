"""Any file with sound in it, as 16 kHz mono samples, a tenth of a second at a time.

What a file is, its content says, never its name. Nothing here holds more than one packet and one
piece, so neither a long recording nor one that unpacks to far more than its bytes costs memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from bot.domain.heard import Shortfall
from bot.errors import EngineError, Trouble

RATE_HZ = 16_000
"""What speech recognisers and voice detectors are trained on."""
PIECE_S = 0.1
_PIECE_BYTES = int(RATE_HZ * PIECE_S) * 2

LONGEST_S = 2 * 3600.0
"""Ours: a long lecture. What comes after is not heard, and the person is told."""
_MOST_CHANNELS = 8
_MISSING_S = 1.0  # Telegram tells whole seconds, and encoders round to frames
# What phones, browsers and recorders write. Not among them: playlists and lists of files (HLS,
# concat), which would have us open what somebody else chose.
_CONTAINERS = "ogg,mov,matroska,webm,mp3,wav,w64,flac,aac,amr,aiff,caf,asf,avi,mpegts,mpeg,flv,au"
# A cover is decoded while the file is opened: 600 KB of it can unpack to 600 MB. Nobody looks at it
# here, and a larger picture than this does not keep a video's sound from being heard.
_MOST_PIXELS = 4_000_000
_OPTIONS = {
    "format_whitelist": _CONTAINERS,
    "protocol_whitelist": "file",
    "max_pixels": str(_MOST_PIXELS),
}
_OGG_HEADER, _OGG_LARGEST_PAGE = 27, 65_307  # (RFC 3533)


@dataclass(slots=True)
class Sound:
    """A file being heard, up to `longest_s`; `said_s` is how long its sender said it is. What was
    heard, and what is missing, shows while `pieces` is read."""

    path: Path
    longest_s: float = LONGEST_S
    said_s: float | None = None
    shortfall: Shortfall | None = None
    _heard_bytes: int = 0

    @property
    def heard_s(self) -> float:
        return self._heard_bytes / 2 / RATE_HZ

    def pieces(self) -> Iterator[bytes]:
        """Signed 16-bit samples, `PIECE_S` at a time, the last one maybe shorter.

        Raises EngineError before the first: GONE, EMPTY, UNPLAYABLE or SOUNDLESS. After that
        what there is is given, and `shortfall` says whether something is missing.
        """
        rest = bytearray()
        for samples in self._samples():
            rest += samples
            while len(rest) >= _PIECE_BYTES:
                yield self._count(bytes(rest[:_PIECE_BYTES]))
                del rest[:_PIECE_BYTES]
                if self.heard_s >= self.longest_s:
                    self.shortfall = Shortfall.TOO_LONG
                    return
        if rest:
            yield self._count(bytes(rest))
        if not self.heard_s:
            raise EngineError(Trouble.EMPTY if not self.shortfall else Trouble.UNPLAYABLE)

    def _count(self, piece: bytes) -> bytes:
        self._heard_bytes += len(piece)
        return piece

    def _samples(self) -> Iterator[bytes]:
        try:
            if not self.path.stat().st_size:
                raise EngineError(Trouble.EMPTY)
            container = av.open(f"file:{self.path}", options=_OPTIONS, metadata_errors="replace")
        except FileNotFoundError as exc:
            raise EngineError(Trouble.GONE, f"{self.path} is not there") from exc
        except (av.FFmpegError, OSError, ValueError) as exc:
            raise EngineError(Trouble.UNPLAYABLE, type(exc).__name__) from exc
        with container:
            stream = _sound_track(container)
            yield from self._resampled(container, stream)
            promised_s = max(_promised_s(container, stream), self.said_s or 0.0)
        if promised_s > self.heard_s + _MISSING_S or _breaks_off(self.path):
            self.shortfall = self.shortfall or Shortfall.BROKEN_OFF

    def _resampled(self, container: InputContainer, stream: AudioStream) -> Iterator[bytes]:
        try:
            for _, frames in groupby(self._frames(container, stream), key=_shape):
                resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
                for frame in chain(frames, (None,)):
                    yield from map(_bytes_of, resampler.resample(frame))
        except (av.FFmpegError, ValueError):
            self.shortfall = Shortfall.BROKEN_OFF

    def _frames(self, container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.InvalidDataError:  # a damaged packet; the next may be whole
                self.shortfall = Shortfall.BROKEN_OFF
                continue
            for frame in frames:
                frame.pts = None  # a clock that jumps would have the resampler fill the gap
                yield frame


def _sound_track(container: InputContainer) -> AudioStream:
    track = container.streams.best("audio")
    if not isinstance(track, AudioStream):
        raise EngineError(Trouble.SOUNDLESS if container.streams.video else Trouble.UNPLAYABLE)
    channels = getattr(track, "channels", 0)  # a track that no decoder is for has none
    if not 0 < channels <= _MOST_CHANNELS:
        raise EngineError(Trouble.UNPLAYABLE, f"{channels} channels")
    return track


def _shape(frame: AudioFrame) -> tuple[str, str, int]:
    """What a resampler is made for. Some AAC turns stereo, or faster, after its first moments."""
    return frame.format.name, frame.layout.name, frame.sample_rate


def _bytes_of(frame: AudioFrame) -> bytes:
    return bytes(memoryview(frame.planes[0])[: frame.samples * 2])


def _promised_s(container: InputContainer, stream: AudioStream) -> float:
    """How long the file itself says its sound is; 0 where it does not, or only estimates.

    Without an index, the length of an MP3 or a bare AAC stream is guessed from its size.
    """
    if container.format.name in ("mp3", "aac", "amr", "mpegts", "mpeg", "ogg"):
        return 0.0
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    # Matroska tells only the length of the whole, in microseconds; a picture may outlast its sound.
    return (container.duration or 0) / 1e6 if not container.streams.video else 0.0


def _breaks_off(path: Path) -> bool:
    """Whether an OGG file ends within a page: decoders pass over that without a word."""
    with path.open("rb") as file:
        if file.read(4) != b"OggS":
            return False
        size = file.seek(0, 2)
        file.seek(max(0, size - _OGG_LARGEST_PAGE))
        tail = file.read()
    at = tail.rfind(b"OggS")
    if at < 0 or len(tail) < at + _OGG_HEADER:
        return True
    count = tail[at + _OGG_HEADER - 1]
    lengths = tail[at + _OGG_HEADER : at + _OGG_HEADER + count]
    return len(lengths) < count or len(tail) < at + _OGG_HEADER + count + sum(lengths)
