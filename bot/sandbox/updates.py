"""What waits for the bot: every update, kept until a later getUpdates confirms it."""

import asyncio
from contextlib import suppress
from copy import deepcopy

from bot.sandbox.refused import Refused
from bot.sandbox.shapes import Json

# Telegram leaves these out unless a bot asks for them by name (Bot API, getUpdates).
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
FIRST_ID = 100_000_001  # far from 1, so that nobody takes it for a message number


class Updates:
    """The queue behind getUpdates. Handing an update out does not remove it; only an `offset`
    above its id does, so a bot that dies before its next call is given it again."""

    def __init__(self, after: int = 0) -> None:
        self._next_id = max(FIRST_ID, after + 1)
        self._kept: list[Json] = []
        self._allowed: frozenset[str] = frozenset()
        self._poll: asyncio.Future[None] | None = None
        self._all_confirmed = asyncio.Event()
        self._all_confirmed.set()

    @property
    def unconfirmed(self) -> int:
        return len(self._kept)

    @property
    def polled(self) -> bool:
        """Whether a getUpdates call is waiting for news right now."""
        return self._poll is not None and not self._poll.done()

    async def all_confirmed(self) -> None:
        """Return once the bot has confirmed everything."""
        await self._all_confirmed.wait()

    def add(self, kind: str, body: Json) -> None:
        """Queue an update of `kind`, as it is now; later changes to `body` do not show in it."""
        wanted = kind in self._allowed if self._allowed else kind not in ON_REQUEST
        if not wanted:
            return
        self._kept.append({"update_id": self._next_id, kind: deepcopy(body)})
        self._next_id += 1
        self._all_confirmed.clear()
        self.release()

    async def take(
        self, *, offset: int, limit: int, timeout_s: float, allowed: list[str] | None = None
    ) -> list[Json]:
        """Confirm every update below `offset` and return the next ones, waiting up to `timeout_s`
        of real time for the first. A negative `offset` keeps only that many of the newest.
        `allowed` replaces the kinds the bot wants from now on. A call that is still waiting is
        ended with 409."""
        self._hang_up()
        if allowed is not None:
            self._allowed = frozenset(allowed)
        self._confirm(offset)
        if not self._kept:
            await self._arrival(timeout_s)
        return self._kept[:limit]

    def forget(self) -> None:
        """Drop everything, as deleteWebhook(drop_pending_updates=True) does."""
        self._keep([])

    def release(self) -> None:
        """End the call that is waiting, if any, with what there is."""
        if self._poll and self.polled:
            self._poll.set_result(None)

    def _hang_up(self) -> None:
        if self._poll and self.polled:
            self._poll.set_exception(_conflict())

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._keep(self._kept[offset:])
        elif offset:
            self._keep([update for update in self._kept if update["update_id"] >= offset])

    def _keep(self, updates: list[Json]) -> None:
        self._kept = updates
        if not updates:
            self._all_confirmed.set()

    async def _arrival(self, timeout_s: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        with suppress(TimeoutError):
            await asyncio.wait_for(poll, timeout_s)


def _conflict() -> Refused:
    return Refused(
        409,
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    )
