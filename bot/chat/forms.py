"""/draft form, /draft forms: forms of drafts of the person's own."""

from bot.chat import delivery, inplace
from bot.chat.buttons import Press
from bot.chat.desk import Visit
from bot.chat.inplace import View
from bot.chat.layout import forms as layout
from bot.chat.layout.notices import gone
from bot.domain import form_names
from bot.domain.forms import Form
from bot.journey import own_forms as journey


async def command(visit: Visit, words: str) -> bool:
    """Whether the words after /draft are about forms: one is kept, or all are listed."""
    if form := form_names.defined(words):
        letter = layout.taken(visit.say, form)
        if not form_names.taken(form, visit.desk.forms.values()):
            now = visit.desk.clock.now()
            await journey.keep(visit.desk.db, visit.person.id, form, now=now)
            letter = layout.kept(visit.say, form)
    elif form_names.lists(words):
        own = await journey.own(visit.desk.db, visit.person.id)
        letter = layout.forms(visit.say, visit.desk.forms.values(), own)
    else:
        return False
    await delivery.send(visit.bot, visit.person.id, letter)
    return True


async def known(visit: Visit) -> dict[str, Form]:
    """All forms there are for this person."""
    return await journey.of(visit.desk.db, visit.person.id, visit.desk.forms)


async def forget(visit: Visit, press: Press) -> str:
    """🗑: one of their own is no longer there. Drafts in it stay."""
    removed = await journey.remove(visit.desk.db, visit.person.id, press.id)
    db, person_id = visit.desk.db, visit.person.id

    async def look() -> View:
        own = await journey.own(db, person_id)
        return View(layout.forms(visit.say, visit.desk.forms.values(), own))

    inplace.draw_later(visit, look)
    return visit.say.gettext("Removed. Drafts in it stay.") if removed else gone(visit.say)
