"""Planning when a draft is filmed."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import evening, takeaway
from bot.domain.drafts import Draft
from bot.domain.takeaway import Taken
from bot.store import draft_messages, drafts, film, people
from bot.store.database import Database


async def plan(
    db: Database, *, person_id: int, version_id: int, at: datetime | None
) -> Draft | None:
    """The draft of this version is to be filmed at `at`, or not any more; it as it is by then, None
    when it is gone. One that is filmed already stays as it is."""
    async with db.write() as session:
        await people.lock(session, person_id)
        version = await drafts.version(session, person_id, version_id)
        draft = await drafts.get(session, person_id, version.draft_id) if version else None
        if draft is None or draft.done:
            return draft
        await film.plan(session, draft.id, at)
        return await drafts.get(session, person_id, draft.id)


async def ahead(db: Database, person_id: int, *, now: datetime) -> list[Taken]:
    """What is still to be filmed, the soonest first, each in its newest version."""
    async with db.read() as session:
        planned = await film.between(session, person_id, now)
        found = [await _newest(session, draft) for draft in planned]
    return [one for one in found if one]


async def newest(db: Database, draft: Draft) -> Taken | None:
    """A draft in its newest version."""
    async with db.read() as session:
        return await _newest(session, draft)


async def planned(session: AsyncSession, person_id: int, evening_of: date) -> tuple[str, ...]:
    """The titles of what was to be filmed on the day of this evening and is not."""
    person = await people.get(session, person_id)
    assert person is not None, "an evening belongs to a person"
    start, end = (
        evening.moment(evening_of + timedelta(days=n), person.day_starts, person.zone)
        for n in (0, 1)
    )
    found = [
        await _newest(session, draft)
        for draft in await film.between(session, person_id, start, end)
    ]
    return tuple(one.title for one in found if one)


async def shows_draft(db: Database, person_id: int, message_id: int) -> bool:
    """Whether this message shows a draft, and may show something else of it instead."""
    async with db.read() as session:
        return await draft_messages.shown_in(session, person_id, message_id) is not None


async def _newest(session: AsyncSession, draft: Draft) -> Taken | None:
    versions = await drafts.versions(session, draft.id)
    there = [one for one in versions if one.script or one.text]
    return takeaway.taken(draft, there[-1], versions) if there else None
