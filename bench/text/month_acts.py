"""What a person does with a digest, and with their evenings, as it is written down."""

from datetime import date, datetime

from sqlalchemy import update

from bot.domain.drafts import Status
from bot.store import drafts
from bot.store.database import Database
from bot.store.draft_tables import DraftRow
from bot.store.tables import DigestRow, PersonRow


async def opened(db: Database, digest_id: int, draft_id: int, *, now: datetime) -> None:
    """They looked at a draft of this digest."""
    async with db.write() as session:
        touched = update(DigestRow).where(DigestRow.id == digest_id)
        await session.execute(touched.values(touched_at=now))
        looked = update(DraftRow).where(DraftRow.id == draft_id)
        await session.execute(looked.values(opened_at=now))


async def became(db: Database, draft_id: int, status: Status, *, now: datetime) -> None:
    """They filmed it, or published it and told where."""
    link = "https://video.example/1" if status is Status.PUBLISHED else ""
    async with db.write() as session:
        await drafts.set_status(session, draft_id, status=status, link=link, now=now)


async def put_off(db: Database, draft_id: int, until: date) -> None:
    """They want it back on this evening."""
    async with db.write() as session:
        chosen = update(DraftRow).where(DraftRow.id == draft_id)
        later = DraftRow.postponements + 1
        await session.execute(chosen.values(postponed_to=until, postponements=later))


async def pause(db: Database, person_id: int, until: date) -> None:
    """They want no digest before this evening."""
    async with db.write() as session:
        chosen = update(PersonRow).where(PersonRow.id == person_id)
        await session.execute(chosen.values(paused_until=until))
