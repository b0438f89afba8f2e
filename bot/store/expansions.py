"""Queries about expansions: what was asked for, what came of it, and which message shows it."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.records import Expansion, Mode
from bot.store.leases import Moment, lapsed
from bot.store.tables import ExpansionRow, IdeaRow

# States of an expansion: "asked" waits for the person's answer to a question, "waiting" for its
# seed to be heard, "wanted" for a writer; "dug" has its ideas stored. What is sent of it stands in
# the outbox.
ASKED, WAITING, WANTED, DUG = "asked", "waiting", "wanted", "dug"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for in one request, and in which state that begins."""

    person_id: int
    request_id: int
    seed: str
    seed_n: int | None
    state: str
    mode: Mode
    mix: str
    mix_n: int | None


async def open_expansion(
    session: AsyncSession, wish: Wish, *, round: int, now: datetime
) -> Expansion:
    """Note that an expansion is wanted."""
    row = ExpansionRow(**asdict(wish), round=round, asked_at=now)
    session.add(row)
    await session.flush()
    return as_expansion(row)


async def of_request(session: AsyncSession, person_id: int, request_id: int) -> Expansion | None:
    """What this request began, if it was handled before."""
    row = await session.scalar(
        select(ExpansionRow).where(
            ExpansionRow.person_id == person_id, ExpansionRow.request_id == request_id
        )
    )
    return as_expansion(row) if row else None


async def under_way(session: AsyncSession, wish: Wish) -> Expansion | None:
    """The expansion in which an earlier request asked for the same, if a writer or a recording is
    still awaited there. Of questions there may be many: nobody pays for them."""
    row = await session.scalar(
        select(ExpansionRow)
        .where(
            ExpansionRow.person_id == wish.person_id,
            ExpansionRow.state.in_((WANTED, WAITING)),
            ExpansionRow.state == wish.state,
            ExpansionRow.seed == wish.seed,
            ExpansionRow.seed_n.is_not_distinct_from(wish.seed_n),
            ExpansionRow.mode == wish.mode,
            ExpansionRow.mix == wish.mix,
            ExpansionRow.mix_n.is_not_distinct_from(wish.mix_n),
        )
        .order_by(ExpansionRow.id)
    )
    return as_expansion(row) if row else None


async def get(session: AsyncSession, expansion_id: int) -> Expansion | None:
    """One expansion by its id."""
    row = await session.get(ExpansionRow, expansion_id)
    return as_expansion(row) if row else None


async def rounds_on(session: AsyncSession, person_id: int, seed: str) -> int:
    """How many expansions this seed already had."""
    counted = await session.scalar(
        select(func.count())
        .select_from(ExpansionRow)
        .where(
            ExpansionRow.person_id == person_id,
            ExpansionRow.seed == seed,
            ExpansionRow.state.in_((WANTED, DUG)),
        )
    )
    return counted or 0


async def lenses_used(session: AsyncSession, person_id: int, seed: str) -> list[str]:
    """The ids of the lenses whose ideas about this seed the person has seen, each as often as there
    were rounds with it."""
    found = await session.scalars(
        select(IdeaRow.lens_id)
        .join(ExpansionRow, ExpansionRow.id == IdeaRow.expansion_id)
        .where(
            ExpansionRow.person_id == person_id, ExpansionRow.seed == seed, IdeaRow.lens_id != ""
        )
        .group_by(IdeaRow.expansion_id, IdeaRow.lens_id)
        .order_by(func.min(IdeaRow.id))
    )
    return list(found)


async def waiting_for(session: AsyncSession, person_id: int, n: int) -> list[Expansion]:
    """Those that wait for a recording in this fragment to be heard."""
    rows = await session.scalars(
        select(ExpansionRow)
        .where(
            ExpansionRow.person_id == person_id,
            ExpansionRow.seed_n == n,
            ExpansionRow.state == WAITING,
        )
        .order_by(ExpansionRow.id)
    )
    return [as_expansion(row) for row in rows]


