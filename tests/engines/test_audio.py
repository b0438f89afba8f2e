"""Decoding: any file, by its content, as far as it goes, in bounded memory."""

import contextlib
import random
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from bot.domain.heard import Shortfall
from bot.engines.audio import Sound
from bot.errors import EngineError, Trouble
from tests.engines.sounds import (
    SPEECH,
    cut,
    silence,
    tone,
    vast_picture,
    write,
    write_nothing,
    write_picture_only,
    write_video,
    write_with_cover,
)


def heard(path: Path, **how: float) -> tuple[float, Shortfall | None]:
    """How long the sound is, counted in its samples, and what is missing."""
    sound = Sound(path, **how)
    size = sum(map(len, sound.pieces()))
    assert size == round(sound.heard_s * 32_000)
    return sound.heard_s, sound.shortfall


def trouble_with(path: Path) -> Trouble:
    with pytest.raises(EngineError) as caught:
        heard(path)
    return caught.value.trouble


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.ogg", "libopus"),
        ("a.mp3", "libmp3lame"),
        ("a.m4a", "aac"),
        ("a.webm", "libopus"),
        ("a.flac", "flac"),
        ("a.wav", "pcm_s16le"),
        ("a.mp4", "aac"),
    ],
)
def test_a_file_is_heard_whole_whatever_it_is_called(tmp_path: Path, name: str, codec: str):
    path = write(tmp_path / name, tone(300, 6), codec)
    wrongly_named = path.rename(tmp_path / "voice.jpg")
    seconds, shortfall = heard(wrongly_named)
    assert seconds == pytest.approx(6, abs=0.2)
    assert shortfall is None


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [
        ("a.ogg", "libopus", {}),
        ("a.webm", "libopus", {}),
        ("a.flac", "flac", {}),
        ("a.m4a", "aac", {"movflags": "+faststart"}),
    ],
)
def test_a_file_cut_short_is_heard_as_far_as_it_goes_and_says_so(
    tmp_path: Path, name: str, codec: str, options: dict[str, str]
):
    path = write(tmp_path / name, tone(300, 10), codec, **options)
    seconds, shortfall = heard(cut(path, 0.6))
    assert 3 < seconds < 8
    assert shortfall is Shortfall.BROKEN_OFF


def test_a_cut_that_the_file_does_not_show_is_told_by_what_its_sender_said(tmp_path: Path):
    path = cut(write(tmp_path / "a.mp3", tone(300, 10), "libmp3lame"), 0.6)
    assert heard(path)[1] is None
    assert heard(path, said_s=10)[1] is Shortfall.BROKEN_OFF
    assert heard(path, said_s=6)[1] is None


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [
        ("a.mp4", "aac", {"movflags": "frag_keyframe+empty_moov"}),
        ("a.webm", "libopus", {"live": "1"}),
        ("a.flac", "flac", {"write_header": "0"}),
    ],
)
def test_a_file_that_does_not_say_how_long_it_is_is_not_taken_for_cut_short(
    tmp_path: Path, name: str, codec: str, options: dict[str, str]
):
    path = write(tmp_path / name, tone(300, 6), codec, **options)
    seconds, shortfall = heard(path)
    assert seconds == pytest.approx(6, abs=0.2)
    assert shortfall is None


def test_sound_that_changes_its_form_is_heard_on(tmp_path: Path):
    path = tmp_path / "a.aac"
    first = write(tmp_path / "mono.aac", tone(300, 3), "aac").read_bytes()
    second = write(tmp_path / "stereo.aac", tone(300, 3), "aac", layout="stereo").read_bytes()
    path.write_bytes(first + second)
    seconds, shortfall = heard(path)
    assert seconds == pytest.approx(6, abs=0.4)
    assert shortfall is None


def test_a_damaged_stretch_does_not_end_the_hearing(tmp_path: Path):
    path = write(tmp_path / "a.flac", tone(300, 10) + tone(700, 10), "flac")
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : 2 * third] = random.Random(4).randbytes(third)
    path.write_bytes(content)
    seconds, shortfall = heard(path)
    assert 10 < seconds < 16
    assert shortfall is Shortfall.BROKEN_OFF


