"""The look back at a week: a picture, and the same in words."""

import logging
from dataclasses import replace
from functools import partial

from telegram import InlineKeyboardButton

from bot.chat import delivery, inplace
from bot.chat.buttons import MadeUp, Press
from bot.chat.desk import Desk, Visit
from bot.chat.inplace import View
from bot.chat.layout import week as layout
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.wording import wording
from bot.domain.records import Person
from bot.domain.weeks import Week
from bot.errors import EngineError
from bot.journey import week as journey

log = logging.getLogger(__name__)


async def command(visit: Visit) -> None:
    """/digest week: the running week, as far as it went."""
    visit.afterwards.append(partial(_tell, visit))


async def letter(desk: Desk, person: Person, week_id: int) -> Letter | None:
    """A look back as it is sent, with its picture if that can be drawn; None when it is gone."""
    week = await journey.find(desk.db, person.id, week_id)
    return await _drawn(desk, person, week) if week else None


async def named(
    desk: Desk, person: Person, week_id: int
) -> tuple[str, InlineKeyboardButton] | None:
    """What a look back is called, and a button that shows it."""
    week = await journey.find(desk.db, person.id, week_id)
    if week is None:
        return None
    say = wording(person.language)
    return layout.heading(say, week.body), layout.show_button(say, week)


async def show(visit: Visit, press: Press) -> str | None:
    """A look back once more, because the person asks for it."""
    week = await journey.find(visit.desk.db, visit.person.id, press.id)
    if week is None:
        return gone(visit.say)
    visit.afterwards.append(partial(_send, visit, week))
    return None


async def ground(visit: Visit, press: Press) -> str | None:
    """The same picture on the other ground, where it is; every later one has that too."""
    week_id, dark = press.ids
    if dark not in (0, 1):
        raise MadeUp
    desk = visit.desk
    if await journey.find(desk.db, visit.person.id, week_id) is None:
        return gone(visit.say)
    person = await journey.choose_ground(desk.db, visit.person.id, dark=bool(dark))

    async def look() -> View | None:
        shown = await letter(desk, person or visit.person, week_id)
        # In place of a picture there can only be a picture.
        return View(shown) if shown and shown.picture else None

    inplace.draw_later(visit, look)
    return None


async def _tell(visit: Visit) -> None:
    desk = visit.desk
    week = await journey.running(desk.db, visit.person, now=desk.clock.now())
    if week is None:
        nothing = visit.say.gettext("Nothing this week yet. Say something, and it counts.")
        await delivery.send(visit.bot, visit.person.id, Letter(nothing))
        return
    await _send(visit, week)


async def _send(visit: Visit, week: Week) -> None:
    shown = await _drawn(visit.desk, visit.person, week)
    await delivery.send(visit.bot, visit.person.id, shown)


async def _drawn(desk: Desk, person: Person, week: Week) -> Letter:
    say = wording(person.language)
    told = layout.week(say, week)
    if desk.charter is None:
        return told
    try:
        picture = await desk.charter.draw(layout.chart(say, week.body, dark=person.dark))
    except EngineError as exc:
        log.warning("a look back comes without its picture: %s", exc)
        return told
    return replace(told, picture=picture).under([layout.ground_button(say, week, person)])
