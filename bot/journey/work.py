"""Whether there is anything to do."""

from collections.abc import Callable
from datetime import datetime

from bot.domain import evening
from bot.store import work
from bot.store.database import Database


async def waits(db: Database, admits: Callable[[int], bool], *, now: datetime) -> bool:
    """Whether anything is to be claimed at `now`: an expansion, a digest left unfinished, something
    to send, or an evening that has come. Reads only, so that a quiet minute writes nothing."""
    async with db.read() as session:
        unclaimed, everyone = await work.overview(session, now)
    if unclaimed:
        return True
    for person, done in everyone.values():
        due = evening.due_evening(now, person)
        if due is not None and due not in done and admits(person.id):
            return True
    return False
