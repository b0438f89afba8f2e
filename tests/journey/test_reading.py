"""What is still to be looked into, and whose it is."""

import pytest

from bot.domain.records import Kind, Media, Origin, Person, Said, Unread
from bot.errors import EngineError, Trouble
from bot.journey import reading
from bot.journey.capture import capture, revise
from bot.journey.ports import Page
from bot.store.database import Database
from tests.journey.conftest import NOON, everybody, kept


def _said(ming: Person, message_id: int, kind: Kind, mime: str) -> Said:
    file = Media(f"file{message_id}", f"{message_id}.bin", mime, 1)
    return Said(ming.id, message_id, "", NOON, kind, media=(file,), album="7")


async def test_of_an_album_the_pictures_are_described_whatever_comes_first(
    db: Database, ming: Person
) -> None:
    await capture(db, _said(ming, 1, Kind.VIDEO, "video/mp4"))
    await capture(db, _said(ming, 2, Kind.PHOTO, "image/jpeg"))
    due = await reading.waiting(db, everybody, pictures=True, now=NOON)
    assert [one.media.file_id for one in due] == ["file2"]
    assert await reading.waiting(db, everybody, pictures=False, now=NOON) == []


PAGE = "https://piano.example/lid"


async def _asked(db: Database, ming: Person) -> Unread:
    """A page somebody wants read."""
    page = Media(PAGE, None, "text/html", 0)
    said = Said(ming.id, 1, "", NOON, Kind.LINK, Origin.FORWARDED, media=(page,), source=PAGE)
    await capture(db, said)
    (one,) = await reading.waiting(db, everybody, pictures=False, now=NOON)
    return one


class Broken:
    """A web that breaks whoever reads it."""

    async def read(self, address: str) -> Page:
        raise ExceptionGroup("all of it", [OverflowError(address)])


class Long:
    """A web of one page, which goes on and lies elsewhere."""

    async def read(self, address: str) -> Page:
        return Page(address + "/moved", "On pianos", "Nobody plays them.", cut=True)


class Slow:
    """A web that never answers in time."""

    async def read(self, address: str) -> Page:
        raise EngineError(Trouble.TIMEOUT)


async def test_of_a_long_page_it_is_kept_that_it_went_on_and_where_it_was_found(
    db: Database, ming: Person
) -> None:
    assert await reading.read_page(db, Long(), await _asked(db, ming), now=NOON)
    (fragment,) = await kept(db, ming)
    assert fragment.read == "On pianos\n\nNobody plays them."
    assert (fragment.source, fragment.media[0].trouble) == (PAGE + "/moved", Trouble.TRUNCATED)


async def test_a_page_that_takes_too_long_waits_unless_it_was_the_last_attempt(
    db: Database, ming: Person
) -> None:
    one = await _asked(db, ming)
    with pytest.raises(EngineError):
        await reading.read_page(db, Slow(), one, last=False, now=NOON)
    assert await reading.waiting(db, everybody, pictures=False, now=NOON) == [one]
    assert not await reading.read_page(db, Slow(), one, now=NOON)
    assert await reading.waiting(db, everybody, pictures=False, now=NOON) == []


async def test_only_so_many_wait_at_once_and_none_that_are_in_hand(
    db: Database, ming: Person
) -> None:
    for n in (1, 2, 3):
        await capture(db, _said(ming, n, Kind.PHOTO, "image/jpeg"))
    first, second = await reading.waiting(db, everybody, pictures=True, now=NOON, most=2)
    left = await reading.waiting(db, everybody, pictures=True, now=NOON, but={first.id}, most=1)
    assert left == [second]


async def test_read_alone_after_a_page_is_about_where_that_page_was_found(
    db: Database, ming: Person
) -> None:
    one = await _asked(db, ming)
    await reading.read_page(db, Long(), one, now=NOON)
    link = await reading.choose_link(db, person_id=ming.id, text="", reply_to_message=None)
    assert link == reading.Link(PAGE + "/moved", 1)


async def test_an_edit_of_the_message_that_asked_for_a_page_leaves_the_page_alone(
    db: Database, ming: Person
) -> None:
    await _asked(db, ming)
    text = "/read https://piano.example/two"
    await revise(db, person_id=ming.id, message_id=1, text=text, now=NOON)
    (fragment,) = await kept(db, ming)
    assert (fragment.text, fragment.source) == ("", PAGE)


async def test_a_page_that_breaks_its_reader_is_given_up(db: Database, ming: Person) -> None:
    assert not await reading.read_page(db, Broken(), await _asked(db, ming), now=NOON)
    assert await reading.waiting(db, everybody, pictures=False, now=NOON) == []
    (fragment,) = await kept(db, ming)
    assert fragment.media[0].trouble == Trouble.UNREADABLE


async def test_nothing_is_looked_into_for_people_who_are_not_admitted(
    db: Database, ming: Person
) -> None:
    await capture(db, _said(ming, 1, Kind.PHOTO, "image/jpeg"))
    assert await reading.waiting(db, lambda _: False, pictures=True, now=NOON) == []
