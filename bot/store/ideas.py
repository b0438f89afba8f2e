"""Queries about expansions and the ideas they gave."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Expansion, Idea, Verdict
from bot.store.leases import lapsed
from bot.store.tables import ExpansionRow, IdeaRow

# States of an expansion: "asked" waits for the person's answer to a question, "wanted" for a
# writer, "dug" has its ideas stored. What is sent of it stands in the outbox.
ASKED, WANTED, DUG = "asked", "wanted", "dug"


async def open_expansion(
    session: AsyncSession,
    *,
    person_id: int,
    request_id: int,
    seed: str,
    seed_n: int | None,
    round: int,
    state: str,
    now: datetime,
) -> Expansion:
    """Note that an expansion is wanted. The same request gives the same expansion."""
    known = await session.scalar(
        select(ExpansionRow).where(
            ExpansionRow.person_id == person_id, ExpansionRow.request_id == request_id
        )
    )
    if known:
        return _expansion(known)
    row = ExpansionRow(
        person_id=person_id,
        request_id=request_id,
        seed=seed,
        seed_n=seed_n,
        round=round,
        state=state,
        asked_at=now,
    )
    session.add(row)
    await session.flush()
    return _expansion(row)


async def expansion(session: AsyncSession, expansion_id: int) -> Expansion | None:
    """One expansion by its id."""
    row = await session.get(ExpansionRow, expansion_id)
    return _expansion(row) if row else None


async def by_message(session: AsyncSession, person_id: int, message_id: int) -> Expansion | None:
    """The expansion whose question or cards this message of the bot shows."""
    row = await session.scalar(
        select(ExpansionRow).where(
            ExpansionRow.person_id == person_id, ExpansionRow.message_id == message_id
        )
    )
    return _expansion(row) if row else None


async def rounds_on(session: AsyncSession, person_id: int, seed: str) -> int:
    """How many expansions this seed already had."""
    counted = await session.scalar(
        select(func.count())
        .select_from(ExpansionRow)
        .where(
            ExpansionRow.person_id == person_id,
            ExpansionRow.seed == seed,
            ExpansionRow.state != ASKED,
        )
    )
    return counted or 0


async def claim(
    session: AsyncSession, person_ids: Collection[int], *, now: datetime, lease_until: datetime
) -> list[Expansion]:
    """Take these people's unfinished expansions that nobody is working on; they are ours until
    `lease_until`."""
    free = lapsed(ExpansionRow.lease_until, now)
    rows = await session.scalars(
        update(ExpansionRow)
        .where(ExpansionRow.state == WANTED, free, ExpansionRow.person_id.in_(person_ids))
        .values(lease_until=lease_until)
        .returning(ExpansionRow)
    )
    return [_expansion(row) for row in rows]


async def store_result(
    session: AsyncSession, expansion_id: int, *, dug: int, duplicates: int, trouble: str | None
) -> None:
    """The ideas are stored: no writer needs to be asked again."""
    await _set(
        session,
        expansion_id,
        state=DUG,
        lease_until=None,
        dug=dug,
        duplicates=duplicates,
        trouble=trouble,
    )


async def shown_as(session: AsyncSession, expansion_id: int, message_id: int) -> None:
    """Remember which message of the bot shows the question or the cards, so that a reply to it is
    known as one to them."""
    await _set(session, expansion_id, message_id=message_id)


async def add(
    session: AsyncSession,
    expansion: Expansion,
    position: int,
    *,
    title: str,
    lens: str,
    move: str,
    mechanism: str,
    sources: Sequence[int],
    by: str,
    prompt: str,
) -> Idea:
    """Keep one idea of an expansion, at its place among the cards."""
    row = IdeaRow(
        person_id=expansion.person_id,
        expansion_id=expansion.id,
        position=position,
        title=title,
        lens=lens,
        move=move,
        mechanism=mechanism,
        sources=list(sources),
        by=by,
        prompt=prompt,
        verdict=Verdict.NEW,
    )
    session.add(row)
    await session.flush()
    return _idea(row)


async def get(session: AsyncSession, person_id: int, idea_id: int) -> Idea | None:
    """One idea, if it is this person's."""
    row = await session.get(IdeaRow, idea_id)
    return _idea(row) if row and row.person_id == person_id else None


async def of_expansion(session: AsyncSession, expansion_id: int) -> list[Idea]:
    """The ideas of an expansion, in the order of their cards."""
    rows = await session.scalars(
        select(IdeaRow).where(IdeaRow.expansion_id == expansion_id).order_by(IdeaRow.position)
    )
    return [_idea(row) for row in rows]


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
) -> None:
    """Write down what the person decided, with the update that said so."""
    decided_at = None if verdict is Verdict.NEW else now
    await session.execute(
        update(IdeaRow)
        .where(IdeaRow.id.in_(idea_ids))
        .values(verdict=verdict, decided_at=decided_at, decided_by=by)
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
    return [_idea(row) for row in rows]


async def _set(session: AsyncSession, expansion_id: int, **values: object) -> None:
    await session.execute(
        update(ExpansionRow).where(ExpansionRow.id == expansion_id).values(**values)
    )


def _expansion(row: ExpansionRow) -> Expansion:
    return Expansion(
        id=row.id,
        person_id=row.person_id,
        seed=row.seed,
        seed_n=row.seed_n,
        round=row.round,
        message_id=row.message_id,
        dug=row.dug,
        duplicates=row.duplicates,
        trouble=row.trouble,
        asked=row.state == ASKED,
        answered=row.state == DUG,
    )


def _idea(row: IdeaRow) -> Idea:
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
        verdict=Verdict(row.verdict),
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )
