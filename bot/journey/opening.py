"""How an expansion begins, within somebody's transaction."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import words
from bot.domain.parcels import Content
from bot.domain.records import Expansion, Mode
from bot.journey import seeds
from bot.journey.seeds import Seed
from bot.store import expansions, fragments, outbox, people


async def begin(
    session: AsyncSession,
    person_id: int,
    seed: Seed,
    request_id: int,
    *,
    mode: Mode,
    mix: Seed | None = None,
    now: datetime,
) -> Expansion:
    """Note that a seed is wanted, has to be heard first, or is so thin that it is asked about; and
    plan to say so. The same request gives the same expansion."""
    seed = await _still(session, person_id, seed)
    opened = await expansions.open_expansion(
        session,
        person_id=person_id,
        request_id=request_id,
        seed=seed.text,
        seed_n=seed.n,
        round=await expansions.rounds_on(session, person_id, seed.text),
        state=_state(seed),
        mode=mode,
        mix=mix.text if mix else "",
        mix_n=mix.n if mix else None,
        now=now,
    )
    if opened.asked or opened.waits:
        kind = Content.WAITS if opened.waits else Content.EXPANSION
        await outbox.plan(session, person_id, kind, opened.id, due_at=now)
    return opened


async def _still(session: AsyncSession, person_id: int, seed: Seed) -> Seed:
    """A recording may have been heard since it was chosen as a seed."""
    if not seed.waits:
        return seed
    await people.lock(session, person_id)  # its words may be stored at this very moment
    fragment = await fragments.by_number(session, person_id, seed.n or 0)
    return await seeds.grown(session, fragment, seed.text) if fragment else seed


def _state(seed: Seed) -> str:
    if seed.waits:
        return expansions.WAITING
    thin = words.is_blank(seed.text) or (seed.n is None and words.is_thin(seed.text))
    return expansions.ASKED if thin else expansions.WANTED
