"""Queries about what is still undecided: the walk through it, and what comes back of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Idea, Verdict
from bot.domain.returns import Waiting, following
from bot.store.ideas import as_idea
from bot.store.tables import ExpansionRow, IdeaRow


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk through the backlog stands: at this idea, made at that moment, with so many
    `left`, itself included."""

    idea: Idea
    made_at: datetime
    back: bool  # it came back, and nothing was decided about it since
    left: int


def begun(walk: int) -> datetime:
    """The moment a walk began; that is what names it, in seconds."""
    return datetime.fromtimestamp(walk, UTC)


def is_on(idea: Idea, walk: int) -> bool:
    """Whether a walk still comes by this idea: undecided, or put aside before the walk began."""
    if idea.verdict is Verdict.MAYBE and idea.decided_at:
        return idea.decided_at < begun(walk)
    return idea.verdict is Verdict.NEW


async def stand(
    session: AsyncSession, person_id: int, walk: int, idea_id: int | None = None
) -> Place | None:
    """The next idea of a walk, or this one as long as it is on it; None when all is decided.

    First what came back, last first; then what is new, newest first; then what was put aside,
    longest ago first.
    """
    came_back = _came_back(begun(walk))
    kind = case((came_back, 0), (IdeaRow.verdict == Verdict.NEW, 1), else_=2)
    rows = await session.execute(
        # What is sorted must be narrow: only one of the ideas is read.
        select(IdeaRow.id, kind, func.count().over())
        .where(_on(person_id, walk))
        .order_by(
            case((IdeaRow.id == idea_id, 0), else_=1),
            kind,
            case((kind == 0, IdeaRow.returned_at)).desc().nulls_last(),
            case((kind == 0, IdeaRow.returns_at)).desc().nulls_last(),
            case((kind == 2, IdeaRow.decided_at)).asc(),
            IdeaRow.expansion_id.desc(),
            IdeaRow.position,
        )
        .limit(1)
    )
    if (row := rows.first()) is None:
        return None
    idea = await session.get_one(IdeaRow, row[0])
    expansion = await session.get_one(ExpansionRow, idea.expansion_id)
    return Place(as_idea(idea), expansion.asked_at, row[1] == 0, row[2])


async def decided_in(session: AsyncSession, person_id: int, walk: int) -> dict[Verdict, int]:
    """How many ideas a walk decided, by what it was."""
    rows = await session.execute(
        select(IdeaRow.verdict, func.count())
        .where(IdeaRow.person_id == person_id, IdeaRow.walk == walk)
        .group_by(IdeaRow.verdict)
    )
    return {Verdict(verdict): n for verdict, n in rows}


async def decided_by(session: AsyncSession, person_id: int, request_id: int) -> Idea | None:
    """An idea that this request was the last to decide about."""
    row = await session.scalar(
        select(IdeaRow)
        .where(IdeaRow.person_id == person_id, IdeaRow.decided_by == request_id)
        .limit(1)
    )
    return as_idea(row) if row else None


async def last_decided(session: AsyncSession, person_id: int, walk: int) -> Idea | None:
    """What a walk decided last."""
    row = await session.scalar(
        select(IdeaRow)
        .where(IdeaRow.person_id == person_id, IdeaRow.walk == walk)
        .order_by(IdeaRow.decided_at.desc(), IdeaRow.decided_by.desc())
        .limit(1)
    )
    return as_idea(row) if row else None


async def take_back(session: AsyncSession, idea_id: int, *, by: int) -> Idea:
    """Undo what a walk decided about an idea; as it is then. What had been put aside is put aside
    again since the same moment, and the walk still comes by it."""
    row = await session.get_one(IdeaRow, idea_id)
    aside = row.verdict_before == Verdict.MAYBE
    row.verdict = Verdict.MAYBE if aside else Verdict.NEW
    row.decided_at = row.decided_before if aside else None
    row.decided_by, row.walk = by, None
    await session.flush()
    return as_idea(row)


async def undecided(session: AsyncSession, person_id: int) -> list[Waiting]:
    """Every idea the person has not decided about for good."""
    rows = await session.execute(
        select(
            *(IdeaRow.id, IdeaRow.title, IdeaRow.by, IdeaRow.expansion_id, ExpansionRow.asked_at),
            *(IdeaRow.returns, IdeaRow.returns_at, IdeaRow.returned_at),
        )
        .join(ExpansionRow, ExpansionRow.id == IdeaRow.expansion_id)
        .where(IdeaRow.person_id == person_id, IdeaRow.verdict.in_((Verdict.NEW, Verdict.MAYBE)))
    )
    return [Waiting(*row) for row in rows]


async def come_back(session: AsyncSession, ideas: Iterable[Waiting], *, now: datetime) -> None:
    """Note that these are shown again, and when the next time is."""
    for one in ideas:
        await session.execute(
            update(IdeaRow)
            .where(IdeaRow.id == one.id)
            .values(returns=one.returns + 1, returns_at=following(one, now), returned_at=now)
        )


async def not_shown(session: AsyncSession, idea_ids: Collection[int], *, now: datetime) -> None:
    """These came back with a digest that nobody saw: that does not count, and the next brings
    them."""
    await session.execute(
        update(IdeaRow)
        .where(IdeaRow.id.in_(idea_ids), IdeaRow.returns > 0)
        .values(returns=IdeaRow.returns - 1, returns_at=now, returned_at=None)
    )


def _on(person_id: int, walk: int) -> ColumnElement[bool]:
    """The same as `is_on`, for the rows of one person."""
    put_aside = and_(IdeaRow.verdict == Verdict.MAYBE, IdeaRow.decided_at < begun(walk))
    return and_(
        IdeaRow.person_id == person_id,
        # Said twice, so that the index leads to them.
        IdeaRow.verdict.in_((Verdict.NEW, Verdict.MAYBE)),
        or_(IdeaRow.verdict == Verdict.NEW, put_aside),
    )


def _came_back(now: datetime) -> ColumnElement[Any]:
    since = or_(IdeaRow.verdict == Verdict.NEW, IdeaRow.decided_at < IdeaRow.returned_at)
    returned = and_(IdeaRow.returned_at.is_not(None), since)
    due = and_(IdeaRow.returns_at.is_not(None), IdeaRow.returns_at <= now)
    return or_(due, returned)
