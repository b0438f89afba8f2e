"""What a writer is given beside a seed: fragments that belong to it, what was shown, and what this
person keeps."""

import asyncio

from bot.domain import excerpts, related, script
from bot.domain.records import Expansion, Fragment, Person
from bot.journey.ports import ExpandAsk, Material
from bot.store import expansions, fragments, ideas, taste
from bot.store.database import Database

# So many of the newest titles a writer is told not to repeat. The sieve compares with all of them.
TITLES = 40


async def ask_for(
    db: Database, expansion: Expansion, person: Person
) -> tuple[ExpandAsk, list[str]]:
    """What a writer is asked, and every title the person ever saw."""
    async with db.read() as session:
        everything = await fragments.texts(session, person.id)
        shown = await ideas.titles(session, person.id)
        used = await expansions.lenses_used(session, person.id, expansion.seed)
        tallies = await taste.of(session, person.id)
    # Thousands of fragments take a while to compare; captures must not wait for that.
    numbers = await asyncio.to_thread(
        related.mix, expansion.seed, expansion.seed_n, everything, round=expansion.round
    )
    async with db.read() as session:
        chosen = await fragments.by_numbers(session, person.id, numbers)
    ask = ExpandAsk(
        person_id=person.id,
        seed=expansion.seed,
        seed_n=expansion.seed_n,
        language=script.language_of(expansion.seed, person.language),
        material=tuple(said for one in chosen for said in _said(one)),
        round=expansion.round,
        shown=tuple(shown[-TITLES:]),
        mode=expansion.mode,
        used=tuple(used),
        mix=expansion.mix,
        mix_n=expansion.mix_n,
        taste=tallies,
    )
    return ask, shown


def _said(fragment: Fragment) -> list[Material]:
    """What a fragment says, each text cut where it is too long for a prompt."""
    most = excerpts.MATERIAL_CHARS
    return [
        Material(fragment.n, text if len(text) <= most else f"{text[:most].rstrip()}…", own=own)
        for text, own in excerpts.material(fragment)
    ]
