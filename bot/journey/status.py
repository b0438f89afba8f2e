"""What is stuck, and what was learned."""

import asyncio

from bot.domain.outcomes import Learned
from bot.domain.records import Fragment
from bot.domain.taste import Taste
from bot.journey import choosing
from bot.store import earlier, fragments, heard, taste
from bot.store.database import Database


async def unheard(db: Database, *, person_id: int) -> list[Fragment]:
    """Photos and files that have no words yet, oldest first. How recordings stand tells
    `hear.standing`; why a file has no words and will get none was told when it came."""
    async with db.read() as session:
        held = await heard.numbers(session, person_id)
        everything = await fragments.all_of(session, person_id)
    return [one for one in everything if not (one.has_words or one.given_up or one.n in held)]


async def films(db: Database, *, person_id: int) -> Learned:
    """What became of the drafts this person was offered."""
    async with db.read() as session:
        drafts = await earlier.of(session, person_id)
        gone_by = await earlier.gone_by(session, person_id)
    return await asyncio.to_thread(choosing.learned, drafts, gone_by)


async def keeps(db: Database, *, person_id: int) -> Taste:
    """How many ideas of each kind this person kept, of those decided about."""
    async with db.read() as session:
        return await taste.of(session, person_id)
