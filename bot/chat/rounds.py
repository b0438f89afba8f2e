"""Work that takes longer than an answer: listening, expansions, digests, and what is sent of them.

All are rows in the database before anyone works on them, so that what a dead process left is taken
up again: once its lease has run out, or at once where there is none, as with pages and pictures.
`soon` is called after every handled update, `tick` every minute; neither waits for the work. What a
piece of work planned to send goes out right after it.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Coroutine
from contextlib import nullcontext, suppress
from datetime import datetime
from typing import Any

from bot.chat import digest, draft, expand, hear, outbox, reading
from bot.chat.desk import Desk
from bot.chat.pace import type_bot
from bot.domain.digests import Digest
from bot.domain.drafts import Version
from bot.domain.hearing import Hearing
from bot.domain.parcels import Content, Parcel
from bot.domain.records import Expansion
from bot.errors import StoreError
from bot.journey import digest as digests
from bot.journey import draft as drafts
from bot.journey import expand as expansions
from bot.journey import hear as hearings
from bot.journey import outbox as parcels
from bot.journey import work
from bot.journey.ports import Listener

log = logging.getLogger(__name__)
# What goes to a person one after another, in the order it was planned.
_IN_ORDER = {
    Content.HEARING: "transcripts",
    Content.UNHEARD: "transcripts",
    Content.DIGEST: "evening",
    Content.WEEK: "evening",
}


class Rounds:
    """Starts due work and keeps hold of it until it is done."""

    def __init__(self, desk: Desk, bot: type_bot) -> None:
        self._desk = desk
        self._bot = bot
        self._readings = reading.Readings(desk, bot)
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_hand: set[int] = set()  # expansions
        self._written: set[int] = set()  # versions of drafts
        self._composed: set[int] = set()  # digests
        self._in_ear: dict[int, Hearing] = {}
        self._claiming = asyncio.Lock()
        self._lines: defaultdict[tuple[int, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._tasks

    def soon(self) -> None:
        """Look for new work without waiting for it."""
        self._spawn(self.tick(self._desk.clock.now()))

    async def tick(self, now: datetime) -> None:
        """Claim what is wanted or due, and what a dead process left behind, and start on it."""
        desk, listener = self._desk, self._desk.listener()
        listens = listener is not None and len(self._in_ear) < listener.at_once
        try:
            for unread in await self._readings.due():
                self._spawn(self._and_send(self._readings.work(unread)))
            if not await work.waits(desk.db, desk.admits, listens=listens, now=now):
                return
            for expansion in await expansions.claim(desk.db, desk.admits, now=now):
                self._in_hand.add(expansion.id)
                self._spawn(self._and_send(self._dig(expansion)))
            for version in await drafts.claim(desk.db, desk.admits, now=now):
                self._written.add(version.id)
                self._spawn(self._and_send(self._write(version)))
            for due in await digests.claim_due(desk.db, desk.admits, now=now):
                self._composed.add(due.id)
                self._spawn(self._and_send(self._compose(due)))
            for parcel in await parcels.claim(desk.db, desk.admits, now=now):
                self._spawn(self._deliver(parcel))
            if listener and listens:
                await self._begin_to_listen(listener, now)
        except StoreError as exc:
            log.error("no work could be claimed: %s", exc)

    async def done(self) -> None:
        """Return once nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Let go of what is under way; its rows are taken up again by the next process."""
        in_hand, in_ear = list(self._in_hand), list(self._in_ear.values())
        written, composed = list(self._written), list(self._composed)
        for task in self._tasks:
            task.cancel()
        await self.done()
        with suppress(StoreError):  # then their leases run out
            for expansion_id in in_hand:
                await expansions.give_back(self._desk.db, expansion_id)
            for version_id in written:
                await drafts.give_back(self._desk.db, version_id)
            for digest_id in composed:
                await digests.give_back(self._desk.db, digest_id)
            for hearing in in_ear:
                await hearings.give_back(self._desk.db, hearing)

    async def _dig(self, expansion: Expansion) -> None:
        try:
            await expand.work(self._desk, self._bot, expansion)
        finally:
            self._in_hand.discard(expansion.id)

    async def _write(self, version: Version) -> None:
        try:
            await draft.work(self._desk, self._bot, version)
        finally:
            self._written.discard(version.id)

    async def _compose(self, due: Digest) -> None:
        try:
            await digest.work(self._desk, due)
        finally:
            self._composed.discard(due.id)

    async def _begin_to_listen(self, listener: Listener, now: datetime) -> None:
        async with self._claiming:  # else two looks at once would fill the same ear
            if (free := listener.at_once - len(self._in_ear)) > 0:
                desk = self._desk
                for one in await hearings.claim(desk.db, desk.admits, most=free, now=now):
                    self._in_ear[one.id] = one
                    self._spawn(self._and_send(self._listen(listener, one)))

    async def _listen(self, listener: Listener, hearing: Hearing) -> None:
        try:
            await hear.work(self._desk, listener, hearing)
        finally:
            self._in_ear.pop(hearing.id, None)

    async def _deliver(self, parcel: Parcel) -> None:
        # What somebody waits for goes past a long row of transcripts.
        row = _IN_ORDER.get(parcel.kind)
        line = self._lines[parcel.person_id, row] if row else nullcontext()
        async with line:
            await outbox.deliver(self._desk, self._bot, parcel)

    async def _and_send(self, work: Coroutine[Any, Any, None]) -> None:
        await work
        self.soon()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("work failed; it is taken up again later", exc_info=task.exception())
