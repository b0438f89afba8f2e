"""What was spent, per person and day of theirs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.domain.records import Person
from bot.engines.budget import Usage
from bot.store.database import Database
from bot.store.ledger import Ledger
from tests.fakes import FakeClock

CAP = Decimal("1.00")


async def reserve(ledger: Ledger, person: Person, usd: str) -> int | None:
    return await ledger.reserve(person.id, job="expand", model="m", usd=Decimal(usd), cap_usd=CAP)


async def test_a_call_that_would_pass_the_cap_is_not_booked(
    db: Database, ming: Person, clock: FakeClock
) -> None:
    ledger = Ledger(db, clock.now)
    assert await reserve(ledger, ming, "0.60")
    assert await reserve(ledger, ming, "0.40")
    assert await reserve(ledger, ming, "0.000001") is None
    assert await ledger.spent_today(ming.id) == CAP


async def test_settling_frees_what_was_reserved_too_much(
    db: Database, ming: Person, clock: FakeClock
) -> None:
    ledger = Ledger(db, clock.now)
    entry = await reserve(ledger, ming, "0.90")
    assert entry is not None
    await ledger.settle(entry, usage=Usage(10, 5), usd=Decimal("0.000123"))
    assert await ledger.spent_today(ming.id) == Decimal("0.000123")
    assert await reserve(ledger, ming, "0.90")


async def test_the_day_of_the_budget_is_the_persons_own(
    db: Database, ming: Person, clock: FakeClock
) -> None:
    ledger = Ledger(db, clock.now)
    clock.set(datetime(2026, 11, 20, 19, 59, tzinfo=UTC))  # 03:59 in Taipei: still the 20th
    await reserve(ledger, ming, "1.00")
    assert await reserve(ledger, ming, "0.01") is None
    clock.set(clock.now() + timedelta(minutes=1))
    assert await reserve(ledger, ming, "0.01")
