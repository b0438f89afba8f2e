"""When the digest comes, as buttons: how they are called, what they carry, how that is read."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from telegram import InlineKeyboardButton

from bot.chat.buttons import (
    FORMS,
    NO_HOUR,
    OWN_FORMS,
    Action,
    MadeUp,
    WhenPlace,
    WhenView,
    button,
)
from bot.chat.layout.evenings import clock, form_name
from bot.chat.wording import Wording
from bot.domain.forms import SHORT, Form
from bot.domain.records import Person

USUAL_HOURS = (time(19), time(20), time(21), time(22))
A_WEEK = timedelta(days=7)
LAST_DAY = date(9000, 1, 1)  # beyond, a calendar may end before the next evening

Rows = list[list[InlineKeyboardButton]]


def rows(say: Wording, person: Person, today: date, form: str, at: WhenPlace) -> Rows:
    """The hours, the days, a pause and the form to choose from; what holds now has a ✓."""
    chosen, only = person.digest_at, person.weekdays_only
    shown = sorted({*USUAL_HOURS, chosen} if chosen else USUAL_HOURS)
    more = button("…", Action.WHEN, WhenView.HOURS, at)
    paused = person.paused_until is not None and person.paused_until > today
    until = 0 if paused else (today + A_WEEK).toordinal()
    pause = say.gettext("Resume") if paused else say.gettext("Pause a week")
    off = _ticked(say.gettext("No digest"), chosen is None)
    named = say.gettext("Form: {form} …").format(form=form)
    return [
        [*(_hour(one, chosen, at) for one in shown), more],
        [
            button(
                _ticked(say.gettext("Every day"), chosen is not None and not only),
                Action.WHEN_DAYS, 0, at,
            ),
            button(
                _ticked(say.gettext("Monday to Friday"), chosen is not None and only),
                Action.WHEN_DAYS, 1, at,
            ),
        ],
        [
            *([button(pause, Action.WHEN_PAUSE, until, at)] if chosen else []),
            button(off, Action.WHEN_HOUR, NO_HOUR, at),
        ],
        [button(named, Action.WHEN, WhenView.FORMS, at)],
    ]  # fmt: skip


def hours(say: Wording, chosen: time | None, at: WhenPlace) -> Rows:
    """Every full hour, from the morning on."""
    buttons = [_hour(time(hour % 24), chosen, at) for hour in range(5, 29)]
    return [*(buttons[n : n + 4] for n in range(0, 24, 4)), [_back(say, at)]]


def forms(
    say: Wording,
    chosen: str,
    built_in: Mapping[str, Form],
    own: Mapping[int, str],
    at: WhenPlace,
) -> Rows:
    """Every form the digest's drafts can have."""
    known = [one for one in FORMS if one in built_in]
    buttons = [
        button(_ticked(form_name(say, one, built_in), one == chosen), Action.WHEN_FORM, n, at)
        for n, one in [(FORMS.index(one), one) for one in known]
        + [(OWN_FORMS + id, name) for id, name in own.items()]
    ]
    return [*(buttons[n : n + 2] for n in range(0, len(buttons), 2)), [_back(say, at)]]


def undo(
    say: Wording, before: Person, forms: Mapping[int, str], at: WhenPlace
) -> InlineKeyboardButton:
    """Brings back how the digest came `before`; `forms` are the person's own by their rows."""
    return button(
        say.gettext("↩︎ Undo"),
        Action.WHEN_BACK,
        _minute(before.digest_at),
        int(before.weekdays_only),
        before.paused_until.toordinal() if before.paused_until else 0,
        _form_number(before.digest_form, forms),
        max(0, int(before.digest_from.timestamp())),
        at,
    )


def morning(at: time) -> InlineKeyboardButton:
    """The hour twelve before this one."""
    early = at.replace(hour=at.hour - 12)
    return button(clock(early), Action.WHEN_HOUR, _minute(early), WhenPlace.DIGEST)


def read_place(place: int) -> WhenPlace:
    """Which message the buttons stand in. Raises MadeUp."""
    try:
        return WhenPlace(place)
    except ValueError as exc:
        raise MadeUp from exc


def read_hour(minute: int) -> time | None:
    """The hour, None for none. Raises MadeUp."""
    if minute > NO_HOUR:
        raise MadeUp
    return None if minute == NO_HOUR else time(*divmod(minute, 60))


def read_day(ordinal: int) -> date | None:
    """The day until which there is a pause, None for none. Raises MadeUp."""
    if ordinal > LAST_DAY.toordinal():
        raise MadeUp
    return date.fromordinal(ordinal) if ordinal else None


def read_moment(second: int) -> datetime:
    """The moment from which evenings count. Raises MadeUp."""
    try:
        return datetime.fromtimestamp(second, UTC)
    except (ValueError, OverflowError, OSError) as exc:
        raise MadeUp from exc


def read_form(number: int, own: Mapping[int, str]) -> str | None:
    """The form, None when it is one of the person's `own` that is gone."""
    return FORMS[number] if number < len(FORMS) else own.get(number - OWN_FORMS)


def _form_number(form: str, own: Mapping[int, str]) -> int:
    """How a button names a form."""
    if form in FORMS:
        return FORMS.index(form)
    return next((OWN_FORMS + id for id, name in own.items() if name == form), FORMS.index(SHORT))


def _minute(at: time | None) -> int:
    """How a button names an hour."""
    return NO_HOUR if at is None else 60 * at.hour + at.minute


def _hour(at: time, chosen: time | None, place: WhenPlace) -> InlineKeyboardButton:
    # With a space the hour breaks off its tick where five stand in a row of a phone.
    label = clock(at)
    return button(f"✓{label}" if at == chosen else label, Action.WHEN_HOUR, _minute(at), place)


def _back(say: Wording, at: WhenPlace) -> InlineKeyboardButton:
    return button(say.gettext("‹ Back"), Action.WHEN, WhenView.ALL, at)


def _ticked(label: str, on: bool) -> str:
    return f"✓ {label}" if on else label
