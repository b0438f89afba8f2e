"""What a browser recorded, as the voice note Telegram would send: OGG with Opus in it."""

import io
from typing import TYPE_CHECKING

from bot.errors import PlayError
from bot.sandbox.files import ogg_seconds

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer

_RATE_HZ = 48_000  # Opus knows this one best; Telegram's own notes have it
_NEEDS_PYAV = (
    "a recording needs PyAV to become a voice note; `pip install av` (or `make try`) adds it"
)


def voice_note(data: bytes) -> bytes:
    """`data` as OGG/Opus. Opus is put into another container as it is, anything else is encoded.

    Raises `PlayError` when it is no sound, or when PyAV is not there.
    """
    if data.startswith(b"OggS") and ogg_seconds(data):
        return data
    try:
        import av
    except ImportError as exc:
        raise PlayError(_NEEDS_PYAV) from exc
    try:
        return _converted(data)
    except (av.FFmpegError, IndexError, ValueError) as exc:
        raise PlayError("nothing can be heard in this recording; please try again") from exc


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
    for frame in source.decode(sound):
        frame.pts = None  # counted anew, from 0
        target.mux(into.encode(frame))
    target.mux(into.encode(None))
