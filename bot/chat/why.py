"""After a round: the best two, and why the person must tell them."""

from telegram import InlineKeyboardButton

from bot.chat import delivery
from bot.chat.buttons import Press
from bot.chat.desk import Desk, Visit
from bot.chat.layout import why as layout
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.wording import wording
from bot.domain.records import Person
from bot.journey import why as journey


async def letter(desk: Desk, person: Person, expansion_id: int) -> Letter | None:
    """The question about what was kept of a round; None when nothing is kept by now."""
    kept = await journey.kept(desk.db, person.id, expansion_id)
    return layout.question(wording(person.language), kept) if kept else None


async def named(
    desk: Desk, person: Person, expansion_id: int
) -> tuple[str, InlineKeyboardButton] | None:
    """What the question is called, and a button that shows it."""
    kept = await journey.kept(desk.db, person.id, expansion_id)
    say = wording(person.language)
    return (layout.heading(kept), layout.show_button(say, expansion_id)) if kept else None


async def show(visit: Visit, press: Press) -> str | None:
    """The question once more, because the person asks for it."""
    again = await letter(visit.desk, visit.person, press.id)
    if again is None:
        return gone(visit.say)
    sent = await delivery.send(visit.bot, visit.person.id, again)
    await journey.shown_again(visit.desk.db, press.id, sent.message_id)
    return None
