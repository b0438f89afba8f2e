"""What is undecided comes back of an evening: after a day, a week, a month, or because the person
spoke of something like it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import excerpts
from bot.domain.digests import Digest, DigestBody, Returned
from bot.domain.likeness import touched
from bot.domain.records import Fragment
from bot.domain.returns import Waiting, choose, may_be_touched
from bot.store import backlog, digests
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Returning:
    """What comes back, and how many ideas are undecided in all."""

    ideas: Sequence[Waiting] = ()
    undecided: int = 0

    def told_in(self, body: DigestBody) -> DigestBody:
        """The body of a digest that says so."""
        told = tuple(Returned(one.title, one.by, one.id) for one in self.ideas)
        return replace(body, returned=told, undecided=self.undecided)


async def find(
    db: Database, digest: Digest, day: Sequence[Fragment], *, now: datetime
) -> Returning:
    """What comes back with this digest of this day; nothing with one asked for on the spot."""
    async with db.read() as session:
        waiting = await backlog.undecided(session, digest.person_id)
        if digest.evening is None:
            return Returning(undecided=len(waiting))
        _, since = await digests.last_cut(session, digest)
    open_to_it = [one for one in waiting if may_be_touched(one, since=since, now=now)]
    said = [excerpts.of(one) for one in day if one.has_words]
    ids = {open_to_it[place].id for place in touched([one.title for one in open_to_it], said)}
    return Returning(choose(waiting, ids, now=now), len(waiting))


async def count(session: AsyncSession, back: Returning, *, now: datetime) -> None:
    """Note that these came back; in the transaction that stores what the digest says, so that each
    counts once however often it is composed."""
    await backlog.come_back(session, back.ideas, now=now)
