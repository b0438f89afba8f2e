"""/digest, and the evening message itself."""

import logging
import re
from datetime import time, timedelta

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.chat import delivery
from bot.chat.buttons import Press
from bot.chat.desk import Desk, Visit
from bot.chat.layout import digest as layout
from bot.chat.layout.greetings import evening_in_words
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.wording import wording
from bot.domain.records import Digest
from bot.journey import digest as journey
from bot.journey import people

log = logging.getLogger(__name__)
RETRY_AFTER = timedelta(minutes=1)


async def command(visit: Visit, words: str) -> None:
    """/digest 21:00, now or off; alone it says when the next one comes."""
    wish = words.strip().lower()
    if wish == "now":
        await _now(visit)
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


async def work(desk: Desk, bot: ExtBot[None], digest: Digest) -> None:
    """Do one claimed digest: compose it, store it, send it, each step survivable."""
    person = await people.find(desk.db, digest.person_id)
    assert person is not None, "a digest belongs to a person"
    body = await journey.compose(
        desk.db, desk.writers, desk.interviewer, digest, person, now=desk.clock.now()
    )
    say = wording(person.language)
    if body is None:
        if digest.evening is None:
            nothing = say.gettext("Nothing new since the last digest.")
            await delivery.send(bot, person.id, Letter(nothing))
        return
    if not await journey.begin_sending(desk.db, digest):
        return  # it took longer than its lease, and another worker has it now
    try:
        letter = layout.digest(say, digest, body, person, sent_at=desk.clock.now())
        sent = await delivery.send(bot, person.id, letter)
    except TelegramError as exc:
        await _not_sent(desk, digest, exc)
        return
    await journey.sent(desk.db, digest.id, message_id=sent.message_id, now=desk.clock.now())


async def offer(desk: Desk, bot: ExtBot[None], digest: Digest) -> None:
    """Say that a digest may not have arrived, with a button that shows it."""
    person = await people.find(desk.db, digest.person_id)
    assert person is not None, "a digest belongs to a person"
    say = wording(person.language)
    await delivery.send(bot, person.id, layout.offer(say, digest, person))


async def show(visit: Visit, press: Press) -> str | None:
    """A digest once more, because the person asks for it."""
    digest = await journey.find(visit.desk.db, person_id=visit.person.id, digest_id=press.id)
    if digest is None or digest.body is None:
        return gone(visit.say)
    letter = layout.digest(visit.say, digest, digest.body, visit.person, sent_at=digest.claimed_at)
    await delivery.send(visit.bot, visit.person.id, letter)
    return None


async def _not_sent(desk: Desk, digest: Digest, exc: TelegramError) -> None:
    """What Telegram certainly did not take is tried again; what it may have taken is not."""
    log.warning("a digest was not sent: %s", type(exc).__name__)
    if certainly_not_delivered(exc):
        now = desk.clock.now()
        # Soon at first, ever more patiently later: whoever blocked the bot may be back tomorrow.
        again_at = now + max(RETRY_AFTER, (now - digest.due_at) / 4)
        await journey.not_sent(desk.db, digest.id, again_at=again_at)


def certainly_not_delivered(exc: TelegramError) -> bool:
    """Whether Telegram answered with an error, or was never reached. An answer that did not come
    (a connection lost, a timeout while reading) may belong to a message that was delivered."""
    lost = exc.__cause__  # the HTTP client's error; there is none when Telegram itself answered
    never_reached = {"ConnectError", "ConnectTimeout", "PoolTimeout"}
    return lost is None or type(lost).__name__ in never_reached


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
