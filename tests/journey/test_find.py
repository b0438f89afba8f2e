"""Looking for words among one's own fragments, and for what has none yet."""

from dataclasses import replace

import pytest

from bot.domain.records import Kind, Media, Origin, Person
from bot.journey.capture import revise
from bot.journey.find import find
from bot.journey.status import unheard
from bot.store.database import Database
from tests.journey.conftest import NOON, Say

PHOTO = Media(file_id="p1", path="42/p1.jpg", mime="image/jpeg", size=6)
VOICE = Media(file_id="v1", path="42/v1.ogg", mime="audio/ogg", size=9)


async def numbers(db: Database, person: Person, words: str) -> list[int]:
    return [one.n for one in await find(db, person_id=person.id, words=words)]


async def test_the_newest_comes_first(db: Database, ming: Person, say: Say) -> None:
    for text in ("rain at noon", "wind", "rain at night"):
        await say(text)
    assert await numbers(db, ming, "rain") == [3, 1]


async def test_all_the_words_must_be_there_in_any_order(
    db: Database, ming: Person, say: Say
) -> None:
    for text in ("rain at noon", "noon", "at noon, more rain"):
        await say(text)
    assert await numbers(db, ming, " noon  rain ") == [3, 1]


@pytest.mark.parametrize("words", ["灵感", "靈感", "捷运 灵感", "mrt", "ＭＲＴ", "mrt 上"])
async def test_either_script_width_and_case_find_the_other(
    db: Database, ming: Person, say: Say, words: str
) -> None:
    await say("靈感都在捷運 MRT 上")
    await say("早餐店的蛋餅")
    assert await numbers(db, ming, words) == [1]


async def test_what_stands_nowhere_is_not_found(db: Database, ming: Person, say: Say) -> None:
    await say("rain")
    assert await numbers(db, ming, "rain wind") == []
    assert await numbers(db, ming, "%") == []


async def test_a_forward_is_found_and_another_persons_words_are_not(
    db: Database, ming: Person, mei: Person, say: Say
) -> None:
    await say("rain", origin=Origin.FORWARDED)
    await say("rain of hers", by=mei)
    assert await numbers(db, ming, "rain") == [1]
    assert await numbers(db, mei, "rain") == [1]


async def test_an_edited_fragment_is_found_as_it_reads_now(
    db: Database, ming: Person, say: Say
) -> None:
    lid = await say("the lid")
    await revise(db, person_id=ming.id, message_id=lid.message_id, text="the pedal", now=NOON)
    assert await numbers(db, ming, "pedal") == [1]
    assert await numbers(db, ming, "lid") == []


async def test_files_without_words_are_listed_oldest_first_but_for_recordings_we_hold(
    db: Database, ming: Person, mei: Person, say: Say
) -> None:
    await say("", kind=Kind.VOICE, media=[VOICE])
    await say("a caption", kind=Kind.PHOTO, media=[PHOTO])
    await say("rain")
    await say("", kind=Kind.PHOTO, media=[PHOTO])
    await say("", kind=Kind.PHOTO, media=[PHOTO], by=mei)
    await say("", kind=Kind.VOICE, media=[replace(VOICE, path=None)])
    waiting = await unheard(db, person_id=ming.id)
    assert [(one.n, one.kind) for one in waiting] == [(4, Kind.PHOTO), (5, Kind.VOICE)]
