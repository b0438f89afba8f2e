"""What a reply to a draft asks for: read when every word of it is understood, else for a model."""

import pytest

from bot.domain.changes import (
    Back,
    Change,
    Drop,
    Move,
    OtherHook,
    PutIn,
    Reverse,
    Shorter,
    Swap,
)
from bot.domain.drafts import Opening
from bot.domain.wishes import MOST_CHARS, invents, read

READ: list[tuple[str, tuple[Change, ...]]] = [
    ("更短，保留捷運那段", (Shorter(words=("捷運",)),)),
    ("更短,保留「第六次」", (Shorter(words=("第六次",)),)),
    ("shorter, keep the metro part", (Shorter(words=("metro",)),)),
    ("keep the part about my mother, shorter", (Shorter(words=("mother",)),)),
    ("shorten it, keep beats 2 and 4", (Shorter(places=(2, 4)),)),
    ("更短，唔好刪第三段", (Shorter(places=(3,)),)),
    ("更短，留第二段", (Shorter(places=(2,)),)),
    ("太長了", (Shorter(),)),
    ("短啲啦", (Shorter(),)),
    ("可以再短一點嗎？", (Shorter(),)),
    ("請幫我縮短一點，謝謝！", (Shorter(),)),
    ("Make it a bit shorter please", (Shorter(),)),
    ("it's too long", (Shorter(),)),
    ("剪到30秒", (Shorter(30),)),
    ("改成 30 秒以內", (Shorter(30),)),
    ("make it 30 seconds", (Shorter(30),)),
    ("换一个开头", (OtherHook(),)),
    ("唔該換過個開頭", (OtherHook(),)),
    ("another hook", (OtherHook(),)),
    ("Try a different opening!", (OtherHook(),)),
    ("用第二個開頭", (OtherHook(2),)),
    ("use the third hook", (OtherHook(3),)),
    ("換個用問句的開頭", (OtherHook(opening=Opening.QUESTION),)),
    ("open with the question", (OtherHook(opening=Opening.QUESTION),)),
    ("用数字开头", (OtherHook(opening=Opening.NUMBER),)),
    ("第二段刪掉", (Drop((2,)),)),
    ("唔要第三句", (Drop((3,)),)),
    ("drop beat 2", (Drop((2,)),)),
    ("刪掉第 2、4 段", (Drop((2, 4)),)),
    ("把第二段和第四段删掉吧", (Drop((2, 4)),)),
    ("drop 2, 3 and 5", (Drop((2, 3, 5)),)),
    ("cut the last line", (Drop((-1,)),)),
    ("最後一句刪掉", (Drop((-1,)),)),
    ("倒數第二段刪掉", (Drop((-2,)),)),
    ("take the second one out", (Drop((2,)),)),
    ("第十二段不要了", (Drop((12,)),)),
    ("swap 2 and 3", (Swap(2, 3),)),
    ("第二段和第三段對調", (Swap(2, 3),)),
    ("交换第一段跟第三段", (Swap(1, 3),)),
    ("將第二句同第三句對調", (Swap(2, 3),)),
    ("put the last one first", (Move(-1, 1),)),
    ("第三段放最前面", (Move(3, 1),)),
    ("把第二段移到最後", (Move(2, -1),)),
    ("move 2 to the end", (Move(2, -1),)),
    ("move beat 4 after beat 1", (Move(4, 1, 1),)),
    ("第四段搬到第二段前面", (Move(4, 2, -1),)),
    ("start with beat 3", (Move(3, 1),)),
    ("倒過來", (Reverse(),)),
    ("顺序反过来", (Reverse(),)),
    ("tell it backwards", (Reverse(),)),
    ("把 #9 放進去", (PutIn(9),)),
    ("加埋 #9", (PutIn(9),)),
    ("add #12", (PutIn(12),)),
    ("用 #9 代替第三段", (PutIn(9, instead=3),)),
    ("第三段換成 ＃９", (PutIn(9, instead=3),)),
    ("use #9 instead of 3", (PutIn(9, instead=3),)),
    ("replace the last beat with #9", (PutIn(9, instead=-1),)),
    ("put #9 at the end", (PutIn(9, at=-1),)),
    ("把 #9 放在第二段前面", (PutIn(9, at=2, beside=-1),)),
    ("start from version 2", (Back(2),)),
    ("回到第二版", (Back(2),)),
    ("返去第一版", (Back(1),)),
    ("回到上一版", (Back(None),)),
    ("從第二版開始，再短一點", (Back(2), Shorter())),
    ("change the hook and drop beat 3", (OtherHook(), Drop((3,)))),
    ("刪掉第二段，再用 #9 代替第四段", (Drop((2,)), PutIn(9, instead=4))),
    ("Shorter, drop 3, and swap 1 and 2", (Drop((3,)), Swap(1, 2), Shorter())),
]
FOR_A_MODEL = [
    "加一句那天下雨了", "語氣再兇一點", "more about my mother", "保留捷運那段", "keep it warm",
    "make it funnier", "shorter sentences", "換一個更兇的開頭", "刪掉兩段", "drop two",
    "cut 20 seconds", "cut 2 lines", "第三人稱不要", "把故事放前面", "這個故事放前面", "反過來想",
    "第二段寫長一點", "make beat 2 longer", "短片", "write it as a letter", "開頭太弱",
    "add a joke", "加一個例子", "第二段改成問句", "start over", "start with my mother",
    "the second one is good", "I like beat 2", "不要刪掉第二段", "don't drop beat 2",
    "第二段不要刪", "更短的句子", "回到那天早上", "back to the beginning", "end with a laugh",
    "shorter, and angrier", "更短，語氣更兇", "把「捷運」改成「公車」", "9", "#9", "好", "ok", "",
    "第二版", "為什麼第二段在這裡？", "cut to the chase", "use the last version",
    "drop beat 2 because my boss reads this", "第二段刪掉，因為我媽會看到", "唔好咁短",
    "不要更短", "not shorter", "是不是太短", "更短，" * MOST_CHARS,
]  # fmt: skip


