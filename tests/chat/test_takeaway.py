"""A draft leaves the chat: as text, as Markdown, as a Word file, through the real application."""

import io
from typing import Any

import docx
import httpx
import pytest
from telegram import Chat as TelegramChat
from telegram import Message
from telegram.error import BadRequest, TelegramError

from bot.chat import delivery
from bot.chat.buttons import Action
from bot.chat.delivery import MaybeDelivered
from bot.domain.drafts import Line, Role, Script, Version
from bot.store import draft_messages, drafts
from bot.store.database import Database
from tests.chat.conftest import Chat
from tests.chat.test_delivery import over, when
from tests.chat.test_pan import keys, stored
from tests.fakes import FailingBot, FakeClock, lost

NOW = FakeClock().now()
ORIGIN = "assembled from your fragments #1 #2 with Claude"
SCRIPT = Script(
    title="The lid: stuck / again",
    hook=Line(Role.HOOK, "the lid was stuck", (1,), shot="hands on a jar"),
    beats=(Line(Role.SETUP, "so I went home", (2,)),),
    close=Line(Role.CLOSE, "the lid was stuck", (1,)),
    seconds=12,
    yours=1.0,
)
FILE = "2026-11-20 The lid stuck again"


@pytest.fixture
def chat_rest_s() -> float:
    return 0.0


async def drafted(chat: Chat, *, text: str = "") -> Version:
    """A draft of Ming's with the button of interest under it, as message 3; with a `text`, that is
    the person's own second version."""
    chat.phone.send("/start")
    await chat.answered()
    db = Database(f"sqlite+aiosqlite:///{chat.database}")
    async with db.write() as session:
        wish = drafts.Wish(person_id=chat.phone.person_id, form="short")
        draft = await drafts.open_draft(session, wish, now=NOW)
        written = drafts.Written(script=SCRIPT, by="claude")
        version = await drafts.add(session, draft, written, now=NOW)
        if text:
            final = drafts.Written(text=text, by="person")
            version = await drafts.add(session, draft, final, now=NOW)
    await db.close()
    under(chat, f"{Action.AS_FILE}:{version.id}")
    await press(chat, "Press")
    return version


def under(chat: Chat, data: str) -> None:
    """A message of the bot's with one button that carries this."""
    keyboard = {"inline_keyboard": [[{"text": "Press", "callback_data": data}]]}
    content = {"text": "a draft", "reply_markup": keyboard}
    chat.cloud.write(chat.phone.chat, "bot", content, None)


async def press(chat: Chat, label: str) -> None:
    chat.phone.tap(label)
    await chat.answered()


def content(chat: Chat, n: int = 1) -> bytes:
    """The bytes of the nth file in the chat."""
    file = chat.cloud.files.find(f"file{n}")
    assert file
    return file.data


async def test_the_menu_names_the_draft_and_says_where_it_comes_from(chat: Chat) -> None:
    await drafted(chat)
    assert chat.heard()[-1] == (
        "📄 The lid: stuck / again\nshort · about 12 s · version 1 · 100 % yours\n" + ORIGIN
    )
    assert keys(chat) == ["Text to copy", "Markdown", "Word", "✓ Line of origin"]


async def test_text_comes_as_a_message_of_nothing_else(chat: Chat) -> None:
    await drafted(chat)
    await press(chat, "Text to copy")
    assert chat.heard()[-1] == (
        "The lid: stuck / again\n\nthe lid was stuck\n\nso I went home\n\nthe lid was stuck\n\n"
        + ORIGIN
    )


async def test_markdown_and_word_come_as_files_named_by_title_and_day(chat: Chat) -> None:
    await drafted(chat)
    await press(chat, "Markdown")
    await press(chat, "Word")
    assert chat.heard("file") == [f"{FILE}.md", f"{FILE}.docx"]
    assert content(chat).decode().startswith("---\ntitle: 'The lid: stuck / again'\nform: short\n")
    assert content(chat).decode().endswith(f"*{ORIGIN}*\n")
    document = docx.Document(io.BytesIO(content(chat, 2)))
    assert [one.text for one in document.paragraphs][2] == "the lid was stuck #1"
    assert [one.text for one in document.paragraphs][-1] == ORIGIN
    assert document.tables[0].rows[1].cells[2].text == "hands on a jar"


