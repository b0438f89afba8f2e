"""When the digest comes, in words."""

from collections.abc import Mapping
from datetime import date, datetime, time

from babel.dates import format_timedelta, get_timezone_location

from bot.chat.layout import days
from bot.chat.layout.letter import Letter
from bot.chat.wording import Wording
from bot.domain import evening
from bot.domain.evening import Outlook, Tonight
from bot.domain.evening_wishes import USUAL_HOUR, Over, TooFar, Unclear
from bot.domain.forms import SHORT, Form
from bot.domain.records import Language, Person


def in_words(
    say: Wording,
    person: Person,
    outlook: Outlook,
    now: datetime,
    form: str,
    *,
    hour_before: time | None = None,
    skipped: bool = False,
) -> str:
    """When the digest comes, so that nobody has to wonder: "every day at 21:00 (Taipei)", when the
    next one does, and what becomes of tonight's; `form` is what its drafts are called."""
    if person.digest_at is None or outlook.next_at is None:
        off = say.gettext("No evening digest. /digest {hour} brings it back.")
        lines = [off.format(hour=clock(hour_before or USUAL_HOUR))]
    else:
        lines = [_schedule(say, person, now), _next(say, person, outlook.next_at, now)]
        if person.digest_form != SHORT:
            lines.append(say.gettext("Its drafts: {form}.").format(form=form))
    if skipped:
        over = say.gettext("The evening that was to come is over there: it is in the next one.")
        lines.append(over)
    if outlook.last_at:
        ago = format_timedelta(
            outlook.last_at - now, threshold=1.5, add_direction=True, locale=say.locale
        )
        rests = say.gettext(
            "The last one came {ago}, so none comes sooner: what you say is kept for it."
        )
        lines.append(rests.format(ago=ago))
    if told := _tonight(say, person, outlook.tonight, now):
        lines.append(told)
    return "\n".join(lines)


def place(say: Wording, name: str) -> str:
    """A time zone by the place it is named after."""
    return get_timezone_location(name, locale=say.locale, return_city=True)


def told_since(say: Wording, since: date, today: date) -> str:
    """That a digest holds more than its own day."""
    told = say.gettext("All that came since {day}.")
    return told.format(day=days.long(say, since, today))


def clock(at: time) -> str:
    """An hour of the day."""
    return f"{at:%H:%M}"


def form_name(say: Wording, form: str, built_in: Mapping[str, Form]) -> str:
    """What a form is called."""
    return built_in[form].label.get(say.language, form) if form in built_in else form


def refused(say: Wording, wish: Over | TooFar | Unclear, words: str, today: date) -> Letter:
    """What was understood of words that ask for nothing we can do, and what can be asked for."""
    match wish:
        case Over(day) if day == today:
            said = say.gettext("A pause until today is none. Nothing was changed.")
        case Over(day):
            over = say.gettext("{day} is over. Nothing was changed.")
            said = over.format(day=days.long(say, day, today))
        case TooFar(day):
            far = say.gettext(
                "{day} is more than a year away. Nothing was changed; "
                "/digest off stops it for as long as you like."
            )
            said = far.format(day=days.long(say, day, today))
        case Unclear(rest, understood) if understood:
            part = say.gettext("I understood “{part}”, but not “{rest}”. Nothing was changed.")
            said = part.format(part=understood, rest=rest)
        case Unclear():
            none = say.gettext("I do not understand “{words}”. Nothing was changed.")
            said = none.format(words=words)
    examples = say.gettext(
        "For example: /digest 21:00 · /digest 20:30 weekdays · /digest every day · "
        "/digest pause until Monday · /digest pause 3 days · /digest resume · "
        "/digest form newsletter · /digest week · /digest now · /digest off"
    )
    return Letter(f"{said}\n{examples}")


