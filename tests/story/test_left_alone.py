"""Evenings that nobody opens: one question about them, and never another."""

from tests.story.conftest import Play

DAYS = [f"12:00 早上的雨{n}" for n in range(5)]


async def test_after_three_left_alone_the_fourth_asks_once_and_an_answer_can_be_taken_back(
    play: Play,
) -> None:
    day = await play(
        "@lang zh-Hant",
        *DAYS[:4],
        "21:10 @tap 只在平日",
        "21:11 @tap ↩︎ 改回來",
        "21:12 @tap 改成貼文",
        "21:13 @tap 20:00",
        "21:14 @tap 照舊",
        DAYS[4],
        "20:30 @wait",
    )
    asked = ["你都沒打開" in text for text in day.digests()]
    assert asked == [False, False, False, True, False]
    confirmed = [text for text in day.said() if text.startswith("晚報：")]
    assert [text.split("\n")[1:] for text in confirmed] == [
        ["只在週一到週五。"],
        ["每天都來。"],
        ["以後晚報裡的稿都是貼文。"],
        [],
    ]
    assert "20:00" in confirmed[-1]
    assert "照舊，以後不再問。" in day.said("toast")
