"""Taking a version of a draft out of the chat."""

from bot.domain import takeaway
from bot.domain.takeaway import Taken
from bot.store import drafts
from bot.store.database import Database


async def find(db: Database, person_id: int, version_id: int) -> Taken | None:
    """A version of the person's with what it was made from; None when it is gone, or empty."""
    async with db.read() as session:
        version = await drafts.version(session, person_id, version_id)
        if version is None:
            return None
        draft = await drafts.get(session, person_id, version.draft_id)
        assert draft is not None, "a version belongs to a draft"
        return takeaway.taken(draft, version, await drafts.versions(session, draft.id))
