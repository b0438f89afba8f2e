"""Buttons: small, for ever, and honest when what they name is gone."""

import sqlite3

import pytest

from bot.chat import buttons
from bot.chat.buttons import Action
from tests.chat.conftest import Chat
from tests.fakes import FORMS

LONGEST_ZONE = "America/Argentina/ComodRivadavia"


def test_what_a_button_carries_comes_back() -> None:
    made = buttons.button("x", Action.DROP_REST, 12, 3)
    press = buttons.read(str(made.callback_data))
    assert press is not None
    assert (press.action, press.ids) == (Action.DROP_REST, (12, 3))


@pytest.mark.parametrize("args", [(2**63, 10**6), (LONGEST_ZONE,)])
def test_no_button_is_too_big_for_telegram(args: tuple[object, ...]) -> None:
    for action in Action:
        assert len(str(buttons.button("x", action, *args).callback_data).encode()) <= 64


def test_a_button_can_name_every_form_of_drafts() -> None:
    assert set(buttons.FORMS) == set(FORMS)


def test_no_two_actions_share_their_letter() -> None:
    assert len({action.value for action in Action}) == len(Action)


@pytest.mark.parametrize("data", [None, "", "nonsense", "Q:1", ":", "keep:1"])
def test_data_we_never_made_is_no_press(data: str | None) -> None:
    assert buttons.read(data) is None


async def press(chat: Chat, data: str) -> list[str]:
    """Send the press of a button with made-up data under the first message; the toasts since."""
    before = len(chat.heard("toast"))
    query = {
        "id": chat.cloud.ask(chat.cloud.chat(chat.phone.person_id)),
        "from": chat.cloud.chat(chat.phone.person_id).person,
        "message": chat.cloud.chat(chat.phone.person_id).messages[2],
        "chat_instance": "1",
        "data": data,
    }
    chat.cloud.updates.add("callback_query", query)
    await chat.answered()
    return chat.heard("toast")[before:]


async def test_made_up_and_outdated_data_gets_a_toast_and_no_crash(chat: Chat) -> None:
    chat.phone.send("/expand ideas come on the metro and leave at the office")
    await chat.answered()
    made_up = ("k:999", "k:", "k:x", "k:1:2:3", "d:1", "d:1:99", "p:1:-1", "p:9:0", "a:77", "g:x")
    odd = (
        "l:klingon",
        "z:Mars/Olympus",
        "i:999",
        "f:999",
        "\x00",
        "k:" + "9" * 40,
        "z:../etc/passwd",
    )
    for data in made_up + odd:
        assert await press(chat, data) == ["That is gone. Nothing was changed."], data


async def test_a_button_whose_idea_is_gone_gets_a_toast(chat: Chat) -> None:
    chat.phone.send("/expand ideas come on the metro and leave at the office")
    await chat.answered()
    with sqlite3.connect(chat.database) as connection:
        connection.execute("DELETE FROM ideas")
    chat.phone.tap("1⭐")
    await chat.answered()
    assert chat.heard("toast") == ["That is gone. Nothing was changed."]
