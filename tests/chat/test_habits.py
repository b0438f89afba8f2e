"""The one question about the digest itself: what its buttons say, and the way back."""

from dataclasses import replace
from datetime import time

from bot.chat.buttons import Action, Habit, read
from bot.chat.habits import _wanted
from bot.chat.layout import habits
from bot.chat.layout.letter import Composer
from bot.chat.wording import wording
from bot.domain.records import Language, Person

SAY = wording(Language.EN)


def offered(person: Person) -> dict[str, Person]:
    """What each button would make of a person."""
    found = {}
    for row in habits.ask(SAY, Composer(), person):
        for button in row:
            press = read(str(button.callback_data))
            assert press
            if press.action is Action.HABITS:
                which, value = press.ids
                found[button.text] = _wanted(person, Habit(which), value)
    return found


def test_it_offers_an_hour_before_and_after_weekdays_and_a_post(ming: Person) -> None:
    assert offered(ming) == {
        "20:00": replace(ming, digest_at=time(20)),
        "22:00": replace(ming, digest_at=time(22)),
        "Weekdays only": replace(ming, weekdays_only=True),
        "As a post": replace(ming, digest_form="post"),
    }


def test_what_they_have_already_is_not_offered_and_midnight_is_no_border(ming: Person) -> None:
    late = replace(ming, digest_at=time(23, 30), weekdays_only=True, digest_form="post")
    assert list(offered(late)) == ["22:30", "00:30"]


def test_each_answer_has_a_button_that_leads_back(ming: Person) -> None:
    for habit, after in zip(Habit, [*offered(ming).values()][1:], strict=True):
        letter = habits.chosen(SAY, habit, "", ming, after)
        assert letter.keyboard
        press = read(str(letter.keyboard.inline_keyboard[0][0].callback_data))
        assert press
        which, value = press.ids
        assert _wanted(after, Habit(which), value) == ming
