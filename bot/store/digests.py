"""Queries about digests and the drafts they carry.

A digest is composing, then composed; one whose worker died is taken up again when its lease ends,
or folded into the next when its day is over. An evening with nothing to say is silent. How a digest
travels stands in the outbox.
"""

from collections.abc import Collection
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.digests import Digest, DigestBody
from bot.domain.evening import Stage
from bot.domain.parcels import Content
from bot.store import outbox, people
from bot.store.leases import lapsed
from bot.store.passing import ParcelRow
from bot.store.tables import DigestRow

COMPOSING, COMPOSED, SILENT, FOLDED = "composing", "composed", "silent", "folded"

_body = TypeAdapter(DigestBody)


async def open_digest(
    session: AsyncSession,
    *,
    person_id: int,
    evening: date | None,
    request_id: int | None = None,
    due_at: datetime,
    cut_n: int,
    now: datetime,
    lease_until: datetime,
) -> Digest | None:
    """Claim the digest of an evening, or one asked for on the spot (by `request_id`, without an
    evening); None when it is there already."""
    await people.lock(session, person_id)
    same = DigestRow.evening == evening if evening else DigestRow.request_id == request_id
    known = select(DigestRow.id).where(DigestRow.person_id == person_id, same)
    if await session.scalar(known) is not None:
        return None
    row = DigestRow(
        person_id=person_id,
        evening=evening,
        request_id=request_id,
        due_at=due_at,
        state=COMPOSING,
        lease_until=lease_until,
        cut_n=cut_n,
        claimed_at=now,
    )
    session.add(row)
    await session.flush()
    return as_digest(row)


async def claim_unfinished(
    session: AsyncSession, person_ids: Collection[int], *, now: datetime, lease_until: datetime
) -> list[Digest]:
    """Take up these people's digests whose worker died; they are ours until `lease_until`."""
    rows = await session.scalars(
        update(DigestRow)
        .where(
            DigestRow.state == COMPOSING,
            lapsed(DigestRow.lease_until, now),
            DigestRow.person_id.in_(person_ids),
        )
        .values(lease_until=lease_until)
        .returning(DigestRow)
    )
    return [as_digest(row) for row in rows]


async def unsent(session: AsyncSession, person_ids: Collection[int]) -> list[Digest]:
    """These people's evenings that are composed, and of which nothing went out yet."""
    parcel = and_(
        ParcelRow.kind == Content.DIGEST,
        ParcelRow.about == DigestRow.id,
        ParcelRow.state == outbox.PLANNED,
        ParcelRow.parts_sent == 0,
        ParcelRow.person_id.in_(person_ids),
    )
    waiting = select(DigestRow).join(ParcelRow, parcel).where(DigestRow.evening.is_not(None))
    return [as_digest(row) for row in await session.scalars(waiting)]


async def fold(session: AsyncSession, digest_id: int) -> None:
    """It comes too late for its day: what it would have held belongs to the next."""
    await session.execute(
        update(DigestRow).where(DigestRow.id == digest_id).values(state=FOLDED, lease_until=None)
    )


async def get(session: AsyncSession, digest_id: int) -> Digest | None:
    """One digest by its id."""
    row = await session.get(DigestRow, digest_id)
    return as_digest(row) if row else None


async def stages(session: AsyncSession, person_id: int, since: date) -> dict[date, Stage]:
    """How far the digests of the evenings from `since` on are, of those that were begun."""
    parcel = and_(ParcelRow.kind == Content.DIGEST, ParcelRow.about == DigestRow.id)
    mine = DigestRow.person_id == person_id, DigestRow.evening >= since
    query = select(DigestRow.evening, DigestRow.state, ParcelRow.state)
    rows = await session.execute(query.outerjoin(ParcelRow, parcel).where(*mine))
    return {evening: _stage(state, sent) for evening, state, sent in rows if evening}


