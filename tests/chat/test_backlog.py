"""/pan with a thumb: one card at a time, over HTTP."""

from typing import Any

import pytest

from bot.chat.layout import single
from bot.chat.layout.letter import Letter
from bot.chat.wording import wording
from bot.domain.records import Language
from bot.journey.backlog import Panned
from tests.chat.conftest import Chat
from tests.chat.test_pan import about, keys, pressed_late, stored, verdicts

CARDS = "/expand ideas come on the metro and leave at the office"
ROW = ["⭐", "🤨", "🗑", "↩︎"]


@pytest.fixture
def chat_rest_s() -> float:
    """Many messages change here one after the other, which is not about how often they may."""
    return 0.0


async def opened(chat: Chat) -> None:
    """Twelve cards, and the first of them alone."""
    chat.phone.send(CARDS)
    await chat.answered()
    chat.phone.send("/pan")
    await chat.answered()


def card(chat: Chat) -> str:
    """The single card as it was drawn last."""
    events = chat.phone.events
    return [one.text for one in events if one.side == "bot" and one.kind in ("text", "edit")][-1]


def title(chat: Chat) -> str:
    return card(chat).splitlines()[2]


async def tap(chat: Chat, label: str) -> str:
    """Tap, wait for it to be drawn, and give the toast."""
    chat.phone.tap(label)
    await chat.answered()
    return chat.heard("toast")[-1]


def walk(chat: Chat) -> int:
    """The second the walk began, as its buttons carry it."""
    return int(data(chat, "⭐").split(":")[3])


def data(chat: Chat, label: str) -> str:
    """What a button carries."""
    messages: Any = chat.cloud.chat(chat.phone.person_id).messages
    for message in sorted(messages.values(), key=lambda one: -one["message_id"]):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if label in button["text"]:
                    return str(button["callback_data"])
    raise AssertionError(label)


async def test_nothing_undecided_is_one_friendly_line(chat: Chat) -> None:
    chat.phone.send("/pan")
    await chat.answered()
    (said,) = chat.heard()
    assert said == "Nothing is waiting to be panned. /expand digs something new."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.EN, "⛏ Still digging. The cards come by themselves in a moment."),
        (Language.ZH_HANT, "⛏ 還在挖，挖好卡片就會自己過來。"),
        (Language.ZH_HANS, "⛏ 还在挖，挖好卡片就会自己过来。"),
    ],
)
def test_while_the_first_round_is_being_dug_it_says_so(language: Language, said: str) -> None:
    assert single.panned(wording(language), Panned({}, digging=True), 0) == Letter(said)


async def test_a_tap_decides_and_the_next_card_comes_in_the_same_message(chat: Chat) -> None:
    await opened(chat)
    assert card(chat).startswith("12 left")
    assert keys(chat) == [*ROW[:3], "🔍 Why", "🔗 Mix"]  # nothing to take back yet
    assert [await tap(chat, label) for label in ROW[:3]] == [
        "Kept",
        "Put aside as odd but interesting",
        "Dropped",
    ]
    assert card(chat).startswith("9 left")
    assert keys(chat) == [*ROW, "🔍 Why", "🔗 Mix"]
    assert verdicts(chat)[:4] == ["kept", "maybe", "dropped", "new"]
    assert len(chat.heard()) == 2


async def test_every_step_is_taken_back_and_its_card_is_here_again(chat: Chat) -> None:
    await opened(chat)
    first = title(chat)
    for label in ("⭐", "🗑"):
        await tap(chat, label)
    assert await tap(chat, "↩︎") == "Taken back"
    assert card(chat).startswith("11 left")
    chat.phone.tap("↩︎")
    assert await tap(chat, "↩︎") == "There is nothing to take back."
    assert title(chat) == first
    assert keys(chat) == [*ROW[:3], "🔍 Why", "🔗 Mix"]
    assert verdicts(chat) == ["new"] * 12


async def test_two_taps_at_once_decide_once_and_move_on_by_one(chat: Chat) -> None:
    await opened(chat)
    chat.phone.tap("⭐")
    chat.phone.tap("🗑")
    chat.phone.tap("⭐")
    await chat.answered()
    assert chat.heard("toast") == ["Kept", "You had decided about it already; that stands.", "Kept"]
    assert verdicts(chat) == ["kept", *["new"] * 11]
    assert card(chat).startswith("11 left")


