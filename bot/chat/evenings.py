"""/digest: when the evening digest comes, and in which form."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date

from telegram import InlineKeyboardButton

from bot.chat import delivery, inplace, week
from bot.chat.buttons import (
    FORMS,
    Action,
    MadeUp,
    Press,
    WhenPlace,
    WhenView,
    button,
)
from bot.chat.desk import Visit
from bot.chat.inplace import View
from bot.chat.layout import evening_choices as choices
from bot.chat.layout import evenings as layout
from bot.chat.layout import greetings
from bot.chat.layout.letter import Letter
from bot.chat.layout.notices import gone
from bot.domain import evening, evening_wishes, form_names
from bot.domain.evening import Tonight
from bot.domain.evening_wishes import (
    InForm,
    Now,
    Off,
    Over,
    Pause,
    Skip,
    Tell,
    TooFar,
    Unclear,
    Week,
    When,
)
from bot.domain.records import Person
from bot.journey import digest as journey
from bot.journey import own_forms, people, voice
from bot.journey.people import Moved

Undo = InlineKeyboardButton


async def command(visit: Visit, words: str) -> None:
    """/digest 21:00, weekdays, pause until Monday, form newsletter, now, week, off; alone it says
    when the next one comes."""
    today = _today(visit)
    match evening_wishes.read(words, today):
        case Tell():
            await delivery.send(visit.bot, visit.person.id, await page(visit, WhenPlace.DIGEST))
        case Now():
            await _now(visit)
        case Week():
            await week.command(visit)
        case InForm(name):
            await _in_form(visit, name)
        case Over() | TooFar() | Unclear() as wish:
            letter = layout.refused(visit.say, wish, words.strip(), today)
            await delivery.send(visit.bot, visit.person.id, letter)
        case Skip(day):
            await _skip(visit, day)
        case wish:
            now = visit.desk.clock.now()
            moved = await people.wish(visit.desk.db, visit.person.id, wish, now=now)
            await _confirm(visit, moved, wish if isinstance(wish, When) else None)


async def in_words(visit: Visit, moved: Moved | None = None) -> str:
    """When the digest comes to the person as they are by now, or since they `moved` it."""
    db, now, say = visit.desk.db, visit.desk.clock.now(), visit.say
    person = moved.after if moved else await _person(visit)
    return layout.in_words(
        say,
        person,
        moved.outlook if moved else await people.outlook(db, person, now=now),
        now,
        layout.form_name(say, person.digest_form, visit.desk.forms),
        hour_before=await people.hour_before(db, person.id),
        skipped=moved is not None and moved.skipped,
    )


async def page(visit: Visit, at: WhenPlace, undo: Undo | None = None) -> Letter:
    """When the digest comes, and buttons to change it; the whole of /settings where they stand
    there."""
    person = await _person(visit)
    name = layout.form_name(visit.say, person.digest_form, visit.desk.forms)
    rows = choices.rows(visit.say, person, _today(visit), name, at)
    rows += [[undo]] if undo else []
    text = await in_words(visit)
    if at is not WhenPlace.SETTINGS:
        return Letter(text).under(*rows)
    bans = await voice.bans(visit.desk.db, visit.person.id)
    return greetings.settings(visit.say, text, bans, rows)


async def view(visit: Visit, press: Press) -> None:
    """Every hour there is, every form, or back to the choices."""
    which, place = press.ids
    at = choices.read_place(place)
    if which == WhenView.ALL:
        return _draw(visit, lambda: page(visit, at))
    if which not in list(WhenView):
        raise MadeUp

    async def look() -> Letter:
        person, say = await _person(visit), visit.say
        if which == WhenView.HOURS:
            rows = choices.hours(say, person.digest_at, at)
        else:
            own = await _own(visit)
            rows = choices.forms(say, person.digest_form, visit.desk.forms, own, at)
        return Letter(await in_words(visit)).under(*rows)

    return _draw(visit, look)


async def hour(visit: Visit, press: Press) -> None:
    """A tapped hour, or none."""
    minute, place = press.ids
    at = choices.read_hour(minute)
    await _tapped(visit, place, When(at) if at else Off())


async def days(visit: Visit, press: Press) -> None:
    """Every day, or from Monday to Friday."""
    only, place = press.ids
    await _tapped(visit, place, When(weekdays_only=bool(only)))


async def pause(visit: Visit, press: Press) -> str | None:
    """None until a day, or the end of that."""
    ordinal, place = press.ids
    until = choices.read_day(ordinal)
    if until and until <= _today(visit):
        return gone(visit.say)
    await _tapped(visit, place, Pause(until))
    return None


async def form(visit: Visit, press: Press) -> str | None:
    """The form of the digest's drafts."""
    number, place = press.ids
    choices.read_place(place)  # a made-up one changes nothing
    name = choices.read_form(number, await _own(visit))
    if name is None:
        return gone(visit.say)
    now = visit.desk.clock.now()
    moved = await people.choose_form(visit.desk.db, visit.person.id, name, now=now)
    await _redraw(visit, place, moved)
    return None


