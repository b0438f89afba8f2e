"""Queries about ideas, and what the person decided about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import case, func, insert, literal, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.card_numbers import CARDS_A_PAGE
from bot.domain.records import Idea, Verdict
from bot.store.expansions import Shown
from bot.store.tables import IdeaRow

COLUMNS = (
    *("person_id", "expansion_id", "position", "title", "lens", "move", "mechanism", "by"),
    *("prompt", "verdict", "lens_id", "move_id", "assumption", "stack", "returns_at"),
)


async def add(session: AsyncSession, new: Sequence[Idea]) -> list[Idea]:
    """Keep the ideas of an expansion, each at its place among the cards; the same with the ids they
    got."""
    if not new:
        return []
    ids = await session.scalars(
        insert(IdeaRow).returning(IdeaRow.id, sort_by_parameter_order=True),
        [
            {name: getattr(one, name) for name in COLUMNS} | {"sources": list(one.sources)}
            for one in new
        ],
    )
    return [replace(one, id=id) for one, id in zip(new, ids, strict=True)]


async def get(session: AsyncSession, person_id: int, idea_id: int) -> Idea | None:
    """One idea, if it is this person's."""
    row = await session.get(IdeaRow, idea_id)
    return as_idea(row) if row and row.person_id == person_id else None


async def of_expansion(session: AsyncSession, expansion_id: int) -> list[Idea]:
    """The ideas of an expansion, in the order of their cards."""
    rows = await session.scalars(
        select(IdeaRow).where(IdeaRow.expansion_id == expansion_id).order_by(IdeaRow.position)
    )
    return [as_idea(row) for row in rows]


async def numbered(session: AsyncSession, shown: Shown, number: int) -> Idea | None:
    """The idea with this number, from 1, in a message that shows several; None where there is none
    or the message shows one alone."""
    if shown.idea_id is not None or not 1 <= number <= CARDS_A_PAGE:
        return None
    if shown.shows:
        ids = shown.shows[number - 1 : number]
        return await get(session, shown.expansion.person_id, ids[0]) if ids else None
    row = await session.scalar(
        select(IdeaRow).where(
            IdeaRow.expansion_id == shown.expansion.id,
            IdeaRow.position == shown.page * CARDS_A_PAGE + number - 1,
        )
    )
    return as_idea(row) if row else None


async def titles(session: AsyncSession, person_id: int) -> list[str]:
    """Every title this person was ever shown, oldest first."""
    rows = await session.scalars(
        select(IdeaRow.title).where(IdeaRow.person_id == person_id).order_by(IdeaRow.id)
    )
    return list(rows)


async def decide(
    session: AsyncSession,
    idea_ids: Sequence[int],
    verdict: Verdict,
    *,
    by: int,
    now: datetime,
    walk: int | None = None,
) -> None:
    """Write down what the person decided, with the update that said so, what held before, and the
    walk through the backlog it happened in, if in one."""
    decided_at = None if verdict is Verdict.NEW else now
    await session.execute(
        update(IdeaRow)
        .where(IdeaRow.id.in_(idea_ids))
        .values(
            verdict_before=IdeaRow.verdict,
            verdict=verdict,
            decided_at=decided_at,
            decided_by=by,
            walk=walk,
        )
    )


async def bring_back(
    session: AsyncSession, idea_ids: Sequence[int], *, by: int, now: datetime
) -> None:
    """Let what the person had decided before they dropped these hold again."""
    before = func.coalesce(IdeaRow.verdict_before, Verdict.NEW)
    moment = literal(now, IdeaRow.decided_at.type)  # else it is stored as whatever it looks like
    await session.execute(
        update(IdeaRow)
        .where(IdeaRow.id.in_(idea_ids))
        .values(
            verdict=before,
            verdict_before=Verdict.DROPPED,
            decided_at=case((before == Verdict.NEW, null()), else_=moment),
            decided_by=by,
            walk=None,
        )
    )


async def kept(
    session: AsyncSession,
    person_id: int,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Idea]:
    """Ideas the person kept, in the order they were kept; only those kept after `since` and not
    after `until`."""
    query = select(IdeaRow).where(IdeaRow.person_id == person_id, IdeaRow.verdict == Verdict.KEPT)
    if since:
        query = query.where(IdeaRow.decided_at > since)
    if until:
        query = query.where(IdeaRow.decided_at <= until)
    rows = await session.scalars(query.order_by(IdeaRow.decided_at, IdeaRow.id))
    return [as_idea(row) for row in rows]


def as_idea(row: IdeaRow) -> Idea:
    """What a row says."""
    return Idea(
        id=row.id,
        person_id=row.person_id,
        expansion_id=row.expansion_id,
        position=row.position,
        title=row.title,
        lens=row.lens,
        move=row.move,
        mechanism=row.mechanism,
        sources=tuple(row.sources),
        by=row.by,
        prompt=row.prompt,
        verdict=Verdict(row.verdict),
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        lens_id=row.lens_id,
        move_id=row.move_id,
        assumption=row.assumption,
        stack=row.stack,
        returns=row.returns,
        returns_at=row.returns_at,
    )
