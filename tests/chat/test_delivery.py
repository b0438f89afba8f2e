"""Sending: in parts, each once, in plain text if it must be, and what failing leads to."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from telegram import CallbackQuery, User
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from bot.chat import delivery
from bot.chat.delivery import MaybeDelivered, certainly_not_delivered
from bot.chat.layout.letter import Composer, Letter
from bot.chat.pace import CHAT_REST_S
from bot.sandbox.phone import PERSON_ID, Phone
from tests.chat.conftest import Chat
from tests.fakes import FailingBot, lost

TWO_PARTS = Letter("a" * 4000 + "\n" + "b" * 4000)


async def send(bot: Any, letter: Letter) -> None:
    await delivery.send(bot, 42, letter)


async def test_a_further_part_is_tried_again_alone_until_it_goes_out() -> None:
    bot = FailingBot(None, NetworkError("Bad Gateway"), lost(httpx.ConnectError("refused")))
    await send(bot, TWO_PARTS)
    assert [text[0] for text in bot.arrived] == ["a", "b"]


async def test_a_first_part_that_did_not_go_out_is_the_callers_affair() -> None:
    bot = FailingBot(NetworkError("Bad Gateway"))
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await send(bot, TWO_PARTS)
    assert bot.arrived == []


@pytest.mark.parametrize("sent_before", [0, 1])
async def test_what_may_have_arrived_is_told_apart_and_not_sent_again(sent_before: int) -> None:
    bot = FailingBot(*[None] * sent_before, lost(httpx.ReadTimeout("late")))
    with pytest.raises(MaybeDelivered):
        await send(bot, TWO_PARTS)
    assert len(bot.arrived) == sent_before


async def test_a_refusal_is_not_repeated() -> None:
    bot = FailingBot(BadRequest("chat not found"))
    with pytest.raises(BadRequest):
        await send(bot, Letter("x"))
    assert bot.arrived == []


async def test_marks_telegram_cannot_read_are_left_out() -> None:
    bot = FailingBot(BadRequest("Can't parse entities: unexpected end"))
    await send(bot, Composer().add("bold", "bold").letter())
    assert bot.arrived == ["bold"]
    assert bot.entities == [[]]


@pytest.mark.parametrize(
    ("failure", "certain"),
    [
        (NetworkError("Bad Gateway"), True),
        (BadRequest("chat not found"), True),
        (Forbidden("bot was blocked by the user"), True),
        (lost(httpx.ConnectError("refused")), True),
        (lost(httpx.ConnectTimeout("slow")), True),
        (lost(httpx.PoolTimeout("full")), True),
        (lost(TelegramError("Invalid server response")), True),  # a 502 in HTML
        (lost(httpx.ReadTimeout("late")), False),
        (lost(httpx.ReadError("reset")), False),
        (lost(httpx.RemoteProtocolError("hung up")), False),
        (lost(ValueError("half an answer")), False),
    ],
    ids=repr,
)
def test_what_certainly_did_not_arrive_is_known(failure: TelegramError, certain: bool) -> None:
    assert certainly_not_delivered(failure) is certain


async def test_a_toast_that_fails_has_nothing_done_again() -> None:
    class Offline(FailingBot):
        async def answer_callback_query(self, *_: object, **__: object) -> None:
            raise NetworkError("Bad Gateway")

    bot: Any = Offline()
    ming = User(42, "Ming", is_bot=False)
    await delivery.toast(bot, CallbackQuery("1", ming, "1"), "Kept")


async def test_an_edit_whose_answer_was_lost_may_be_made_again() -> None:
    class Unanswered(FailingBot):
        async def edit_message_text(self, *_: object, **__: object) -> None:
            raise lost(httpx.ReadTimeout("late"))

    bot: Any = Unanswered()
    message: Any = type("M", (), {"chat_id": 42, "message_id": 1})
    with pytest.raises(TimedOut):
        await delivery.edit(bot, message, Letter("x"))


def when(chat: Chat, method: str, fault: str) -> None:
    """Switch a fault on the next time this method gives something."""

    def overhear(called: str, _arguments: object, result: object) -> None:
        if called == method and result and not switched:
            switched.append(called)
            setattr(chat.cloud.faults, fault, True)

    switched: list[str] = []
    chat.cloud.overhear(overhear)


async def over(chat: Chat, fault: str, query: str) -> None:
    """Switch a fault off as soon as the database holds what the query asks for."""

    def there() -> bool:
        with closing(sqlite3.connect(chat.database)) as connection:
            return bool(connection.execute(query).fetchall())

    await chat.until(there)
    setattr(chat.cloud.faults, fault, False)


CARDS = "/expand ideas come on the metro and leave at the office"


async def later(chat: Chat, minutes: int = 2) -> None:
    """Let some time pass and what it brings be done."""
    await chat.answered()
    await chat.stage.tick(datetime.now(UTC) + timedelta(minutes=minutes))
    await chat.answered()


async def test_a_reply_whose_answer_was_lost_is_given_once(chat: Chat) -> None:
    when(chat, "sendMessage", "lose_answers")
    chat.phone.send("/help")
    await over(chat, "lose_answers", "SELECT 1 FROM inbox WHERE state = 'handled'")
    await chat.restart()
    await later(chat)
    assert len(chat.heard()) == 1


async def test_a_reply_telegram_takes_too_long_over_is_given_once(chat: Chat) -> None:
    # Longer than the library waits for an answer; what is slow begins with the next call.
    chat.cloud.overhear(lambda method, *_: slow_down(chat) if method == "getUpdates" else None)
    chat.phone.send("/help")
    await chat.until(lambda: bool(chat.heard()))
    chat.cloud.faults.slow_s = 0
    await later(chat)
    assert len(chat.heard()) == 1


def slow_down(chat: Chat) -> None:
    """Make every call slow until the bot has said something."""
    chat.cloud.faults.slow_s = 0 if chat.heard() else 6


async def test_a_reaction_whose_answer_was_lost_is_made_sure_of(chat: Chat) -> None:
    when(chat, "setMessageReaction", "lose_answers")
    chat.phone.send("a thought")
    await over(chat, "lose_answers", "SELECT 1 FROM inbox WHERE attempts = 1")
    await over(chat, "lose_answers", "SELECT 1 FROM inbox WHERE state = 'handled'")
    assert chat.heard("reaction") == ["✍"]


async def test_cards_come_once_telegram_is_back(chat: Chat) -> None:
    when(chat, "getUpdates", "error_502")
    chat.phone.send(CARDS)
    await over(chat, "error_502", "SELECT 1 FROM outbox WHERE due_at > planned_at")
    await later(chat)
    assert len(chat.heard()) == 1
    assert "1/" in chat.heard()[0]


@pytest.mark.parametrize(
    ("method", "fault", "cards"), [("sendMessage", "lose_answers", 1), ("getUpdates", "reset", 0)]
)
async def test_cards_that_may_have_arrived_are_offered_and_shown(
    chat: Chat, method: str, fault: str, cards: int
) -> None:
    when(chat, method, fault)
    chat.phone.send(CARDS)
    await over(chat, fault, "SELECT 1 FROM outbox WHERE state = 'unknown'")
    await later(chat)
    offer = chat.heard()[cards:]
    assert [text.partition(":")[0] for text in offer] == ["This may not have reached you"]
    assert "ideas come on the metro" in offer[0]
    await later(chat)
    chat.phone.tap("Show it")
    await chat.answered()
    assert len(chat.heard()) == cards + 2
    chat.phone.tap("1⭐")
    await chat.answered()
    assert chat.heard("toast")[-1] == "Kept"


async def test_no_message_comes_before_telegram_takes_it(chat: Chat) -> None:
    chat.cloud.faults.limits = True
    for text in ("/help", "/status", "a thought", "/gold"):
        chat.phone.send(text)
    await chat.answered()
    assert len(chat.heard()) == 3
    assert chat.heard("reaction") == ["✍"]
    with closing(sqlite3.connect(chat.database)) as connection:
        assert connection.execute("SELECT max(attempts) FROM inbox").fetchone() == (0,)


async def test_what_telegram_refused_for_good_stands_in_the_status(chat: Chat) -> None:
    chat.phone.send("/help")
    await chat.answered()
    with closing(sqlite3.connect(chat.database)) as connection:
        connection.execute(
            "INSERT INTO outbox (person_id, kind, about, state, parts_sent, losses, planned_at,"
            " due_at) VALUES (?, 'digest', 1, 'failed', 0, 9, '2026-11-20', '2026-11-20')",
            [PERSON_ID],
        )
        connection.commit()
    chat.phone.send("/status")
    await chat.answered()
    assert "1 could not be sent" in chat.heard()[-1]


@pytest.mark.parametrize("chat_rest_s", [CHAT_REST_S, 0.0])
class TestManyPeople:
    """Whether the application keeps to the limits by itself, or hurries and is told to wait."""

    PEOPLE = range(PERSON_ID, PERSON_ID + 40)

    @pytest.fixture
    def owners(self) -> frozenset[int]:
        return frozenset(self.PEOPLE)

    async def test_each_gets_every_answer_once(self, chat: Chat) -> None:
        chat.cloud.faults.limits = True
        phones = [Phone(chat.cloud, person_id=one) for one in self.PEOPLE]
        for phone in phones:
            for text in ("/help", "a thought", "/gold"):
                phone.send(text)
        await chat.answered()
        assert [len(chat.heard(phone=one)) for one in phones] == [2] * len(phones)
        assert [len(chat.heard("reaction", phone=one)) for one in phones] == [1] * len(phones)
        with closing(sqlite3.connect(chat.database)) as connection:
            assert connection.execute("SELECT max(attempts) FROM inbox").fetchone() == (0,)


async def test_a_page_of_gold_over_one_message_keeps_its_buttons(chat: Chat) -> None:
    for n in range(7):
        chat.phone.send(f"{n} " + "long " * 690)
        chat.phone.reply(2 * n + 1, "⭐")
    chat.phone.send("/gold")
    await chat.answered()
    chat.phone.tap("›")
    await chat.answered()
    (gold,) = chat.heard()
    assert "1" in [label for row in chat.phone.events[-1].buttons for label in row]
    assert len(gold) < 4096
