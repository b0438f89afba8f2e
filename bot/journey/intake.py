"""Keeping Telegram's updates until they are handled."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import TooEarly
from bot.store import fragments, inbox, people
from bot.store.database import Database

# Waits before an update that failed is tried again: long enough for a restart of Telegram or a full
# disk to pass, short enough that a person still remembers what they sent.
WAITS_S = (2, 10, 60, 300)
LONGEST_WAIT = timedelta(seconds=WAITS_S[-1])
# Telegram redelivers nothing older than a day, and after a week without updates goes on from a
# random number (Bot API, `Update`), which may be one that was used before.
KNOWN_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that waits to be handled; `raw` is Telegram's JSON."""

    update_id: int
    person_id: int
    raw: str
    attempts: int


async def keep(db: Database, updates: Sequence[Waiting], *, now: datetime) -> list[Waiting]:
    """Store a batch of updates in one transaction; those that were not known already. Whoever had
    blocked the bot has come back with them."""
    async with db.write() as session:
        rows = [(one.update_id, one.person_id, one.raw) for one in updates]
        new = await inbox.keep(session, rows, now=now)
        await people.come_back(session, {one.person_id for one in updates})
    return [one for one in updates if one.update_id in new]


async def due(db: Database, *, now: datetime) -> list[Waiting]:
    """What waits to be handled, in Telegram's order. Nothing is left out because the clock was set
    back."""
    async with db.read() as session:
        rows = await inbox.due(session, now, longest=LONGEST_WAIT)
    return [Waiting(row.update_id, row.person_id, row.raw or "", row.attempts) for row in rows]


async def next_due_at(db: Database, *, after: datetime) -> datetime | None:
    """When the earliest update that failed is due again after this moment."""
    async with db.read() as session:
        return await inbox.next_due_at(session, after)


async def handled(db: Database, update_ids: Sequence[int]) -> None:
    """Done: the raw texts are erased, the numbers stay for `KNOWN_FOR` and until the next start."""
    async with db.write() as session:
        await inbox.handled(session, update_ids)


async def newest(db: Database) -> tuple[int, int]:
    """The highest update and message numbers known so far. Telegram's only ever grow."""
    async with db.read() as session:
        return await inbox.newest(session), await fragments.newest_message(session)


async def parked(db: Database) -> int:
    """How many updates were given up on; their raw text is kept."""
    async with db.read() as session:
        return await inbox.parked(session)


async def in_turn(db: Database, update: Waiting, message_id: int) -> None:
    """Make sure that nothing sent earlier about this message, itself above all, is still to come:
    an update that failed is overtaken by those behind it, but not by those about the same message.

    Raises TooEarly.
    """
    async with db.read() as session:
        earlier = await inbox.unhandled(
            session,
            update.person_id,
            before=update.update_id,
            holding=f'"message_id": {message_id}',  # as json.dumps has it
        )
        kept = earlier and await fragments.by_message(session, update.person_id, message_id)
    for row in earlier:
        kind = _kind_about(row.raw, message_id)
        if kind is None:
            continue
        # A message that is kept only waits for its reaction. An edit that was given up on is one
        # too few, and no reason to give up on the next.
        if (kind == "message" and not kept) or (kind != "message" and row.state == inbox.WAITING):
            raise TooEarly(message_id, passes=row.state == inbox.WAITING)


async def take_up(db: Database, *, now: datetime) -> None:
    """Begin anew: try what was given up on once more, for a repaired version may handle it, and
    forget the numbers that Telegram may by now give to other updates."""
    async with db.write() as session:
        await inbox.take_up(session, now=now)
        await inbox.forget(session, before=now - KNOWN_FOR)


async def failed(db: Database, update: Waiting, *, now: datetime, for_good: bool) -> bool:
    """Count a failure; tried again after a while, or parked after the last of `WAITS_S` unless it
    will pass (`for_good` is False). Whether it is parked."""
    waited_out = update.attempts >= len(WAITS_S)
    parked = waited_out and for_good
    wait_s = WAITS_S[min(update.attempts, len(WAITS_S) - 1)]
    again_at = None if parked else now + timedelta(seconds=wait_s)
    async with db.write() as session:
        await inbox.failed(
            session, update.update_id, attempts=update.attempts + 1, again_at=again_at
        )
    return parked


def _kind_about(raw: str | None, message_id: int) -> str | None:
    """What kind of update it is, if it is about this message."""
    for kind, content in json.loads(raw or "{}").items():
        if isinstance(content, dict) and content.get("message_id") == message_id:
            return str(kind)
    return None
