"""Changing a draft: by a reply in one's own words, or by a button. What it becomes is sent like
every draft, as a new message with the difference folded under it."""

from functools import partial

from bot.chat import delivery, inplace, voice
from bot.chat.buttons import CHANGES, DONE, MadeUp, Press
from bot.chat.desk import Visit
from bot.chat.inplace import View
from bot.chat.layout import draft as script_of
from bot.chat.layout import revise as layout
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.layout.versions import versions as version_list
from bot.chat.signs import KEPT
from bot.domain import taps
from bot.domain.marks import Mark
from bot.domain.records import Fragment
from bot.journey import draft as drafts
from bot.journey import revise as journey
from bot.journey.draft import Sheet
from bot.journey.meaning import FIGURES, FINAL, GAP, LINK


async def replied(visit: Visit) -> bool:
    """Whether a text answers a draft and is no fragment: a wish, the final text, or figures."""
    if visit.replied_to is None or visit.message.forward_origin:
        return False
    told = journey.Told(
        visit.person.id, visit.replied_to, visit.message.message_id, visit.message.text or ""
    )
    taken = await journey.take(
        visit.desk.db, told, request_id=visit.update.update_id, now=visit.desk.clock.now()
    )
    if taken is None:
        return False
    await delivery.react(visit.bot, visit.message, KEPT)
    if taken.kind == FINAL:
        await _say(visit, layout.final(visit.say, taken.version), taken.version.id)
        visit.afterwards.append(partial(voice.propose, visit))
    elif taken.kind == FIGURES:
        await _noted(visit, taken)
    return True


async def after_answer(visit: Visit, fragment: Fragment) -> None:
    """A fragment that answers a question about a draft goes into it."""
    if visit.replied_to is not None:
        await journey.answered(
            visit.desk.db,
            answers=visit.replied_to,
            fragment=fragment,
            request_id=visit.update.update_id,
            now=visit.desk.clock.now(),
        )


async def after_spoken(visit: Visit, fragment: Fragment) -> None:
    """The same for a recording, or a wish that was spoken, once it is heard."""
    if visit.replied_to is not None:
        await journey.spoken(visit.desk.db, answers=visit.replied_to, fragment=fragment)


async def edited(visit: Visit) -> bool:
    """Whether a wish, or a final text, was edited. What was carried out already stays."""
    message = visit.message
    text = message.text or message.caption or ""
    taken = await journey.edited(
        visit.desk.db,
        person_id=visit.person.id,
        message_id=message.message_id,
        text=text,
        now=visit.desk.clock.now(),
    )
    if taken is None:
        return False
    if taken.kind != FINAL and taken.version.wish != text:
        await _say(visit, layout.too_late(visit.say), taken.version.id)
    return True


async def marked(visit: Visit, message_id: int, mark: Mark) -> bool:
    """Whether a message shows a draft; it is then kept, or new again."""
    found = await journey.mark(
        visit.desk.db,
        person_id=visit.person.id,
        message_id=message_id,
        mark=mark,
        now=visit.desk.clock.now(),
    )
    return found is not None


async def change(visit: Visit, press: Press) -> str | None:
    """✏️: what can be changed without a model; then which line, and where to."""
    version_id, which, place = press.ids
    if which >= len(CHANGES):
        raise MadeUp
    sheet = await drafts.show(visit.desk.db, visit.person.id, version_id)
    if sheet is None or sheet.version.script is None:
        return gone(visit.say)
    if CHANGES[which] == "put":
        kept = await journey.to_put_in(visit.desk.db, sheet)
        letter = layout.to_put_in(visit.say, sheet, kept)
    else:
        letter = layout.change(visit.say, sheet, CHANGES[which], place)
    _draw(visit, sheet, letter)
    return None


async def changed(visit: Visit, press: Press) -> str:
    """A change was chosen: it is a wish like one in words."""
    version_id, which, one, other = press.ids
    if which >= len(DONE):
        raise MadeUp
    wishes = {
        "shorter": lambda: taps.SHORTER,
        "hook": lambda: taps.hook(one),
        "drop": lambda: taps.drop(one),
        "move": lambda: taps.move(one, other),
        "put": lambda: taps.put(one),
        "back": lambda: taps.back(one),
    }
    wanted = await journey.ask(
        visit.desk.db,
        person_id=visit.person.id,
        version_id=version_id,
        wish=wishes[DONE[which]](),
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )
    sheet = await drafts.show(visit.desk.db, visit.person.id, version_id)
    if wanted is None or sheet is None:
        return gone(visit.say)
    _draw(visit, sheet, script_of.draft(visit.say, sheet, visit.desk.forms))
    return visit.say.gettext("✍ Changing …")


async def versions(visit: Visit, press: Press) -> str | None:
    """All versions, what was asked for in each, and the way back to each."""
    sheet = await drafts.show(visit.desk.db, visit.person.id, press.id)
    if sheet is None:
        return gone(visit.say)
    _draw(visit, sheet, version_list(visit.say, sheet))
    return None


async def gap(visit: Visit, press: Press) -> str | None:
    """❓: ask for what is missing, in a message to be answered."""
    version_id, place = press.ids
    sheet = await drafts.show(visit.desk.db, visit.person.id, version_id)
    script = sheet.version.script if sheet else None
    if script is None or place >= len(script.gaps):
        return gone(visit.say)
    question = layout.asked(visit.say, script.gaps[place])
    visit.afterwards.append(partial(_say, visit, question, version_id, asks=f"{GAP}{place}"))
    return None


async def after_publishing(visit: Visit, sheet: Sheet) -> None:
    """Ask once for the link."""
    if not sheet.draft.link and not sheet.draft.figures:
        await _say(visit, layout.ask_link(visit.say), sheet.version.id, asks=LINK)


async def _noted(visit: Visit, taken: journey.Taken) -> None:
    """Say what was noted, and ask for figures where only a link came."""
    letter = layout.noted(visit.say, taken.published)
    wants_figures = taken.published is None or not taken.published.figures
    asks = FIGURES if wants_figures else ""
    await _say(visit, letter, taken.version.id, asks=asks)


async def _say(visit: Visit, letter: Letter, version_id: int, *, asks: str = "") -> None:
    """A line about a version; a reply to it is about the same."""
    sent = await delivery.send(visit.bot, visit.person.id, letter)
    await drafts.shown_as(visit.desk.db, visit.person.id, version_id, sent.message_id, asks=asks)


def _draw(visit: Visit, sheet: Sheet, letter: Letter) -> None:
    async def look() -> View:
        return View(letter, sheet.version)

    inplace.draw_later(visit, look)
