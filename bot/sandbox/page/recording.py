"""What a browser recorded, as the voice note Telegram would send: OGG with Opus in it."""

import io
from typing import TYPE_CHECKING

from bot.errors import PlayError
from bot.sandbox.files import ogg_seconds

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer

MAX_RECORDING_S = 3600
"""An hour: nobody holds a button for longer, and it is read and converted in memory. The page sends
what it has by then."""
_LATE_S = 60  # how much later than that a busy browser may notice
_RATE_HZ = 48_000  # Opus knows this one best; Telegram's own notes have it


class TooLong(PlayError):
    """A recording is longer than `MAX_RECORDING_S`."""


def voice_note(data: bytes) -> bytes:
    """`data` as OGG/Opus. Opus is put into another container as it is, anything else is encoded,
    which takes seconds for a long one: not to be called on an event loop.

    Raises `PlayError` when it is no sound, and `TooLong`.
    """
    # Only a page on which somebody records needs it; to import it takes a tenth of a second.
    import av

    if not (data.startswith(b"OggS") and ogg_seconds(data)):
        try:
            data = _converted(data)
        except (av.FFmpegError, IndexError, ValueError) as exc:
            reason = "nothing can be heard in this recording; please try again"
            raise PlayError(reason, code="unheard") from exc
    _check(ogg_seconds(data))
    return data


def _converted(data: bytes) -> bytes:
    import av

    written = io.BytesIO()
    with av.open(io.BytesIO(data), "r") as source, av.open(written, "w", format="ogg") as target:
        sound = source.streams.audio[0]
        if sound.codec_context.name == "opus":
            _rewrap(source, sound, target)
        else:
            _encode(source, sound, target)
    return written.getvalue()


def _rewrap(source: "InputContainer", sound: "AudioStream", target: "OutputContainer") -> None:
    into = target.add_stream_from_template(sound)
    begins_at: int | None = None
    for packet in source.demux(sound):
        if packet.pts is None:  # the end, or a frame without a time: nothing to keep
            continue
        begins_at = packet.pts if begins_at is None else begins_at
        packet.pts -= begins_at  # a page's clock was running before the microphone was
        packet.dts = packet.pts
        packet.stream = into
        target.mux(packet)


def _encode(source: "InputContainer", sound: "AudioStream", target: "OutputContainer") -> None:
    into = target.add_stream("libopus", rate=_RATE_HZ, layout="mono")
    heard_s = 0.0
    for frame in source.decode(sound):
        heard_s += frame.samples / frame.sample_rate
        _check(heard_s)
        frame.pts = None  # counted anew, from 0
        target.mux(into.encode(frame))
    target.mux(into.encode(None))


def _check(seconds: float) -> None:
    if seconds > MAX_RECORDING_S + _LATE_S:
        raise TooLong(f"a recording may last {MAX_RECORDING_S // 60} minutes")