async def last_cut(session: AsyncSession, digest: Digest) -> tuple[int, datetime | None]:
    """Where the evening before this digest ended: the highest fragment number it covered, and
    when. A digest asked for on the spot moves no cut, nor does one that was folded into the next.
    By the order of claims, not of dates: a move across the date line can turn those round."""
    # What was asked for on the spot has a request, and an index leads straight to those that have
    # none, newest first.
    earlier = (DigestRow.request_id.is_(None), DigestRow.id < digest.id)
    rows = await session.execute(
        select(DigestRow.cut_n, DigestRow.claimed_at)
        .where(DigestRow.person_id == digest.person_id, *earlier, DigestRow.state != FOLDED)
        .order_by(DigestRow.id.desc())
        .limit(1)
    )
    row = rows.first()
    return (row.cut_n, row.claimed_at) if row else (0, None)


async def last_claimed(session: AsyncSession, person_id: int) -> datetime | None:
    """When the last evening's digest that said something was claimed."""
    spoke = DigestRow.request_id.is_(None), DigestRow.state.in_([COMPOSING, COMPOSED])
    newest = select(DigestRow.claimed_at).where(DigestRow.person_id == person_id, *spoke)
    return await session.scalar(newest.order_by(DigestRow.id.desc()).limit(1))


async def newest_cut(session: AsyncSession, person_id: int) -> int:
    """The highest fragment number that an evening's digest covered so far, 0 before the first."""
    covered = select(func.max(DigestRow.cut_n)).where(
        DigestRow.person_id == person_id,
        DigestRow.request_id.is_(None),
        DigestRow.state.in_((COMPOSED, SILENT)),
    )
    return await session.scalar(covered) or 0


async def cut_of(session: AsyncSession, digest_id: int) -> int:
    """The highest fragment number this digest covers."""
    return await session.scalar(select(DigestRow.cut_n).where(DigestRow.id == digest_id)) or 0


async def hold(session: AsyncSession, digest_id: int, *, lease_until: datetime) -> None:
    """It is still being composed."""
    await session.execute(
        update(DigestRow)
        .where(DigestRow.id == digest_id, DigestRow.state == COMPOSING)
        .values(lease_until=lease_until)
    )


async def give_back(session: AsyncSession, digest_id: int | None = None) -> None:
    """Nobody works any longer on this digest, or on any."""
    mine = [DigestRow.id == digest_id] if digest_id else []
    await session.execute(
        update(DigestRow).where(DigestRow.state == COMPOSING, *mine).values(lease_until=None)
    )


async def pay(session: AsyncSession, digest_id: int, *, now: datetime) -> bool:
    """A writer that costs something is asked for it. False when one was before."""
    changed = await session.scalar(
        update(DigestRow)
        .where(DigestRow.id == digest_id, DigestRow.paid_at.is_(None))
        .values(paid_at=now)
        .returning(DigestRow.id)
    )
    return changed is not None


async def finish(session: AsyncSession, digest: Digest) -> bool:
    """It is composed, and silent unless `say` follows. From here on nothing is written or paid for
    twice. False when somebody else, who took us for dead, was quicker: theirs stands."""
    changed = await session.scalar(
        update(DigestRow)
        .where(DigestRow.id == digest.id, DigestRow.state == COMPOSING)
        .values(lease_until=None, state=SILENT)
        .returning(DigestRow.id)
    )
    return changed is not None


async def say(session: AsyncSession, digest: Digest, body: DigestBody) -> None:
    """What a finished one says."""
    await session.execute(
        update(DigestRow)
        .where(DigestRow.id == digest.id)
        .values(state=COMPOSED, body=_body.dump_python(body, mode="json"))
    )


def _stage(state: str, parcel: str | None) -> Stage:
    if state in (SILENT, FOLDED):
        return Stage.SILENT
    out = parcel not in (None, outbox.PLANNED, outbox.SENDING)
    return Stage.CAME if state == COMPOSED and out else Stage.WRITING


def as_digest(row: DigestRow) -> Digest:
    """The record behind a row."""
    return Digest(
        id=row.id,
        person_id=row.person_id,
        evening=row.evening,
        due_at=row.due_at,
        claimed_at=row.claimed_at,
        lease_until=row.lease_until,
        body=_body.validate_python(row.body) if row.body else None,
    )
