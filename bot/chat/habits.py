"""What the person answers when they were asked whether the digest should come otherwise."""

from dataclasses import replace
from datetime import time

from bot.chat import delivery, evenings
from bot.chat.buttons import DIGEST_FORMS, NO_HOUR, Habit, MadeUp, Press
from bot.chat.desk import Visit
from bot.chat.layout import habits as layout
from bot.domain.records import Person
from bot.journey import habits, people


async def choose(visit: Visit, press: Press) -> None:
    """An hour, weekdays only, or a form; confirmed with a button back, which does the same."""
    db, now = visit.desk.db, visit.desk.clock.now()
    which, value = press.ids
    if which not in list(Habit):
        raise MadeUp
    habit = Habit(which)
    before = await people.find(db, visit.person.id) or visit.person
    wanted = _wanted(before, habit, value)
    comes = await evenings.in_words(visit, await habits.choose(db, before, wanted, now=now))
    letter = layout.chosen(visit.say, habit, comes, before, wanted)
    await delivery.send(visit.bot, visit.person.id, letter)


async def leave(visit: Visit, _press: Press) -> str:
    """It stays as it is."""
    return visit.say.gettext("It stays as it is. I will not ask again.")


def _wanted(person: Person, habit: Habit, value: int) -> Person:
    """The person with this habit. Raises MadeUp."""
    most = {Habit.HOUR: NO_HOUR, Habit.WEEKDAYS: 1, Habit.FORM: len(DIGEST_FORMS) - 1}
    if value > most[habit]:
        raise MadeUp
    if habit is Habit.HOUR:
        return replace(person, digest_at=None if value == NO_HOUR else time(*divmod(value, 60)))
    if habit is Habit.WEEKDAYS:
        return replace(person, weekdays_only=bool(value))
    return replace(person, digest_form=DIGEST_FORMS[value])
