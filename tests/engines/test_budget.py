"""The cap holds before money is spent, and the books say afterwards what was."""

from decimal import Decimal

import pytest

from bot.engines.budget import Budget, Price, Prices, Usage, tokens_at_most
from bot.errors import EngineError, Trouble
from tests.fakes import FakeLedger

PRICES = Prices(
    {
        "cheap": Price(Decimal(1), Decimal(5), cache_write=Decimal(2), cache_read=Decimal("0.1")),
        "dear": Price(Decimal(10), Decimal(50), cache_write=Decimal(20), cache_read=Decimal(1)),
    }
)


def budget_of(ledger: FakeLedger, cap_usd: str) -> Budget:
    return Budget(ledger, cap_usd=Decimal(cap_usd), prices=PRICES)


async def spend(budget: Budget, usage: Usage, *, person_id: int = 7, model: str = "cheap") -> None:
    async with budget.booked(
        person_id, job="draft", model=model, prompt="x" * 2000, max_tokens=1000
    ) as booking:
        booking.owes_the_worst()
        booking.owes(usage)


async def test_the_worst_case_is_reserved_before_the_call() -> None:
    ledger = FakeLedger()
    async with budget_of(ledger, "1").booked(
        7, job="draft", model="cheap", prompt="x" * 2000, max_tokens=1000
    ):
        # 1,000 tokens written to the cache at 2, 1,000 of output at 5, per million
        assert ledger.spent_usd(7) == Decimal("0.007")


async def test_what_was_used_replaces_what_was_reserved() -> None:
    ledger = FakeLedger()
    usage = Usage(input_tokens=100, output_tokens=20, cache_read_tokens=1000, cache_write_tokens=50)
    await spend(budget_of(ledger, "1"), usage)
    [entry] = ledger.entries
    assert entry.usage == usage
    assert entry.usd == Decimal("0.0004")  # (100 + 100 + 100 + 100) / 1e6


async def test_a_call_that_could_pass_the_cap_is_not_made() -> None:
    ledger = FakeLedger()
    budget = budget_of(ledger, "0.01")
    await spend(budget, Usage(output_tokens=1000))
    with pytest.raises(EngineError) as caught:
        await spend(budget, Usage())
    assert caught.value.trouble is Trouble.BUDGET
    assert len(ledger.entries) == 1


async def test_one_persons_spending_does_not_stop_another() -> None:
    ledger = FakeLedger()
    budget = budget_of(ledger, "0.01")
    await spend(budget, Usage(output_tokens=1000), person_id=7)
    await spend(budget, Usage(output_tokens=1000), person_id=8)
    assert [entry.person_id for entry in ledger.entries] == [7, 8]


async def test_with_a_cap_of_nothing_nothing_is_reserved() -> None:
    ledger = FakeLedger()
    with pytest.raises(EngineError):
        await spend(budget_of(ledger, "0"), Usage())
    assert ledger.entries == []


async def test_a_call_never_sent_owes_nothing() -> None:
    ledger = FakeLedger()
    with pytest.raises(ConnectionError):
        async with budget_of(ledger, "1").booked(
            7, job="draft", model="cheap", prompt="x", max_tokens=1000
        ):
            raise ConnectionError
    assert ledger.spent_usd(7) == 0


async def break_off(budget: Budget) -> None:
    async with budget.booked(7, job="draft", model="cheap", prompt="x", max_tokens=1000) as booking:
        booking.owes_the_worst()
        raise ConnectionError


async def test_a_call_that_broke_off_keeps_its_reserve() -> None:
    ledger = FakeLedger()
    with pytest.raises(ConnectionError):
        await break_off(budget_of(ledger, "1"))
    [entry] = ledger.entries
    assert entry.usage == Usage()
    assert entry.usd == entry.reserved_usd > 0


async def test_an_unknown_model_is_priced_as_the_dearest() -> None:
    ledger = FakeLedger()
    await spend(budget_of(ledger, "1"), Usage(output_tokens=1000), model="somebody-elses")
    assert ledger.spent_usd(7) == Decimal("0.05")


def test_a_dated_release_costs_what_its_model_costs() -> None:
    assert PRICES.of("cheap-20261001") == PRICES.of("cheap")


def test_the_price_list_that_ships_knows_the_models_goldpan_uses() -> None:
    prices = Prices.load()
    million = Usage(input_tokens=1_000_000, output_tokens=1_000_000)
    assert prices.of("claude-opus-5-5").cost(million) == 24
    assert prices.of("claude-sonnet-5-5").cost(million) == 12


def test_a_write_to_the_five_minute_cache_costs_no_more_than_what_is_reserved_for_it() -> None:
    # 1.25 times the input; what is reserved is a write to the one-hour cache (prices.toml).
    assert all(price.cache_write >= price.input * 5 / 4 for price in Prices.load().models.values())


def test_a_long_prompt_costs_its_own_price() -> None:
    haiku = Prices.load().of("claude-haiku-5-5")
    assert haiku.cost(Usage(input_tokens=100_000)) == Decimal("0.01")
    assert haiku.cost(Usage(input_tokens=50_000, cache_read_tokens=50_001)) > Decimal("0.0274")


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("word", 2), ("捷運", 3), ("🌊", 2), ("捷運 MRT", 5)]
)
def test_tokens_are_estimated_from_above(text: str, tokens: int) -> None:
    assert tokens_at_most(text) == tokens
