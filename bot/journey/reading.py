"""Looking into what was kept: pages the person wants read, and pictures."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.parcels import Content
from bot.domain.records import Fragment, Kind, Unread
from bot.domain.script import links
from bot.domain.words import is_blank
from bot.errors import EngineError, Trouble
from bot.journey.ports import Describer, PageReader
from bot.store import fragments, keep, outbox, people, unread
from bot.store.database import Database
from bot.store.media import Shelf

log = logging.getLogger(__name__)
# A photo older than this is not described any more: when describing is switched on, nobody wants to
# pay for years of photos on the first day.
PICTURES_WITHIN = timedelta(days=1)
# What the Messages API takes (5 MB in base64); Telegram's own photos are a tenth of it.
MOST_PICTURE_BYTES = 3_750_000
# These pass or will be mended; everything else would fail again, and might cost again.
PASSING = frozenset({Trouble.UNREACHABLE, Trouble.BUSY, Trouble.BUDGET})


@dataclass(frozen=True, slots=True)
class Link:
    """An address to read, and the message it stands in if that is an earlier one."""

    address: str
    message_id: int | None = None


async def choose_link(
    db: Database, *, person_id: int, text: str, reply_to_message: int | None
) -> Link | None:
    """What /read is about: the address after it, in the message it replies to, or else in the last
    fragment that has one. None when there is none."""
    if not is_blank(text):
        return next((Link(one, reply_to_message) for one in links(text)), None)
    async with db.read() as session:
        if reply_to_message is not None:
            answered = await fragments.about(session, person_id, reply_to_message)
            candidates = [answered] if answered else []
        else:
            candidates = (await fragments.all_of(session, person_id))[::-1]
    for fragment in candidates:
        if found := links(fragment.source if fragment.kind is Kind.LINK else fragment.text):
            return Link(found[0], fragment.message_id)
    return None


async def waiting(
    db: Database,
    admits: Callable[[int], bool],
    *,
    pictures: bool,
    now: datetime,
    but: Collection[int] = (),
    most: int = 100,
) -> list[Unread]:
    """Up to `most` of what of admitted people's somebody still has to look into, oldest first; none
    of those in `but`."""
    async with db.read() as session:
        ours = [one for one in await people.reachable(session) if admits(one)]
        since = now - PICTURES_WITHIN if pictures else None
        return await unread.waiting(session, ours, pictures_since=since, but=but, most=most)


async def read_page(
    db: Database, pages: PageReader, one: Unread, *, last: bool = True, now: datetime
) -> bool:
    """Fetch a page, keep its words or why there are none, and plan to show it; whether it has
    any. Raises EngineError for a timeout unless this is the `last` attempt: it waits for another,
    because the haste may have been ours."""
    page, trouble = None, None
    try:
        page = await pages.read(one.media.file_id)
    except Exception as exc:  # nobody can list what the web may raise; it must not be for ever
        trouble = _trouble(exc, Trouble.UNREADABLE)
        if trouble is Trouble.TIMEOUT and not last:
            raise
    async with db.write() as session:
        if page:
            words = f"{page.title}\n\n{page.text}".strip()
            await unread.store(session, one.id, words=words, by="")
            await keep.set_source(session, one.fragment_id, page.address)
            trouble = Trouble.TRUNCATED if page.cut else None
        if trouble:
            await unread.note(session, one.id, trouble)
        await outbox.plan(session, one.person_id, Content.PAGE, one.fragment_id, due_at=now)
    return page is not None


async def describe(db: Database, shelf: Shelf, describer: Describer, one: Unread) -> bool:
    """Let a writer say what is seen in a picture; whether it did. Raises EngineError for a trouble
    that will pass: then it is still waiting."""
    async with db.read() as session:
        person = await people.get(session, one.person_id)
    assert person is not None, "a picture belongs to a person"
    words, trouble = "", None
    try:
        words = await describer.describe(
            await _picture(shelf, one),
            one.media.mime,
            person_id=person.id,
            language=person.language,
        )
    except Exception as exc:  # as above, and each attempt may be paid for
        trouble = _trouble(exc, Trouble.MALFORMED)
        if trouble in PASSING:
            raise
    async with db.write() as session:
        if trouble:
            await unread.note(session, one.id, trouble)
        else:
            await unread.store(session, one.id, words=words, by=describer.name)
    return trouble is None


def _trouble(failure: Exception, unforeseen: Trouble) -> Trouble:
    if isinstance(failure, EngineError):
        return failure.trouble
    log.error("looking into something failed", exc_info=failure)
    return unforeseen


async def _picture(shelf: Shelf, one: Unread) -> bytes:
    if one.media.path is None or one.media.size > MOST_PICTURE_BYTES:
        raise EngineError(Trouble.TOO_LARGE)
    try:
        return await shelf.get(one.media.path)
    except OSError as exc:
        raise EngineError(Trouble.UNREADABLE, "the file is gone") from exc


async def get(db: Database, *, person_id: int, fragment_id: int) -> Fragment | None:
    """One fragment, if it is this person's."""
    async with db.read() as session:
        return await fragments.get(session, person_id, fragment_id)
