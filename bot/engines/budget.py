"""The spend cap: the worst case is reserved before a paid call, the real cost is settled after.

The ledger behind it lives in the store; a test uses one in memory.
"""

import re
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from bot.errors import EngineError, Trouble

PRICES = Path(__file__).with_name("prices.toml")

# What the largest picture costs that is not scaled down first: 4,784 tokens with the newest models
# (Anthropic's documentation of vision), rounded up.
PICTURE_TOKENS = 5_000
_MILLION = Decimal(1_000_000)
_SNAPSHOT = re.compile(r"-\d{8}$")  # a dated release costs what its model costs


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call, as the server counted them. `input_tokens` leaves out the cached ones."""

    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0


class Ledger(Protocol):
    """Who spent what. `usd` counts against the day of the reservation."""

    async def reserve(
        self, person_id: int, *, job: str, model: str, usd: Decimal, cap_usd: Decimal
    ) -> int | None:
        """An entry of `usd`, or None when today's spend with it would pass `cap_usd`. Atomic."""
        ...

    async def settle(self, entry_id: int, *, usage: Usage, usd: Decimal) -> None:
        """Replace what was reserved by what it came to."""
        ...


@dataclass(frozen=True, slots=True)
class Price:
    """USD per million tokens. A prompt over `long_prompt_tokens` makes everything dearer."""

    input: Decimal
    output: Decimal
    cache_write: Decimal
    cache_read: Decimal
    long_prompt_tokens: Decimal = Decimal("Infinity")
    long_prompt_times: Decimal = Decimal(1)

    def cost(self, usage: Usage) -> Decimal:
        """What `usage` costs, in USD."""
        prompt = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens
        times = self.long_prompt_times if prompt > self.long_prompt_tokens else 1
        per_million = (
            usage.input_tokens * self.input
            + usage.output_tokens * self.output
            + usage.cache_write_tokens * self.cache_write
            + usage.cache_read_tokens * self.cache_read
        )
        return per_million * times / _MILLION


@dataclass(frozen=True, slots=True)
class Prices:
    """What each model costs."""

    models: Mapping[str, Price]

    @classmethod
    def load(cls, path: Path = PRICES) -> "Prices":
        table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        return cls(
            {
                model: Price(**{name: Decimal(value) for name, value in price.items()})
                for model, price in table["models"].items()
            }
        )

    def of(self, model: str) -> Price:
        """The price of `model`, a dated release included; of an unknown one, the dearest known."""
        return (
            self.models.get(model) or self.models.get(_SNAPSHOT.sub("", model)) or self._dearest()
        )

    def _dearest(self) -> Price:
        known = self.models.values()
        return Price(
            input=max(price.input for price in known),
            output=max(price.output for price in known),
            cache_write=max(price.cache_write for price in known),
            cache_read=max(price.cache_read for price in known),
        )


def tokens_at_most(text: str) -> int:
    """An upper estimate of the tokens in `text`: one for every two bytes of UTF-8.

    That is 1.5 for a Chinese character, 2 for an emoji and one for every two Latin letters. Usual
    rules of thumb are about one and four; the margin covers the tokenizers since Claude 4.7, which
    Anthropic says count about 30 % more.
    """
    return (len(text.encode()) + 1) // 2


@dataclass(slots=True)
class Booking:
    """What one paid call owes. Nothing was sent yet, so at first it owes nothing."""

    price: Price
    worst_usd: Decimal
    usage: Usage = field(default_factory=Usage)
    usd: Decimal = Decimal(0)

    def owes_the_worst(self) -> None:
        """A request is on its way. Should it break off, nobody can say what was generated, and a
        server bills what it generated: so until its end is known it counts in full."""
        self.usd = self.worst_usd

    def owes_nothing(self) -> None:
        """It never got through, or was answered with an error, which is not billed."""
        self.usd = Decimal(0)

    def owes(self, usage: Usage) -> None:
        """The server said what it counted."""
        self.usage = usage
        self.usd = self.price.cost(usage)


class Budget:
    """Lets a paid call through only when its worst case fits under the day's cap, per person."""

    def __init__(self, ledger: Ledger, *, cap_usd: Decimal, prices: Prices) -> None:
        self._ledger = ledger
        self._cap_usd = cap_usd
        self._prices = prices

    @asynccontextmanager
    async def booked(
        self,
        person_id: int,
        *,
        job: str,
        model: str,
        prompt: str,
        max_tokens: int,
        pictures: int = 0,
    ) -> AsyncIterator[Booking]:
        """Around one paid call that sends `prompt`. Raises EngineError(BUDGET) before anything is
        sent. The whole prompt is reserved as if written to the cache, its dearest use."""
        price = self._prices.of(model)
        sent = tokens_at_most(prompt) + pictures * PICTURE_TOKENS
        worst = Usage(cache_write_tokens=sent, output_tokens=max_tokens)
        booking = Booking(price, price.cost(worst))
        entry_id = await self._ledger.reserve(
            person_id, job=job, model=model, usd=booking.worst_usd, cap_usd=self._cap_usd
        )
        if entry_id is None:
            raise EngineError(Trouble.BUDGET, f"{job} could cost {booking.worst_usd:.4f} USD")
        try:
            yield booking
        finally:
            await self._ledger.settle(entry_id, usage=booking.usage, usd=booking.usd)
