"""Durable intake: an update is in the database before Telegram is told to forget it.

Telegram forgets an update when a later getUpdates names a higher offset, or when its webhook call
is answered 200. python-telegram-bot would do either as soon as an update is parsed, so that a crash
loses it, and one it cannot parse blocks those behind it for ever. So `polling` and `webhook` bring
the raw JSON here, and go on when it is committed. One person's updates are handled in order; only
one that failed may be overtaken, for it waits in the database until it is tried again.
"""

import asyncio
import itertools
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.chat.captures import Arrival, Captures, Outcome
from bot.chat.delivery import is_over
from bot.chat.desk import Context, Desk, Step, Telegram
from bot.chat.insist import until_stored
from bot.chat.raw import number, private_sender
from bot.errors import StoreError
from bot.journey import intake, people
from bot.journey.intake import Waiting

log = logging.getLogger(__name__)
T = TypeVar("T")


class Inbox:
    """Stores updates and hands them to the application, each person's in order."""

    def __init__(self, desk: Desk, stranger: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._desk = desk
        self._stranger = stranger
        self._retry = asyncio.Event()  # something failed, so there is a moment to wait for
        self._looking = False
        self._looked_at = desk.clock.now()
        self._opened = False
        self._closing = False
        self._in_hand: set[int] = set()
        self._done_meanwhile: set[int] | None = None  # while the database is looked at
        self._queues: dict[int, deque[Arrival]] = {}
        self._tasks: set[asyncio.Future[None]] = set()
        self._failures: dict[int, Exception] = {}
        self._application: Telegram
        self._captures: Captures
        self.after: Callable[[], None] = lambda: None  # called when an update was handled

    @property
    def idle(self) -> bool:
        """Whether everything that is due has been handled."""
        return not (self._retry.is_set() or self._looking or self._in_hand or self._tasks)

    async def keep(self, raw_updates: Sequence[Any]) -> None:
        """Commit the updates of allowed people, then hand them over; strangers' are answered and
        forgotten. Before `open` and after `finish` they are only stored, for whoever handles them.

        Raises StoreError when the database does not take them.
        """
        # Whoever calls may be cut off; between the commit and the handing over nobody is.
        await asyncio.shield(self._spawn(self._keep(raw_updates)))

    async def _keep(self, raw_updates: Sequence[Any]) -> None:
        waiting = []
        for raw in raw_updates:
            update_id = number(raw)
            sender = private_sender(raw) if update_id is not None else None
            if update_id is None or sender is None:
                continue
            if self._desk.admits(sender):
                waiting.append(Waiting(update_id, sender, json.dumps(raw), 0))
            else:
                self._spawn(self._stranger(raw))
        waiting.sort(key=lambda one: one.update_id)
        if waiting:
            for new in await intake.keep(self._desk.db, waiting, now=self._desk.clock.now()):
                self._take(new)

    async def open(self, application: Telegram) -> None:
        """Hand over what an earlier process left. Comes before anything is fetched: from then on
        only an update that failed is read from the database again."""
        application.add_error_handler(self._note_failure)
        self._application = application
        self._captures = Captures(
            self._desk, application.bot, handle=self._handle, book=self._book, spawn=self._spawn
        )
        self._opened = True
        self._looked_at = self._desk.clock.now()
        await self.look()
        self._retry.set()

    async def look(self) -> None:
        """Hand over whatever waits in the database and is not in hand: left by an earlier process,
        or taken in by another one."""
        done = self._done_meanwhile = set()
        try:
            for waiting in await intake.due(self._desk.db, now=self._desk.clock.now()):
                if waiting.update_id not in done:
                    self._take(waiting)
        finally:
            self._done_meanwhile = None

    async def run(self) -> None:
        """Hand over again what failed, whenever it is due, until cancelled."""
        while True:
            try:
                await self._wait()
                self._looking = True
                self._retry.clear()
                self._looked_at = self._desk.clock.now()
                for failed in await intake.due(self._desk.db, now=self._looked_at, again=True):
                    self._take(failed)
            except Exception:  # whatever happens here, the next message must still be handled
                log.exception("the inbox could not be read; trying again")
                await self._desk.clock.sleep(intake.WAITS_S[0])
                self._retry.set()
            finally:
                self._looking = False

    async def finish(self) -> None:
        """Begin nothing new, and return once what is in hand is done: the rest waits in the
        database for the next start."""
        self._closing = True
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Let go of what is in hand: it waits in the database for the next start."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _take(self, waiting: Waiting) -> None:
        """Put an update into its person's queue, unless it is there already."""
        if waiting.update_id in self._in_hand or self._closing or not self._opened:
            return
        self._in_hand.add(waiting.update_id)
        queue = self._queues.get(waiting.person_id)
        if queue is None:
            queue = self._queues[waiting.person_id] = deque()
            self._spawn(self._drain(waiting.person_id, queue))
        queue.append(Arrival.read(waiting, self._application.bot))

    async def _drain(self, person_id: int, queue: deque[Arrival]) -> None:
        try:
            while queue and not self._closing:
                kept = list(itertools.takewhile(lambda one: one.only_to_keep, queue))
                if kept:
                    await self._captures.keep(kept)
                else:
                    await self._handle(queue[0])
                for _ in range(len(kept) or 1):
                    queue.popleft()
        finally:
            del self._queues[person_id]

    async def _handle(self, arrival: Arrival) -> None:
        failure = arrival.unreadable
        if arrival.update:
            await self._application.process_update(arrival.update)
            failure = self._failures.pop(arrival.waiting.update_id, None)
        steps = self._desk.afterwards.pop(arrival.waiting.update_id, [])
        if steps and not failure:
            self._spawn(self._finish_with(arrival, steps))
        else:
            await self._book([(arrival.waiting, failure)])
        self.after()

    async def _finish_with(self, arrival: Arrival, steps: Sequence[Step]) -> None:
        failure = None
        try:
            for step in steps:
                await step()
        except Exception as exc:  # of whatever kind: it decides whether all is handled again
            failure = exc
        await self._book([(arrival.waiting, failure)])

    async def _book(self, outcomes: Sequence[Outcome]) -> None:
        """Write down how it went with each of these."""
        db, now = self._desk.db, self._desk.clock.now
        done = [one.update_id for one, failure in outcomes if not failure or is_over(failure)]
        if done:
            await self._until_stored(lambda: intake.handled(db, done))
        gone = {one.person_id for one, failure in outcomes if isinstance(failure, Forbidden)}
        if gone:
            await self._until_stored(lambda: people.block(db, gone, now=now()))
        for waiting, failure in outcomes:
            if failure and is_over(failure):
                log.warning("update %d is done all the same: %s", waiting.update_id, failure)
            elif failure:
                await self._book_failure(waiting, failure)
        numbers = [waiting.update_id for waiting, _ in outcomes]
        if self._done_meanwhile is not None:
            self._done_meanwhile.update(numbers)
        self._in_hand.difference_update(numbers)
        if any(failure for _, failure in outcomes):
            self._retry.set()  # not before: what is in hand would be passed over

    async def _book_failure(self, waiting: Waiting, failure: Exception) -> None:
        db, now = self._desk.db, self._desk.clock.now
        parked = await self._until_stored(
            lambda: intake.failed(db, waiting, now=now(), for_good=not passes(failure))
        )
        _log_failure(waiting, failure, parked=parked)

    async def _until_stored(self, step: Callable[[], Awaitable[T]]) -> T:
        return await until_stored(self._desk.clock, step)

    async def _note_failure(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and context.error:
            self._failures[update.update_id] = context.error

    async def _wait(self) -> None:
        """Return when something failed, or when what failed before is due again."""
        if self._retry.is_set():
            return
        next_at = await intake.next_due_at(self._desk.db, after=self._looked_at)
        if next_at is None:
            await self._retry.wait()
            return
        wait_s = (next_at - self._desk.clock.now()).total_seconds()
        waits = [
            asyncio.ensure_future(self._retry.wait()),
            asyncio.ensure_future(self._desk.clock.sleep(max(0.0, wait_s))),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()

    def _spawn(self, work: Awaitable[None]) -> asyncio.Future[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Future[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or not (failure := task.exception()):
            return
        if not isinstance(failure, StoreError):  # whoever brought the updates tells of those
            log.error("the inbox stumbled (%s)", type(failure).__name__, exc_info=failure)


def passes(failure: Exception) -> bool:
    """Whether a failure is one of circumstances, so that the update is tried until it works."""
    if isinstance(failure, BadRequest):  # a NetworkError by inheritance only
        return False
    return isinstance(failure, NetworkError | RetryAfter | StoreError)


def _log_failure(waiting: Waiting, failure: Exception, *, parked: bool) -> None:
    log.error(
        "update %d failed (%s), %s",
        waiting.update_id,
        type(failure).__name__,
        "parked" if parked else "will be tried again",
        exc_info=None if passes(failure) else failure,
    )
