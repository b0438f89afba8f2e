"""What is tapped under an evening's digest, and what is answered to it."""

from bot.chat import delivery, digest, draft, inplace, revise, takeaway
from bot.chat.buttons import OFFERED, Action, MadeUp, Press
from bot.chat.desk import Visit
from bot.chat.inplace import Evening, View
from bot.chat.layout import offers as layout
from bot.chat.layout.film import done
from bot.chat.layout.notices import gone
from bot.chat.signs import KEPT
from bot.domain.drafts import Version
from bot.domain.records import Fragment
from bot.journey import offers as journey
from bot.journey.revise import Told


async def open_draft(visit: Visit, press: Press) -> str | None:
    """A draft of the digest by its newest version: to be read, changed, filmed or taken out. It
    opens where the digest stands, and leads back."""
    digest_id, draft_id, which = press.ids
    if which >= len(OFFERED):
        raise MadeUp
    if not await _is_there(visit, digest_id):
        return gone(visit.say)
    now = visit.desk.clock.now()
    newest = await journey.opened(visit.desk.db, visit.person.id, draft_id, now=now)
    if newest is None:
        _draw(visit, digest_id)
        return gone(visit.say)
    return await _open(visit, newest, OFFERED[which])


async def _open(visit: Visit, newest: Version, which: str) -> str | None:
    version_id = str(newest.id)
    if which == "file":
        return await takeaway.as_file(visit, Press(Action.AS_FILE, (version_id,)))
    if which == "change" and newest.script:
        return await revise.change(visit, Press(Action.CHANGE, (version_id, "0", "0")))
    if which == "shots" and newest.script:
        return await draft.shots(visit, Press(Action.SHOTS, (version_id,)))
    return await draft.show(visit, Press(Action.SHOW_DRAFT, (version_id,)))


async def tomorrow(visit: Visit, press: Press) -> str:
    """Put a draft off to the next evening, or take that back; the toast says when it comes."""
    digest_id, draft_id, off = press.ids
    if not await _is_there(visit, digest_id):
        return gone(visit.say)
    db, person, now = visit.desk.db, visit.person, visit.desk.clock.now()
    if off:
        found = await journey.put_off(db, person, draft_id, now=now)
    else:
        found = await journey.take_back(db, person, draft_id)
    _draw(visit, digest_id)
    if found is None:
        return gone(visit.say)
    if off and found.done:
        return done(visit.say)
    if found.postponed_to is None:
        return visit.say.gettext("Taken back")
    return layout.put_off(visit.say, person, found.postponed_to, now)


async def evening(visit: Visit, press: Press) -> str | None:
    """‹ The digest again, as it is by now, where one of its drafts was opened."""
    if not await _is_there(visit, press.id):
        return gone(visit.say)
    _draw(visit, press.id)
    return None


async def touched(visit: Visit, message_id: int) -> None:
    """Something was done with this message: if a digest came in it, it was not ignored."""
    now = visit.desk.clock.now()
    await journey.touch(visit.desk.db, visit.person.id, message_id, now=now)


async def replied(visit: Visit) -> bool:
    """Whether a text answers a digest with a wish for its first draft, and so is no fragment."""
    if visit.replied_to is None or visit.message.forward_origin:
        return False
    told = Told(
        visit.person.id, visit.replied_to, visit.message.message_id, visit.message.text or ""
    )
    request_id, now = visit.update.update_id, visit.desk.clock.now()
    if await journey.wish(visit.desk.db, told, request_id=request_id, now=now) is None:
        return False
    await delivery.react(visit.bot, visit.message, KEPT)
    return True


async def after_spoken(visit: Visit, fragment: Fragment) -> None:
    """The same for a recording, once it is heard."""
    if visit.replied_to is not None:
        await journey.spoken(visit.desk.db, answers=visit.replied_to, fragment=fragment)


async def _is_there(visit: Visit, digest_id: int) -> bool:
    """Whether this person has such a digest. Its message is known from now on, should nobody know
    yet that it arrived."""
    db, person_id = visit.desk.db, visit.person.id
    if await journey.show(db, person_id, digest_id) is None:
        return False
    message = visit.update.effective_message
    if message and await journey.came_in(db, person_id, message.message_id) is None:
        await journey.shown_as(db, person_id, digest_id, message.message_id)
    return True


def _draw(visit: Visit, digest_id: int) -> None:
    async def look() -> View | None:
        letter = await digest.letter(visit.desk, visit.person, digest_id)
        return View(letter, Evening(digest_id)) if letter else None

    inplace.draw_later(visit, look)
