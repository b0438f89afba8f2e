"""Looking for words among one's own fragments."""

import asyncio

from bot.domain import tags
from bot.domain.records import Fragment
from bot.domain.script import fold
from bot.store import fragments
from bot.store.database import Database


async def find(db: Database, *, person_id: int, words: str) -> list[Fragment]:
    """Fragments that hold all of `words`, newest first; either Chinese script finds the other.

    What stands in a fragment's files counts, and whose words it is. "#metro" finds that tag alone.
    """
    async with db.read() as session:
        everything = await fragments.all_of(session, person_id)
    # Thousands of fragments take a while to fold; captures must not wait for that.
    return await asyncio.to_thread(_holding, fold(words).split(), everything[::-1])


async def used_tags(db: Database, *, person_id: int) -> list[tuple[str, int]]:
    """Every tag of this person's and in how many fragments it stands, the most frequent first."""
    async with db.read() as session:
        everything = await fragments.all_of(session, person_id)
    return await asyncio.to_thread(tags.counted, [one.text for one in everything])


def _holding(needles: list[str], fragments: list[Fragment]) -> list[Fragment]:
    wanted = {tag for one in needles if (tag := tags.as_tag(one))}
    words = [one for one in needles if not tags.as_tag(one)]
    return [one for one in fragments if _holds(one, words, wanted)]


def _holds(fragment: Fragment, words: list[str], wanted: set[str]) -> bool:
    if wanted and not wanted <= {fold(tag) for tag in tags.tags(fragment.text)}:
        return False
    text = fold(f"{fragment.text}\n{fragment.read}\n{fragment.source}")
    return all(word in text for word in words)
