"""The evening message itself."""

from datetime import datetime

from telegram import InlineKeyboardButton

from bot.chat import inplace
from bot.chat.buttons import Press
from bot.chat.desk import Desk, Visit
from bot.chat.heartbeat import held
from bot.chat.inplace import Evening, View
from bot.chat.layout import digest as layout
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.layout.offers import Eye
from bot.chat.wording import wording
from bot.domain.digests import Digest
from bot.domain.records import Person
from bot.journey import digest as journey
from bot.journey import evenings, offers, people

# Well before a lease ends (`journey.digest.LEASE`), also when the database refuses one time.
HOLD_S = 60.0


async def work(desk: Desk, digest: Digest, *, hold_s: float = HOLD_S) -> None:
    """Do one claimed digest: compose it and store it, ready to be sent. A model takes a minute or
    more; every `hold_s` it is noted that somebody still composes."""
    person = await people.find(desk.db, digest.person_id)
    assert person is not None, "a digest belongs to a person"

    async def hold() -> None:
        await journey.hold(desk.db, digest, now=desk.clock.now())

    async with held(hold, every_s=hold_s):
        await journey.compose(
            desk.db,
            desk.writers,
            desk.interviewer,
            digest,
            person,
            forms=desk.forms,
            now=desk.clock.now(),
        )


async def letter(
    desk: Desk, person: Person, digest_id: int, sent_at: datetime | None = None
) -> Letter | None:
    """A stored digest as it is by now; `sent_at` is the moment it goes out, None when it did."""
    say = wording(person.language)
    tonight = await offers.show(desk.db, person.id, digest_id)
    if tonight:
        eye = Eye(person, desk.clock.now(), desk.forms)
        at = sent_at or tonight.sent_at or tonight.digest.claimed_at
        since = await evenings.since(desk.db, tonight.digest, person)
        return layout.digest(say, tonight, eye, sent_at=at, since=since)
    if await journey.find(desk.db, person_id=person.id, digest_id=digest_id):
        return Letter(say.gettext("Nothing new since the last digest."))
    return None


async def named(
    desk: Desk, person: Person, digest_id: int
) -> tuple[str, InlineKeyboardButton] | None:
    """What a digest is called, and a button that shows it."""
    digest = await journey.find(desk.db, person_id=person.id, digest_id=digest_id)
    if digest is None:
        return None
    say = wording(person.language)
    return layout.heading(say, digest, person), layout.show_button(say, digest)


async def show(visit: Visit, press: Press) -> str | None:
    """A digest once more, because the person asks for it."""
    shown = await letter(visit.desk, visit.person, press.id)
    if shown is None:
        return gone(visit.say)

    async def look() -> View:
        return View(shown, Evening(press.id))

    await inplace.send(visit, look)
    return None
