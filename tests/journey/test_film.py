"""Shoots: planned once however often it is asked, counted when they move, and known by evenings."""

from datetime import date, datetime, timedelta

import pytest

from bot.domain.drafts import Draft, Line, Role, Script, Status, Version
from bot.domain.records import Person
from bot.journey import draft as drafts_journey
from bot.journey import film
from bot.store import drafts
from bot.store.database import Database
from tests.journey.conftest import NOON

SATURDAY = NOON + timedelta(days=8)


def script(title: str) -> Script:
    line = Line(Role.HOOK, f"{title}，念頭就散了", (1,))
    return Script(title, line, (line,), line, seconds=45, yours=1.0)


async def drafted(db: Database, person: Person, title: str = "嗶卡出站") -> Version:
    async with db.write() as session:
        one = await drafts.open_draft(session, drafts.Wish(person.id, "short"), now=NOON)
        return await drafts.add(session, one, drafts.Written(script(title)), now=NOON)


async def planned(
    db: Database, person: Person, version: Version, at: datetime | None = SATURDAY
) -> Draft:
    found = await film.plan(db, person_id=person.id, version_id=version.id, at=at)
    assert found is not None
    return found


async def titles(db: Database, person: Person, *, now: datetime = NOON) -> list[str]:
    return [one.title for one in await film.ahead(db, person.id, now=now)]


async def evening(db: Database, person: Person, day: date) -> tuple[str, ...]:
    async with db.read() as session:
        return await film.planned(session, person.id, day)


async def test_it_is_stored_and_the_same_again_counts_no_change(db: Database, ming: Person) -> None:
    version = await drafted(db, ming)
    for _ in range(2):
        one = await planned(db, ming, version)
        assert (one.film_at, one.film_changes) == (SATURDAY, 1)
    found = await drafts_journey.show(db, ming.id, version.id)
    assert found
    assert found.film_at
    assert found.film_at.isoformat() == "2026-11-28T12:00:00+08:00"


async def test_each_change_counts_and_so_does_taking_it_back(db: Database, ming: Person) -> None:
    version = await drafted(db, ming)
    await planned(db, ming, version)
    moved = await planned(db, ming, version, SATURDAY + timedelta(hours=3))
    assert moved.film_changes == 2
    for _ in range(2):
        off = await planned(db, ming, version, None)
        assert (off.film_at, off.film_changes) == (None, 3)
    assert await titles(db, ming) == []
    assert (await planned(db, ming, version)).film_changes == 4


async def test_what_is_still_ahead_comes_soonest_first_in_its_newest_version(
    db: Database, ming: Person
) -> None:
    later, sooner = await drafted(db, ming, "later"), await drafted(db, ming, "sooner")
    await planned(db, ming, later)
    draft = await planned(db, ming, sooner, SATURDAY - timedelta(days=1))
    async with db.write() as session:
        await drafts.add(session, draft, drafts.Written(script("sooner, shorter")), now=NOON)
    assert await titles(db, ming) == ["sooner, shorter", "later"]
    assert await titles(db, ming, now=SATURDAY) == ["later"]
    assert await titles(db, ming, now=SATURDAY + timedelta(seconds=1)) == []


@pytest.mark.parametrize("status", [Status.FILMED, Status.PUBLISHED])
async def test_what_is_filmed_keeps_its_moment_and_is_no_longer_planned(
    db: Database, ming: Person, status: Status
) -> None:
    version = await drafted(db, ming)
    await planned(db, ming, version)
    await drafts_journey.set_status(
        db, person_id=ming.id, version_id=version.id, status=status, now=NOON
    )
    assert await titles(db, ming) == []
    assert await evening(db, ming, date(2026, 11, 28)) == ()
    again = await planned(db, ming, version, None)
    assert (again.film_at, again.film_changes) == (SATURDAY, 1)


async def test_an_evening_knows_what_its_own_day_was_to_film(db: Database, ming: Person) -> None:
    await planned(db, ming, await drafted(db, ming, "noon"))
    past_midnight = SATURDAY + timedelta(hours=13, minutes=30)  # 01:30 in Taipei
    await planned(db, ming, await drafted(db, ming, "night"), past_midnight)
    await planned(db, ming, await drafted(db, ming, "next"), SATURDAY + timedelta(days=1))
    assert await evening(db, ming, date(2026, 11, 28)) == ("noon", "night")
    assert await evening(db, ming, date(2026, 11, 29)) == ("next",)
    assert await evening(db, ming, date(2026, 11, 27)) == ()


async def test_nobody_plans_or_sees_what_another_wrote(
    db: Database, ming: Person, mei: Person
) -> None:
    version = await drafted(db, ming)
    assert await film.plan(db, person_id=mei.id, version_id=version.id, at=SATURDAY) is None
    await planned(db, ming, version)
    assert await titles(db, mei) == []
    assert await evening(db, mei, date(2026, 11, 28)) == ()


async def test_a_text_without_a_title_is_called_by_its_beginning(
    db: Database, ming: Person
) -> None:
    version = await drafted(db, ming)
    draft = await planned(db, ming, version)
    assert draft.film_at == SATURDAY
    async with db.write() as session:
        wish = drafts.Wish(ming.id, "post")
        post = await drafts.open_draft(session, wish, now=NOON)
        own = drafts.Written(text="我把鐵門拉下來", by="person")
        version = await drafts.add(session, post, own, now=NOON)
    await planned(db, ming, version, SATURDAY + timedelta(hours=1))
    assert await titles(db, ming) == ["嗶卡出站", "我把鐵門拉下來"]
