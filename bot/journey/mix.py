"""Two kept things forced together, and one kept thing in another form."""

from datetime import datetime

from bot.domain.records import Expansion, Fragment, Idea, Mode
from bot.journey import expand, pan, seeds
from bot.journey.seeds import Seed
from bot.store import expansions, ideas
from bot.store.database import Database

# As many as two rows of buttons hold.
MOST_PARTNERS = 8


async def partners(db: Database, item: Fragment | Idea) -> list[Fragment | Idea]:
    """The newest other kept things that have words."""
    kept = await pan.gold(db, person_id=item.person_id)
    others = [
        one
        for one in kept
        if (isinstance(one, Idea) or one.has_words) and (type(one), one.id) != (type(item), item.id)
    ]
    return others[:MOST_PARTNERS]


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
    is 0; None when either is gone. Nothing is kept by that. The same request gives the same
    expansion."""
    seed, other = await _seed(db, person_id, *first), await _seed(db, person_id, *second)
    if seed == other:  # two questions about one thing
        other = await _named(db, person_id, *second)
    if seed is None or other is None:
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
    seed = await _seed(db, person_id, idea_id, n)
    if seed is None:
        return None
    return await expand.begin(
        db, person_id=person_id, seed=seed, mode=mode, request_id=request_id, now=now
    )


async def _seed(db: Database, person_id: int, idea_id: int, n: int) -> Seed | None:
    """What it is a seed of. A question is none itself: what it asks about is."""
    async with db.read() as session:
        idea = await ideas.get(session, person_id, idea_id) if idea_id else None
        if idea and idea.by == "offline":
            asked = await expansions.get(session, idea.expansion_id)
            return Seed(asked.seed, asked.seed_n) if asked else None
    return await _named(db, person_id, idea_id, n)


async def _named(db: Database, person_id: int, idea_id: int, n: int) -> Seed | None:
    if idea_id:
        return await seeds.find(db, person_id=person_id, idea_id=idea_id)
    return await seeds.find(db, person_id=person_id, n=n)
