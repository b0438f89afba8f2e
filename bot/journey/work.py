"""Whether there is anything to do."""

from collections.abc import Callable
from datetime import datetime

from bot.domain import evening
from bot.store import work
from bot.store.database import Database


async def waits(db: Database, admits: Callable[[int], bool], *, now: datetime) -> bool:
    """Whether anything is to be claimed at `now` for admitted people: an expansion, a digest left
    unfinished, something to send, or an evening that has come. Reads only, so that a quiet minute
    writes nothing."""
    async with db.read() as session:
        everyone = await work.overview(session, now)
    for one in everyone.values():
        due = evening.due_evening(now, one.person)
        if (one.work_waits or (due and due not in one.evenings)) and admits(one.person.id):
            return True
    return False
