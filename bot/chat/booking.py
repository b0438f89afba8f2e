"""Booking: which updates are in hand, how each of them went, and when the rest is due again."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.chat.delivery import is_over
from bot.chat.desk import Desk
from bot.chat.insist import until_stored
from bot.errors import GoldpanError, StoreError, TooEarly
from bot.journey import intake, people
from bot.journey.intake import Waiting
from bot.tasks import first_of

log = logging.getLogger(__name__)
Outcome = tuple[Waiting, Exception | None]


class Books:
    """An update is in hand from `take` until it is booked or let go of: so long nobody else gets
    it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._in_hand: set[int] = set()
        self._booked: set[int] | None = None  # while the database is read
        self._reading = asyncio.Lock()
        self._news = asyncio.Event()
        self._looked_at = desk.clock.now()

    @property
    def idle(self) -> bool:
        """Whether nothing is in hand, and nothing due is left unread."""
        return not (self._news.is_set() or self._reading.locked() or self._in_hand)

    def tell(self) -> None:
        """There is something to be read."""
        self._news.set()

    def take(self, update_id: int) -> bool:
        """Take an update in hand; False when it is there already."""
        if update_id in self._in_hand:
            return False
        self._in_hand.add(update_id)
        return True

    def let_go(self, update_ids: Iterable[int]) -> None:
        """Nobody handles these after all: they are to be read again."""
        left = self._in_hand.intersection(update_ids)
        self._in_hand -= left
        if left:
            self.tell()

    async def keep(self, updates: Sequence[Waiting], take: Callable[[Waiting], None]) -> None:
        """Store these and give those that were not known already to `take`. Raises StoreError."""
        async with self._reading:  # which would find them as well
            for new in await intake.keep(self._desk.db, updates, now=self._desk.clock.now()):
                take(new)

    async def read(self, take: Callable[[Waiting], None]) -> None:
        """Give what waits in the database and is due to `take`. Raises StoreError."""
        async with self._reading:
            self._news.clear()
            self._looked_at = self._desk.clock.now()
            booked = self._booked = set()
            try:
                for waiting in await intake.due(self._desk.db, now=self._looked_at):
                    # What was read may have been handled, or tried again, since it was read.
                    if waiting.update_id not in booked:
                        take(waiting)
            finally:
                self._booked = None

    async def until_due(self) -> None:
        """Return when there is something to be read. Raises StoreError."""
        if self._news.is_set():
            return
        next_at = await intake.next_due_at(self._desk.db, after=self._looked_at)
        if next_at is None:
            await self._news.wait()
            return
        # No longer than any wait can be: the clock may have been set back meanwhile.
        wait_s = min((next_at - self._desk.clock.now()).total_seconds(), intake.WAITS_S[-1])
        await first_of(self._news.wait(), self._desk.clock.sleep(max(0.0, wait_s)))

    async def book(self, outcomes: Sequence[Outcome]) -> None:
        """Write down how it went with each of these, however long the database needs."""
        db, clock = self._desk.db, self._desk.clock
        done = [one.update_id for one, failure in outcomes if not failure or is_over(failure)]
        if done:
            await until_stored(clock, lambda: intake.handled(db, done))
        gone = {one.person_id for one, failure in outcomes if isinstance(failure, Forbidden)}
        if gone:
            await until_stored(clock, lambda: people.block(db, gone, now=clock.now()))
        for waiting, failure in outcomes:
            if failure and is_over(failure):
                log.warning("update %d is done all the same: %s", waiting.update_id, failure)
            elif failure:
                await self._book_failure(waiting, failure)
        numbers = [waiting.update_id for waiting, _ in outcomes]
        if self._booked is not None:
            self._booked.update(numbers)
        self._in_hand.difference_update(numbers)
        if any(failure for _, failure in outcomes):
            self.tell()  # not before: what is in hand would be passed over

    async def _book_failure(self, waiting: Waiting, failure: Exception) -> None:
        db, clock = self._desk.db, self._desk.clock
        parked = await until_stored(
            clock, lambda: intake.failed(db, waiting, now=clock.now(), for_good=not passes(failure))
        )
        _log_failure(waiting, failure, parked=parked)


def passes(failure: Exception) -> bool:
    """Whether a failure is one of circumstances, so that the update is tried until it works."""
    if isinstance(failure, BadRequest):  # a NetworkError by inheritance only
        return False
    if isinstance(failure, TooEarly):
        return failure.passes
    return isinstance(failure, NetworkError | RetryAfter | StoreError)


def _log_failure(waiting: Waiting, failure: Exception, *, parked: bool) -> None:
    log.error(
        "update %d failed (%s), %s",
        waiting.update_id,
        failure if isinstance(failure, GoldpanError) else type(failure).__name__,
        "parked" if parked else "will be tried again",
        exc_info=None if passes(failure) else failure,
    )
