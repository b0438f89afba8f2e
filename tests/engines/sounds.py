"""Sounds of every kind, and the files they come in."""

import math
import random
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import av

from bot.engines.audio import RATE_HZ

EXAMPLES = Path(__file__).parents[2] / "examples"
SPEECH = EXAMPLES / "walk.ogg"  # Mandarin, 4.8 s
ENGLISH = EXAMPLES / "lid.ogg"  # 5.2 s


def tone(hz: float, seconds: float, loud: float = 0.3) -> bytes:
    """A hum, as 16-bit samples at 16 kHz."""
    step = 2 * math.pi * hz / RATE_HZ
    return _samples(loud * math.sin(step * at) for at in range(int(seconds * RATE_HZ)))


def silence(seconds: float) -> bytes:
    return bytes(int(seconds * RATE_HZ) * 2)


def noise(seconds: float, seed: int = 4) -> bytes:
    rng = random.Random(seed)
    return _samples(rng.uniform(-0.3, 0.3) for _ in range(int(seconds * RATE_HZ)))


def music(seconds: float) -> bytes:
    """Struck chords over a walking bass."""

    def at(n: int) -> float:
        t = n / RATE_HZ
        bass = 98 * (1 + int(t) % 3)
        chord = sum(math.sin(2 * math.pi * hz * t) for hz in (262, 330, 392))
        return 0.1 * chord * math.exp(-3 * (t % 1)) + 0.2 * math.sin(2 * math.pi * bass * t)

    return _samples(at(n) for n in range(int(seconds * RATE_HZ)))


def _samples(values: Iterator[float]) -> bytes:
    return array("h", (int(32767 * value) for value in values)).tobytes()


def write(path: Path, sound: bytes, codec: str, *, layout: str = "mono", **options: str) -> Path:
    """`sound` encoded into the container that the path's suffix names."""
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream(codec, rate=RATE_HZ, layout=layout)
        for at in range(0, len(sound), RATE_HZ * 2):
            piece = sound[at : at + RATE_HZ * 2]
            frame = av.AudioFrame(format="s16", layout="mono", samples=len(piece) // 2)
            frame.sample_rate = RATE_HZ
            frame.planes[0].update(piece)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_nothing(path: Path) -> Path:
    """A WAV file whose recording lasts no moment."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
    return path


def write_picture_only(path: Path) -> Path:
    """A video in which nothing can be heard."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(5):
            container.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        container.mux(stream.encode(None))
    return path


def cut(path: Path, share: float) -> Path:
    """The beginning of a file, as a broken download leaves it."""
    part = path.with_name(f"cut-{path.name}")
    part.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    return part
