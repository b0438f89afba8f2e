"""Two kept things forced together, and one kept thing in another form."""

from datetime import datetime

from bot.domain.records import Expansion, Fragment, Idea, Mode
from bot.journey import expand, pan, seeds
from bot.store.database import Database

# As many as two rows of buttons hold.
MOST_PARTNERS = 8


async def partners(db: Database, item: Fragment | Idea) -> list[Fragment | Idea]:
    """The newest other kept things that have words, and others than this one grows from."""
    kept = await pan.gold(db, person_id=item.person_id)
    others: list[Fragment | Idea] = []
    async with db.read() as session:
        seed = await seeds.of(session, item)
        for one in kept:
            worded = isinstance(one, Idea) or one.has_words
            if worded and await seeds.of(session, one) != seed:
                others.append(one)
            if len(others) == MOST_PARTNERS:
                break
    return others


async def begin(
    db: Database,
    person_id: int,
    first: tuple[int, int],
    second: tuple[int, int],
    *,
    request_id: int,
    now: datetime,
) -> Expansion | None:
    """Grow ideas from two things, each named by an idea's id and a fragment's number of which one
    is 0; None when either is gone, or both grow from the same. Nothing is kept by that. The same
    request gives the same expansion."""
    seed, other = [
        await seeds.find(db, person_id=person_id, idea_id=idea_id, n=n)
        for idea_id, n in (first, second)
    ]
    if seed is None or other is None or seed == other:
        return None
    return await expand.begin(
        db, person_id=person_id, seed=seed, mix=other, request_id=request_id, now=now
    )


async def grow(
    db: Database,
    person_id: int,
    idea_id: int,
    n: int,
    *,
    mode: Mode,
    request_id: int,
    now: datetime,
) -> Expansion | None:
    """Expand one thing into what is asked for; None when it is gone or has no words."""
    seed = await seeds.find(db, person_id=person_id, idea_id=idea_id, n=n)
    if seed is None:
        return None
    return await expand.begin(
        db, person_id=person_id, seed=seed, mode=mode, request_id=request_id, now=now
    )
