"""The witness itself: it must not nod at everything."""

import pytest

from tests.witness import Witness, unknown_in_update

CHAT = {"id": 1, "type": "private"}
MESSAGE = {"message_id": 1, "date": 0, "chat": CHAT}


def test_a_call_as_the_bot_api_knows_it_is_no_problem():
    witness = Witness()
    form = {"chat_id": "1", "text": "[1]", "reply_parameters": '{"message_id": 2}'}
    witness("sendmessage", form, MESSAGE)
    assert (witness.calls, witness.problems) == (["sendmessage"], [])


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        ({"chat_id": 1, "text": "x", "reply_too": 2}, MESSAGE),
        ({"chat_id": 1, "text": "x", "reply_parameters": {"message": 2}}, MESSAGE),
        ({"chat_id": 1, "text": "x", "entities": [{"type": "bold", "length": 1}]}, MESSAGE),
        ({"chat_id": 1, "text": "x"}, MESSAGE | {"chat": CHAT | {"shape": "round"}}),
        ({"chat_id": 1, "text": "x"}, True),
        ({"text": "x"}, MESSAGE),
    ],
)
def test_anything_else_is_one(arguments, result):
    witness = Witness()
    witness("sendMessage", arguments, result)
    assert len(witness.problems) == 1


def test_an_unknown_field_of_an_update_is_named_with_its_place():
    update = {"update_id": 1, "message": MESSAGE | {"chat": CHAT | {"shape": "round"}}}
    assert unknown_in_update(update) == [".message.chat.shape"]
