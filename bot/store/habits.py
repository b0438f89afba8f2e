"""Queries about whether the digest suits the person."""

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.digests import Digest, DigestBody
from bot.domain.outcomes import IN_A_ROW, Sent, all_left_alone
from bot.domain.parcels import Content
from bot.store import drafts, outbox
from bot.store.digests import COMPOSED, as_digest
from bot.store.draft_tables import DraftRow, VersionRow
from bot.store.passing import ParcelRow
from bot.store.tables import DigestRow, PersonRow

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
    return all_left_alone([await _sent(session, row, body) for row, body in telling[:IN_A_ROW]])


async def _sent(session: AsyncSession, row: DigestRow, body: DigestBody) -> Sent:
    arrived = exists().where(
        ParcelRow.kind == Content.DIGEST,
        ParcelRow.about == row.id,
        ParcelRow.state == outbox.SENT,
    )
    changed = exists().where(VersionRow.draft_id == DraftRow.id, VersionRow.number > 1)
    offered = await session.execute(
        select(DraftRow, changed).where(DraftRow.id.in_([one.draft_id for one in body.offers]))
    )
    return Sent(
        came=row.evening is not None and bool(await session.scalar(select(arrived))),
        touched=row.touched_at is not None,
        drafts=[(drafts.as_draft(draft), bool(anew)) for draft, anew in offered],
    )


async def asked(session: AsyncSession, person_id: int, *, now: datetime) -> None:
    """They are asked, once for ever."""
    await session.execute(update(PersonRow).where(PersonRow.id == person_id).values(asked_at=now))


async def not_asked(session: AsyncSession, person_id: int) -> None:
    """The digest that asked them never came."""
    await session.execute(update(PersonRow).where(PersonRow.id == person_id).values(asked_at=None))
