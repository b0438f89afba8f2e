"""What is stuck."""

from bot.domain.records import Fragment
from bot.store import fragments, heard
from bot.store.database import Database


async def unheard(db: Database, *, person_id: int) -> list[Fragment]:
    """Photos and files that have no words yet, and recordings that nobody here holds, oldest
    first. How those stand that are held tells `hear.standing`."""
    async with db.read() as session:
        held = await heard.numbers(session, person_id)
        everything = await fragments.all_of(session, person_id)
    return [one for one in everything if not one.has_words and one.n not in held]