def test_what_goes_on_for_too_long_is_heard_up_to_a_bound(tmp_path: Path):
    path = write(tmp_path / "a.ogg", tone(300, 8), "libopus")
    seconds, shortfall = heard(path, longest_s=5)
    assert seconds == pytest.approx(5, abs=0.11)
    assert shortfall is Shortfall.TOO_LONG


def test_a_small_file_that_unpacks_to_hours_costs_no_memory(tmp_path: Path):
    path = write(tmp_path / "a.flac", silence(3 * 3600), "flac")
    assert path.stat().st_size < 3_000_000
    tracemalloc.start()
    try:
        seconds, shortfall = heard(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (round(seconds), shortfall) == (7200, Shortfall.TOO_LONG)
    assert peak < 4_000_000


@pytest.mark.skipif(sys.platform == "win32", reason="asks Unix how much memory was used")
def test_a_cover_that_unpacks_to_far_more_than_its_bytes_costs_no_memory(tmp_path: Path):
    path = write_with_cover(tmp_path / "a.mp3", vast_picture(16_000, 12_000))
    assert path.stat().st_size < 1_000_000
    asks = (
        "import resource, sys; from pathlib import Path; from bot.engines.audio import Sound\n"
        "most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = most()\n"
        "size = sum(map(len, Sound(Path(sys.argv[1])).pieces())); print(size, most() - before)"
    )
    told = subprocess.check_output([sys.executable, "-c", asks, str(path)], text=True)
    size, grown_kb = map(int, told.split())
    assert size > 100_000
    assert grown_kb < 64_000


def test_the_sound_of_a_video_with_a_large_picture_is_heard(tmp_path: Path):
    seconds, shortfall = heard(write_video(tmp_path / "a.mp4", tone(300, 2), 3840, 2160))
    assert seconds == pytest.approx(2, abs=0.2)
    assert shortfall is None


def test_what_holds_no_sound_says_what_it_is_instead(tmp_path: Path):
    empty, junk, text = (tmp_path / name for name in ("empty.ogg", "junk.ogg", "text.ogg"))
    empty.touch()
    junk.write_bytes(random.Random(4).randbytes(4000))
    text.write_text("坐到公司那一站，念頭就散了" * 50, encoding="utf-8")
    assert trouble_with(empty) is Trouble.EMPTY
    assert trouble_with(junk) is Trouble.UNPLAYABLE
    assert trouble_with(text) is Trouble.UNPLAYABLE
    assert trouble_with(write_nothing(tmp_path / "zero.wav")) is Trouble.EMPTY
    assert trouble_with(write_picture_only(tmp_path / "a.mp4")) is Trouble.SOUNDLESS
    assert trouble_with(tmp_path / "gone.ogg") is Trouble.GONE


def test_a_damaged_file_ends_in_sound_or_in_words_for_it(tmp_path: Path):
    rng = random.Random(4)
    whole = write(tmp_path / "a.wav", tone(300, 1), "pcm_s16le").read_bytes()
    path = tmp_path / "b.wav"
    for _ in range(100):
        content = bytearray(whole)
        for _ in range(rng.choice((1, 5, 50))):
            content[rng.randrange(100)] = rng.randrange(256)
        path.write_bytes(content)
        with contextlib.suppress(EngineError):
            heard(path)
    unknown = bytearray(whole)
    unknown[20:22] = b"\xee\xee"  # the number of a codec that nobody has
    path.write_bytes(unknown)
    assert trouble_with(path) is Trouble.UNPLAYABLE


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{0}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{0}'\n",
    ],
)
def test_a_list_of_other_files_is_not_followed(tmp_path: Path, text: str):
    path = tmp_path / "voice.ogg"
    path.write_text(text.format(SPEECH), encoding="utf-8")
    assert trouble_with(path) is Trouble.UNPLAYABLE
