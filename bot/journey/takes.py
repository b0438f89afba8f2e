"""Once more from the same material: another take, or another form."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.drafts import Draft, Version
from bot.journey.draft import wanted
from bot.store import draft_messages, drafts, people
from bot.store.database import Database


async def another(
    db: Database, *, person_id: int, draft_id: int, request_id: int, now: datetime
) -> Version | None:
    """Another take on the same material; None when that draft is gone."""
    async with db.write() as session:
        await people.lock(session, person_id)
        draft = await drafts.get(session, person_id, draft_id)
        if draft is None:
            return None
        return await _again(session, draft, draft.form, request_id=request_id, now=now)


async def in_form(
    db: Database,
    *,
    person_id: int,
    message_id: int,
    form: str | None,
    request_id: int,
    now: datetime,
) -> Version | None:
    """The draft that a message shows in another form, from the same material; without one it is
    another take. None when the message shows none."""
    async with db.write() as session:
        await people.lock(session, person_id)
        shown = await draft_messages.shown_in(session, person_id, message_id)
        draft = await drafts.get(session, person_id, shown.version.draft_id) if shown else None
        if draft is None:
            return None
        return await _again(session, draft, form or draft.form, request_id=request_id, now=now)


async def _again(
    session: AsyncSession, draft: Draft, form: str, *, request_id: int, now: datetime
) -> Version:
    """From the same material once more: takes are counted for each form by itself."""
    takes = [one for one in await drafts.of_family(session, draft) if one.form == form]
    wish = drafts.Wish(
        draft.person_id,
        form,
        about=draft.about,
        about_n=draft.about_n,
        family=draft.family or draft.id,
        take=max((one.take for one in takes), default=0) + 1,
    )
    return await wanted(session, wish, request_id=request_id, now=now)
