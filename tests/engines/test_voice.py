"""Who speaks, and where a long note may be cut."""

import pytest

from bot.engines.audio import RATE_HZ, Sound
from bot.engines.voice import LONGEST_CHUNK_S, Voices, chunks
from tests.engines.sounds import ENGLISH, SPEECH, music, noise, silence, tone


def pieces(sound: bytes) -> list[bytes]:
    """As the decoder gives it."""
    return [sound[at : at + 3200] for at in range(0, len(sound), 3200)]


def seconds(sound: bytes) -> float:
    return len(sound) / 2 / RATE_HZ


def test_a_short_note_is_one_stretch():
    sound = tone(300, 12)
    assert list(chunks(pieces(sound))) == [sound]
    assert list(chunks([])) == []


def test_a_long_note_is_cut_in_its_pauses_and_nothing_is_lost():
    breaths = [tone(300, 24), silence(0.5), tone(300, 23), silence(0.5), tone(300, 9)]
    sound = b"".join(breaths)
    parts = list(chunks(pieces(sound)))
    assert b"".join(parts) == sound
    assert [seconds(part) for part in parts] == pytest.approx([24.25, 23.5, 9.25], abs=0.3)


def test_who_never_pauses_is_cut_all_the_same():
    parts = list(chunks(pieces(tone(300, 70))))
    assert sum(map(seconds, parts)) == 70
    assert max(map(seconds, parts)) <= LONGEST_CHUNK_S


@pytest.mark.parametrize("path", [SPEECH, ENGLISH], ids=["Mandarin", "English"])
def test_a_voice_is_a_voice_also_a_faint_one(path):
    sound = b"".join(Sound(path).pieces())
    faint = b"".join(
        (int.from_bytes(sound[at : at + 2], "little", signed=True) // 20).to_bytes(
            2, "little", signed=True
        )
        for at in range(0, len(sound), 2)
    )
    assert Voices().in_(sound)
    assert Voices().in_(faint)


@pytest.mark.parametrize("sound", [silence, noise, music], ids=["silence", "noise", "music"])
def test_silence_noise_and_music_are_not(sound):
    assert not Voices().in_(sound(10))


def test_one_recording_leaves_nothing_behind_for_the_next():
    voices = Voices()
    assert voices.in_(b"".join(Sound(SPEECH).pieces()))
    assert not voices.in_(silence(5))
    assert not voices.in_(b"")
