"""The one question about the digest itself."""

from datetime import time

from telegram import InlineKeyboardButton

from bot.chat.buttons import FORMS, Action, WhenPlace, button
from bot.chat.layout.evenings import clock
from bot.chat.layout.letter import Composer
from bot.chat.wording import Wording
from bot.domain.forms import SHORT
from bot.domain.records import Person

HOURS = (-1, 1)
"""The hours on offer, from the present one."""

POST = "post"


def ask(say: Wording, composer: Composer, person: Person) -> list[list[InlineKeyboardButton]]:
    """Ask at the end of an evening message whether it should come otherwise; the buttons to say
    so, which do what those under /digest do."""
    composer.line().line(say.gettext("You left the last three evenings alone."), "bold")
    composer.line(say.gettext("Shall the digest come otherwise? I ask this only once."))
    first, second = [], []
    at = WhenPlace.ASKED
    if now := person.digest_at:
        hours = [time((now.hour + one) % 24, now.minute) for one in HOURS]
        first = [
            button(clock(one), Action.WHEN_HOUR, 60 * one.hour + one.minute, at) for one in hours
        ]
    if not person.weekdays_only:
        first.append(button(say.gettext("Weekdays only"), Action.WHEN_DAYS, 1, at))
    if person.digest_form == SHORT:
        post = say.gettext("As a post")
        second.append(button(post, Action.WHEN_FORM, FORMS.index(POST), at))
    return [first, [*second, button(say.gettext("Leave it"), Action.LEAVE_HABITS)]]
