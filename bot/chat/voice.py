"""/voice: the profile as rules that can be changed, its samples, words and topics."""

from collections.abc import Sequence

from bot.chat import delivery, inplace
from bot.chat.buttons import Press, VoiceView
from bot.chat.desk import Visit
from bot.chat.inplace import View
from bot.chat.layout import voice as layout
from bot.chat.layout import voice_samples as lists
from bot.chat.layout.notices import gone
from bot.chat.voice_asks import look, manner_named, prompt, rule_named, take, tongue_named
from bot.domain.script import fold
from bot.domain.voice import Held, Manner, Said, Setting
from bot.domain.words import is_blank
from bot.journey import voice as journey
from bot.journey import voice_changes, voice_lessons

_WORDS = {
    "add": ("add", "加", "新增", "添加"),
    "word": ("ban", "never", "禁", "禁用", "不說", "不说", "不用"),
    "topic": ("avoid", "避開", "避开", "避談", "避谈"),
}
_SUBCOMMANDS = {word: what for what, words in _WORDS.items() for word in words}


async def command(visit: Visit, words: str) -> None:
    """How the person sounds; or a sample, words or topics to be added."""
    first, _, rest = words.strip().partition(" ")
    what = _SUBCOMMANDS.get(fold(first)) or _SUBCOMMANDS.get(first)
    if what is None:
        await inplace.send(visit, lambda: _overview(visit))
    elif is_blank(rest):
        await prompt(visit, "sample" if what == "add" else what, Manner.WRITTEN)
    elif what == "add":
        await take(visit, f"sample:{Manner.WRITTEN}", rest)
    else:
        await take(visit, what, rest)


async def show(visit: Visit, press: Press) -> str | None:
    """One of the pages, in place."""
    which, first, second = press.ids
    if which == VoiceView.RULES:
        manner, tongue = manner_named(first), tongue_named(second)

        async def rules() -> View:
            found = await look(visit, only=(manner, tongue))
            return View(layout.rules(visit.say, found, manner, tongue))

        inplace.draw_later(visit, rules)
    elif which == VoiceView.SAMPLES:
        inplace.draw_later(visit, lambda: _samples(visit, first))
    elif which == VoiceView.BANS:
        inplace.draw_later(visit, lambda: _bans(visit))
    else:
        inplace.draw_later(visit, lambda: _overview(visit))
    return None


async def rule(visit: Visit, press: Press) -> str | None:
    """One rule, with what it rests on."""
    name = press.ids
    if await rule_named(visit, name) is None:
        return gone(visit.say)
    inplace.draw_later(visit, lambda: _rule(visit, name))
    return None


async def set_rule(visit: Visit, press: Press) -> str:
    """Off, on, or as it was before the person changed it."""
    *name, what = press.ids
    held = await rule_named(visit, name)
    if held is None or what > 2:
        return gone(visit.say)
    db, person_id, say = visit.desk.db, visit.person.id, visit.say
    if what == 2 and held.setting:
        await voice_changes.drop_rule(db, person_id, held.setting.id)
        inplace.draw_later(visit, lambda: _rules_after(visit, held))
        return say.gettext("As measured") if held.rule else say.gettext("Removed")
    row = held.setting.id if held.setting else 0
    setting = Setting(held.manner, held.measure, held.text, what == 0, row)
    await voice_changes.set_rule(db, person_id, setting, now=visit.desk.clock.now())
    inplace.draw_later(visit, lambda: _rule(visit, name))
    return say.gettext("Off") if what == 0 else say.gettext("On")


async def count(visit: Visit, press: Press) -> str:
    """Leave a text out, or let it count again."""
    kind, id, page, counts = press.ids
    everything = await journey.everything(visit.desk.db, visit.person, forms=visit.desk.forms)
    said = next((one for one in everything if id and _id(one, kind) == id), None)
    if said is None or counts > 1:
        return gone(visit.say)
    await voice_changes.set_counts(
        visit.desk.db, visit.person.id, said, counts=bool(counts), now=visit.desk.clock.now()
    )
    inplace.draw_later(visit, lambda: _samples(visit, page))
    return visit.say.gettext("It counts again") if counts else visit.say.gettext("Left out")


async def manner(visit: Visit, press: Press) -> str:
    """A sample was spoken after all, or written."""
    sample_id, which = press.ids
    chosen = manner_named(which)
    await voice_changes.set_manner(visit.desk.db, visit.person.id, sample_id, chosen)

    async def look() -> View:
        return View(lists.added(visit.say, sample_id, chosen))

    inplace.draw_later(visit, look)
    return lists.manner_in_words(visit.say, chosen)


async def lift(visit: Visit, press: Press) -> str:
    """A word or topic is allowed again."""
    word = await voice_changes.lift(visit.desk.db, visit.person.id, press.id)
    inplace.draw_later(visit, lambda: _bans(visit))
    if word is None:
        return gone(visit.say)
    return visit.say.gettext("“{word}” is allowed again").format(word=word)


async def propose(visit: Visit) -> None:
    """Ask about what the person's edits suggest, if anything new; call it once a final text was
    kept."""
    db, now = visit.desk.db, visit.desk.clock.now()
    asked = await voice_lessons.find(db, visit.person, forms=visit.desk.forms, now=now)
    if asked:
        await delivery.send(visit.bot, visit.person.id, layout.ask_about(visit.say, asked))


async def learn(visit: Visit, press: Press) -> str:
    """The answer to that."""
    asked_id, yes = press.ids
    db, person_id = visit.desk.db, visit.person.id
    asked = await voice_lessons.asked(db, person_id, asked_id)
    if asked is None:
        return gone(visit.say)
    rule = layout.lesson_rule(visit.say, asked.word)
    await voice_lessons.answer(
        db, person_id, asked_id, yes=bool(yes), rule=rule, now=visit.desk.clock.now()
    )
    inplace.draw_later(visit, lambda: _overview(visit))
    if not yes:
        return visit.say.gettext("I will not ask again")
    return visit.say.gettext("Noted")


async def _overview(visit: Visit) -> View:
    db, now = visit.desk.db, visit.desk.clock.now()
    asked = await voice_lessons.find(db, visit.person, forms=visit.desk.forms, now=now)
    return View(layout.overview(visit.say, await look(visit), asked))


async def _samples(visit: Visit, page: int) -> View:
    found = await journey.everything(visit.desk.db, visit.person, forms=visit.desk.forms)
    return View(lists.samples(visit.say, found, page))


async def _bans(visit: Visit) -> View:
    return View(lists.bans(visit.say, await journey.bans(visit.desk.db, visit.person.id)))


async def _rule(visit: Visit, name: Sequence[int]) -> View | None:
    held = await rule_named(visit, name)
    return View(layout.rule(visit.say, held)) if held else None


async def _rules_after(visit: Visit, held: Held) -> View:
    found = await look(visit, only=(held.manner, held.tongue))
    return View(layout.rules(visit.say, found, held.manner, held.tongue))


def _id(said: Said, kind: int) -> int | None:
    """Its id, if it is of this kind."""
    return {0: said.n, 1: said.sample, 2: said.version}.get(kind)
