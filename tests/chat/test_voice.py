"""/voice with a thumb: rules, samples, words and topics."""

from datetime import UTC, datetime

import pytest

from bot.chat.layout.voice_rules import strays, told
from bot.chat.wording import wording
from bot.domain.records import Language, Person
from bot.domain.voice import Held, Manner, Rule, Tongue
from bot.domain.voice_stray import Stray
from bot.settings import sqlite_in
from bot.store.database import Database
from tests.chat.conftest import Chat
from tests.chat.test_backlog import card, tap
from tests.chat.test_buttons import press
from tests.chat.test_pan import keys, stored
from tests.domain.test_voice import EN
from tests.domain.test_voice_lessons import DRAFTS, FINALS
from tests.journey.test_voice import finished


@pytest.fixture
def chat_rest_s() -> float:
    """Many messages change here one after the other, which is not about how often they may."""
    return 0.0


async def typed(chat: Chat, count: int = 20) -> None:
    for text in EN[:count]:
        chat.phone.send(text)
    await chat.answered()


async def sent(chat: Chat, text: str) -> str:
    """Send it, and give the newest message or edit of the bot's."""
    chat.phone.send(text)
    await chat.answered()
    return card(chat)


async def opened(chat: Chat, label: str) -> str:
    chat.phone.tap(label)
    await chat.answered()
    return card(chat)


async def answer(chat: Chat, text: str) -> str:
    """Reply to the newest message of the bot's."""
    newest = max(one.n or 0 for one in chat.phone.events if one.side == "bot")
    chat.phone.reply(newest, text)
    await chat.answered()
    return card(chat)


async def test_it_says_how_much_is_missing_until_it_is_like_the_person(chat: Chat) -> None:
    await typed(chat, 13)
    shown = await sent(chat, "/voice")
    assert "Writing · 13 texts\nNot yet like you: 7 more texts" in shown
    assert keys(chat) == ["Speaking", "Writing", "Samples", "Words and topics"]


async def test_a_rule_is_opened_changed_turned_off_and_measured_again(chat: Chat) -> None:
    await typed(chat)
    assert "· Short sentences: mostly" in await sent(chat, "/voice")
    await opened(chat, "Writing")
    assert "It rests on, among others:\n#" in await opened(chat, "1")
    await opened(chat, "Change")
    assert "(your words)" in await answer(chat, "One point a sentence.")
    assert not stored(chat, "SELECT 1 FROM fragments WHERE text LIKE 'One point%'")
    assert card(chat).splitlines()[1] == "1. One point a sentence. (your words)"
    assert "no measurement changes it" in await opened(chat, "1")
    assert await tap(chat, "Turn off") == "Off"
    assert "no draft is told so" in card(chat)
    assert await tap(chat, "Turn on") == "On"
    assert await tap(chat, "As measured") == "As measured"
    assert "1. Short sentences: mostly" in card(chat)


async def test_a_rule_of_ones_own_is_added_and_removed(chat: Chat) -> None:
    await sent(chat, "/voice")
    await opened(chat, "Speaking")
    await opened(chat, "Add a rule")
    assert "1. Never shout (your words)" in await answer(chat, "Never shout")
    assert "Your own rule." in await opened(chat, "1")
    assert await tap(chat, "Remove") == "Removed"
    assert "Never shout" not in card(chat)


async def test_a_sample_is_no_fragment_and_can_be_left_out(chat: Chat) -> None:
    await sent(chat, "/voice")
    await opened(chat, "Samples")
    assert "None so far." in card(chat)
    await opened(chat, "Add a script")
    assert "no draft is made of it" in await answer(chat, "An old script that I once said.")
    assert await tap(chat, "It was written") == "written"
    assert "Added to how you write." in card(chat)
    assert not stored(chat, "SELECT 1 FROM fragments")
    await sent(chat, "/voice")
    assert "1. sample · written\nAn old script that I once said." in await opened(chat, "Samples")
    assert await tap(chat, "Leave out 1") == "Left out"
    assert card(chat).startswith("0 texts show")
    assert await tap(chat, "Count 1") == "It counts again"
    assert card(chat).startswith("1 text shows")


async def test_a_fragment_is_left_out_page_by_page(chat: Chat) -> None:
    await typed(chat, 7)
    await sent(chat, "/voice")
    await opened(chat, "Samples")
    assert "1. #2 · written" in await opened(chat, "›")
    await tap(chat, "Leave out 1")
    assert card(chat).startswith("6 texts show how you sound\n\n1. #2 · written · left out")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("/voice ban", "say"), ("/voice avoid", "speak of"), ("／voice 避談", "speak of")],
)
async def test_words_and_topics_are_banned_by_command(chat: Chat, typed: str, kind: str) -> None:
    assert await sent(chat, f"{typed} honestly、literally") == (
        f"No draft will {kind} “honestly”, “literally”."
    )
    shown = await sent(chat, "/settings")
    assert "“honestly”, “literally”" in shown
    await opened(chat, "Words and topics")
    assert await tap(chat, "✕ honestly") == "“honestly” is allowed again"
    assert "honestly" not in card(chat)
    assert stored(chat, "SELECT word FROM bans") == [("literally",)]


