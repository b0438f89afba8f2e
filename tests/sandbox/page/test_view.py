"""A message as the page shows it."""

import pytest

from bot.sandbox.cloud import Cloud, Past
from bot.sandbox.page.view import MAX_QUOTED, View
from bot.sandbox.phone import Phone


def test_numbers_count_from_one_whatever_the_bot_knows_from_before(clock):
    cloud = Cloud(clock.now, past=Past(message_id=500))
    phone = Phone(cloud)
    view = View(cloud, phone)
    phone.reply(phone.send("words"), "and more")
    assert [message["n"] for message in view.messages()] == [1, 2]
    assert view.message(2)["reply"]["n"] == 1
    assert view.message(502) is None


def test_of_a_message_replied_to_one_line_is_shown(cloud, phone):
    phone.reply(phone.send("x" * 500), "why?")
    assert View(cloud, phone).message(2)["reply"]["text"] == "x" * MAX_QUOTED


@pytest.mark.parametrize(("language", "menu"), [("zh-hant", "挖"), ("zh", "挖"), ("fr", "dig")])
def test_the_menu_is_in_the_phones_language_or_else_the_bots_own(cloud, language, menu):
    for spoken, description in (("", "dig"), ("zh", "挖")):
        cloud.commands["default", spoken] = [{"command": "pan", "description": description}]
    view = View(cloud, Phone(cloud, language_code=language))
    assert view.commands() == [{"command": "pan", "description": menu}]
