"""What a listener is asked about a recording."""

from pathlib import Path

import pytest

from bot.domain.hearing import Hearing, Stage
from bot.domain.records import Kind, Origin, Person
from bot.errors import EngineError, Trouble
from bot.journey.hear import ask_for
from bot.store.database import Database
from bot.store.media import Shelf


def of_kind(kind: Kind) -> Hearing:
    return Hearing(
        id=1,
        person_id=42,
        fragment_id=1,
        n=1,
        note=1,
        kind=kind,
        origin=Origin.OWN,
        path="note",
        said_s=60,
        stage=Stage.HEARING,
    )


@pytest.mark.parametrize(
    ("kind", "length"),
    [(Kind.VOICE, 60), (Kind.AUDIO, 60), (Kind.VIDEO, None), (Kind.VIDEO_NOTE, None)],
)
async def test_a_video_may_go_on_after_its_sound_and_a_voice_note_may_not(
    db: Database, ming: Person, tmp_path: Path, kind: Kind, length: float | None
) -> None:
    (tmp_path / "note").write_bytes(b"sound")
    asked = await ask_for(db, Shelf(tmp_path), of_kind(kind))
    assert asked.duration_s == length


async def test_a_file_that_is_not_there_is_looked_for_again(
    db: Database, ming: Person, tmp_path: Path
) -> None:
    with pytest.raises(EngineError) as caught:
        await ask_for(db, Shelf(tmp_path / "not mounted"), of_kind(Kind.VOICE))
    assert caught.value.trouble is Trouble.GONE
