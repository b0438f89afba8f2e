"""Looking for words among one's own fragments."""

from bot.domain.records import Fragment
from bot.domain.script import fold
from bot.store import fragments
from bot.store.database import Database


async def find(db: Database, *, person_id: int, words: str) -> list[Fragment]:
    """Fragments that hold all of `words`, newest first; either Chinese script finds the other."""
    needles = fold(words).split()
    async with db.read() as session:
        everything = await fragments.all_of(session, person_id)
    return [one for one in reversed(everything) if all(_in(needle, one) for needle in needles)]


def _in(needle: str, fragment: Fragment) -> bool:
    return needle in fold(fragment.text)
