"""Queries about what a person did with a digest: opened a draft of it, put one off, touched it."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.drafts import DONE
from bot.store.draft_tables import DigestMessageRow, DraftRow
from bot.store.tables import DigestRow


async def opened(session: AsyncSession, draft_id: int, *, now: datetime) -> None:
    """The person looked at this draft; the first time counts."""
    await session.execute(
        update(DraftRow)
        .where(DraftRow.id == draft_id, DraftRow.opened_at.is_(None))
        .values(opened_at=now)
    )


async def untouched(session: AsyncSession, person_id: int, message_id: int) -> int | None:
    """The digest that came in this message, if nothing was done with it yet."""
    return await session.scalar(
        select(DigestRow.id)
        .join(DigestMessageRow, DigestMessageRow.digest_id == DigestRow.id)
        .where(
            DigestMessageRow.person_id == person_id,
            DigestMessageRow.message_id == message_id,
            DigestRow.touched_at.is_(None),
        )
    )


async def touch(session: AsyncSession, digest_id: int, *, now: datetime) -> None:
    """The person did something with this digest; the first time counts."""
    await session.execute(
        update(DigestRow)
        .where(DigestRow.id == digest_id, DigestRow.touched_at.is_(None))
        .values(touched_at=now)
    )


async def put_off(session: AsyncSession, draft_id: int, until: date) -> None:
    """This evening brings the draft back. One that is put off already stays as it is, and so does
    one that is filmed or published."""
    await session.execute(
        update(DraftRow)
        .where(
            DraftRow.id == draft_id,
            DraftRow.postponed_to.is_(None),
            DraftRow.status.not_in(DONE),
        )
        .values(postponed_to=until, postponements=DraftRow.postponements + 1)
    )


async def take_back(session: AsyncSession, draft_id: int) -> None:
    """It is not put off after all, and that counts as never having been."""
    await session.execute(
        update(DraftRow)
        .where(DraftRow.id == draft_id, DraftRow.postponed_to.is_not(None))
        .values(postponed_to=None, postponements=DraftRow.postponements - 1)
    )
