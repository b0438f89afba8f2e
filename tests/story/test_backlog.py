"""What is left undecided comes back of an evening and /pan walks through it, in three languages."""

import pytest

from tests.story.conftest import Day, Play

SEEDS = {
    "en": ("ideas come on the metro and leave at the office", "rain all day"),
    "zh-Hant": ("點子都是在捷運上來的，嗶卡出站就沒了", "今天一直下雨"),
    "zh-Hans": ("点子都是在地铁上来的，刷卡出站就没了", "今天一直下雨"),
}
WORDS = {
    "en": (
        "↩︎ 3 questions came back",
        "12 left · ↩︎ back after 1 day",
        "All panned.",
    ),
    "zh-Hant": (
        "↩︎ 3 個問題回來了",
        "還剩 12 張 · ↩︎ 隔了 1 天，又回來了",
        "全部淘完了。",
    ),
    "zh-Hans": (
        "↩︎ 3 个问题回来了",
        "还剩 12 张 · ↩︎ 隔了 1 天，又回来了",
        "全部淘完了。",
    ),
}


def came_back(digest: str) -> list[str]:
    """The titles that a digest brings back, by their beginnings."""
    lines = [line for line in digest.splitlines() if line.startswith("· ")]
    return [line.removeprefix("· ").removesuffix("…") for line in lines]


@pytest.mark.parametrize("language", SEEDS)
async def test_three_come_back_the_next_evening_and_stand_first_on_the_walk(
    play: Play, language: str
) -> None:
    seed, rain = SEEDS[language]
    head, left, over = WORDS[language]
    day = await play(
        "@date 2026-11-20",
        f"@lang {language}",
        f"12:10 {seed}",
        "12:11 @reply 1 /expand",
        "21:30 @wait",
        f"10:00 {rain}",
        "21:01 @tap ›",
        *[f"21:0{2 + step // 6} @tap 🗑 on 7" for step in range(11)],
        "21:05 @tap ↩︎ on 7",
        "21:06 @tap 🗑 on 7",
        "21:07 @tap 🤨 on 7",
        "22:00 @wait",
    )
    first, second = day.digests()
    assert came_back(first) == []
    assert head in second
    walk = day.said()[-1]
    assert walk.startswith(left)
    # One after the other, each told in the evening by its beginning.
    titles = [text.splitlines()[2] for text in (walk, *day.said("edit")[:2])]
    pairs = zip(titles, came_back(second), strict=True)
    assert all(title.startswith(told) for title, told in pairs)
    assert day.said("edit")[-1].startswith(over)
    assert not untranslated(day, language)


def untranslated(day: Day, language: str) -> list[str]:
    """What the bot says in English where it should not."""
    words = ("left", "back after", "panned", "Taken", "Dropped", "question")
    said = day.said("text", "edit", "toast")
    return [text for text in said if language != "en" and any(word in text for word in words)]


async def test_a_silent_day_brings_nothing_back_and_a_thin_one_does(play: Play) -> None:
    day = await play(
        "12:10 /expand ideas come on the metro and leave at the office",
        "21:30 @wait",
        "21:29 @wait",
        "10:00 rain",
        "21:30 @wait",
    )
    (digest,) = [text for text in day.digests() if "November 22" in text]
    assert "One question instead" in digest
    assert len(came_back(digest)) == 3
    assert not [text for text in day.digests() if "November 21" in text]