async def test_after_the_last_one_it_says_so_and_can_still_be_taken_back(chat: Chat) -> None:
    await opened(chat)
    for _ in range(10):
        chat.phone.press(4, 0, 2)
        await chat.answered()
    await tap(chat, "⭐")
    assert card(chat).startswith("The last one")
    await tap(chat, "🤨")
    assert chat.heard("edit")[-1] == (
        "All panned.\n⭐ 1 kept · 🤨 1 for another day · 🗑 10 dropped\n/gold shows what you kept."
    )
    assert await tap(chat, "↩︎ Take the last one back") == "Taken back"
    assert chat.heard("edit")[-1].startswith("The last one")


async def test_why_unfolds_in_place_and_folds_again(chat: Chat) -> None:
    chat.phone.send("ideas come on the metro and leave at the office")
    chat.phone.reply(1, "/expand")
    await chat.answered()
    chat.phone.send("/pan")
    await chat.answered()
    folded = card(chat)
    chat.phone.tap("🔍")
    await chat.answered()
    assert "What it is after  " in card(chat)
    assert "Through whose eyes  " in card(chat)
    assert "#1 ideas come on the metro and leave at the office" in card(chat)
    chat.phone.tap("🔍")
    await chat.answered()
    assert card(chat) == folded


async def test_a_reply_to_the_card_is_about_that_idea(chat: Chat) -> None:
    await opened(chat)
    await tap(chat, "⭐")
    chat.phone.reply(4, "I really saw this")
    await chat.answered()
    assert about(chat) == [(1, 1)]


async def test_a_reply_to_the_end_of_a_walk_is_about_no_idea(chat: Chat) -> None:
    await opened(chat)
    for _ in range(12):
        await tap(chat, "🗑")
    chat.phone.reply(4, "that was quick")
    await chat.answered()
    assert about(chat) == [(None, None)]


async def test_a_redelivered_tap_decides_nothing_about_the_next_card(chat: Chat) -> None:
    await opened(chat)
    chat.phone.tap("⭐")
    await chat.answered()
    ((update_id,),) = stored(chat, "SELECT max(update_id) FROM inbox")
    press = {
        "id": chat.cloud.ask(chat.cloud.chat(chat.phone.person_id)),
        "from": chat.cloud.chat(chat.phone.person_id).person,
        "message": chat.cloud.chat(chat.phone.person_id).messages[4],
        "chat_instance": "1",
        "data": f"w:1:0:{walk(chat)}",
    }
    await chat.replay({"update_id": update_id, "callback_query": press})
    assert verdicts(chat) == ["kept", *["new"] * 11]
    assert card(chat).startswith("11 left")


async def test_a_message_that_cannot_be_changed_gives_a_new_one(chat: Chat) -> None:
    await opened(chat)
    pressed = pressed_late(chat, data(chat, "⭐"), message_id=4)
    chat.cloud.updates.add("callback_query", pressed)
    await chat.answered()
    assert chat.heard("toast") == ["Kept"]
    assert chat.heard()[-1].startswith("11 left")
    chat.phone.reply(5, "I saw it")
    await chat.answered()
    assert about(chat) == [(1, 1)]


async def test_a_walk_of_last_year_goes_on(chat: Chat) -> None:
    await opened(chat)
    chat.cloud.updates.add("callback_query", pressed_late(chat, "w:1:2:1735700000", message_id=4))
    await chat.answered()
    assert chat.heard("toast") == ["Dropped"]
    assert chat.heard()[-1].startswith("11 left")


@pytest.mark.parametrize(
    "made_up",
    [
        "w:1:3:1735700000",
        "w:1:0:5",
        "w:1:0",
        "w:999:0:1735700000",
        "x:7",
        "x:99999999999999",
        "v:999:0:0:1",
        "v:1:0:1000000000000:0",
        "v:1:0:0",
        "n:999:0:0",
        "o:1:0:0:999:0",
        "o:1:0:0:999",
        "vm:1:0:9",
        "vm:999:0:1",
        "vs:999:0:0:1",
    ],
)
async def test_made_up_and_outdated_presses_change_nothing(chat: Chat, made_up: str) -> None:
    await opened(chat)
    chat.cloud.updates.add("callback_query", pressed_late(chat, made_up, message_id=4))
    await chat.answered()
    assert chat.heard("toast") == ["That is gone. Nothing was changed."]
    assert verdicts(chat) == ["new"] * 12
