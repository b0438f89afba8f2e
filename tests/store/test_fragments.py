"""What the database itself refuses about fragments, should a journey ever forget to look first."""

from typing import Any

import pytest

from bot.domain.records import Kind, Origin, Person
from bot.errors import StoreError
from bot.store import fragments
from bot.store.database import Database
from tests.fakes import FakeClock


@pytest.fixture
async def first(db: Database, ming: Person, clock: FakeClock) -> dict[str, Any]:
    """What the first fragment was kept with."""
    given: dict[str, Any] = {
        "person_id": ming.id,
        "n": 1,
        "message_id": 7,
        "kind": Kind.TEXT,
        "origin": Origin.OWN,
        "text": "rain",
        "captured_at": clock.now(),
        "reply_to": None,
    }
    async with db.write() as session:
        await fragments.add(session, **given)
    return given


@pytest.mark.parametrize("other", [{"n": 2}, {"message_id": 8}, {"n": 2, "person_id": 666}])
async def test_a_number_a_message_and_a_person_are_not_given_twice_or_out_of_nowhere(
    db: Database, first: dict[str, Any], other: dict[str, Any]
) -> None:
    with pytest.raises(StoreError, match="nothing of this step was stored"):
        async with db.write() as session:
            await fragments.add(session, **first | other)
    async with db.read() as session:
        assert [one.n for one in await fragments.all_of(session, first["person_id"])] == [1]


async def test_the_highest_number_is_the_persons_own(
    db: Database, ming: Person, first: dict[str, Any]
) -> None:
    async with db.read() as session:
        assert await fragments.last_number(session, ming.id) == 1
        assert await fragments.last_number(session, 666) == 0
