"""A recording that a listener trips over does not keep the later ones from being heard."""

import pytest

from bot.engines.remote import RemoteListener
from bot.errors import EngineError, Trouble
from tests.fakes import ScriptedListener
from tests.story.conftest import Day, Play
from tests.transcription_server import Reply, as_json, transcription_server

NOTES = ("08:41 @voice examples/walk.ogg", "08:42 @voice examples/lid.ogg", "09:00 @wait")
SAID = "the lid of the jar"
WHY = "Listening failed over this recording several times"


async def is_told_and_passed_by(day: Day) -> None:
    assert [one["text"] for one in await day.fragments()] == ["", SAID]
    why, words = day.said()
    assert why.startswith(WHY)
    assert words == SAID


@pytest.mark.parametrize("bad", [Reply(400), Reply(500), Reply(hangs_up=True)], ids=str)
async def test_a_note_that_a_server_never_takes_is_told_and_the_next_is_heard(
    play: Play, bad: Reply
) -> None:
    async with transcription_server() as server:
        server.replies = [bad, bad, bad, Reply(body=as_json(text=SAID)), *[bad] * 9]
        listener = RemoteListener(url=server.url, api_key="k", model="gpt-transcribe")
        await is_told_and_passed_by(await play(*NOTES, listener=listener))


async def test_a_note_that_ends_the_process_that_listens_is_told_and_the_next_is_heard(
    play: Play,
) -> None:
    ended = EngineError(Trouble.NOT_TAKEN, "listening ended with -11")
    listener = ScriptedListener(ended, ended, ended, SAID, *[ended] * 9)
    await is_told_and_passed_by(await play(*NOTES, listener=listener))
