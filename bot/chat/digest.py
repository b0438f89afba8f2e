"""/digest, and the evening message itself."""

import re
from datetime import datetime, time

from telegram import InlineKeyboardButton

from bot.chat import delivery, week
from bot.chat.buttons import Press
from bot.chat.desk import Desk, Visit
from bot.chat.layout import digest as layout
from bot.chat.layout.greetings import evening_in_words
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.wording import wording
from bot.domain.digests import Digest
from bot.domain.records import Person
from bot.journey import digest as journey
from bot.journey import people


async def command(visit: Visit, words: str) -> None:
    """/digest 21:00, now, week or off; alone it says when the next one comes."""
    wish = words.strip().lower()
    if wish == "now":
        await _now(visit)
    elif wish == "week":
        await week.command(visit)
    elif wish == "off":
        await _at(visit, None)
    elif wish and (hour := read_hour(wish)) is None:
        usage = visit.say.gettext(
            "“{wish}” is no hour. Nothing was changed. "
            "Try /digest 21:00, /digest now or /digest off."
        )
        await delivery.send(visit.bot, visit.person.id, Letter(usage.format(wish=words.strip())))
    elif wish:
        await _at(visit, hour)
    else:
        await _tell(visit)


def read_hour(text: str) -> time | None:
    """A time of day as people type it ("21:00", "21：00", "9.30", "21點", "21"), or None."""
    match = re.fullmatch(r"(\d{1,2})(?:[:.：点點时時h](\d{2})?分?)?", text)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


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
    return layout.digest(say, digest, digest.body, person, sent_at=sent_at)


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


async def _now(visit: Visit) -> None:
    await journey.ask_now(
        visit.desk.db,
        person_id=visit.person.id,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )


async def _at(visit: Visit, hour: time | None) -> None:
    person = await people.choose_digest(
        visit.desk.db, visit.person.id, hour, now=visit.desk.clock.now()
    )
    assert person is not None, "a visit belongs to a person"
    await _tell(visit)


async def _tell(visit: Visit) -> None:
    now = visit.desk.clock.now()
    person = await people.find(visit.desk.db, visit.person.id) or visit.person
    next_at = await people.next_digest_at(visit.desk.db, person, now=now)
    text = evening_in_words(visit.say, person, next_at, now)
    await delivery.send(visit.bot, visit.person.id, Letter(text))
