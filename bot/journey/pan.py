"""Panning: keep, wonder, drop; the same tap takes it back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Fragment, Idea, Verdict
from bot.store import fragments, ideas
from bot.store.database import Database

CARDS_A_PAGE = 4


async def decide(
    db: Database, *, person_id: int, idea_id: int, verdict: Verdict, request_id: int, now: datetime
) -> Idea | None:
    """Decide about one idea; deciding the same again takes it back. None when it is gone.

    The same request once more changes nothing, so that a redelivered tap does not undo itself.
    """
    async with db.write() as session:
        idea = await ideas.get(session, person_id, idea_id)
        if idea is None or idea.decided_by == request_id:
            return idea
        wanted = Verdict.NEW if idea.verdict is verdict else verdict
        await ideas.decide(session, [idea_id], wanted, by=request_id, now=now)
        return await ideas.get(session, person_id, idea_id)


async def drop_rest(
    db: Database, *, person_id: int, expansion_id: int, page: int, request_id: int, now: datetime
) -> list[Idea] | None:
    """Drop what is undecided on a page of cards and give what is dropped there now.

    On a page with nothing undecided it brings the dropped ones back. None when the page is gone.
    The same request once more changes nothing.
    """
    async with db.write() as session:
        cards = await _page(session, expansion_id, page)
        if not cards or cards[0].person_id != person_id:
            return None
        if all(one.decided_by != request_id for one in cards):
            undecided = [one.id for one in cards if one.verdict is Verdict.NEW]
            dropped = [one.id for one in cards if one.verdict is Verdict.DROPPED]
            verdict = Verdict.DROPPED if undecided else Verdict.NEW
            await ideas.decide(session, undecided or dropped, verdict, by=request_id, now=now)
        cards = await _page(session, expansion_id, page)
        return [one for one in cards if one.verdict is Verdict.DROPPED]


async def _page(session: AsyncSession, expansion_id: int, page: int) -> list[Idea]:
    first = page * CARDS_A_PAGE
    return (await ideas.of_expansion(session, expansion_id))[first : first + CARDS_A_PAGE]


async def gold(db: Database, *, person_id: int) -> list[Fragment | Idea]:
    """Everything the person kept, newest first."""
    async with db.read() as session:
        kept: list[Fragment | Idea] = [
            *await fragments.gold(session, person_id),
            *await ideas.kept(session, person_id),
        ]
    return sorted(kept, key=_kept_at, reverse=True)


def _kept_at(item: Fragment | Idea) -> datetime:
    at = item.gold_at if isinstance(item, Fragment) else item.decided_at
    assert at is not None, "only what was kept is gold"
    return at
