"""Changing a draft: what a person answers to one, and what they tap under it.

A wish becomes a version that is wanted; `journey.draft` writes it, in code where it can be.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import figures, taps, wishes
from bot.domain.difference import standing
from bot.domain.drafts import Script, Status, Version
from bot.domain.figures import Published
from bot.domain.hearing import SOUNDING, Hearing
from bot.domain.marks import Mark
from bot.domain.records import Fragment, Origin
from bot.journey import asking, meaning
from bot.journey.draft import Sheet
from bot.journey.meaning import FIGURES, FINAL, LINK, OVERVIEW, WISH, Meant
from bot.store import draft_messages, drafts, fragments, hearings, keep, people, revisions
from bot.store.database import Database

MINE = 0.5
"""Of a reply: with more of it standing in the draft it is the person's own final text
(product.md, "Capture")."""

CHOICE, NEWEST = 6, 40
"""Ours: so many fragments to put in are offered, from the newest so many."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text that answers a message about a draft, and the messages involved."""

    person_id: int
    answers: int
    message_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What such a text was taken as: a `wish`, a `final` text, or `figures` (None: it should have
    been some, and is not); and the version of it."""

    version: Version
    kind: str
    published: Published | None = None


async def take(db: Database, told: Told, *, request_id: int, now: datetime) -> Taken | None:
    """Take a text as what it is; None when it answers no draft, or a question about one, and is a
    fragment like any other. The same request is taken once."""
    async with db.read() as session:
        meant = await meaning.meant(session, told.person_id, told.answers)
        known = await drafts.of_request(session, told.person_id, request_id)
    if known:
        return Taken(known, FINAL if known.text else WISH)
    if meant is None or meant.is_answer:
        return None
    asked = meant.asks in (LINK, FIGURES)
    if asked or meant.draft.status is Status.PUBLISHED:
        published = figures.read(told.text, asked=asked)
        if published:
            await _note(db, meant, published, now=now)
        if published or asked:
            return Taken(meant.version, FIGURES, published)
    final = await asyncio.to_thread(is_final, told.text, meant.script)
    async with db.write() as session:
        await people.lock(session, told.person_id)
        if final:
            written = drafts.Written(text=told.text, by="person")
            change = drafts.Change(base=meant.version.number)
            version = await drafts.add(
                session, meant.draft, written, change, request_id=request_id, now=now
            )
        else:
            version = await _want(session, meant, told.text, request_id=request_id, now=now)
        kind = FINAL if final else WISH
        # Should it be edited, it is known.
        await draft_messages.shown_as(session, version, told.message_id, asks=kind)
    return Taken(version, kind)


def is_final(text: str, script: Script | None) -> bool:
    """Whether a text is the script as the person would have it. A short one that code can read as a
    wish is one, though it may name a line by its words."""
    if script is None:
        return False
    whole = sum(len(line.text) for line in script.lines)
    if len(text) < whole / 2 and wishes.read(text):
        return False
    return standing(text, script) > MINE


async def ask(
    db: Database,
    *,
    person_id: int,
    version_id: int,
    wish: str,
    line: int | None = None,
    request_id: int,
    now: datetime,
) -> Version | None:
    """Want a version as `wish` says, of the one with this id; None when that is gone."""
    async with db.write() as session:
        await people.lock(session, person_id)
        base = await drafts.version(session, person_id, version_id)
        draft = await drafts.get(session, person_id, base.draft_id) if base else None
        if base is None or draft is None:
            return None
        known = await drafts.of_request(session, person_id, request_id)
        change = drafts.Change(wish, line, base.number)
        return known or await drafts.want(session, draft, change, request_id=request_id, now=now)


async def answered(
    db: Database, *, answers: int, fragment: Fragment, request_id: int, now: datetime
) -> Version | None:
    """A fragment that answers a question about a draft goes into it; None when it answers none."""
    async with db.write() as session:
        await people.lock(session, fragment.person_id)
        meant = await meaning.meant(session, fragment.person_id, answers)
        if meant is None or not meant.is_answer or fragment.origin is Origin.FORWARDED:
            return None
        return await _answer(session, meant, fragment.n, request_id=request_id, now=now)


async def spoken(db: Database, *, answers: int, fragment: Fragment) -> bool:
    """The same for a recording, and for a wish that is spoken, once it is heard. Whether it is
    about a draft."""
    if fragment.kind not in SOUNDING or fragment.origin is Origin.FORWARDED:
        return False
    async with db.write() as session:
        meant = await meaning.meant(session, fragment.person_id, answers)
        if meant is None:
            return False
        asks = meant.asks if meant.is_answer else WISH
        at = fragment.message_id
        await draft_messages.shown_as(session, meant.version, at, asks=asks)
        await hearings.changes(session, fragment.id, meant.version.id)
        return True


async def heard(session: AsyncSession, hearing: Hearing, text: str, *, now: datetime) -> None:
    """A recording says `text`: if it is about a draft, that is changed."""
    version_id = await hearings.take_changed(session, hearing.id)
    if version_id is None:
        return
    shown = await draft_messages.shown_in(session, hearing.person_id, hearing.note)
    meant = await meaning.meant(session, hearing.person_id, hearing.note)
    if shown is None or meant is None:
        return
    if meant.asks == OVERVIEW and not wishes.read(text):  # a thought like any other
        await draft_messages.forget(session, hearing.person_id, hearing.note)
        return
    # No update of Telegram's has a number below 0.
    if meant.is_answer:
        await _answer(session, meant, hearing.n, request_id=-hearing.id, now=now)
    else:
        version = await _want(session, meant, text, request_id=-hearing.id, now=now)
        await draft_messages.shown_as(session, version, hearing.note, asks=WISH)
        if meant.asks == OVERVIEW:
            await keep.set_aside(session, hearing.fragment_id)


async def edited(
    db: Database, *, person_id: int, message_id: int, text: str, now: datetime
) -> Taken | None:
    """The person edited a wish, or their final text; None when the message was neither. A wish that
    is carried out already stays (`version.wish` is then not the text)."""
    async with db.write() as session:
        shown = await draft_messages.shown_in(session, person_id, message_id)
        if shown is None or shown.asks not in (WISH, FINAL):
            return None
        if await fragments.by_message(session, person_id, message_id):
            return None  # it was spoken: its caption says nothing
        if shown.asks == FINAL:
            await revisions.set_text(session, shown.version.id, text)
        else:
            await revisions.reword(session, shown.version, text, now=now)
        version = await drafts.version(session, person_id, shown.version.id)
        return Taken(version or shown.version, shown.asks)


async def mark(
    db: Database, *, person_id: int, message_id: int, mark: Mark, now: datetime
) -> Version | None:
    """⭐ keeps the draft that a message shows, 👎 makes it new again; None when it shows none."""
    status = Status.KEPT if mark is Mark.GOLD else Status.NEW
    async with db.write() as session:
        shown = await draft_messages.shown_in(session, person_id, message_id)
        if shown is None or shown.asks in (WISH, FINAL):
            return None
        await drafts.set_status(session, shown.version.draft_id, status=status, now=now)
        return shown.version


async def _note(db: Database, meant: Meant, published: Published, *, now: datetime) -> None:
    async with db.write() as session:
        await drafts.set_status(
            session,
            meant.draft.id,
            link=published.link or None,
            figures=published.figures or None,
            now=now,
        )


async def _want(
    session: AsyncSession, meant: Meant, wish: str, *, request_id: int, now: datetime
) -> Version:
    change = drafts.Change(wish, base=meant.version.number)
    return await drafts.want(session, meant.draft, change, request_id=request_id, now=now)


async def _answer(
    session: AsyncSession, meant: Meant, n: int, *, request_id: int, now: datetime
) -> Version:
    """The draft with what was answered in it; tried again where there was no script yet."""
    if known := await drafts.of_request(session, meant.draft.person_id, request_id):
        return known
    if meant.script:
        wish = taps.answer(n, meant.gap)
        return await _want(session, meant, wish, request_id=request_id, now=now)
    change = drafts.Change()
    return await drafts.want(session, meant.draft, change, request_id=request_id, now=now)


async def to_put_in(db: Database, sheet: Sheet) -> list[Fragment]:
    """What might go into a draft: what is kept first, then the newest, `CHOICE` in all; nothing
    that a line of it cites."""
    script, person_id = sheet.version.script, sheet.version.person_id
    async with db.read() as session:
        last = await fragments.last_number(session, person_id)
        found = [*await fragments.gold(session, person_id)][::-1]
        found += (await fragments.since(session, person_id, last - NEWEST))[::-1]
    told = asking.cited([script]) if script else set()
    new = {one.n: one for one in found if one.own and not one.aside and one.n not in told}
    return list(new.values())[:CHOICE]
