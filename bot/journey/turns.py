"""One process at a time fetches a bot's updates and hands them to handlers.

The turn is a lease in the database. Whoever holds it renews it, also while Telegram cannot be
reached; a second process waits and takes over when the lease was given back or has run out. Beside
it stands the moment of Telegram's last answer, from which a long absence is told.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.records import Person
from bot.errors import GoldpanError, StoreError
from bot.journey.ports import Clock
from bot.store import people, turns
from bot.store.database import Database
from bot.store.leases import runs

log = logging.getLogger(__name__)
# Ours: often enough for a useful "last seen", seldom enough that a quiet night writes little.
BEAT = timedelta(minutes=1)
LEASE = 3 * BEAT  # ours: two renewals may fail, as on a disk that is full for a while
LOOK_S = 5  # ours: how soon a waiting process sees a turn that was given back
# Telegram keeps updates that nobody fetched for a day (Bot API, "Getting updates").
KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A process that may hold the turn. `is_gone` tells of another's name whether its process is
    certainly dead, so that its lease need not be waited out."""

    name: str
    is_gone: Callable[[str], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class Absence:
    """What this person sent in that time may have been lost."""

    id: int
    person: Person
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Holding:
    """How the turn stands: `holder` is None when nobody holds it."""

    holder: str | None
    answered_at: datetime | None


class Turn:
    """This process's turn for one bot."""

    def __init__(self, db: Database, clock: Clock, bot_id: int, me: Candidate) -> None:
        self._db = db
        self._clock = clock
        self._bot_id = bot_id
        self._me = me
        self._held = False
        self._noted_at: datetime | None = None

    async def check(self) -> None:
        """Raises GoldpanError when the database belongs to another bot."""
        await check_bot(self._db, self._bot_id)

    async def wait(self) -> None:
        """Return once the turn is ours. A wait is logged when it begins and when it ends."""
        before: str | None = None
        while (why_not := await self._not_yet()) is not None:
            if why_not != before:
                log.warning("%s; waiting to take over", why_not)
            before = why_not
            await self._clock.sleep(LOOK_S)
        self._held = True
        if before:
            log.warning("this process took over")

    async def keep(self) -> None:
        """Renew the lease until cancelled. Raises GoldpanError when another process has the
        turn."""
        while True:
            await self._clock.sleep(BEAT.total_seconds())
            try:
                holder = await self._claim()
            except StoreError as exc:
                log.error("the turn could not be renewed: %s", exc)
            else:
                if holder:
                    raise _taken_over_by(holder)

    async def answered(self, admits: Callable[[int], bool]) -> bool:
        """Note that Telegram answered, once a minute however often it does. Whether messages of
        these people may have been lost before that.

        Raises GoldpanError when another process has the turn, StoreError when nothing was written.
        """
        now = self._clock.now()
        if self._noted_at and timedelta() <= now - self._noted_at < BEAT:
            return False
        lost = await self._note_answer(now, admits)
        self._noted_at = now
        return lost

    async def release(self) -> None:
        """Give the turn back, so that whoever waits need not wait for the lease to run out."""
        if not self._held:
            return
        try:
            async with self._db.write() as session:
                await turns.release(session, self._bot_id, holder=self._me.name)
        except StoreError as exc:
            log.warning("the turn could not be given back, it runs out by itself: %s", exc)

    async def _not_yet(self) -> str | None:
        try:
            holder = await self._claim()
        except StoreError as exc:
            return str(exc)
        return f"another process ({holder}) serves this bot" if holder else None

    async def _claim(self) -> str | None:
        """None when the turn is ours, else who has it."""
        now = self._clock.now()
        async with self._db.write() as session:
            return await turns.claim(
                session,
                self._bot_id,
                holder=self._me.name,
                is_gone=self._me.is_gone,
                now=now,
                lease_until=now + LEASE,
            )

    async def _note_answer(self, now: datetime, admits: Callable[[int], bool]) -> bool:
        async with self._db.write() as session:
            row = await turns.find(session, self._bot_id)
            assert row is not None, "claimed before anything was asked"
            if row.holder != self._me.name:
                raise _taken_over_by(row.holder)
            before, row.answered_at = row.answered_at, now
            if before is None or now - before <= KEPT_FOR:
                return False
            known = [one.id for one in await people.everyone(session) if admits(one.id)]
            await turns.note_absence(session, known, since=before, until=now - KEPT_FOR)
        log.warning("nobody fetched updates since %s; what came before a day ago is lost", before)
        return bool(known)


def _taken_over_by(holder: str) -> GoldpanError:
    return GoldpanError(
        f"another process ({holder}) took over while this one was held up; "
        "start it again and it waits in line"
    )


async def check_bot(db: Database, bot_id: int) -> None:
    """Raises GoldpanError when the database belongs to another bot: updates and messages are known
    by their numbers, and each bot counts its own, so that new ones would be taken for known ones
    and dropped."""
    async with db.read() as session:
        other = await turns.another_bot(session, bot_id)
    if other is not None:
        raise GoldpanError(
            f"the database holds what was sent to another bot (id {other}, this token is for "
            f"{bot_id}), and new messages would be taken for old ones; everything in it is kept. "
            "Use that bot's token, or name a new folder in DATA_DIR (or a new DATABASE_URL)"
        )


async def untold(db: Database, *, now: datetime) -> Sequence[Absence]:
    """Absences to be told of, each given once. A quiet call writes nothing."""
    async with db.read() as session:
        if not await turns.untold(session):
            return ()
    async with db.write() as session:
        rows = await turns.claim_untold(session, now=now)
        found = [(row, await people.get(session, row.person_id)) for row in rows]
    return [Absence(row.id, person, row.since, row.until) for row, person in found if person]


async def untell(db: Database, absence: Absence) -> None:
    """It certainly did not arrive: somebody tries again."""
    async with db.write() as session:
        await turns.untell(session, absence.id)


async def holding(db: Database, bot_id: int, *, now: datetime) -> Holding:
    """Who serves this bot, and when Telegram last answered."""
    async with db.read() as session:
        row = await turns.find(session, bot_id)
        if row is None:
            return Holding(None, None)
        leased = runs(row.lease_until, now)
        return Holding(row.holder if leased else None, row.answered_at)
