"""What hearing a recording costs: time to decode it, and memory while it is put into words."""

import asyncio
import json
import shutil
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import av

from bench.measure import BLOCKS, Row
from bench.process import TOP
from bot.engines.audio import RATE_HZ, Sound
from bot.engines.opus import Opus
from tests.engines.tiny_model import write_tiny_model

EXAMPLES = TOP / "examples"
MINUTE_S, LONG_S = 60, 600
_WHOLE = """
import av, sys
even = av.AudioResampler(format="s16", layout="mono", rate=16_000)
for path in sys.stdin:
    with av.open(path.strip()) as container:
        frames = [one for frame in container.decode(audio=0) for one in even.resample(frame)]
    print('{"heard_s": 0}', flush=True)
"""


async def rows() -> AsyncIterator[Row]:
    """Goals: a minute in under 0.5 % of its length, ten in 64 MB."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        minute, long = (_note(folder, seconds) for seconds in (MINUTE_S, LONG_S))
        yield await asyncio.to_thread(_decoding, minute)
        if sys.platform == "linux":
            yield await _memory(minute, long, write_tiny_model(folder).folder(folder))


def _note(folder: Path, seconds: int) -> Path:
    """The spoken examples, over and over."""
    spoken = [piece for path in sorted(EXAMPLES.glob("*.ogg")) for piece in Sound(path).pieces()]
    into = folder / str(seconds)
    into.mkdir()
    opus = Opus(into, file_s=seconds)
    left = seconds * RATE_HZ * 2
    while left > 0:
        for piece in spoken:
            if left > 0:
                path = opus.add(piece[:left])
                left -= len(piece)
    note = path or opus.close()
    assert note
    return note


def _decoding(note: Path) -> Row:
    def ours() -> None:
        for _ in Sound(note).pieces():
            pass

    ffmpeg = shutil.which("ffmpeg")
    theirs = _by_ffmpeg(ffmpeg, note) if ffmpeg else _by_av(note)
    spent: dict[Callable[[], None], list[float]] = {ours: [], theirs: []}
    for _ in range(BLOCKS):
        for work, seconds in spent.items():
            start = perf_counter()
            work()
            seconds.append(perf_counter() - start)
    ours_s, theirs_s = (median(seconds) for seconds in spent.values())
    return Row(
        "decode a 60 s voice note",
        "% of it",
        100 * ours_s / MINUTE_S,
        "ffmpeg" if ffmpeg else "PyAV, nothing kept",
        100 * theirs_s / MINUTE_S,
        more_is_better=False,
    )


def _by_ffmpeg(ffmpeg: str, note: Path) -> Callable[[], None]:
    command = [ffmpeg, "-v", "error", "-i", str(note), "-ar", "16000", "-ac", "1", "-f", "s16le"]

    def decode() -> None:
        subprocess.run([*command, "-y", "/dev/null"], check=True)

    return decode


def _by_av(note: Path) -> Callable[[], None]:
    def decode() -> None:
        even = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
        with av.open(str(note)) as container:
            for frame in container.decode(audio=0):
                even.resample(frame)

    return decode


async def _memory(warm: Path, long: Path, model: Path) -> Row:
    """The most a process holds for a long note above what it held after a short one: for us, with
    a recogniser of two words, so its weights are not counted; for them, decoded at once."""
    ours = await _most_mb("-m", "bot.engines.ear", str(model), warm=warm, long=long)
    theirs = await _most_mb("-c", _WHOLE, warm=warm, long=long, as_json=False)
    return Row(
        "hear 10 minutes", "MB above", ours, "PyAV, all at once", theirs, more_is_better=False
    )


async def _most_mb(*command: str, warm: Path, long: Path, as_json: bool = True) -> float:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdin=PIPE, stdout=PIPE, cwd=TOP
    )
    await _heard(process, warm, as_json)
    before = _kb(process, "VmRSS")
    _count_anew(process)
    await _heard(process, long, as_json)
    most = _kb(process, "VmHWM")
    process.kill()
    await process.communicate()
    return (most - before) / 1024


async def _heard(process: Process, note: Path, as_json: bool) -> None:
    assert process.stdin
    assert process.stdout
    asked = json.dumps({"path": str(note)}) if as_json else str(note)
    process.stdin.write(asked.encode() + b"\n")
    while "heard_s" not in json.loads(await process.stdout.readline()):
        pass


def _count_anew(process: Process) -> None:
    """Have the kernel forget what it held at most."""
    Path(f"/proc/{process.pid}/clear_refs").write_text("5")


def _kb(process: Process, what: str) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(what))
