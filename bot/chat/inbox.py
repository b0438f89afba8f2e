"""Durable intake: an update is in the database before Telegram is told to forget it.

Telegram forgets an update when a later getUpdates names a higher offset, or when its webhook call
is answered 200. python-telegram-bot would do either as soon as an update is parsed, so that a crash
loses it, and one it cannot parse blocks those behind it for ever. So `polling` and `webhook` bring
the raw JSON here, and go on when it is committed. One person's updates are handled in order; only
one that failed, which waits in the database until it is tried again, and one that Telegram holds
back for long may be overtaken.
"""

import asyncio
import itertools
import json
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

from telegram import Update

from bot.chat.booking import Books
from bot.chat.captures import Arrival, Captures
from bot.chat.desk import Context, Desk, Step, Telegram
from bot.chat.doorkeeper import Doorkeeper
from bot.chat.raw import number, private_sender
from bot.errors import StoreError
from bot.journey import intake
from bot.journey.intake import Waiting

log = logging.getLogger(__name__)
# Ours: whoever talks while walking is told "kept" within this, whatever Telegram has their earlier
# messages wait for. An answer takes far less, and so does a file but on a slow line.
PATIENCE_S = 10
# Ours: enough for what a handler writes, when it is known that it cannot answer now.
HURRIED_S = 1


class Inbox:
    """Stores updates and hands them to the application, each person's in order."""

    def __init__(
        self, desk: Desk, doorkeeper: Doorkeeper, *, patience_s: float = PATIENCE_S
    ) -> None:
        self._desk = desk
        self._patience_s = patience_s
        self._doorkeeper = doorkeeper
        self._books = Books(desk)
        self._opened = False
        self._closing = False
        self._queues: dict[int, deque[Arrival]] = {}
        self._held_back: Counter[int] = Counter()  # handlers of a person that outlast our patience
        self._tasks: set[asyncio.Future[None]] = set()
        self._failures: dict[int, Exception] = {}
        self._application: Telegram
        self._captures: Captures
        self.after: Callable[[], None] = lambda: None  # called when an update was handled

    @property
    def idle(self) -> bool:
        """Whether everything that is due has been handled."""
        return self._books.idle and not self._tasks

    async def keep(self, raw_updates: Sequence[Any], *, others: bool = False) -> None:
        """Commit the updates of allowed people, then hand them over; strangers' are answered and
        forgotten. Before `open` and after `finish` they are only stored, for whoever handles them.

        With `others` taking updates in as well, what is handed over is read from the database, so
        that what one of them stored before comes first. Raises StoreError when the database does
        not take them.
        """
        # Whoever calls may be cut off; between the commit and the handing over nobody is.
        await asyncio.shield(self._spawn(self._keep(raw_updates, others=others)))

    async def _keep(self, raw_updates: Sequence[Any], *, others: bool) -> None:
        waiting = []
        # In Telegram's order: whoever is let in by one of these is no stranger in those behind it.
        for update_id, raw in sorted(_numbered(raw_updates), key=lambda one: one[0]):
            sender = private_sender(raw)
            if sender is None:
                continue
            if self._desk.admits(sender) or await self._doorkeeper.let_in(sender, raw):
                waiting.append(Waiting(update_id, sender, json.dumps(raw), 0))
            else:
                self._spawn(self._doorkeeper.decline(sender, raw))
        if waiting and others:
            await intake.keep(self._desk.db, waiting, now=self._desk.clock.now())
            if self._opened:
                self._books.tell()
        elif waiting:
            await self._books.keep(waiting, self._take)

    async def open(self, application: Telegram) -> None:
        """Hand over what an earlier process left, also what it had given up on. Comes before
        anything is fetched."""
        application.add_error_handler(self._note_failure)
        self._application = application
        self._captures = Captures(
            self._desk,
            application.bot,
            handle=self._handle_in_time,
            book=self._books.book,
            spawn=self._spawn,
        )
        self._opened = True
        try:
            await intake.take_up(self._desk.db, now=self._desk.clock.now())
        except StoreError as exc:  # no reason not to serve
            log.error("what was given up on is not tried again: %s", exc)
        await self.look()
        self._books.tell()  # what failed before is due some time

    async def look(self) -> None:
        """Hand over whatever waits in the database and is not in hand: left by an earlier process,
        or taken in by another one."""
        await self._books.read(self._take)

    async def run(self) -> None:
        """Hand over what failed, whenever it is due again, and what was stored with others doing
        so, until cancelled."""
        while True:
            try:
                await self._books.until_due()
                await self.look()
            except Exception:  # whatever happens here, the next message must still be handled
                log.exception("the inbox could not be read; trying again")
                await self._desk.clock.sleep(intake.WAITS_S[0])
                self._books.tell()

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
        if self._closing or not self._opened or not self._books.take(waiting.update_id):
            return
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
                    await self._handle_in_time(queue[0])
                for _ in range(len(kept) or 1):
                    queue.popleft()
        except Exception:  # nobody's later messages may wait for ever
            log.exception("the updates of one person stumbled; reading them again")
            await self._desk.clock.sleep(intake.WAITS_S[0])
        finally:
            del self._queues[person_id]
            self._books.let_go(one.waiting.update_id for one in queue)

    async def _handle_in_time(self, arrival: Arrival) -> None:
        """Return when an update was handled, or when those behind it have waited long enough: what
        it is to write is written by then, and only Telegram does not let it answer."""
        person_id = arrival.waiting.person_id
        hurried = self._held_back[person_id] > 0
        handling = self._spawn(self._handle(arrival))
        patience_s = min(HURRIED_S, self._patience_s) if hurried else self._patience_s
        _, late = await asyncio.wait([handling], timeout=patience_s)
        if late:
            self._held_back[person_id] += 1
            handling.add_done_callback(lambda _: self._held_back.subtract([person_id]))

    async def _handle(self, arrival: Arrival) -> None:
        failure = arrival.unreadable
        if arrival.update:
            try:
                if arrival.about is not None:
                    await intake.in_turn(self._desk.db, arrival.waiting, arrival.about)
                await self._application.process_update(arrival.update)
            except Exception as exc:  # the library notes them for us, but for its own
                failure = exc
            failure = self._failures.pop(arrival.waiting.update_id, failure)
        steps = self._desk.afterwards.pop(arrival.waiting.update_id, [])
        if steps and not failure:
            self._spawn(self._finish_with(arrival, steps))
        else:
            await self._books.book([(arrival.waiting, failure)])
        self.after()

    async def _finish_with(self, arrival: Arrival, steps: Sequence[Step]) -> None:
        failure = None
        try:
            for step in steps:
                await step()
        except Exception as exc:  # of whatever kind: it decides whether all is handled again
            failure = exc
        await self._books.book([(arrival.waiting, failure)])

    async def _note_failure(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and context.error:
            self._failures[update.update_id] = context.error

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


def _numbered(raw_updates: Sequence[Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    for raw in raw_updates:
        if (update_id := number(raw)) is not None:
            yield update_id, raw