async def test_words_are_banned_by_an_answer_and_a_redelivery_adds_nothing(chat: Chat) -> None:
    await sent(chat, "/voice ban")
    assert "parted by commas" in card(chat)
    assert await answer(chat, "my ex") == "No draft will say “my ex”."
    assert await answer(chat, "no prompt, a thought") == card(chat)
    assert stored(chat, "SELECT word FROM bans") == [("my ex",)]
    assert stored(chat, "SELECT text FROM fragments") == [("no prompt, a thought",)]
    assert "There is no word in this." in await sent(chat, "/voice ban 、、")


async def test_what_edits_teach_is_a_question_with_a_yes_and_a_no(chat: Chat) -> None:
    assert "Never use it?" not in await sent(chat, "/voice")
    db = Database(sqlite_in(chat.database.parent))
    person = Person(chat.phone.person_id, Language.EN, "UTC", None, datetime.now(UTC))
    for lines, text in zip(DRAFTS, FINALS, strict=True):
        await finished(db, person, lines, text)
    await db.close()
    assert "You took “其實” out of 3 drafts. Never use it?" in await sent(chat, "/voice")
    assert keys(chat)[:2] == ["Yes, never", "No"]
    assert await tap(chat, "Yes, never") == "Noted"
    assert "Never said: “其實”" in card(chat)
    assert "Never use it?" not in card(chat)


async def test_a_redelivered_answer_adds_nothing_twice(chat: Chat) -> None:
    await sent(chat, "/voice")
    await opened(chat, "Samples")
    await opened(chat, "Add a post")
    await answer(chat, "An old post that I once wrote.")
    ((newest,),) = stored(chat, "SELECT max(update_id) FROM inbox")
    mine = max(one.n or 0 for one in chat.phone.events if one.side == "person")
    message = chat.cloud.chat(chat.phone.person_id).messages[mine]
    await chat.replay({"update_id": newest, "message": message})
    assert stored(chat, "SELECT text FROM voice_samples") == [("An old post that I once wrote.",)]
    assert not stored(chat, "SELECT 1 FROM fragments")


async def test_made_up_presses_are_answered_kindly(chat: Chat) -> None:
    await sent(chat, "/voice")
    for data in ("vo:1:9:0", "vr:0:0:99:0", "vx:0:0:1:0:1", "va:9:0:0:0:0", "vp:0:7:0:0", "vl:1:1"):
        assert await press(chat, data) == ["That is gone. Nothing was changed."], data


RULES = (
    Rule("sentences", "short", (), (8, 12)),
    Rule("openers", "", ("說真的",)),
    Rule("address", "i"),
    Rule("punctuation", "", ("bare", "emoji")),
    Rule("latin", "", ("vibe",), (4,)),
)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            Language.ZH_HANT,
            ["短句：多半 8 到 12 個字", "開頭愛說「說真的」", "多講「我」，很少講「你」",
             "習慣：句尾不加標點、表情符號", "每 100 個字夾大約 4 個外文字，像「vibe」"],
        ),
        (
            Language.ZH_HANS,
            ["短句：多半 8 到 12 个字", "开头爱说“說真的”", "多讲“我”，很少讲“你”",
             "习惯：句尾不加标点、表情符号", "每 100 个字夹大约 4 个外文词，像“vibe”"],
        ),
        (
            Language.EN,
            ["Short sentences: mostly 8 to 12 characters", "Begins with “說真的”",
             "Tells of “I”, rarely says “you”", "Habits: no mark at the end, emoji",
             "About 4 foreign words in 100 characters, such as “vibe”"],
        ),
    ],
)  # fmt: skip
def test_rules_are_worded_in_the_persons_language(language: Language, lines: list[str]) -> None:
    held = [Held(Manner.WRITTEN, Tongue.ZH, one, None) for one in RULES]
    assert [told(wording(language), one) for one in held] == lines


def test_how_a_text_strays_is_worded() -> None:
    found = [Stray("sentences", 8, 12, 30), Stray("particles", 3, 7, 0)]
    assert strays(wording(Language.EN), found, Tongue.EN) == [
        "Sentences of about 30 words; yours have 8 to 12",
        "Little words: 0; you would have 3 to 7",
    ]
