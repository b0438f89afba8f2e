"""The evening message itself."""

from datetime import datetime

from telegram import InlineKeyboardButton

from bot.chat import delivery
from bot.chat.buttons import Press
from bot.chat.desk import Desk, Visit
from bot.chat.layout import digest as layout
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.wording import wording
from bot.domain.digests import Digest
from bot.domain.records import Person
from bot.journey import digest as journey
from bot.journey import evenings, people


async def work(desk: Desk, digest: Digest) -> None:
    """Do one claimed digest: compose it and store it, ready to be sent."""
    person = await people.find(desk.db, digest.person_id)
    assert person is not None, "a digest belongs to a person"
    await journey.compose(
        desk.db,
        desk.writers,
        desk.interviewer,
        digest,
        person,
        forms=desk.forms,
        now=desk.clock.now(),
    )


async def letter(desk: Desk, person: Person, digest_id: int, sent_at: datetime) -> Letter | None:
    """A stored digest as it is sent at this moment."""
    digest = await journey.find(desk.db, person_id=person.id, digest_id=digest_id)
    if digest is None:
        return None
    say = wording(person.language)
    if digest.body is None:
        return Letter(say.gettext("Nothing new since the last digest."))
    since = await evenings.since(desk.db, digest, person)
    return layout.digest(say, digest, digest.body, person, sent_at=sent_at, since=since)


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
    digest = await journey.find(visit.desk.db, person_id=visit.person.id, digest_id=press.id)
    shown = await letter(visit.desk, visit.person, digest.id, digest.claimed_at) if digest else None
    if shown is None:
        return gone(visit.say)
    await delivery.send(visit.bot, visit.person.id, shown)
    return None
