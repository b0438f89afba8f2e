"""A draft leaves the chat: as text to copy, as Markdown, as a Word file.

Each says where its words come from. That can be left out of the next one taken, and only of that:
the menu says it again afterwards.
"""

import asyncio
from dataclasses import dataclass
from functools import partial

from bot.chat import delivery, inplace
from bot.chat.buttons import FORMATS, MadeUp, Press
from bot.chat.desk import Visit
from bot.chat.inplace import View
from bot.chat.layout import takeaway as layout
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.domain import takeaway
from bot.domain.filenames import file_name
from bot.domain.markdown import markdown
from bot.domain.papers import Paper
from bot.domain.takeaway import Taken
from bot.journey import draft as drafts
from bot.journey import takeaway as journey


@dataclass(frozen=True, slots=True)
class File:
    """A file to send."""

    name: str
    content: bytes


async def as_file(visit: Visit, press: Press) -> str | None:
    """The menu, in a message of its own."""
    taken = await journey.find(visit.desk.db, visit.person.id, press.id)
    if taken is None:
        return gone(visit.say)
    visit.afterwards.append(partial(_open, visit, taken))
    return None


async def with_origin(visit: Visit, press: Press) -> str | None:
    """The menu again, with the line of origin or without."""
    version_id, origin = press.ids
    taken = await journey.find(visit.desk.db, visit.person.id, version_id)
    if taken is None:
        return gone(visit.say)
    _redraw(visit, taken, origin=bool(origin))
    return None


async def take(visit: Visit, press: Press) -> str | None:
    """The draft in the format that was pressed."""
    version_id, place, origin = press.ids
    if place >= len(FORMATS):
        raise MadeUp
    taken = await journey.find(visit.desk.db, visit.person.id, version_id)
    if taken is None:
        return gone(visit.say)
    if not origin:
        # Before the file: if this failed after it, all of it would be done, and sent, once more.
        _redraw(visit, taken, origin=True)
    visit.afterwards.append(partial(_take, visit, taken, FORMATS[place], bool(origin)))
    return None


async def _open(visit: Visit, taken: Taken) -> None:
    sent = await delivery.send(visit.bot, visit.person.id, _menu(visit, taken, origin=True))
    await drafts.shown_as(visit.desk.db, visit.person.id, taken.version.id, sent.message_id)


def _redraw(visit: Visit, taken: Taken, *, origin: bool) -> None:
    async def look() -> View:
        return View(_menu(visit, taken, origin=origin))

    inplace.draw_later(visit, look)


def _menu(visit: Visit, taken: Taken, *, origin: bool) -> Letter:
    paper = _paper(visit, taken, origin=origin)
    return layout.menu(visit.say, paper, taken.version.id, origin=origin)


async def _take(visit: Visit, taken: Taken, format: str, origin: bool) -> None:
    paper = _paper(visit, taken, origin=origin)
    chat_id = visit.person.id
    if format == "text":
        sent = await delivery.send(visit.bot, chat_id, Letter(takeaway.plain(paper)))
    else:
        file = await _file(visit, taken, paper, format)
        sent = await delivery.send_file(visit.bot, chat_id, file.name, file.content)
    await drafts.shown_as(visit.desk.db, visit.person.id, taken.version.id, sent.message_id)


async def _file(visit: Visit, taken: Taken, paper: Paper, format: str) -> File:
    name = file_name(paper.title, paper.day, format, more=takeaway.edition(taken))
    if format == "md":
        return File(name, markdown(paper).encode())
    # Its library takes a while to load the first time, and nobody else is to wait for it.
    return File(name, await asyncio.to_thread(visit.desk.word_file, paper))


def _paper(visit: Visit, taken: Taken, *, origin: bool) -> Paper:
    return takeaway.paper(
        taken,
        visit.desk.forms.get(taken.draft.form),
        layout.labels(visit.say),
        language=visit.person.language,
        zone=visit.person.zone,
        origin=origin,
    )