async def test_the_line_of_origin_is_left_out_once_and_is_back_for_the_next(chat: Chat) -> None:
    await drafted(chat)
    await press(chat, "✓ Line of origin")
    assert keys(chat)[-1] == "Line of origin"
    assert chat.heard("edit")[-1].endswith("\nWithout the line of origin, this once.")
    await press(chat, "Markdown")
    assert ORIGIN not in content(chat).decode()
    await press(chat, "✓ Line of origin")
    await press(chat, "Line of origin")
    await press(chat, "✓ Line of origin")
    await press(chat, "Text to copy")
    assert not chat.heard()[-1].endswith(ORIGIN)
    await press(chat, "Markdown")
    assert ORIGIN in content(chat, 2).decode()


async def test_the_persons_own_text_leaves_as_it_is(chat: Chat) -> None:
    await drafted(chat, text="# my own\n\n1. words")
    await press(chat, "Text to copy")
    assert chat.heard()[-1] == f"# my own\n\n1. words\n\nyour own text · {ORIGIN}"
    await press(chat, "Word")
    assert chat.heard("file") == [f"{FILE} v2.docx"]


async def test_a_reply_to_what_left_is_a_reply_to_the_draft(chat: Chat) -> None:
    version = await drafted(chat)
    await press(chat, "Markdown")
    await press(chat, "Text to copy")
    last = chat.cloud.chat(chat.phone.person_id).last_number
    db = Database(f"sqlite+aiosqlite:///{chat.database}")
    async with db.read() as session:
        for number in (last - 2, last - 1, last):
            message_id = chat.phone.chat.messages[number]["message_id"]
            shown = await draft_messages.shown_in(session, chat.phone.person_id, message_id)
            assert shown
            assert shown.version.id == version.id
    await db.close()


@pytest.mark.parametrize("data", ["xa:99", "xo:99:1", "xt:99:1:1", "xt:1:9:1", "xa:x", "xt:1"])
async def test_a_button_whose_draft_is_gone_or_that_we_never_made_says_so(
    chat: Chat, data: str
) -> None:
    await drafted(chat)
    under(chat, data)
    await press(chat, "Press")
    assert chat.heard("toast")[-1] == "That is gone. Nothing was changed."
    assert chat.heard("file") == []


async def test_a_file_whose_answer_was_lost_comes_once(chat: Chat) -> None:
    await drafted(chat)
    handled = "SELECT count(*) FROM inbox WHERE state = 'handled'"
    ((before,),) = stored(chat, handled)
    when(chat, "sendDocument", "lose_answers")
    chat.phone.tap("Word")
    await over(chat, "lose_answers", f"{handled} HAVING count(*) > {before}")
    await chat.restart()
    await chat.answered()
    assert chat.heard("file") == [f"{FILE}.docx"]


async def test_the_menu_still_works_after_a_kill(chat: Chat) -> None:
    await drafted(chat)
    await chat.restart()
    await press(chat, "Word")
    assert chat.heard("file") == [f"{FILE}.docx"]


class Courier(FailingBot):
    """A bot that sends documents too."""

    async def send_document(self, chat_id: int, document: bytes, **options: Any) -> Message:
        self._arrive(options["filename"])
        return Message(len(self.arrived), NOW, TelegramChat(chat_id, "private"))


async def test_a_file_that_may_have_arrived_is_told_apart_and_not_sent_again() -> None:
    bot: Any = Courier(lost(httpx.ReadTimeout("late")))
    with pytest.raises(MaybeDelivered):
        await delivery.send_file(bot, 42, "a.md", b"x")


@pytest.mark.parametrize(
    "failure", [BadRequest("chat not found"), lost(httpx.ConnectError("refused"))], ids=repr
)
async def test_a_file_that_certainly_did_not_arrive_may_be_sent_again(
    failure: TelegramError,
) -> None:
    bot: Any = Courier(failure)
    with pytest.raises(type(failure)) as raised:
        await delivery.send_file(bot, 42, "a.md", b"x")
    assert raised.value is failure
