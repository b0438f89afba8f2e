"""What the person said earlier that a day touches: one piece for the digest to show, and what was
kept of it for writers."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.domain import connecting, excerpts
from bot.domain.connecting import Connection
from bot.domain.digests import Digest, How, Older
from bot.domain.records import Fragment
from bot.domain.related import Text
from bot.domain.words import sentences
from bot.store import fragments, older
from bot.store.database import Database

RECENT = timedelta(days=2)
"""What was said so lately belongs to the same material, and need not be dug out."""

NOT_AGAIN = 14
"""The digests in which a piece does not come again: as many evenings as two weeks have."""

MOST_GOLD = 8
"""Older gold for a writer. A script has room for two or three lines of it."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a day touches: the piece to be shown, if any, and what was kept of it, the nearest
    first."""

    older: Older | None = None
    gold: tuple[Connection, ...] = ()

    async def kept(self, db: Database, person_id: int) -> list[Fragment]:
        """The older gold a writer is given beside the day, as it is now, in order."""
        if not self.gold:
            return []
        async with db.read() as session:
            numbers = [one.n for one in self.gold[:MOST_GOLD]]
            found = await fragments.by_numbers(session, person_id, numbers)
        return [one for one in found if one.gold_at is not None and one.own]


async def find(db: Database, digest: Digest, day: Sequence[Fragment]) -> Touched:
    """What the person's own words of this day touch of what they said more than `RECENT` ago.
    Nothing when no connection is sure: a wrong piece would be worse than none."""
    today = [
        Text(one.n, excerpts.spoken(one), own=True, reply_to=one.reply_to) for one in day if one.own
    ]
    if not today:
        return Touched()
    same = {one.n for one in day} | {one.reply_to for one in day if one.reply_to is not None}
    async with db.read() as session:
        before = digest.claimed_at - RECENT
        said = await older.library(session, digest.person_id, before=before, without=same)
        stale = await older.shown(session, digest.person_id, digests=NOT_AGAIN)
    # Thousands of fragments take a while to compare; captures must not wait for that.
    compare = partial(connecting.connections, gold=said.gold, answers=said.answers)
    found = await asyncio.to_thread(compare, today, said.texts)
    best = next((one for one in found if one.n not in stale), None)
    gold = tuple(one for one in found if one.n in said.gold)
    return Touched(await _shown(db, digest.person_id, best) if best else None, gold)


async def _shown(db: Database, person_id: int, found: Connection) -> Older | None:
    async with db.read() as session:
        fragment = await fragments.by_number(session, person_id, found.n)
    if fragment is None:  # erased meanwhile
        return None
    return told(fragment, found.touched)


def told(fragment: Fragment, touched: int) -> Older:
    """An older piece as a digest tells it."""
    return Older(
        fragment.n,
        excerpts.spoken(fragment),
        fragment.captured_at,
        _how(fragment),
        touched,
        fragment.gold_at is not None,
    )


def _how(fragment: Fragment) -> How:
    if (fragment.about, fragment.about_idea, fragment.about_draft) != (None, None, None):
        return How.ANSWERED
    asked = any(one.endswith(("?", "？")) for one in sentences(fragment.text))
    return How.ASKED if asked else How.SAID
