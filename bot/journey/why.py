"""After a round: the best two, and why the person must be the one to tell them."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import panning
from bot.domain.parcels import Content
from bot.domain.records import Idea
from bot.store import expansions, ideas, outbox
from bot.store.database import Database

# The first two stars, for the order of the stars is the person's own ranking: the idea ranked
# second often ends best, and one abstract "why" is what corrects the first choice (Berg 2019;
# docs/science.md, "Pan").
BEST = 2


async def ask(session: AsyncSession, expansion_id: int, *, now: datetime) -> None:
    """Something was decided about an expansion: plan the question when nothing in it is undecided
    any more and something is kept, and take it back when that is no longer so. It goes out once."""
    cards = await ideas.of_expansion(session, expansion_id)
    if panning.is_over(cards) and panning.starred(cards):
        await outbox.plan(session, cards[0].person_id, Content.WHY, expansion_id, due_at=now)
    else:
        await outbox.withdraw(session, Content.WHY, expansion_id)


async def kept(db: Database, person_id: int, expansion_id: int) -> list[Idea]:
    """What the person kept of an expansion of theirs, what they starred first in front: the
    question is about the first `BEST`."""
    async with db.read() as session:
        cards = await ideas.of_expansion(session, expansion_id)
    return panning.starred([one for one in cards if one.person_id == person_id])


async def shown_in(session: AsyncSession, expansion_id: int, message_id: int) -> None:
    """This message asks the question: a reply to it is about the only idea, or about the one whose
    number it begins with."""
    best = [
        one.id for one in panning.starred(await ideas.of_expansion(session, expansion_id))[:BEST]
    ]
    if len(best) == 1:
        await expansions.shown_as(session, expansion_id, message_id, idea_id=best[0])
    else:
        await expansions.shown_as(session, expansion_id, message_id, shows=best)


async def shown_again(db: Database, expansion_id: int, message_id: int) -> None:
    """The same for a message that asks once more, because the person wanted to see it."""
    async with db.write() as session:
        await shown_in(session, expansion_id, message_id)
