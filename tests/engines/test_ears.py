"""The process that listens: there when needed, gone when idle, and its end is no end of ours."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engines.ears import Ears
from bot.errors import EngineError, Trouble
from tests.engines.sounds import SPEECH, silence, write


@pytest.fixture
async def ears() -> AsyncIterator[Ears]:
    made = Ears()
    yield made
    await made.aclose()


def process_of(ears: Ears) -> asyncio.subprocess.Process | None:
    return ears._process


def environment_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


async def test_a_file_is_heard_from_beginning_to_end(ears: Ears):
    listened = await ears.listen(SPEECH)
    assert listened.voice
    assert listened.heard_s == pytest.approx(4.75, abs=0.01)
    assert listened.shortfall is None


async def test_one_trouble_does_not_spoil_the_next_file(ears: Ears, tmp_path: Path):
    with pytest.raises(EngineError) as caught:
        await ears.listen(tmp_path / "gone.ogg")
    assert caught.value.trouble is Trouble.GONE
    first = process_of(ears)
    assert (await ears.listen(SPEECH)).voice
    assert process_of(ears) is first


async def test_several_who_ask_at_once_are_heard_one_after_the_other(ears: Ears, tmp_path: Path):
    quiet = write(tmp_path / "a.ogg", silence(3), "libopus")
    both = await asyncio.gather(*(ears.listen(path) for path in (SPEECH, quiet, SPEECH)))
    assert [listened.voice for listened in both] == [True, False, True]


async def test_a_sound_is_written_again_as_opus(ears: Ears, tmp_path: Path):
    (part,) = await ears.record(write(tmp_path / "a.wav", silence(30), "pcm_s16le"), tmp_path)
    assert (await ears.listen(part)).heard_s == pytest.approx(30, abs=0.1)
    assert part.stat().st_size < 100_000


async def test_a_process_that_dies_fails_one_file_and_the_next_gets_another(ears: Ears):
    await ears.listen(SPEECH)
    first = process_of(ears)
    assert first
    os.kill(first.pid, signal.SIGKILL)
    with pytest.raises(EngineError) as caught:
        await ears.listen(SPEECH)
    assert caught.value.trouble is Trouble.NOT_TAKEN  # it may have died of the file
    assert (await ears.listen(SPEECH)).voice


async def test_a_process_that_says_nothing_is_ended(tmp_path: Path):
    ears = Ears(stall_s=0.05)  # a start alone takes longer
    with pytest.raises(EngineError) as caught:
        await ears.listen(SPEECH)
    assert caught.value.trouble is Trouble.TIMEOUT
    assert process_of(ears) is None


async def test_who_stops_waiting_ends_the_process(ears: Ears):
    await ears.listen(SPEECH)
    process = process_of(ears)
    assert process
    hearing = asyncio.create_task(ears.listen(SPEECH))
    await asyncio.sleep(0)  # it has asked
    hearing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hearing
    assert process.returncode == -signal.SIGKILL
    assert (await ears.listen(SPEECH)).voice


async def test_an_idle_process_ends_by_itself():
    ears = Ears(idle_s=0)
    await ears.listen(SPEECH)
    process = process_of(ears)
    assert process
    assert await process.wait() == 0
    assert process_of(ears) is None
    await ears.aclose()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
async def test_the_process_knows_no_secret_and_gives_way_to_others(
    ears: Ears, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:hunter2")
    await ears.listen(SPEECH)
    process = process_of(ears)
    assert process
    assert b"hunter2" not in environment_of(process.pid)
    assert os.getpriority(os.PRIO_PROCESS, process.pid) >= 10
