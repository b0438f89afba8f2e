"""The one question about the digest itself, and how an answer to it is confirmed."""

from telegram import InlineKeyboardButton

from bot.chat.buttons import DIGEST_FORMS, NO_HOUR, Action, Habit, button
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import Wording
from bot.domain.forms import SHORT
from bot.domain.records import Person

HOURS = (-1, 1)
"""The hours on offer, from the present one."""

POST = "post"


def ask(say: Wording, composer: Composer, person: Person) -> list[list[InlineKeyboardButton]]:
    """Ask at the end of an evening message whether it should come otherwise; the buttons to say
    so."""
    composer.line().line(say.gettext("You left the last three evenings alone."), "bold")
    composer.line(say.gettext("Shall the digest come otherwise? I ask this only once."))
    first, second = [], []
    if person.digest_at:
        hours = [(number(person, Habit.HOUR) + 60 * one) % NO_HOUR for one in HOURS]
        first = [_button(f"{one // 60:02}:{one % 60:02}", Habit.HOUR, one) for one in hours]
    if not person.weekdays_only:
        first.append(_button(say.gettext("Weekdays only"), Habit.WEEKDAYS, 1))
    if person.digest_form == SHORT:
        second.append(_button(say.gettext("As a post"), Habit.FORM, DIGEST_FORMS.index(POST)))
    return [first, [*second, button(say.gettext("Leave it"), Action.LEAVE_HABITS)]]


def chosen(say: Wording, habit: Habit, comes: str, before: Person, after: Person) -> Letter:
    """How the digest comes from now on, `comes` being when; and a button back to `before`."""
    composer = Composer().add(comes)
    if habit is Habit.WEEKDAYS:
        only = say.gettext("From Monday to Friday only.")
        composer.line(only if after.weekdays_only else say.gettext("Every day of the week."))
    if habit is Habit.FORM:
        post = say.gettext("Its drafts are posts from now on.")
        short = say.gettext("Its drafts are short videos from now on.")
        composer.line(post if after.digest_form == POST else short)
    if number(before, habit) == number(after, habit):
        return composer.letter()
    back = _button(say.gettext("↩︎ As it was"), habit, number(before, habit))
    return composer.letter().under([back])


def number(person: Person, habit: Habit) -> int:
    """What a button carries to make this habit what it is: a minute of the day, 1 for weekdays
    only, or which form."""
    if habit is Habit.HOUR:
        at = person.digest_at
        return 60 * at.hour + at.minute if at else NO_HOUR
    if habit is Habit.WEEKDAYS:
        return int(person.weekdays_only)
    return DIGEST_FORMS.index(person.digest_form if person.digest_form in DIGEST_FORMS else SHORT)


def _button(label: str, habit: Habit, value: int) -> InlineKeyboardButton:
    return button(label, Action.HABITS, habit, value)
