"""Panning: keep, wonder, drop; the same tap takes it back."""

from datetime import datetime

from bot.domain.records import Fragment, Idea, Verdict
from bot.store import fragments, ideas
from bot.store.database import Database

CARDS_A_PAGE = 4


async def decide(
    db: Database, *, person_id: int, idea_id: int, verdict: Verdict, now: datetime
) -> Idea | None:
    """Decide about one idea; deciding the same again takes it back. None when it is gone."""
    async with db.write() as session:
        idea = await ideas.get(session, person_id, idea_id)
        if idea is None:
            return None
        undo = idea.verdict is verdict
        await ideas.decide(
            session,
            [idea_id],
            Verdict.NEW if undo else verdict,
            None if undo else now,
        )
        return await ideas.get(session, person_id, idea_id)


async def drop_rest(
    db: Database, *, person_id: int, expansion_id: int, page: int, now: datetime
) -> list[Idea] | None:
    """Drop what is undecided on a page of cards and give what is dropped there now.

    On a page with nothing undecided it brings the dropped ones back. None when the page is gone.
    """
    first = page * CARDS_A_PAGE
    async with db.write() as session:
        cards = (await ideas.of_expansion(session, expansion_id))[first : first + CARDS_A_PAGE]
        if not cards or cards[0].person_id != person_id:
            return None
        undecided = [one.id for one in cards if one.verdict is Verdict.NEW]
        dropped = [one.id for one in cards if one.verdict is Verdict.DROPPED]
        if undecided:
            await ideas.decide(session, undecided, Verdict.DROPPED, now)
        else:
            await ideas.decide(session, dropped, Verdict.NEW, None)
        cards = (await ideas.of_expansion(session, expansion_id))[first : first + CARDS_A_PAGE]
        return [one for one in cards if one.verdict is Verdict.DROPPED]


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