async def start(session: AsyncSession, expansion_id: int, *, seed: str, round: int) -> None:
    """What it waited for is there: it is wanted from now on."""
    await _set(session, expansion_id, state=WANTED, seed=seed, round=round)


def to_dig(now: Moment) -> ColumnElement[bool]:
    """Which expansions nobody is working on, nor on another of the same person's."""
    other = aliased(ExpansionRow)
    busy = exists().where(
        other.person_id == ExpansionRow.person_id,
        other.state == WANTED,
        ~lapsed(other.lease_until, now),
    )
    return and_(ExpansionRow.state == WANTED, lapsed(ExpansionRow.lease_until, now), ~busy)


async def claim(
    session: AsyncSession,
    person_ids: Collection[int],
    *,
    most: int,
    now: datetime,
    lease_until: datetime,
) -> list[Expansion]:
    """Take one unfinished expansion of each of these people that nobody is working on, while there
    are fewer than `most` in all; they are ours until `lease_until`. What somebody left behind
    comes after what is new, for it may be at fault itself."""
    in_hand = await session.scalar(
        select(func.count())
        .select_from(ExpansionRow)
        .where(ExpansionRow.state == WANTED, ~lapsed(ExpansionRow.lease_until, now))
    )
    waiting = await session.execute(
        select(ExpansionRow.id, ExpansionRow.person_id)
        .where(to_dig(now), ExpansionRow.person_id.in_(person_ids))
        .order_by(ExpansionRow.lease_until.is_not(None), ExpansionRow.id)
    )
    firsts: dict[int, int] = {}
    for row in waiting:
        firsts.setdefault(row.person_id, row.id)
    chosen = list(firsts.values())[: max(0, most - (in_hand or 0))]
    rows = await session.scalars(
        update(ExpansionRow)
        # The lease is looked at again: of two processes only one may take a row.
        .where(ExpansionRow.id.in_(chosen), lapsed(ExpansionRow.lease_until, now))
        .values(lease_until=lease_until)
        .returning(ExpansionRow)
        .execution_options(synchronize_session=False)
    )
    return [as_expansion(row) for row in rows]


async def digging(session: AsyncSession, person_id: int) -> bool:
    """Whether a writer is still to give ideas for this person."""
    wanted = select(ExpansionRow.id).where(
        ExpansionRow.person_id == person_id, ExpansionRow.state == WANTED
    )
    return await session.scalar(wanted.limit(1)) is not None


async def hold(session: AsyncSession, expansion_id: int, *, lease_until: datetime) -> None:
    """Somebody is still working on it."""
    await _set(session, expansion_id, lease_until=lease_until)


async def give_back(session: AsyncSession, expansion_id: int | None = None) -> None:
    """Nobody is working on it after all; on none of them, unless one is named."""
    held = (ExpansionRow.state == WANTED) & ExpansionRow.lease_until.is_not(None)
    if expansion_id is not None:
        held &= ExpansionRow.id == expansion_id
    await session.execute(
        update(ExpansionRow)
        .where(held)
        .values(lease_until=None)
        .execution_options(synchronize_session=False)
    )


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


async def _set(session: AsyncSession, expansion_id: int, **values: object) -> None:
    await session.execute(
        update(ExpansionRow).where(ExpansionRow.id == expansion_id).values(**values)
    )


def as_expansion(row: ExpansionRow) -> Expansion:
    """What a row says."""
    return Expansion(
        id=row.id,
        person_id=row.person_id,
        seed=row.seed,
        seed_n=row.seed_n,
        round=row.round,
        dug=row.dug,
        duplicates=row.duplicates,
        trouble=row.trouble,
        asked=row.state == ASKED,
        answered=row.state == DUG,
        waits=row.state == WAITING,
        mode=Mode(row.mode),
        mix=row.mix,
        mix_n=row.mix_n,
    )
