"""Queries about expansions: what was asked for, what came of it, and which message shows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Expansion, Mode
from bot.store.leases import lapsed
from bot.store.passing import CardMessageRow
from bot.store.tables import ExpansionRow, IdeaRow

# States of an expansion: "asked" waits for the person's answer to a question, "waiting" for its
# seed to be heard, "wanted" for a writer; "dug" has its ideas stored. What is sent of it stands in
# the outbox.
ASKED, WAITING, WANTED, DUG = "asked", "waiting", "wanted", "dug"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a message of the bot's shows: an expansion's question, a page of its cards counted from
    0, a single idea of it, or some of them by number."""

    expansion: Expansion
    idea_id: int | None
    page: int
    shows: tuple[int, ...] = ()


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
    mode: Mode = Mode.ANGLES,
    mix: str = "",
    mix_n: int | None = None,
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
        mode=mode,
        mix=mix,
        mix_n=mix_n,
    )
    session.add(row)
    await session.flush()
    return _expansion(row)


async def get(session: AsyncSession, expansion_id: int) -> Expansion | None:
    """One expansion by its id."""
    row = await session.get(ExpansionRow, expansion_id)
    return _expansion(row) if row else None


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
    return [_expansion(row) for row in rows]


async def start(session: AsyncSession, expansion_id: int, *, seed: str, round: int) -> None:
    """What it waited for is there: it is wanted from now on."""
    await _set(session, expansion_id, state=WANTED, seed=seed, round=round)


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


async def hold(session: AsyncSession, expansion_id: int, *, lease_until: datetime) -> None:
    """Somebody is still working on it."""
    await _set(session, expansion_id, lease_until=lease_until)


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


async def shown_as(
    session: AsyncSession,
    expansion_id: int,
    message_id: int,
    *,
    idea_id: int | None = None,
    page: int = 0,
    shows: Sequence[int] = (),
) -> None:
    """Remember what this message of the bot shows now, so that a reply to it is known as one."""
    expansion = await session.get_one(ExpansionRow, expansion_id)
    row = await _message(session, expansion.person_id, message_id)
    if row is None:
        row = CardMessageRow(person_id=expansion.person_id, message_id=message_id)
        session.add(row)
    row.expansion_id, row.idea_id, row.page = expansion_id, idea_id, page
    row.shows = list(shows) or None
    await session.flush()


async def shows_nothing(session: AsyncSession, person_id: int, message_id: int) -> None:
    """This message of the bot shows cards no longer: a reply to it is about none."""
    if row := await _message(session, person_id, message_id):
        await session.delete(row)


async def shown_in(session: AsyncSession, person_id: int, message_id: int) -> Shown | None:
    """What this message of the bot shows; None when it shows no cards."""
    row = await _message(session, person_id, message_id)
    if row is None:
        return None
    expansion = await session.get_one(ExpansionRow, row.expansion_id)
    return Shown(_expansion(expansion), row.idea_id, row.page, tuple(row.shows or ()))


async def _message(session: AsyncSession, person_id: int, message_id: int) -> CardMessageRow | None:
    query = select(CardMessageRow).where(
        CardMessageRow.person_id == person_id, CardMessageRow.message_id == message_id
    )
    return await session.scalar(query)


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
