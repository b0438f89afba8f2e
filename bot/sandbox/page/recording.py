"""What a browser recorded, as the voice note Telegram would send: OGG with Opus in it."""

import io

from bot.errors import PlayError
from bot.sandbox.files import ogg_seconds

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
    with av.open(io.BytesIO(data)) as source, av.open(written, "w", format="ogg") as target:
        sound = source.streams.audio[0]
        if sound.codec_context.name == "opus":
            _remux(source, sound, target)
        else:
            _encode(source, sound, target)
    return written.getvalue()


def _remux(source, sound, target) -> None:
    into = target.add_stream_from_template(sound)
    first = None
    for packet in source.demux(sound):
        if packet.dts is None:  # the end, or a frame without a time: nothing to keep
            continue
        first = packet.pts if first is None else first
        packet.pts -= first  # a page starts its clock before the microphone does
        packet.dts = packet.pts
        packet.stream = into
        target.mux(packet)


def _encode(source, sound, target) -> None:
    into = target.add_stream("libopus", rate=_RATE_HZ, layout="mono")
    for frame in source.decode(sound):
        frame.pts = None
        target.mux(into.encode(frame))
    target.mux(into.encode(None))
