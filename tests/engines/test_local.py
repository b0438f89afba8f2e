"""The listener on this machine: sherpa-onnx, with a model of its shape that knows two words."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.heard import Nothing, Shortfall
from bot.domain.records import Language
from bot.engines.audio import Sound
from bot.engines.listeners import chosen, listener
from bot.engines.local import LocalListener
from bot.engines.remote import RemoteListener
from bot.engines.sherpa import Recogniser
from bot.engines.speech_model import SENSE_VOICE, SpeechModel
from bot.errors import EngineError, Trouble
from bot.journey.ports import ListenAsk
from tests.engines.sounds import SPEECH, cut, music, silence, tone, write
from tests.engines.tiny_model import HIGH, LOW, write_tiny_model


@pytest.fixture
def tiny(tmp_path: Path) -> SpeechModel:
    return write_tiny_model(tmp_path / "models")


@pytest.fixture
async def local(tiny: SpeechModel, tmp_path: Path) -> AsyncIterator[LocalListener]:
    made = LocalListener(tmp_path / "models", tiny)
    yield made
    await made.aclose()


def test_the_model_gives_its_words(tiny: SpeechModel, tmp_path: Path):
    recogniser = Recogniser(tiny.folder(tmp_path / "models"))
    sound = tone(200, 1) + silence(0.5) + tone(5000, 1)
    assert recogniser.words(sound) == LOW + HIGH
    assert recogniser.words(silence(1)) == ""
    assert recogniser.words(b"") == ""


def test_where_the_model_hears_nobody_its_words_are_none(tmp_path: Path):
    deaf = write_tiny_model(tmp_path / "deaf", "nospeech")
    recogniser = Recogniser(deaf.folder(tmp_path / "deaf"))
    assert recogniser.words(tone(200, 1)) == ""


async def test_a_long_note_is_heard_in_parts_and_reads_as_one(local: LocalListener, tmp_path: Path):
    breath = b"".join(Sound(SPEECH).pieces())
    gap = silence(40)
    path = write(tmp_path / "a.ogg", breath * 9 + gap + breath, "libopus")
    heard = await local.hear(ListenAsk(path, Language.ZH_HANT))
    assert heard.duration_s == pytest.approx(10 * 4.75 + 40, abs=0.5)
    assert (heard.partial, heard.nothing) == (None, None)
    assert set(heard.text) <= {LOW, HIGH}


async def test_a_voice_note_becomes_words(local: LocalListener):
    heard = await local.hear(ListenAsk(SPEECH, Language.ZH_HANT))
    assert heard.text
    assert set(heard.text) <= {LOW, HIGH}
    assert heard.by == "sherpa tiny"
    assert heard.duration_s == pytest.approx(4.75, abs=0.01)


async def test_what_holds_no_voice_is_not_put_into_words(local: LocalListener, tmp_path: Path):
    path = write(tmp_path / "a.ogg", music(8), "libopus")
    heard = await local.hear(ListenAsk(path, Language.ZH_HANT))
    assert (heard.text, heard.nothing) == ("", Nothing.NO_VOICE)


async def test_a_note_cut_short_says_so(local: LocalListener, tmp_path: Path):
    whole = tmp_path / "a.ogg"
    whole.write_bytes(SPEECH.read_bytes())
    heard = await local.hear(ListenAsk(cut(whole, 0.7), Language.ZH_HANT))
    assert heard.text
    assert heard.partial is Shortfall.BROKEN_OFF


@pytest.mark.parametrize("name", ["model.int8.onnx", "tokens.txt"])
async def test_an_altered_model_is_never_loaded(
    local: LocalListener, tiny: SpeechModel, tmp_path: Path, name: str
):
    (tiny.folder(tmp_path / "models") / name).write_bytes(b"something else")
    with pytest.raises(EngineError, match="goldpan models get") as caught:
        await local.hear(ListenAsk(SPEECH, Language.ZH_HANT))
    assert caught.value.trouble is Trouble.UNREADY


async def test_a_model_that_sherpa_does_not_take_ends_only_the_process_that_listens(
    tmp_path: Path,
):
    tiny = write_tiny_model(tmp_path / "models")
    folder = tiny.folder(tmp_path / "models")
    (folder / "model.int8.onnx").write_bytes(b"no model")
    trusted = SpeechModel(tiny.name, "", 0, "", files={})
    local = LocalListener(tmp_path / "models", trusted)
    with pytest.raises(EngineError) as caught:
        await local.hear(ListenAsk(SPEECH, Language.ZH_HANT))
    assert caught.value.trouble is Trouble.NOT_TAKEN
    assert folder.is_dir()


def test_auto_takes_the_model_then_the_server_then_nothing(tmp_path: Path):
    assert chosen("auto", models=tmp_path, server=False) == "none"
    assert chosen("auto", models=tmp_path, server=True) == "openai"
    folder = SENSE_VOICE.folder(tmp_path)
    folder.mkdir()
    for name in SENSE_VOICE.files:
        (folder / name).touch()
    assert chosen("auto", models=tmp_path, server=True) == "sherpa"
    assert chosen("openai", models=tmp_path, server=True) == "openai"
    assert chosen("none", models=tmp_path, server=True) == "none"


async def test_what_was_chosen_is_made(tmp_path: Path):
    about = {"models": tmp_path, "api_key": "", "model": "m", "languages": ()}
    assert listener("auto", url="", **about) is None
    assert isinstance(listener("sherpa", url="", **about), LocalListener)
    elsewhere = listener("auto", url="http://127.0.0.1:1/v1", **about)
    assert isinstance(elsewhere, RemoteListener)
    await elsewhere.aclose()