def too_soon(say: Wording, person: Person, day: date, now: datetime) -> Letter:
    """That an evening cannot be left out while one before it is still to come."""
    today = evening.local_date(now, person)
    said = say.gettext(
        "This evening's is still to come, so I cannot leave out {day} yet. Nothing was changed; "
        "say it again once it is here."
    )
    return Letter(said.format(day=days.long(say, day, today)))


def no_form(say: Wording, name: str, forms: Mapping[str, Form]) -> Letter:
    """That there is no form of this name, and which there are."""
    said = say.gettext("There is no form “{name}”. Nothing was changed. There are: {forms}.")
    known = " · ".join(form_name(say, one, forms) for one in forms)
    return Letter(said.format(name=name, forms=known))


def _schedule(say: Wording, person: Person, now: datetime) -> str:
    assert person.digest_at is not None
    often = (
        say.gettext("Monday to Friday at {hour} ({zone})")
        if person.weekdays_only
        else say.gettext("every day at {hour} ({zone})")
    )
    when = often.format(hour=clock(person.digest_at), zone=place(say, person.timezone))
    today = evening.local_date(now, person)
    if person.paused_until is None or person.paused_until <= today:
        return say.gettext("Evening digest: {when}.").format(when=when)
    paused = say.gettext(
        "Evening digest: paused until {day}, then {when}. What you say meanwhile is kept for it; "
        "/digest resume ends the pause."
    )
    return paused.format(day=days.long(say, person.paused_until, today), when=when)


def _next(say: Wording, person: Person, next_at: datetime, now: datetime) -> str:
    local, today = next_at.astimezone(person.zone), now.astimezone(person.zone).date()
    ahead = (local.date() - today).days
    day = say.gettext("on {day}").format(day=days.long(say, local.date(), today))
    if not evening.small_hours(now, person):
        day = {0: say.gettext("today"), 1: say.gettext("tomorrow")}.get(ahead, day)
    elif ahead < 6:  # the day that has not ended has a name in this week too
        named = say.gettext("on {weekday} at {hour}")
        day = named.format(weekday=days.weekday(say, local), hour=clock(local.time()))
    told = say.gettext("The next one comes {day}, in {wait}.").format(
        day=day,
        wait=format_timedelta(next_at - now, threshold=1.5, locale=say.locale),
    )
    if local.time() != person.digest_at:
        shift = say.gettext("Clocks change that night, so it comes at {hour}.")
        told += " " * (say.language is Language.EN) + shift.format(hour=clock(local.time()))
    return told


def _tonight(say: Wording, person: Person, tonight: Tonight, now: datetime) -> str | None:
    """What becomes of this evening's, which past midnight is called by its weekday."""
    told = _of_tonight(say, person, tonight)
    if told is None:
        return None
    day, hour = evening.local_date(now, person), person.digest_at
    names = say.gettext("tonight"), say.gettext("tomorrow night")
    if evening.small_hours(now, person):
        names = days.weekday(say, day), days.weekday(say, day + evening.A_DAY)
    worded = told.format(hour=clock(hour) if hour else "", evening=names[0], next=names[1])
    return worded[0].upper() + worded[1:]


def _of_tonight(say: Wording, person: Person, tonight: Tonight) -> str | None:
    match tonight:
        case Tonight.DUE:
            return say.gettext("{hour} has passed already: {evening}'s comes now.")
        case Tonight.WRITING:
            return say.gettext("{evening}'s is on its way.")
        case Tonight.CAME:
            return say.gettext("{evening}'s has come already.")
        case Tonight.CAME_BOTH:
            return say.gettext("{evening}'s has come already, and so has {next}'s.")
        case Tonight.SILENT:
            return say.gettext("{evening}'s hour is over, and there was nothing to say.")
        case Tonight.PAST:
            return say.gettext(
                "{hour} is past, so {evening} has none: what you said comes with the "
                "next one; /digest now brings it at once."
            )
        case Tonight.UNWANTED if person.weekdays_only:
            return say.gettext("{evening} has none: what you say is kept for the next one.")
    return None
