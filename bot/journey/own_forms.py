"""The forms a draft can have for a person: those that come with the bot, and their own."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import form_names
from bot.domain.forms import Form
from bot.store import forms
from bot.store.database import Database


async def known(
    session: AsyncSession, person_id: int, built_in: Mapping[str, Form]
) -> dict[str, Form]:
    """All of them by their ids. A name that comes with the bot stays what it is."""
    own = {
        row.name: form_names.own(row.name, row.how, row.seconds)
        for row in await forms.all_of(session, person_id)
    }
    return own | dict(built_in)


async def of(db: Database, person_id: int, built_in: Mapping[str, Form]) -> dict[str, Form]:
    """The same for who has no transaction open."""
    async with db.read() as session:
        return await known(session, person_id, built_in)


async def own(db: Database, person_id: int) -> dict[int, Form]:
    """The person's own by the ids of their rows, the oldest first."""
    async with db.read() as session:
        return {
            row.id: form_names.own(row.name, row.how, row.seconds)
            for row in await forms.all_of(session, person_id)
        }


async def keep(db: Database, person_id: int, form: Form, *, now: datetime) -> None:
    """Keep a form; one of the same name becomes this."""
    async with db.write() as session:
        await forms.keep(session, person_id, form.id, form.how, form.seconds, now=now)


async def remove(db: Database, person_id: int, form_id: int) -> bool:
    """Remove a form; False when it is gone already. Drafts in it stay."""
    async with db.write() as session:
        return await forms.remove(session, person_id, form_id)
