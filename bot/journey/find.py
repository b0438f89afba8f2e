"""Looking for words among one's own fragments."""

import asyncio

from bot.domain.records import Fragment
from bot.domain.script import fold
from bot.store import fragments
from bot.store.database import Database


async def find(db: Database, *, person_id: int, words: str) -> list[Fragment]:
    """Fragments that hold all of `words`, newest first; either Chinese script finds the other."""
    async with db.read() as session:
        everything = await fragments.all_of(session, person_id)
    # Thousands of fragments take a while to fold; captures must not wait for that.
    return await asyncio.to_thread(_holding, fold(words).split(), everything[::-1])


def _holding(needles: list[str], fragments: list[Fragment]) -> list[Fragment]:
    folded = ((one, fold(one.text)) for one in fragments)
    return [one for one, text in folded if all(needle in text for needle in needles)]
