"""Worn phrases of a draft, one at a time: in my words, keep it, rewrite this line."""

from bot.chat import delivery, inplace
from bot.chat.buttons import Press
from bot.chat.desk import Visit
from bot.chat.inplace import View
from bot.chat.layout import worn as layout
from bot.chat.layout.notices import gone
from bot.domain.drafts import Kept
from bot.domain.records import Fragment
from bot.journey import draft, reworded, rewording
from bot.journey import worn as journey
from bot.journey.worn import Found

At = tuple[int, int]  # the place of a text in its version, and where a phrase begins in it


async def show(visit: Visit, press: Press) -> str | None:
    """The worn phrase from here on, in place of the script."""
    version_id, place, start = press.ids
    if await _found(visit, version_id) is None:
        return gone(visit.say)
    _draw(visit, version_id, (place, start))
    return None


async def ask(visit: Visit, press: Press) -> str | None:
    """✍: the next answer to this message takes the place of the text."""
    version_id, place = press.ids
    sheet = await draft.show(visit.desk.db, visit.person.id, version_id)
    texts = rewording.texts(sheet.version) if sheet and sheet.version.script else ()
    if place >= len(texts):
        return gone(visit.say)
    sent = await delivery.send(visit.bot, visit.person.id, layout.ask(visit.say, texts[place]))
    await draft.shown_as(
        visit.desk.db,
        visit.person.id,
        version_id,
        sent.message_id,
        asks=f"{reworded.ASKS}{place}",
    )
    return None


async def answered(visit: Visit, fragment: Fragment) -> bool:
    """Whether the person just said it in their words; then the next version is on its way."""
    if visit.replied_to is None:
        return False
    version = await reworded.in_my_words(
        visit.desk.db,
        fragment,
        asked_in=visit.replied_to,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    return version is not None


async def rewrite(visit: Visit, press: Press) -> str:
    """A sentence of the person's own in its place, or nothing: which, says the toast."""
    version_id, place = press.ids
    instead = await reworded.rewrite(
        visit.desk.db,
        visit.desk.forms,
        person_id=visit.person.id,
        version_id=version_id,
        place=place,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    if instead is None:
        return gone(visit.say)
    if instead.n is not None:
        told = visit.say.gettext("Your own sentence from #{n} takes its place.")
        return told.format(n=instead.n)
    if instead.gone:
        return visit.say.gettext("Nothing you said belongs there, so it is left out.")
    return visit.say.gettext(
        "Without it too little is left, and nothing you said fits. "
        "Nothing was changed; try it in your own words."
    )


async def keep(visit: Visit, press: Press) -> str:
    """No mark on this phrase again; the next one is shown, with a way back."""
    version_id, *at = press.ids
    found = await _found(visit, version_id, kept_too=True) or ()
    one = next((one for one in found if one.at == tuple(at)), None)
    if one is None:
        return gone(visit.say)
    kept = await journey.keep(
        visit.desk.db, visit.person.id, one.mark.text, now=visit.desk.clock.now()
    )
    _draw(visit, version_id, one.at, undo=kept)
    return visit.say.gettext("Kept. It gets no mark again.")


async def undo(visit: Visit, press: Press) -> str:
    """↩︎ right after that: the phrase has its mark again."""
    phrase_id, version_id, place, start = press.ids
    words = await _taken_back(visit, phrase_id)
    _draw(visit, version_id, (place, start))
    return words


async def phrases(visit: Visit, press: Press) -> str | None:
    """All the phrases that are kept."""
    _draw_kept(visit, press.id)
    return None


async def take_back(visit: Visit, press: Press) -> str:
    """One of them is kept no longer."""
    phrase_id, version_id = press.ids
    words = await _taken_back(visit, phrase_id)
    _draw_kept(visit, version_id)
    return words


async def _taken_back(visit: Visit, phrase_id: int) -> str:
    phrase = await journey.take_back(visit.desk.db, visit.person.id, phrase_id)
    if phrase is None:
        return gone(visit.say)
    told = visit.say.gettext("“{words}” is marked again.")
    return told.format(words=layout.named(phrase))


async def _found(
    visit: Visit, version_id: int, *, kept_too: bool = False
) -> tuple[Found, ...] | None:
    desk = visit.desk
    return await journey.of_version(
        desk.db, desk.worn, visit.person.id, version_id, kept_too=kept_too
    )


def _draw(visit: Visit, version_id: int, at: At, *, undo: Kept | None = None) -> None:
    async def view() -> View | None:
        sheet = await draft.show(visit.desk.db, visit.person.id, version_id)
        found = await _found(visit, version_id)
        if sheet is None or found is None:
            return None
        kept = await journey.kept(visit.desk.db, visit.person.id)
        return View(
            layout.phrase(
                visit.say,
                version_id,
                found,
                at,
                kept=len(kept),
                undo=undo,
                final=sheet.version.script is None,
            )
        )

    inplace.draw_later(visit, view)


def _draw_kept(visit: Visit, version_id: int) -> None:
    async def view() -> View:
        kept = await journey.kept(visit.desk.db, visit.person.id)
        return View(layout.kept_phrases(visit.say, kept, version_id))

    inplace.draw_later(visit, view)
