"""What waits for the bot: every update, kept until a later getUpdates confirms it."""

import asyncio
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass

from bot.sandbox.faults import Faults
from bot.sandbox.refused import Refused, conflict
from bot.sandbox.shapes import Json

# Telegram leaves these out unless a bot asks for them by name (Bot API, getUpdates).
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLL = conflict(
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
FIRST_ID = 100_000_001  # far from 1, so that nobody takes it for a message number


@dataclass(slots=True)
class _Kept:
    update: Json
    handed_out: int = 0

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


class Updates:
    """The queue behind getUpdates and webhooks. Handing an update out does not remove it; only its
    confirmation does, so a bot that dies before its next call is given it again."""

    def __init__(self, after: int = 0, faults: Faults | None = None) -> None:
        self._next_id = max(FIRST_ID, after + 1)
        self._faults = faults or Faults()
        self._kept: list[_Kept] = []
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
        self._kept.append(_Kept({"update_id": self._next_id, kind: deepcopy(body)}))
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
        self.hang_up(OTHER_POLL)
        self.allow(allowed)
        self._skip_to(offset)
        if not self._kept:
            await self._arrival(timeout_s)
        batch = [self._handed_out(one) for one in self._kept[:limit]]
        if self._faults.reorder:
            self._faults.chance.shuffle(batch)
        return batch

    async def oldest(self) -> Json:
        """The update that waits longest, once there is one."""
        while not self._kept:
            await self._arrival(None)
        return self._handed_out(self._kept[0])

    def confirm(self, update_id: int) -> None:
        """Forget the update with this id, unless it is to be delivered twice."""
        self._keep([one for one in self._kept if one.id != update_id or self._owed(one)])

    def allow(self, kinds: list[str] | None) -> None:
        """Let only these kinds in from now on; an empty list means the usual ones, None no
        change."""
        if kinds is not None:
            self._allowed = frozenset(kinds)

    @property
    def allowed(self) -> list[str]:
        """The kinds asked for by name."""
        return sorted(self._allowed)

    def forget(self) -> None:
        """Drop everything, as deleteWebhook(drop_pending_updates=True) does."""
        self._keep([])

    def release(self) -> None:
        """End the call that is waiting, if any, with what there is."""
        if self._poll and self.polled:
            self._poll.set_result(None)

    def hang_up(self, why: Refused) -> None:
        """End the call that is waiting, if any, with `why`."""
        if self._poll and self.polled:
            self._poll.set_exception(why)

    def _handed_out(self, one: _Kept) -> Json:
        one.handed_out += 1
        return one.update

    def _owed(self, one: _Kept) -> bool:
        return self._faults.duplicate and one.handed_out == 1

    def _skip_to(self, offset: int) -> None:
        if offset < 0:
            self._keep(self._kept[offset:])
        elif offset:
            self._keep([one for one in self._kept if one.id >= offset or self._owed(one)])

    def _keep(self, updates: list[_Kept]) -> None:
        self._kept = updates
        if not updates:
            self._all_confirmed.set()

    async def _arrival(self, timeout_s: float | None) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        with suppress(TimeoutError):
            await asyncio.wait_for(poll, timeout_s)
