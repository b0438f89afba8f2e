"""Words and topics that may not stand in a draft."""

import pytest

from bot.domain.bans import LONGEST, breaks, listed


@pytest.mark.parametrize(
    ("text", "banned"),
    [
        ("說真的，我那天沒睡", "說真的"),
        ("说真的，我那天没睡", "說真的"),
        ("說真的我累了", "说真的"),
        ("我跟前任去過那裡", "前任"),
        ("我前任講嘅嘢", "前任"),
        ("Honestly, I left.", "honestly"),
        ("ＨＯＮＥＳＴＬＹ, I left.", "honestly"),
        ("that hustle's over", "hustle"),
        ("two side hustles later", "side hustle"),
        ("a side-hustle", "side hustle"),
        ("you  know what I mean", "you know"),
        ("it's my mum’s piano", "mum"),
        ("最近很emo的一天", "emo"),
        ("這一天超累", "超"),
        ("好笑😂", "😂"),
        ("我前男友來了", "男友"),
        ("等一下……再說", "……"),
        ("C++ is what I know", "C++"),
        ("the café closed", "Café"),
    ],
)
def test_a_banned_word_is_found(text: str, banned: str) -> None:
    assert breaks(text, [banned]) == (banned,)


@pytest.mark.parametrize(
    ("text", "banned"),
    [
        ("我目前任務很多", "前任"),
        ("前男友來了", "前任"),
        ("去超市買蛋", "超"),
        ("I study art", "stud"),
        ("the carpet", "car"),
        ("stockings", "stock"),
        ("dishonestly", "honestly"),
        ("nothing", ""),
        ("nothing", " \u200b "),
    ],
)
def test_what_only_looks_like_it_is_not(text: str, banned: str) -> None:
    assert breaks(text, [banned]) == ()


def test_all_that_stand_in_it_are_named_as_they_were_typed() -> None:
    banned = ("其实", "前任", "Honestly")
    assert breaks("honestly, 其實我想他", banned) == ("其实", "Honestly")


def test_several_words_of_one_message_are_told_apart() -> None:
    assert listed("「說真的」、其實, honestly\n說真的") == ["說真的", "其實", "honestly"]
    assert listed("my ex, 我的前任, #work", topics=True) == ["ex", "前任", "work"]
    assert listed(" ,、 ") == []
    assert len(listed("a" * 500)[0]) == LONGEST
