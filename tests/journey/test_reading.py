"""What is still to be looked into, and whose it is."""

from bot.domain.records import Kind, Media, Origin, Person, Said, Unread
from bot.errors import Trouble
from bot.journey import reading
from bot.journey.capture import capture
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
