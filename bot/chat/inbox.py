"""Durable intake: an update is in the database before Telegram is told to forget it.

Telegram forgets an update when a later getUpdates names a higher offset. python-telegram-bot sends
that offset as soon as a batch is parsed, whether or not a handler ran, so a crash would lose the
batch, and one update it cannot parse would block those behind it for ever. We step in earlier: the
raw batch is committed while the HTTP answer is still being read, and only numbers go on to the
library. Handling happens from the database, one person's updates in order; only one that failed may
be overtaken, for it waits until it is tried again.
"""

import asyncio
import itertools
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.request import HTTPXRequest, RequestData

from bot.chat.desk import Context, Desk, Telegram
from bot.errors import StoreError
from bot.journey import intake
from bot.journey.intake import Waiting

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "message_reaction")


class IntakeRequest(HTTPXRequest):
    """The connection getUpdates goes over; commits what it brings before anyone sees it."""

    def __init__(self, inbox: "Inbox", **options: Any) -> None:
        super().__init__(**options)
        self._inbox = inbox

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kw: Any
    ) -> tuple[int, bytes]:
        """As HTTPXRequest's; a getUpdates answer is stored and comes back as bare numbers."""
        code, payload = await super().do_request(url, method, request_data, *args, **kw)
        if code != 200 or not url.endswith("/getUpdates"):
            return code, payload
        answer = json.loads(payload)
        try:
            await self._inbox.keep(answer["result"])
        except StoreError as exc:
            # The library retries the same offset on this error, so Telegram delivers again.
            raise NetworkError("updates could not be stored") from exc
        answer["result"] = [{"update_id": one["update_id"]} for one in answer["result"]]
        return code, json.dumps(answer).encode()


class Inbox:
    """Stores updates and hands them to the application, each person's in order."""

    def __init__(self, desk: Desk, stranger: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._desk = desk
        self._stranger = stranger
        self._news = asyncio.Event()
        self._looking = False
        self._queues: dict[int, deque[Waiting]] = {}
        self._tasks: set[asyncio.Future[None]] = set()
        self._failures: dict[int, Exception] = {}
        self.after: Callable[[], None] = lambda: None  # called when an update was handled

    @property
    def idle(self) -> bool:
        """Whether everything that is due has been handled."""
        return not (self._news.is_set() or self._looking or self._queues or self._tasks)

    async def keep(self, raw_updates: list[dict[str, Any]]) -> None:
        """Commit the updates of allowed people; strangers' are answered and forgotten.

        Raises StoreError when the database does not take them.
        """
        waiting = []
        for raw in raw_updates:
            sender = private_sender(raw)
            if sender is not None and self._desk.admits(sender):
                waiting.append(Waiting(raw["update_id"], sender, json.dumps(raw), 0))
            elif sender is not None:
                self._spawn(self._stranger(raw))
        if waiting:
            await intake.keep(self._desk.db, waiting, now=self._desk.clock.now())
            self._news.set()

    async def run(self, application: Telegram) -> None:
        """Hand over what is due, first of all what an earlier process left, until cancelled."""
        application.add_error_handler(self._note_failure)
        self._news.set()
        while True:
            try:
                await self._wait()
                self._looking = True
                self._news.clear()
                await self._dispatch(application)
            except Exception:  # whatever happens here, the next message must still be handled
                log.exception("the inbox could not be read; trying again")
                await self._desk.clock.sleep(intake.WAITS_S[0])
                self._news.set()
            finally:
                self._looking = False

    async def _dispatch(self, application: Telegram) -> None:
        in_hand = {one.update_id for queue in self._queues.values() for one in queue}
        for update in await intake.due(self._desk.db, now=self._desk.clock.now()):
            if update.update_id in in_hand:
                continue
            queue = self._queues.get(update.person_id)
            if queue is None:
                queue = self._queues[update.person_id] = deque()
                self._spawn(self._drain(application, update.person_id, queue))
            queue.append(update)

    async def _drain(self, application: Telegram, person_id: int, queue: deque[Waiting]) -> None:
        try:
            while queue:
                await self._handle(application, queue[0])
                queue.popleft()
        finally:
            del self._queues[person_id]
            # A failed one is due again later, and news may have come meanwhile.
            self._news.set()

    async def _handle(self, application: Telegram, waiting: Waiting) -> None:
        try:
            update = Update.de_json(json.loads(waiting.raw), application.bot)
            await application.process_update(update)
            failure = self._failures.pop(waiting.update_id, None)
        except Exception as exc:  # an update the library cannot read must not stop the others
            failure = exc
        await self._book(waiting, failure)
        self.after()

    async def _book(self, waiting: Waiting, failure: Exception | None) -> None:
        """Write down how it went, however long the database needs: the handler has run, and must
        not run again only because that could not be written."""
        db, clock = self._desk.db, self._desk.clock
        for pause_s in itertools.chain(intake.WAITS_S, itertools.repeat(intake.WAITS_S[-1])):
            try:
                if failure is None:
                    await intake.handled(db, waiting.update_id)
                else:
                    parked = await intake.failed(
                        db, waiting, now=clock.now(), for_good=not passes(failure)
                    )
                    _log_failure(waiting, failure, parked=parked)
                return
            except StoreError as exc:
                log.error("update %d is not booked yet: %s", waiting.update_id, exc)
                await clock.sleep(pause_s)

    async def _note_failure(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and context.error:
            self._failures[update.update_id] = context.error

    async def _wait(self) -> None:
        """Return when there is news, or when an update that failed is due again."""
        if self._news.is_set():
            return
        next_at = await intake.next_due_at(self._desk.db)
        if next_at is None or self._queues:
            await self._news.wait()
            return
        wait_s = (next_at - self._desk.clock.now()).total_seconds()
        waits = [
            asyncio.ensure_future(self._news.wait()),
            asyncio.ensure_future(self._desk.clock.sleep(max(0.0, wait_s))),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Future[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (failure := task.exception()):
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


def private_sender(raw: dict[str, Any]) -> int | None:
    """Who sent an update in a private chat; None for groups, channels and anything unforeseen."""
    for kind, content in raw.items():
        if kind not in ALLOWED_UPDATES or not isinstance(content, dict):
            continue
        chat = content.get("chat") or content.get("message", {}).get("chat", {})
        sender = content.get("from") or content.get("user") or {}
        if chat.get("type") == "private" and chat.get("id") == sender.get("id"):
            return int(sender["id"])
    return None
