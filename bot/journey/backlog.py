"""The walk through what is undecided: one idea at a time, and always a step back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Expansion, Fragment, Idea, Verdict
from bot.journey import why as asking
from bot.journey.pan import overtaken
from bot.store import backlog, expansions, fragments, ideas
from bot.store.database import Database

# Of an idea's sources so many are quoted.
MOST_SOURCES = 5


@dataclass(frozen=True, slots=True)
class Card:
    """One idea by itself: what it grew from, and its place in the walk that comes by it, if one
    does."""

    idea: Idea
    expansion: Expansion
    left: int = 0  # on the walk, itself included
    back_after: int = 0  # days, if it came back


@dataclass(frozen=True, slots=True)
class Panned:
    """The end of a walk: how many ideas it decided, by what."""

    decided: Mapping[Verdict, int]


async def stand(
    db: Database, *, person_id: int, walk: int, idea_id: int | None = None
) -> Card | Panned:
    """Where a walk stands (`walk` is the second it began): at this idea as long as it is undecided,
    else at the next."""
    async with db.read() as session:
        place = await backlog.stand(session, person_id, walk, idea_id)
        if place is None:
            return Panned(await backlog.decided_in(session, person_id, walk))
        days = (backlog.begun(walk) - place.made_at).days if place.back else 0
        return Card(place.idea, await _expansion(session, place.idea), place.left, max(0, days))


async def decide(
    db: Database,
    *,
    person_id: int,
    idea_id: int,
    verdict: Verdict,
    walk: int,
    request_id: int,
    now: datetime,
) -> Idea | None:
    """Decide about an idea the walk comes by; the idea as it is then, None when it is gone. What
    was decided meanwhile, here or elsewhere, stays as it is."""
    async with db.write() as session:
        idea = await ideas.get(session, person_id, idea_id)
        if idea is None or not backlog.is_on(idea, walk) or overtaken(idea, request_id):
            return idea
        await ideas.decide(session, [idea_id], verdict, by=request_id, now=now, walk=walk)
        await asking.ask(session, idea.expansion_id, now=now)
        return await ideas.get(session, person_id, idea_id)


async def take_back(
    db: Database, *, person_id: int, walk: int, request_id: int, now: datetime
) -> Idea | None:
    """Undo the walk's last decision; which idea is undecided again, None when nothing was decided.
    The same request once more undoes nothing more."""
    async with db.write() as session:
        if done := await backlog.decided_by(session, person_id, request_id):
            return done
        last = await backlog.last_decided(session, person_id, walk)
        if last is None or overtaken(last, request_id):
            return None
        undone = await backlog.take_back(session, last.id, walk, by=request_id)
        await asking.ask(session, last.expansion_id, now=now)
        return undone


async def card(db: Database, idea: Idea) -> Card:
    """One idea outside of any walk."""
    async with db.read() as session:
        return Card(idea, await _expansion(session, idea))


async def why(db: Database, idea: Idea) -> list[Fragment]:
    """The fragments an idea stands on, in the order it names them."""
    async with db.read() as session:
        found = await fragments.by_numbers(session, idea.person_id, idea.sources[:MOST_SOURCES])
    by_number = {one.n: one for one in found}
    return [by_number[n] for n in idea.sources if n in by_number]


async def shown_as(db: Database, person_id: int, message_id: int, idea: Idea | None) -> None:
    """Remember which idea this message shows, so that a reply to it is known as one; or that it
    shows none any more."""
    async with db.write() as session:
        if idea:
            await expansions.shown_as(session, idea.expansion_id, message_id, idea_id=idea.id)
        else:
            await expansions.shows_nothing(session, person_id, message_id)


async def _expansion(session: AsyncSession, idea: Idea) -> Expansion:
    expansion = await expansions.get(session, idea.expansion_id)
    assert expansion is not None, "an idea belongs to an expansion"
    return expansion
