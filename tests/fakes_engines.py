"""Doubles for the engines, with state one can look at."""

from dataclasses import dataclass, field
from decimal import Decimal

from bot.engines.budget import Usage


@dataclass
class Entry:
    """One paid call in a ledger. `usage` is None until it was settled."""

    person_id: int
    job: str
    model: str
    usd: Decimal
    reserved_usd: Decimal
    usage: Usage | None = None


@dataclass
class FakeLedger:
    """A ledger of one day, in memory."""

    entries: list[Entry] = field(default_factory=list)

    def spent_usd(self, person_id: int) -> Decimal:
        mine = (entry.usd for entry in self.entries if entry.person_id == person_id)
        return sum(mine, start=Decimal(0))

    async def reserve(
        self, person_id: int, *, job: str, model: str, usd: Decimal, cap_usd: Decimal
    ) -> int | None:
        if self.spent_usd(person_id) + usd > cap_usd:
            return None
        self.entries.append(Entry(person_id, job, model, usd, reserved_usd=usd))
        return len(self.entries) - 1

    async def settle(self, entry_id: int, *, usage: Usage, usd: Decimal) -> None:
        self.entries[entry_id].usage = usage
        self.entries[entry_id].usd = usd
