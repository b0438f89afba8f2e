"""Panning: keep, wonder, drop, and take it back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.card_numbers import CARDS_A_PAGE
from bot.domain.records import Fragment, Idea, Verdict
from bot.journey import why
from bot.store import expansions, fragments, ideas
from bot.store.database import Database

# Telegram counts updates upwards, but begins anywhere after a week without any. So an update whose
# number is a little below that of the one which decided came before it and is handled once more;
# one far below it is new. Ours: more updates than wait anywhere, and few among 2^31.
EARLIER = 100_000


async def decide(
    db: Database, *, person_id: int, idea_id: int, verdict: Verdict, request_id: int, now: datetime
) -> Idea | None:
    """Let this be what the person decided about one idea; NEW takes back what they had. The idea as
    it is then, None when it is gone.

    The same decision again changes nothing, nor does a request that is handled once more after
    others.
    """
    async with db.write() as session:
        idea = await ideas.get(session, person_id, idea_id)
        if idea is None or idea.verdict is verdict or overtaken(idea, request_id):
            return idea
        await ideas.decide(session, [idea_id], verdict, by=request_id, now=now)
        await why.ask(session, idea.expansion_id, now=now)
        return await ideas.get(session, person_id, idea_id)


async def drop_rest(
    db: Database, *, person_id: int, expansion_id: int, page: int, request_id: int, now: datetime
) -> list[Idea] | None:
    """Drop what is undecided on a page of cards; what is dropped there then. None when the page is
    gone. The same request once more changes nothing."""
    async with db.write() as session:
        cards = await _page(session, person_id, expansion_id, page)
        rest = [one for one in cards if one.verdict is Verdict.NEW]
        if ids := [one.id for one in rest if not overtaken(one, request_id)]:
            await ideas.decide(session, ids, Verdict.DROPPED, by=request_id, now=now)
            await why.ask(session, expansion_id, now=now)
            cards = await _page(session, person_id, expansion_id, page)
        return [one for one in cards if one.verdict is Verdict.DROPPED] if cards else None


async def bring_back(
    db: Database,
    *,
    person_id: int,
    expansion_id: int,
    page: int,
    dropped_by: int,
    request_id: int,
    now: datetime,
) -> list[Idea] | None:
    """Take back what the request `dropped_by` dropped on a page, and nothing that was dropped
    otherwise; what came back. None when the page is gone."""
    async with db.write() as session:
        cards = await _page(session, person_id, expansion_id, page)
        if not cards:
            return None
        gone = [one for one in cards if one.verdict is Verdict.DROPPED]
        if ids := [one.id for one in gone if one.decided_by == dropped_by]:
            await ideas.bring_back(session, ids, by=request_id, now=now)
            await why.ask(session, expansion_id, now=now)
        return [one for one in cards if one.id in ids]


async def turned(
    db: Database, *, person_id: int, expansion_id: int, message_id: int, page: int
) -> None:
    """A message shows this page from now on: a number in a reply to it is that of a card there."""
    async with db.write() as session:
        expansion = await expansions.get(session, expansion_id)
        if expansion and expansion.person_id == person_id:
            await expansions.shown_as(session, expansion_id, message_id, page=page)


def overtaken(idea: Idea, request_id: int) -> bool:
    """Whether this request decided about the idea already, or one that came after it did."""
    return idea.decided_by is not None and 0 <= idea.decided_by - request_id < EARLIER


async def _page(session: AsyncSession, person_id: int, expansion_id: int, page: int) -> list[Idea]:
    cards = await ideas.of_expansion(session, expansion_id)
    first = page * CARDS_A_PAGE
    return [one for one in cards[first : first + CARDS_A_PAGE] if one.person_id == person_id]


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
