"""What the database itself refuses about digests, should a journey ever forget to look first."""

from datetime import date

import pytest

from bot.domain.records import Person
from bot.errors import StoreError
from bot.store import digests
from bot.store.database import Database
from bot.store.tables import DigestRow
from tests.fakes import FakeClock

FRIDAY = date(2026, 11, 20)


async def insert(db: Database, clock: FakeClock, person_id: int, evening: date | None) -> None:
    """A digest put there without asking whether the evening has one."""
    now = clock.now()
    async with db.write() as session:
        session.add(
            DigestRow(
                person_id=person_id,
                evening=evening,
                due_at=now,
                state=digests.COMPOSING,
                cut_n=0,
                claimed_at=now,
            )
        )


async def test_an_evening_has_one_digest_a_person(
    db: Database, ming: Person, clock: FakeClock
) -> None:
    await insert(db, clock, ming.id, FRIDAY)
    with pytest.raises(StoreError, match="nothing of this step was stored"):
        await insert(db, clock, ming.id, FRIDAY)


async def test_digests_on_the_spot_are_of_no_evening(
    db: Database, ming: Person, clock: FakeClock
) -> None:
    await insert(db, clock, ming.id, None)
    await insert(db, clock, ming.id, None)
    async with db.read() as session:
        assert await digests.stages(session, ming.id, FRIDAY) == {}


async def test_a_digest_belongs_to_a_person(db: Database, clock: FakeClock) -> None:
    with pytest.raises(StoreError, match="nothing of this step was stored"):
        await insert(db, clock, 666, FRIDAY)
