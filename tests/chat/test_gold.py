"""/gold with a thumb: each piece opens, and something can be made of it."""

import pytest

from tests.chat.conftest import Chat
from tests.chat.test_backlog import card, tap
from tests.chat.test_pan import about, keys, stored

SAID = "ideas come on the metro and leave at the office"


@pytest.fixture
def chat_rest_s() -> float:
    """Many messages change here one after the other, which is not about how often they may."""
    return 0.0


async def kept(chat: Chat) -> None:
    """Two ideas and a fragment as gold, the fragment last; then /gold, as message 6."""
    chat.phone.send(SAID)
    chat.phone.reply(1, "/expand")
    await chat.answered()
    for label in ("1⭐", "2⭐"):
        await tap(chat, label)
    chat.phone.reply(1, "⭐")
    chat.phone.send("/gold")
    await chat.answered()


def expansions(chat: Chat) -> list[tuple[object, ...]]:
    return stored(chat, "SELECT seed, mode, mix, mix_n FROM expansions ORDER BY id")[1:]


async def opened(chat: Chat, number: str) -> None:
    chat.phone.tap(number, 6)
    await chat.answered()


async def test_an_idea_opens_and_leads_back_to_the_list(chat: Chat) -> None:
    await kept(chat)
    assert keys(chat) == ["1", "2", "3"]
    listed = card(chat)
    await opened(chat, "2")
    assert keys(chat) == [
        *("✨ Expand", "🪝 Hooks", "🏷 Titles", "📖 Stories", "🎬 Visuals"),
        *("🔗 Mix", "✍ Draft it", "🔍 Why", "✓⭐ Take back", "‹ All gold"),
    ]
    assert "(question · " in card(chat)
    chat.phone.tap("‹ All gold")
    await chat.answered()
    assert card(chat) == listed


async def test_a_fragment_opens_with_its_number_and_its_day(chat: Chat) -> None:
    await kept(chat)
    await opened(chat, "1")
    assert card(chat).startswith(f"#1 {SAID}\n\n")
    assert "🔍 Why" not in keys(chat)


async def test_each_form_is_dug_for(chat: Chat) -> None:
    await kept(chat)
    await opened(chat, "1")
    for label in ("✨", "🪝", "🏷", "📖", "🎬"):
        assert await tap(chat, label) == "⛏ Digging …"
    forms = [row[1] for row in expansions(chat)]
    assert forms == ["angles", "hooks", "titles", "stories", "visuals"]


async def test_a_piece_is_taken_back_and_kept_again(chat: Chat) -> None:
    await kept(chat)
    for number, column in (("1", "gold_at FROM fragments"), ("2", "decided_at FROM ideas")):
        await opened(chat, number)
        assert await tap(chat, "✓⭐ Take back") == "Taken back"
        assert (None,) in stored(chat, f"SELECT {column}")
        assert await tap(chat, "⭐ Keep it") == "Kept"
        chat.phone.tap("‹ All gold")
        await chat.answered()
    assert chat.heard("reaction")[-2:] == ["✍", "🏆"]


async def test_two_pieces_are_mixed_and_the_card_is_here_again(chat: Chat) -> None:
    await kept(chat)
    lid = chat.phone.send("the lid of the piano stays down")
    assert lid
    chat.phone.reply(lid, "⭐")
    await chat.answered()
    await opened(chat, "2")
    before = card(chat)
    chat.phone.tap("🔗")
    await chat.answered()
    assert keys(chat) == ["1", "‹ Back"]  # the others grew from the same words
    assert "1. #2 the lid of the piano stays down" in card(chat)
    chat.phone.tap("1", 6)
    await chat.answered()
    assert chat.heard("toast")[-1] == "🔗 Mixing the two …"
    assert chat.heard("edit")[-1] == before
    assert len(expansions(chat)) == 1
    assert expansions(chat)[0][2:] != ("", None)


async def test_with_nothing_else_kept_it_says_so(chat: Chat) -> None:
    chat.phone.send(SAID)
    chat.phone.reply(1, "⭐")
    chat.phone.send("/gold")
    await chat.answered()
    chat.phone.tap("1")
    await chat.answered()
    chat.phone.tap("🔗")
    await chat.answered()
    assert card(chat).startswith("There is nothing else in your gold to mix this with.")
    assert keys(chat) == ["‹ Back"]


async def test_a_reply_to_an_open_idea_is_about_it_and_to_the_list_about_none(chat: Chat) -> None:
    await kept(chat)
    await opened(chat, "2")
    chat.phone.reply(6, "I really saw this")
    await chat.answered()
    assert about(chat)[-1] == (1, 1)
    chat.phone.tap("‹ All gold")
    await chat.answered()
    chat.phone.reply(6, "all of that is gold")
    await chat.answered()
    assert about(chat)[-1] == (None, None)
