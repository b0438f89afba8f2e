"""What is stuck, and what was learned."""

from bot.domain.records import Fragment
from bot.domain.taste import Taste
from bot.store import fragments, heard, taste
from bot.store.database import Database


async def unheard(db: Database, *, person_id: int) -> list[Fragment]:
    """Photos and files that have no words yet, oldest first. How recordings stand tells
    `hear.standing`; why a file has no words and will get none was told when it came."""
    async with db.read() as session:
        held = await heard.numbers(session, person_id)
        everything = await fragments.all_of(session, person_id)
    return [one for one in everything if not (one.has_words or one.given_up or one.n in held)]


async def keeps(db: Database, *, person_id: int) -> Taste:
    """How many ideas of each kind this person kept, of those decided about."""
    async with db.read() as session:
        return await taste.of(session, person_id)
