"""A Claude writer that asks llmock, somebody else's double of the Messages API."""

from collections.abc import AsyncIterator, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from llmock.pytest_plugin import LLMock

from bot.engines.budget import Budget, Price, Prices
from bot.engines.claude import ClaudeWriter
from bot.engines.prompts import PromptLibrary
from tests.fakes import FakeLedger

PROMPTS = PromptLibrary(Path(__file__).parents[2] / "prompts")
PRICE = Price(Decimal(1), Decimal(5), cache_write=Decimal(2), cache_read=Decimal("0.1"))

Write = Callable[..., ClaudeWriter]


@pytest.fixture
def ledger() -> FakeLedger:
    return FakeLedger()


@pytest.fixture
async def write(llmock: LLMock, ledger: FakeLedger) -> AsyncIterator[Write]:
    """Makes a writer that asks llmock unless told otherwise."""
    made: list[ClaudeWriter] = []

    def make(*, cap_usd: str = "1", **changes: Any) -> ClaudeWriter:
        budget = Budget(
            ledger, cap_usd=Decimal(cap_usd), prices=Prices({"small": PRICE, "large": PRICE})
        )
        settings: dict[str, Any] = {
            "api_key": "sk-very-secret",
            "base_url": llmock.base_url("anthropic"),
            "expand_model": "small",
            "draft_model": "large",
            "library": PROMPTS,
            "budget": budget,
            "timeout_s": 20.0,
            "retry_waits_s": (0.0, 0.0),
        }
        made.append(ClaudeWriter(**(settings | changes)))
        return made[-1]

    yield make
    for writer in made:
        await writer.aclose()
