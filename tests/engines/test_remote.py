"""The listener elsewhere: real recordings to a real recogniser over HTTP, and every bad answer."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from shutil import copy

import pytest

from bot.domain.heard import Heard, Nothing, Shortfall
from bot.domain.records import Language
from bot.engines.audio import Sound
from bot.engines.ears import Ears
from bot.engines.remote import RemoteListener
from bot.engines.transcriptions import Transcriptions
from bot.errors import EngineError, Trouble
from bot.journey.ports import ListenAsk
from tests.engines.sounds import SPEECH, cut, music, noise, silence, write
from tests.transcription_server import (
    SENTENCES,
    Reply,
    TranscriptionServer,
    as_json,
    speak,
    transcription_server,
)

Make = Callable[..., RemoteListener]
SAID = Reply(body=as_json(text="念头就散了。"))


@pytest.fixture
async def server() -> AsyncIterator[TranscriptionServer]:
    async with transcription_server() as running:
        yield running


@pytest.fixture
async def make(server: TranscriptionServer) -> AsyncIterator[Make]:
    """Listeners that ask the server; they are closed at the end."""
    made: list[RemoteListener] = []

    def one(**how: object) -> RemoteListener:
        about = {"url": server.url, "api_key": "k", "model": "gpt-transcribe"} | how
        made.append(RemoteListener(**about))
        return made[-1]

    yield one
    for listener in made:
        await listener.aclose()


def ask(path: Path, language: Language = Language.ZH_HANT, **how: object) -> ListenAsk:
    return ListenAsk(path, language, **how)


class InThreeParts(Ears):
    """Writes any sound in three parts: half an hour of it would take its time."""

    async def record(self, path: Path, folder: Path) -> list[Path]:
        return [copy(path, folder / f"{n}.ogg") for n in (1, 2, 3)]


async def trouble_of(hearing: Awaitable[Heard]) -> EngineError:
    with pytest.raises(EngineError) as caught:
        await hearing
    return caught.value


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="pocketsphinx has no wheel for 3.14")
@pytest.mark.parametrize("sentence", SENTENCES)
async def test_a_spoken_note_comes_back_as_the_words_that_were_said(
    make: Make, tmp_path: Path, sentence: str
):
    heard = await make().hear(ask(speak(sentence, tmp_path / "note.ogg"), Language.EN))
    assert (heard.text, heard.raw) == (sentence, sentence)
    assert (heard.nothing, heard.partial) == (None, None)
    assert heard.by == "openai gpt-transcribe"
    assert 1 < heard.duration_s < 6


async def test_a_voice_note_goes_up_as_it_is_with_what_helps_to_understand_it(
    make: Make, server: TranscriptionServer
):
    server.replies = [SAID]
    listener = make(languages=("zh", "yue", "en"))
    await listener.hear(ask(SPEECH, hot_words=("Goldpan", "陳奕迅")))
    (asked,) = server.asked
    assert asked.content == SPEECH.read_bytes()
    assert (asked.name, asked.authorization) == ("voice.ogg", "Bearer k")
    assert asked.fields == {
        "model": ["gpt-transcribe"],
        "response_format": ["json"],
        "languages[]": ["zh", "yue", "en"],
        "prompt": ["Goldpan, 陳奕迅"],
    }


async def test_a_prompt_never_grows_beyond_what_a_model_reads(
    make: Make, server: TranscriptionServer
):
    server.replies = [SAID]
    await make().hear(ask(SPEECH, hot_words=tuple(f"name{n}" for n in range(500))))
    (prompt,) = server.asked[0].fields["prompt"]
    assert prompt.startswith("name0, name1, ")
    assert len(prompt) <= 400


async def test_the_words_are_shown_in_the_persons_script_and_kept_as_they_came(
    make: Make, server: TranscriptionServer
):
    server.replies = [SAID]
    heard = await make().hear(ask(SPEECH))
    assert (heard.text, heard.raw) == ("念頭就散了。", "念头就散了。")


async def test_whisper_takes_one_language_or_none_and_tells_the_odds_of_silence(
    make: Make, server: TranscriptionServer
):
    sure = {"text": "Gone.", "no_speech_prob": 0.01, "avg_logprob": -0.2}
    hollow = {"text": " Thank you for watching!", "no_speech_prob": 0.9, "avg_logprob": -1.4}
    answer = as_json(text="Gone. Thank you for watching!", language="en", segments=[sure, hollow])
    server.replies = [Reply(body=answer), Reply(body=answer)]
    first = await make(model="whisper-large-v3", languages=("en",)).hear(ask(SPEECH))
    assert first.text == "Gone."
    await make(model="whisper-large-v3", languages=("zh", "en")).hear(ask(SPEECH))
    one, several = (asked.fields for asked in server.asked)
    assert one["language"] == ["en"]
    assert one["response_format"] == ["verbose_json"]
    assert "language" not in several


@pytest.mark.parametrize(("odds", "sure"), [(0.9, -0.2), (0.1, -1.4)])
async def test_only_what_is_both_unlikely_speech_and_unsure_is_silence(
    make: Make, server: TranscriptionServer, odds: float, sure: float
):
    segment = {"text": "Gone.", "no_speech_prob": odds, "avg_logprob": sure}
    server.replies = [Reply(body=as_json(text="Gone.", segments=[segment]))]
    assert (await make(model="whisper-1").hear(ask(SPEECH))).text == "Gone."


async def test_a_server_that_refuses_a_form_is_asked_in_another_and_then_always_so(
    make: Make, server: TranscriptionServer
):
    no = Reply(400, as_json(error={"message": "unknown field languages[]"}))
    server.replies = [no, SAID, SAID]
    listener = make(languages=("zh",))
    for _ in range(2):
        assert (await listener.hear(ask(SPEECH))).text == "念頭就散了。"
    forms = [sorted(asked.fields) for asked in server.asked]
    assert forms[0] == ["languages[]", "model", "response_format"]
    assert forms[1] == forms[2] == ["language", "model", "response_format"]


async def test_a_file_that_is_refused_in_every_form_spoils_no_form_for_the_next(
    make: Make, server: TranscriptionServer
):
    server.replies = [Reply(422)] * 3 + [SAID]
    listener = make(languages=("zh",))
    assert (await trouble_of(listener.hear(ask(SPEECH)))).trouble is Trouble.NOT_TAKEN
    await listener.hear(ask(SPEECH))
    assert len({str(asked.fields) for asked in server.asked[:3]}) == 3
    assert server.asked[3].fields == server.asked[0].fields


async def test_several_at_once_that_are_refused_leave_each_other_every_form_to_try(
    server: TranscriptionServer,
):
    server.unknown = frozenset({"languages[]", "language"})
    server.replies = [SAID] * 4
    asking = Transcriptions(url=server.url, api_key="", model="gpt-transcribe", languages=("zh",))
    told = await asyncio.gather(
        *(asking.ask(SPEECH, "voice.ogg", hot_words=(), timeout_s=60) for _ in range(4))
    )
    assert told == ["念头就散了。"] * 4
    await asking.aclose()


async def test_a_server_that_hangs_up_over_a_file_may_take_another(
    make: Make, server: TranscriptionServer
):
    server.replies = [Reply(hangs_up=True)]
    assert (await trouble_of(make().hear(ask(SPEECH)))).trouble is Trouble.NOT_TAKEN


@pytest.mark.parametrize("sound", [silence, noise, music], ids=["silence", "noise", "music"])
async def test_what_holds_no_voice_is_never_sent(
    make: Make, server: TranscriptionServer, tmp_path: Path, sound: Callable[[float], bytes]
):
    heard = await make().hear(ask(write(tmp_path / "a.ogg", sound(5), "libopus")))
    assert (heard.text, heard.raw, heard.nothing) == ("", "", Nothing.NO_VOICE)
    assert not server.asked


@pytest.mark.parametrize(
    ("said", "nothing"),
    [
        ("", Nothing.NO_WORDS),
        ("。", Nothing.NO_WORDS),
        ("謝謝觀看 " * 20, Nothing.ONE_THING),
    ],
)
async def test_an_answer_without_anything_said_is_no_transcript(
    make: Make, server: TranscriptionServer, said: str, nothing: Nothing
):
    server.replies = [Reply(body=as_json(text=said))]
    heard = await make().hear(ask(SPEECH))
    assert (heard.text, heard.nothing) == ("", nothing)


async def test_what_no_database_holds_is_left_out(make: Make, server: TranscriptionServer):
    server.replies = [Reply(body='{"text": "It was\\u0000 gone\\ud83d."}')]
    heard = await make().hear(ask(SPEECH))
    assert (heard.text, heard.raw) == ("It was gone?.", "It was gone?.")


async def test_what_creators_really_say_is_a_transcript(make: Make, server: TranscriptionServer):
    server.replies = [Reply(body=as_json(text="謝謝觀看，請訂閱我的頻道。"))]
    assert (await make().hear(ask(SPEECH))).text == "謝謝觀看，請訂閱我的頻道。"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body="<html><body>Welcome to nginx!</body></html>", kind="text/html"),
        Reply(body=as_json(error={"message": "model overloaded"})),
        Reply(body=as_json(error="out of memory", text="念頭")),
        Reply(body=as_json(detail="Internal error")),
        Reply(body=as_json(detail="Internal error", text="念頭")),
        Reply(body=as_json(success=False, text="Model not found")),
        Reply(body=as_json(status="Error", text="Model not found")),
        Reply(body=as_json(code=500, text="Model not found")),
        Reply(body=as_json(text="<!DOCTYPE html><p>Bad Gateway")),
        Reply(body=as_json(text=" <html><p>Bad Gateway")),
        Reply(body=as_json(text=["念頭"])),
        Reply(body='"Error: no such model"'),
        Reply(body="Error: no such model", kind="text/plain"),
        Reply(body=""),
        Reply(body="[" * 100_000),
        Reply(body=as_json(text="念" * 5_000_000)),
    ],
    ids=[
        *("html", "error", "both", "detail", "detailed", "success", "status", "code", "doctype"),
        *("page", "list", "string", "text", "none", "deep", "endless"),
    ],
)
async def test_an_error_with_status_200_is_never_a_transcript(
    make: Make, server: TranscriptionServer, reply: Reply
):
    server.replies = [reply]
    error = await trouble_of(make().hear(ask(SPEECH)))
    assert error.trouble is Trouble.MALFORMED


async def test_what_only_says_that_all_went_well_is_no_error(
    make: Make, server: TranscriptionServer
):
    well = {"success": True, "status": "ok", "code": 200, "error": None, "detail": ""}
    server.replies = [Reply(body=as_json(text="念头就散了。", **well))]
    assert (await make().hear(ask(SPEECH))).text == "念頭就散了。"


@pytest.mark.parametrize(
    ("reply", "trouble", "passes"),
    [
        (Reply(401), Trouble.REJECTED, False),
        (Reply(403), Trouble.REJECTED, False),
        (Reply(404), Trouble.REJECTED, False),
        (Reply(302, headers={"Location": "/elsewhere"}), Trouble.REJECTED, False),
        (Reply(429), Trouble.BUSY, True),
        (Reply(503), Trouble.BUSY, True),
        (Reply(500, "<html>"), Trouble.NOT_TAKEN, True),
        (Reply(400), Trouble.NOT_TAKEN, True),
    ],
    ids=str,
)
async def test_a_refusal_says_whether_waiting_helps(
    make: Make, server: TranscriptionServer, reply: Reply, trouble: Trouble, passes: bool
):
    server.replies = [reply]
    error = await trouble_of(make().hear(ask(SPEECH)))
    assert (error.trouble, error.trouble.passes, error.retry_after_s) == (trouble, passes, None)
    assert str(reply.status) in error.detail


async def test_a_busy_server_says_how_long_to_wait(make: Make, server: TranscriptionServer):
    server.replies = [Reply(429, headers={"Retry-After": "17"})]
    assert (await trouble_of(make().hear(ask(SPEECH)))).retry_after_s == 17


async def test_a_server_that_hangs_is_let_go_and_may_be_asked_again(
    make: Make, server: TranscriptionServer
):
    server.replies = [Reply(hangs=True), SAID]
    listener = make(answer_s=-4.6)  # 4.8 s of sound: 0.2 s in all
    error = await trouble_of(listener.hear(ask(SPEECH)))
    assert (error.trouble, error.trouble.passes) == (Trouble.TIMEOUT, True)
    assert (await make().hear(ask(SPEECH))).text


async def test_a_server_that_is_not_there_may_be_later(make: Make):
    error = await trouble_of(make(url="http://127.0.0.1:1/v1").hear(ask(SPEECH)))
    assert (error.trouble, error.trouble.passes) == (Trouble.UNREACHABLE, True)


async def test_what_is_too_large_for_the_server_goes_up_small_and_in_parts(
    make: Make, server: TranscriptionServer, tmp_path: Path
):
    large = tmp_path / "a.wav"
    write(large, b"".join(Sound(SPEECH).pieces()), "pcm_s16le")
    server.replies = [SAID]
    await make(largest_bytes=50_000).hear(ask(large))
    (asked,) = server.asked
    assert asked.name == "001.ogg"
    assert asked.content.startswith(b"OggS")
    assert len(asked.content) < 50_000


async def test_a_server_that_finds_a_file_too_large_gets_it_smaller(
    make: Make, server: TranscriptionServer
):
    server.replies = [Reply(413), SAID, Reply(413), Reply(413)]
    assert (await make().hear(ask(SPEECH))).text == "念頭就散了。"
    assert [asked.name for asked in server.asked] == ["voice.ogg", "001.ogg"]
    assert (await trouble_of(make().hear(ask(SPEECH)))).trouble is Trouble.TOO_LARGE


async def test_parts_that_were_heard_are_not_asked_again_when_a_later_one_fails(
    make: Make, server: TranscriptionServer, tmp_path: Path
):
    long = write(tmp_path / "a.wav", b"".join(Sound(SPEECH).pieces()), "pcm_s16le")
    part = [Reply(body=as_json(text=f"part {n}")) for n in (1, 2, 3)]
    server.replies = [part[0], part[1], Reply(500), part[2], *part]
    listener = make(largest_bytes=50_000)
    listener._ears = InThreeParts()
    assert (await trouble_of(listener.hear(ask(long)))).trouble is Trouble.NOT_TAKEN
    for _ in range(2):  # once heard to its end, it starts from the beginning
        assert (await listener.hear(ask(long))).text == "part 1 part 2 part 3"
    asked = [int(one.name.removesuffix(".ogg")) for one in server.asked]
    assert asked == [1, 2, 3, 3, 1, 2, 3]


async def test_a_note_cut_short_is_heard_as_far_as_it_goes_and_says_so(
    make: Make, server: TranscriptionServer, tmp_path: Path
):
    whole = tmp_path / "a.ogg"
    whole.write_bytes(SPEECH.read_bytes())
    server.replies = [SAID]
    heard = await make().hear(ask(cut(whole, 0.6)))
    assert (heard.text, heard.partial) == ("念頭就散了。", Shortfall.BROKEN_OFF)
    assert [asked.name for asked in server.asked] == ["001.ogg"]  # a server may refuse a stump
    assert heard.duration_s < 4


async def test_who_stops_waiting_stops_the_listening(make: Make, server: TranscriptionServer):
    server.replies = [Reply(hangs=True), SAID]
    listener = make()
    hearing = asyncio.create_task(listener.hear(ask(SPEECH)))
    await server.was_asked.wait()
    hearing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hearing
    assert (await listener.hear(ask(SPEECH))).text
