"""/start, /help, /settings, /status, /find, and the answer to a command nobody knows."""

import difflib
from dataclasses import replace

from bot.chat import delivery, evenings
from bot.chat.buttons import MadeUp, Press, WhenPlace
from bot.chat.desk import Visit
from bot.chat.layout import greetings, lists
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import writer_in_words
from bot.chat.layout.taste import filmed, learned
from bot.chat.wording import wording
from bot.domain.records import Language
from bot.domain.words import is_blank
from bot.journey import find as finding
from bot.journey import hear, intake, outbox, people
from bot.journey import status as state


async def start(visit: Visit, _words: str) -> None:
    """Hello, with the one question that needs an answer: which time zone."""
    evening, now = await evenings.in_words(visit), visit.desk.clock.now()
    letter = greetings.hello(visit.say, visit.person, evening, now)
    await delivery.send(visit.bot, visit.person.id, letter)


async def help(visit: Visit, _words: str) -> None:
    """Three lines and an example."""
    await delivery.send(visit.bot, visit.person.id, greetings.help_text(visit.say))


async def settings(visit: Visit, _words: str) -> None:
    """What can be changed, as buttons."""
    letter = await evenings.page(visit, WhenPlace.SETTINGS)
    await delivery.send(visit.bot, visit.person.id, letter)


async def status(visit: Visit, _words: str) -> None:
    """What serves, what is due, what is stuck."""
    unheard = await state.unheard(visit.desk.db, person_id=visit.person.id)
    writer = writer_in_words(visit.say, visit.desk.writers[0].name)
    listener = visit.desk.listener()
    unsent, _ = await outbox.stuck(visit.desk.db, person_id=visit.person.id)
    letter = greetings.status(
        visit.say,
        await evenings.in_words(visit),
        greetings.serving(visit.say, writer, listener.name if listener else None),
        unheard,
        await hear.standing(visit.desk.db, visit.person),
        parked=await intake.parked(visit.desk.db),
        unsent=unsent,
        learned=await _learned(visit),
    )
    await delivery.send(visit.bot, visit.person.id, letter)


async def _learned(visit: Visit) -> str:
    db, language = visit.desk.db, visit.person.language
    keeps = await state.keeps(db, person_id=visit.person.id)
    films = await state.films(db, person_id=visit.person.id)
    labels = {one.id: one.label[language] for one in visit.desk.forms.values()}
    both = learned(visit.say, keeps, visit.desk.names(language)), filmed(visit.say, films, labels)
    return "\n".join(filter(None, both))


async def find(visit: Visit, words: str) -> None:
    """/find words: plain search among fragments; /find # lists the tags."""
    if words.strip() in ("#", "＃"):
        used = await finding.used_tags(visit.desk.db, person_id=visit.person.id)
        letter = lists.tags(visit.say, used)
    elif is_blank(words):
        letter = Letter(visit.say.gettext("What shall I look for? For example: /find metro"))
    else:
        found = await finding.find(visit.desk.db, person_id=visit.person.id, words=words)
        letter = lists.found(visit.say, words.strip(), found)
    await delivery.send(visit.bot, visit.person.id, letter)


async def unknown(visit: Visit, name: str, known: list[str]) -> None:
    """A command nobody knows: one line that names the nearest."""
    nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
    text = visit.say.gettext("/{name} is no command of mine. Did you mean /{nearest}?")
    letter = Letter(text.format(name=name, nearest=nearest))
    await delivery.send(visit.bot, visit.person.id, letter)


async def zone(visit: Visit, press: Press) -> str | None:
    """A tapped time zone, confirmed in words."""
    if press.word not in greetings.OFFERED_ZONES:
        raise MadeUp
    now = visit.desk.clock.now()
    moved = await people.choose_timezone(visit.desk.db, visit.person.id, press.word, now=now)
    assert moved is not None, "a visit belongs to a person"
    await evenings.told(visit, moved, evenings.zone_back(visit, moved))
    return None


async def more_zones(visit: Visit, _press: Press) -> str | None:
    """Every zone on offer."""
    letter = greetings.zones(visit.say, visit.desk.clock.now())
    await delivery.send(visit.bot, visit.person.id, letter)
    return None


async def language(visit: Visit, press: Press) -> str | None:
    """A tapped language; the answer is in it."""
    if press.word not in set(Language):
        raise MadeUp
    chosen = Language(press.word)
    person = await people.choose_language(visit.desk.db, visit.person.id, chosen)
    assert person is not None, "a visit belongs to a person"
    say = wording(chosen)
    await evenings.told(replace(visit, person=person, say=say), None)
    return say.gettext("From now on in English.")
