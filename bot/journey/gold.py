"""What the person kept, piece by piece."""

from datetime import datetime

from bot.domain.records import Fragment, Idea, Verdict
from bot.journey import pan
from bot.store import fragments, ideas
from bot.store import keep as keeping
from bot.store.database import Database


async def find(db: Database, person_id: int, idea_id: int, n: int) -> Fragment | Idea | None:
    """An idea by its id or a fragment by its number, whichever is not 0, if it is this person's."""
    async with db.read() as session:
        if idea_id:
            return await ideas.get(session, person_id, idea_id)
        return await fragments.by_number(session, person_id, n)


async def star(
    db: Database,
    person_id: int,
    idea_id: int,
    n: int,
    *,
    keep: bool,
    request_id: int,
    now: datetime,
) -> Fragment | Idea | None:
    """Keep a piece as gold, or no longer; the piece as it is then, None when it is gone. Doing so
    twice is the same as once."""
    if idea_id:
        return await pan.decide(
            db,
            person_id=person_id,
            idea_id=idea_id,
            verdict=Verdict.KEPT if keep else Verdict.NEW,
            request_id=request_id,
            now=now,
        )
    async with db.write() as session:
        fragment = await fragments.by_number(session, person_id, n)
        if fragment and (fragment.gold_at is not None) is not keep:
            await keeping.set_gold(session, fragment.id, now if keep else None)
            return await fragments.by_number(session, person_id, n)
        return fragment
