"""What the database itself refuses about fragments, should a journey ever forget to look first."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.records import Fragment, Kind, Origin, Person
from bot.errors import StoreError
from bot.store import fragments, keep
from bot.store.database import Database
from tests.fakes import FakeClock


@pytest.fixture
async def first(db: Database, ming: Person, clock: FakeClock) -> Fragment:
    """The first fragment."""
    new = Fragment(0, ming.id, 1, Kind.TEXT, Origin.OWN, "rain", 7, clock.now())
    async with db.write() as session:
        (kept,) = await keep.add(session, [new])
    return kept


@pytest.mark.parametrize("other", [{"n": 2}, {"message_id": 8}, {"n": 2, "person_id": 666}])
async def test_a_number_a_message_and_a_person_are_not_given_twice_or_out_of_nowhere(
    db: Database, first: Fragment, other: dict[str, Any]
) -> None:
    with pytest.raises(StoreError, match="nothing of this step was stored"):
        async with db.write() as session:
            await keep.add(session, [replace(first, **other)])
    async with db.read() as session:
        assert [one.n for one in await fragments.all_of(session, first.person_id)] == [1]


async def test_the_highest_number_is_the_persons_own(
    db: Database, ming: Person, first: Fragment
) -> None:
    async with db.read() as session:
        assert await fragments.last_number(session, ming.id) == 1
        assert await fragments.last_number(session, 666) == 0
