"""The one question about the digest itself: what its buttons say, what they do, the way back."""

from dataclasses import replace
from datetime import time

import pytest

from bot.chat.buttons import Action, WhenPlace
from bot.chat.layout import habits
from bot.chat.layout.letter import Composer
from bot.chat.wording import wording
from bot.domain import form_names
from bot.domain.records import Language, Person
from bot.journey import own_forms, people
from bot.store.database import Database
from tests.chat.conftest import Chat
from tests.chat.test_film import tap
from tests.chat.test_pan import keys
from tests.chat.test_takeaway import NOW, press

SAY = wording(Language.EN)
LEAVE = {"Leave it": "ql"}


@pytest.fixture
def chat_rest_s() -> float:
    return 0.0


def offered(person: Person) -> dict[str, object]:
    """What the buttons are called, and what they carry."""
    return {
        one.text: one.callback_data for row in habits.ask(SAY, Composer(), person) for one in row
    }


def test_it_offers_an_hour_before_and_after_weekdays_and_a_post(ming: Person) -> None:
    assert (
        offered(ming)
        == {
            "20:00": "hh:1200:3",
            "22:00": "hh:1320:3",
            "Weekdays only": "hw:1:3",
            "As a post": "hf:3:3",
        }
        | LEAVE
    )


def test_what_they_have_already_is_not_offered_and_midnight_is_no_border(ming: Person) -> None:
    late = replace(ming, digest_at=time(23, 30), weekdays_only=True, digest_form="post")
    assert offered(late) == {"22:30": "hh:1350:3", "00:30": "hh:30:3"} | LEAVE


@pytest.mark.parametrize(
    ("action", "number", "says"),
    [
        (Action.WHEN_HOUR, 1200, "every day at 20:00"),
        (Action.WHEN_DAYS, 1, "Monday to Friday at 21:00"),
        (Action.WHEN_FORM, 3, "Its drafts: post."),
    ],
)
async def test_an_answer_is_told_by_itself_and_taken_back_a_form_of_ones_own_included(
    chat: Chat, action: Action, number: int, says: str
) -> None:
    chat.phone.send("/start")
    await chat.answered()
    db = Database(f"sqlite+aiosqlite:///{chat.database}")
    await own_forms.keep(db, chat.phone.person_id, form_names.own("Opening", "", 30), now=NOW)
    await people.choose_form(db, chat.phone.person_id, "Opening", now=NOW)
    await db.close()
    drawn = len(chat.heard("edit"))
    await tap(chat, action, number, WhenPlace.ASKED)
    assert says in chat.heard()[-1]
    assert len(chat.heard("edit")) == drawn  # the evening stays what it was
    assert keys(chat) == ["↩︎ Undo"]
    await press(chat, "↩︎ Undo")
    assert "every day at 21:00" in chat.heard("edit")[-1]
    assert "Its drafts: Opening." in chat.heard("edit")[-1]


async def test_it_can_be_left_as_it_is(chat: Chat) -> None:
    chat.phone.send("/start")
    await chat.answered()
    await tap(chat, Action.LEAVE_HABITS)
    assert chat.heard("toast")[-1] == "It stays as it is. I will not ask again."