async def undo(visit: Visit, press: Press) -> str:
    """↩︎: the digest comes as before, told in the message that was pressed."""
    minute, only, ordinal, number, began, place = press.ids
    at = choices.read_place(place)
    earlier = replace(
        visit.person,
        digest_at=choices.read_hour(minute),
        weekdays_only=bool(only),
        paused_until=choices.read_day(ordinal),
        digest_from=choices.read_moment(began),
        digest_form=choices.read_form(number, await _own(visit)) or FORMS[0],
    )
    moved = await people.restore(visit.desk.db, earlier, now=visit.desk.clock.now())

    async def look() -> Letter:
        told = at is WhenPlace.TOLD
        return Letter(await in_words(visit, moved)) if told else await page(visit, at)

    _draw(visit, look)
    return visit.say.gettext("As before.")


async def told(visit: Visit, moved: Moved | None, back: Undo | None = None) -> None:
    """Confirm in words what was changed."""
    letter = Letter(await in_words(visit, moved))
    await delivery.send(visit.bot, visit.person.id, letter.under([back]) if back else letter)


def zone_back(visit: Visit, moved: Moved) -> Undo | None:
    """Back into the time zone they came from, where that is one on offer."""
    if moved.before.timezone not in greetings.OFFERED_ZONES:
        return None
    return button(visit.say.gettext("↩︎ Undo"), Action.ZONE, moved.before.timezone)


async def _now(visit: Visit) -> None:
    await journey.ask_now(
        visit.desk.db,
        person_id=visit.person.id,
        request_id=visit.update.update_id,
        now=visit.desk.clock.now(),
    )


async def _in_form(visit: Visit, name: str) -> None:
    known = await own_forms.of(visit.desk.db, visit.person.id, visit.desk.forms)
    found, rest = form_names.read(f"{name}:", known.values())
    if found is None or rest:
        letter = layout.no_form(visit.say, name, known)
        await delivery.send(visit.bot, visit.person.id, letter)
        return
    now = visit.desk.clock.now()
    moved = await people.choose_form(visit.desk.db, visit.person.id, found.id, now=now)
    await _confirm(visit, moved)


async def _skip(visit: Visit, day: date) -> None:
    """None on one evening. Tomorrow's only once tonight's is not to come any more: what is stored
    is a pause, and that would take tonight's with it."""
    db, person, now = visit.desk.db, await _person(visit), visit.desk.clock.now()
    tonight = (await people.outlook(db, person, now=now)).tonight
    if day > _today(visit) and tonight in {Tonight.COMES, Tonight.DUE}:
        letter = layout.too_soon(visit.say, person, day, now)
        await delivery.send(visit.bot, person.id, letter)
        return
    over = tonight not in {Tonight.COMES, Tonight.DUE, Tonight.WRITING}
    if day == _today(visit) and over and evening.small_hours(now, person):
        day += evening.A_DAY  # "not tonight" at one in the morning: that of the day that began
    wish = evening_wishes.skipping(day)
    if person.paused_until and wish.until and person.paused_until > wish.until:
        wish = Pause(person.paused_until)
    await _confirm(visit, await people.wish(db, person.id, wish, now=now))


async def _confirm(visit: Visit, moved: Moved | None, wish: When | None = None) -> None:
    """What was changed, with the way back; and the morning, where "at 8" was taken for 20:00."""
    assert moved is not None, "a visit belongs to a person"
    row = [choices.undo(visit.say, moved.before, await _own(visit), WhenPlace.TOLD)]
    if wish and wish.taken and wish.at:
        row.append(choices.morning(wish.at))
    letter = Letter(await in_words(visit, moved))
    await delivery.send(visit.bot, visit.person.id, letter.under(row))


async def _tapped(visit: Visit, place: int, wish: Off | When | Pause) -> None:
    choices.read_place(place)  # a made-up one changes nothing
    now = visit.desk.clock.now()
    await _redraw(visit, place, await people.wish(visit.desk.db, visit.person.id, wish, now=now))


async def _redraw(visit: Visit, place: int, moved: Moved | None) -> None:
    assert moved is not None, "a visit belongs to a person"
    at = choices.read_place(place)
    if at is WhenPlace.ASKED:
        await _confirm(visit, moved)
        return
    back = choices.undo(visit.say, moved.before, await _own(visit), at)
    _draw(visit, lambda: page(visit, at, back))


def _draw(visit: Visit, look: Callable[[], Awaitable[Letter]]) -> None:
    async def seen() -> View:
        return View(await look())

    inplace.draw_later(visit, seen)


async def _own(visit: Visit) -> Mapping[int, str]:
    own = await own_forms.own(visit.desk.db, visit.person.id)
    return {id: one.id for id, one in own.items()}


async def _person(visit: Visit) -> Person:
    return await people.find(visit.desk.db, visit.person.id) or visit.person


def _today(visit: Visit) -> date:
    return evening.local_date(visit.desk.clock.now(), visit.person)
