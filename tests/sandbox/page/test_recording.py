"""What a browser recorded becomes a voice note."""

import io
import math
import struct
from fractions import Fraction

import av
import pytest

from bot.errors import PlayError
from bot.sandbox.files import ogg_seconds
from bot.sandbox.page.recording import MAX_RECORDING_S, TooLong, voice_note


def recorded(seconds, codec="libopus", container="webm", late_s=0):
    """A tone, as a browser's MediaRecorder delivers it; its clock began `late_s` before it."""
    held = io.BytesIO()
    with av.open(held, "w", format=container) as target:
        stream = target.add_stream(codec, rate=48_000, layout="mono")
        for start in range(0, seconds * 48_000, 960):
            wave = (int(9000 * math.sin(n / 20)) for n in range(start, start + 960))
            frame = av.AudioFrame("s16", "mono", 960)
            frame.planes[0].update(struct.pack("<960h", *wave))
            frame.sample_rate = 48_000
            frame.pts, frame.time_base = start + late_s * 48_000, Fraction(1, 48_000)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return held.getvalue()


def ogg_of(seconds):
    """So long, as far as anybody can tell without decoding it."""
    last = b"OggS\x00\x04" + (seconds * 48_000).to_bytes(8, "little") + bytes(13)
    return b"OggS" + bytes(24) + b"OpusHead" + bytes(120) + last


@pytest.mark.parametrize(
    ("codec", "container", "late_s"),
    [
        ("libopus", "webm", 0),
        ("libopus", "webm", 7),
        ("aac", "adts", 0),
        ("aac", "mp4", 7),
        ("libopus", "ogg", 0),
    ],
)
def test_what_a_browser_recorded_becomes_ogg_with_opus(codec, container, late_s):
    note = voice_note(recorded(3, codec, container, late_s))
    assert ogg_seconds(note) == 3
    with av.open(io.BytesIO(note)) as heard:
        assert heard.format.name == "ogg"
        assert heard.streams.audio[0].codec_context.name == "opus"
        assert sum(frame.samples for frame in heard.decode(audio=0)) / 48_000 == pytest.approx(
            3, abs=0.1
        )


@pytest.mark.parametrize("noise", [b"no sound at all", b"OggS", recorded(1)[:40]])
def test_what_is_no_sound_is_refused_in_words(noise):
    with pytest.raises(PlayError, match="nothing can be heard"):
        voice_note(noise)


def test_a_recording_has_an_hour_and_the_moment_until_a_page_notices():
    hour = ogg_of(MAX_RECORDING_S + 5)
    assert voice_note(hour) == hour
    with pytest.raises(TooLong, match="60 minutes"):
        voice_note(ogg_of(MAX_RECORDING_S + 300))
