"""Queries about whether the digest suits the person."""

from datetime import datetime

from sqlalchemy import exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.digests import Digest, DigestBody
from bot.domain.drafts import Status
from bot.domain.parcels import Content
from bot.store import outbox
from bot.store.digests import COMPOSED, as_digest
from bot.store.draft_tables import DraftRow, VersionRow
from bot.store.passing import ParcelRow
from bot.store.tables import DigestRow, PersonRow

IN_A_ROW = 3
"""So many evenings left alone are no accident (the issue of the digest)."""
# Evenings that only counted files are passed over; beyond these nobody remembers.
_LOOKED_AT = 4 * IN_A_ROW


async def to_ask(session: AsyncSession, digest: Digest) -> bool:
    """Whether the person is to be asked with this evening's digest if it should come otherwise:
    never were they asked, and they left the last ones alone."""
    asked_at = await session.scalar(
        select(PersonRow.asked_at).where(PersonRow.id == digest.person_id)
    )
    if asked_at or digest.evening is None:
        return False
    rows = await session.scalars(
        select(DigestRow)
        .where(
            DigestRow.person_id == digest.person_id,
            DigestRow.id < digest.id,
            DigestRow.state == COMPOSED,
        )
        .order_by(DigestRow.id.desc())
        .limit(_LOOKED_AT)
    )
    bodies = [(row, as_digest(row).body) for row in rows]
    telling = [(row, body) for row, body in bodies if body and (body.offers or body.question)]
    left = [
        row.evening is not None and not row.touched_at and await _left(session, row.id, body)
        for row, body in telling[:IN_A_ROW]
    ]
    return len(left) == IN_A_ROW and all(left)


async def _left(session: AsyncSession, digest_id: int, body: DigestBody) -> bool:
    """Whether it arrived, and nothing became of its drafts."""
    sent = select(ParcelRow.id).where(
        ParcelRow.kind == Content.DIGEST,
        ParcelRow.about == digest_id,
        ParcelRow.state == outbox.SENT,
    )
    changed = exists().where(VersionRow.draft_id == DraftRow.id, VersionRow.number > 1)
    used = select(DraftRow.id).where(
        DraftRow.id.in_([one.draft_id for one in body.offers]),
        or_(
            DraftRow.opened_at.is_not(None),
            DraftRow.status != Status.NEW,
            DraftRow.film_at.is_not(None),
            DraftRow.postponements > 0,
            changed,
        ),
    )
    there = await session.scalar(sent.limit(1)) is not None
    return there and await session.scalar(used.limit(1)) is None


async def asked(session: AsyncSession, person_id: int, *, now: datetime) -> None:
    """They are asked, once for ever."""
    await session.execute(update(PersonRow).where(PersonRow.id == person_id).values(asked_at=now))


async def not_asked(session: AsyncSession, person_id: int) -> None:
    """The digest that asked them never came."""
    await session.execute(update(PersonRow).where(PersonRow.id == person_id).values(asked_at=None))
