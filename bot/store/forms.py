"""Queries about the forms of drafts that people made themselves."""

from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.draft_tables import FormRow


async def keep(
    session: AsyncSession, person_id: int, name: str, how: str, seconds: float, *, now: datetime
) -> None:
    """Keep a form; one of the same name becomes this."""
    row = await session.scalar(_of(person_id).where(FormRow.name == name))
    if row is None:
        row = FormRow(person_id=person_id, name=name, created_at=now)
        session.add(row)
    row.how, row.seconds = how, seconds
    await session.flush()


async def all_of(session: AsyncSession, person_id: int) -> list[FormRow]:
    """This person's forms, the oldest first."""
    return list(await session.scalars(_of(person_id)))


async def remove(session: AsyncSession, person_id: int, form_id: int) -> bool:
    """Remove a form; False when it is gone already."""
    mine = FormRow.person_id == person_id, FormRow.id == form_id
    gone = await session.scalar(delete(FormRow).where(*mine).returning(FormRow.id))
    return gone is not None


def _of(person_id: int) -> Select[FormRow]:
    return select(FormRow).where(FormRow.person_id == person_id).order_by(FormRow.id)
