"""Sounds of every kind, and the files they come in."""

import math
import random
import struct
import wave
import zlib
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


def vast_picture(width: int, height: int) -> bytes:
    """A black PNG, a thousandth of the bytes that it unpacks to."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + width * 3)) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", rows + packer.flush())
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def write_with_cover(path: Path, picture: bytes) -> Path:
    """An MP3 whose tag (ID3v2.3) holds a picture."""
    write(path, tone(300, 5), "libmp3lame")
    frame = b"\0image/png\0\x03\0" + picture
    tag = b"APIC" + struct.pack(">IH", len(frame), 0) + frame
    size = bytes(len(tag) >> shift & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\x03\0\0" + size + tag + path.read_bytes())
    return path


def write_video(path: Path, sound: bytes, width: int, height: int) -> Path:
    """A short video with a picture of this size and with sound."""
    with av.open(str(path), "w") as container:
        picture = container.add_stream("mpeg4", rate=1)
        picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
        stream = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        container.mux(picture.encode(av.VideoFrame(width, height, "yuv420p")))
        container.mux(picture.encode(None))
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(sound) // 2)
        frame.sample_rate = RATE_HZ
        frame.planes[0].update(sound)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def cut(path: Path, share: float) -> Path:
    """The beginning of a file, as a broken download leaves it."""
    part = path.with_name(f"cut-{path.name}")
    part.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    return part
