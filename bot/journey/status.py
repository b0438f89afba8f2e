"""What is stuck."""

from bot.domain.records import Fragment
from bot.store import fragments
from bot.store.database import Database


async def unheard(db: Database, *, person_id: int) -> list[Fragment]:
    """Voice notes, photos and files that have no words yet, oldest first."""
    async with db.read() as session:
        return [one for one in await fragments.all_of(session, person_id) if not one.heard]
