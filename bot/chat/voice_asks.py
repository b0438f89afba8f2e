"""What /voice asks for, and what is done with the answer: a sample, a rule, words, topics."""

from collections.abc import Sequence

from bot.chat import delivery
from bot.chat.buttons import MadeUp, Press
from bot.chat.desk import Visit
from bot.chat.layout import voice as layout
from bot.chat.layout import voice_samples as lists
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.chat.layout.voice_rules import listed, told
from bot.chat.signs import KEPT
from bot.domain import bans
from bot.domain.voice import MANNERS, MEASURES, TONGUES, Held, Manner, Setting, Tongue, key
from bot.domain.words import is_blank
from bot.journey import voice as journey
from bot.journey import voice_changes
from bot.journey.voice import Voice


async def ask(visit: Visit, press: Press) -> str | None:
    """Open the keyboard for words of the person's."""
    which, *name = press.ids
    if which >= len(layout.ASKS):
        raise MadeUp
    what, manner = layout.ASKS[which], manner_named(name[0])
    if what != "change":
        await prompt(visit, what, manner)
        return None
    held = await rule_named(visit, name)
    if held is None:
        return gone(visit.say)
    asks = f"change:{manner}:{held.measure}:{held.setting.id if held.setting else 0}"
    await prompt(visit, what, manner, asks=asks, current=told(visit.say, held))
    return None


async def answered(visit: Visit) -> bool:
    """Whether the message answers what was asked about the voice; then it is no fragment."""
    message, text = visit.message, visit.message.text or ""
    if visit.replied_to is None or is_blank(text) or message.forward_origin:
        return False
    asks = await voice_changes.asked_by(visit.desk.db, visit.person.id, visit.replied_to)
    if asks is None:
        return False
    await take(visit, asks, text)
    return True


async def take(visit: Visit, asks: str, text: str) -> None:
    """Store what the person answered to this, and say so."""
    what, _, about = asks.partition(":")
    if what == "sample":
        await _add_sample(visit, Manner(about), text)
    elif what in ("word", "topic"):
        await _ban(visit, text, topic=what == "topic")
    else:
        await _set_rule(visit, about, text)
    await delivery.react(visit.bot, visit.message, KEPT)


async def _add_sample(visit: Visit, manner: Manner, text: str) -> None:
    db, person_id, now = visit.desk.db, visit.person.id, visit.desk.clock.now()
    sample_id = await voice_changes.add_sample(db, person_id, manner, text, now=now)
    await delivery.send(visit.bot, person_id, lists.added(visit.say, sample_id, manner))


async def _ban(visit: Visit, answer: str, *, topic: bool) -> None:
    db, person_id, say = visit.desk.db, visit.person.id, visit.say
    words = bans.listed(answer, topics=topic)
    if not words:
        letter = Letter(say.gettext("There is no word in this. For example: /voice ban honestly"))
        await delivery.send(visit.bot, person_id, letter)
        return
    await voice_changes.ban(db, person_id, words, topic=topic, now=visit.desk.clock.now())
    if topic:
        text = say.gettext("No draft will speak of {words}.")
    else:
        text = say.gettext("No draft will say {words}.")
    letter = Letter(text.format(words=listed(say, words))).under([layout.words_button(say)])
    await delivery.send(visit.bot, person_id, letter)


async def _set_rule(visit: Visit, about: str, text: str) -> None:
    """`about`: the manner, and of one to be changed its measure and row."""
    which, measure, row = (*about.split(":"), "", "0")[:3]
    setting = Setting(Manner(which), measure, text, id=int(row))
    db, person_id = visit.desk.db, visit.person.id
    await voice_changes.set_rule(db, person_id, setting, now=visit.desk.clock.now())
    tongue = next((one for one in TONGUES if measure.startswith(f"{one}.")), None)
    found = await look(visit, only=(setting.manner, tongue) if tongue else None)
    tongue = tongue or found.main(setting.manner, visit.person.language)
    letter = layout.rules(visit.say, found, setting.manner, tongue)
    await delivery.send(visit.bot, person_id, letter)


async def prompt(
    visit: Visit, what: str, manner: Manner, *, asks: str = "", current: str = ""
) -> None:
    """Open the keyboard for this, and know the answer by the message it answers."""
    db, person_id = visit.desk.db, visit.person.id
    asks = asks or (what if what in ("word", "topic") else f"{what}:{manner}")
    letter = lists.prompt(visit.say, what, manner, current)
    sent = await delivery.send(visit.bot, person_id, letter)
    await voice_changes.asked_in(db, person_id, sent.message_id, asks)


async def look(visit: Visit, *, only: tuple[Manner, Tongue] | None = None) -> Voice:
    """How the person sounds now."""
    return await journey.look(visit.desk.db, visit.person, forms=visit.desk.forms, only=only)


async def rule_named(visit: Visit, name: Sequence[int]) -> Held | None:
    """The rule that a button calls so, None when it is gone. Raises MadeUp."""
    pair = manner_named(name[0]), tongue_named(name[1])
    return find(await look(visit, only=pair), name)


def find(voice: Voice, name: Sequence[int]) -> Held | None:
    """The rule that a button calls so. Raises MadeUp."""
    manner, tongue, place, row = manner_named(name[0]), tongue_named(name[1]), name[2], name[3]
    if place > len(MEASURES):
        raise MadeUp
    wanted = key(tongue, MEASURES[place - 1]) if place else ""
    for one in voice.rules(manner, tongue):
        if one.measure == wanted and (wanted or (one.setting and one.setting.id == row)):
            return one
    return None


def manner_named(which: int) -> Manner:
    """The manner that a button counts so. Raises MadeUp."""
    if which >= len(MANNERS):
        raise MadeUp
    return MANNERS[which]


def tongue_named(which: int) -> Tongue:
    """The tongue that a button counts so. Raises MadeUp."""
    if which >= len(TONGUES):
        raise MadeUp
    return TONGUES[which]