@pytest.mark.parametrize(("wish", "changes"), READ)
def test_a_plain_wish_is_read(wish: str, changes: tuple[Change, ...]):
    assert read(wish) == changes


@pytest.mark.parametrize("wish", FOR_A_MODEL)
def test_what_is_not_wholly_understood_is_not_read(wish: str):
    assert read(wish) is None


@pytest.mark.parametrize(
    "wish",
    [
        "編一個故事", "幫我編個例子", "假裝我去過日本", "make up a story", "invent a client",
        "作個例子", "虛構一個客戶", "帮我编一段对话", "作個故事啦", "扮我去過日本", "老作一個客人",
        "pretend I was there", "make something up", "just make it up", "想一個例子",
        "invent a customer who complained", "come up with an anecdote about my boss",
        "加一個假的數據", "imagine a conversation with my dad", "掰一個理由", "當作我去過",
        "can you fabricate a quote", "make up some numbers", "你隨便編一下",
        "更短，再編一個客戶的故事",
    ],
)  # fmt: skip
def test_a_wish_to_make_something_up_is_told(wish: str):
    assert invents(wish)
    assert read(wish) is None


@pytest.mark.parametrize(
    "wish",
    [
        "這個故事放前面", "I didn't make this up", "don't make anything up", "不要編故事",
        "別編例子", "我沒有編這個故事", "唔好作故事", "我媽編的毛衣那段刪掉", "shorter",
        "cut the part where I pretend I'm fine", "I make up stories for a living, put that first",
        "the story I made up when I was five goes first", "把我編故事的那段刪掉",
        "never invent a client", "no made-up numbers please", "without making anything up",
        "我在工作的例子放前面", "make it up to 60 seconds", "更短，保留作業那段",
    ],
)  # fmt: skip
def test_other_talk_of_stories_is_no_wish_to_make_one_up(wish: str):
    assert not invents(wish)


@pytest.mark.parametrize("piece", ["第二段和", "drop 2 and ", "swap 1 and ", "把", "a"])
def test_a_long_row_of_the_same_words_is_read_at_once(piece: str):
    assert read((piece * MOST_CHARS)[:MOST_CHARS]) is None


@pytest.mark.parametrize("reply", ["shorter, and keep the tea", "make it shorter but keep the tea"])
def test_what_is_to_stay_is_named_by_its_words_alone(reply: str) -> None:
    assert read(reply) == (Shorter(words=("tea",)),)


@pytest.mark.parametrize("reply", ["shorter but keep it casual", "keep going", "keep that"])
def test_a_tone_that_is_to_stay_is_for_a_model(reply: str) -> None:
    assert read(reply) is None
