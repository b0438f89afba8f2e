"""When the digest comes, said in words and tapped on buttons, through the whole application."""

from datetime import date
from pathlib import Path

import pytest

from bot.chat.layout.evenings import told_since
from bot.chat.wording import wording
from bot.domain.records import Language
from tests.story.conftest import Play

EVERY_DAY = "Evening digest: every day at 21:00 (Taipei).\n"


async def test_each_change_is_confirmed_with_the_day_of_the_next_one(play: Play) -> None:
    day = await play(
        "10:00 /digest",
        "10:01 /digest 8:30pm weekdays",
        "10:02 /digest pause until 12/1",
        "10:03 /digest resume",
        "22:00 /digest 9pm every day",
        "22:01 /digest off",
        "22:02 /digest on",
    )
    alone, weekdays, paused, resumed, past, off, on = day.said()
    assert alone == EVERY_DAY + "The next one comes today, in 11 hours."
    assert weekdays.startswith("Evening digest: Monday to Friday at 20:30 (Taipei).\n")
    assert "paused until Tuesday, December 1, then Monday to Friday at 20:30" in paused
    assert "The next one comes on Tuesday, December 1, in 2 weeks." in paused
    assert resumed == weekdays
    assert past.startswith(EVERY_DAY + "The next one comes tomorrow, in 23 hours.\n")
    assert off == "No evening digest. /digest 21:00 brings it back."
    assert on.startswith(EVERY_DAY)


async def test_an_hour_that_is_past_is_told_with_what_to_do(play: Play) -> None:
    day = await play("20:30 rain", "20:59 /digest 20:00", "21:05 @tap Undo", "21:10 @wait")
    assert "20:00 is past, so tonight has none" in day.said()[0]
    assert "/digest now" in day.said()[0]
    assert len(day.digests()) == 1  # taken back, tonight's comes after all
    edited = day.said("edit")[0]
    assert "every day at 21:00" in edited
    assert "has passed already: tonight's comes now" in edited


async def test_what_is_not_understood_changes_nothing(play: Play) -> None:
    day = await play(
        "10:00 /digest 25:00",
        "10:01 /digest 20:30 maybe",
        "10:02 /digest pause until 11/19",
        "10:03 /digest form haiku",
        "10:04 /digest",
    )
    *refused, now = day.said()
    assert all("Nothing was changed" in one for one in refused)
    assert "I understood “20:30”, but not “maybe”." in refused[1]
    assert "Thursday, November 19 is over." in refused[2]
    assert "short · long · newsletter" in refused[3]
    assert now.startswith(EVERY_DAY)


async def test_the_buttons_of_settings_show_what_holds_and_change_it(play: Play) -> None:
    day = await play(
        "10:00 /settings",
        "10:01 @tap 22:00",
        "10:02 @tap Monday to Friday",
        "10:03 @tap Form",
        "10:04 @tap newsletter",
        "10:05 @tap Pause",
        "10:06 @tap Undo",
        "10:07 @tap …",
        "10:08 @tap 05:00",
    )
    edits = [one for one in day.events if one["from"] == "bot" and one["kind"] == "edit"]
    labels = [
        [label for row in one["buttons"] for label in row]  # type: ignore[attr-defined]
        for one in edits
    ]
    assert "✓22:00" in labels[0]
    assert "✓ Monday to Friday" in labels[1]
    assert "✓ short" in labels[2]
    assert "Form: newsletter …" in labels[3]
    assert "Resume" in labels[4]
    assert "Pause a week" in labels[5]
    assert "✓05:00" in labels[7]
    assert all("繁體中文" in labels[n] for n in (0, 1, 3, 4, 5, 7))  # the rest of it stays
    last = str(edits[-1]["text"])
    assert last.startswith("Evening digest: Monday to Friday at 05:00 (Taipei).")
    assert "Its drafts: newsletter." in last


async def test_whoever_flies_east_past_the_hour_gets_tonights_at_once_and_not_late(
    play: Play,
) -> None:
    day = await play(
        "20:00 rain", "20:30 /settings", "20:31 @tap Time zone", "20:32 @tap Tokyo", "21:10 @wait"
    )
    moved = next(text for text in day.said() if "(Tokyo)" in text)
    assert "21:00 has passed already: tonight's comes now." in moved
    (digest,) = day.digests()
    assert "late" not in digest


async def test_whoever_flies_west_over_it_gets_none_again(play: Play) -> None:
    day = await play(
        "20:00 rain", "21:30 /settings", "21:31 @tap Time zone", "21:32 @tap London", "21:40 @wait"
    )
    moved = next(text for text in day.said() if "(London)" in text)
    assert "Tonight's has come already." in moved
    assert "The next one comes tomorrow" in moved
    assert len(day.digests()) == 1


def test_a_digest_that_holds_a_weekend_says_since_when() -> None:
    told = told_since(wording(Language.EN), date(2026, 11, 20), date(2026, 11, 23))
    assert told == "All that came since Friday, November 20."


@pytest.mark.parametrize(
    ("lang", "word", "says"),
    [
        ("zh-Hant", "晚上八點半 平日", "晚報：週一到週五 20:30（台北）。"),
        ("zh-Hans", "工作日 晚上八点半", "晚报：周一到周五 20:30（台北）。"),
    ],
)
async def test_it_is_said_and_confirmed_in_chinese(
    play: Play, tmp_path: Path, lang: str, word: str, says: str
) -> None:
    file = tmp_path / "chinese.txt"
    head = f"@date 2026-11-20\n@tz Asia/Taipei\n@lang {lang}\n@digest 21:00\n"
    file.write_text(f"{head}10:00 /digest {word}\n10:01 /digest 暫停到下週一\n", "utf-8")
    first, paused = (await play(file=file)).said()
    assert first.startswith(says)
    assert "11月23日（星期一）" in paused


async def test_in_a_night_of_changing_clocks_the_hour_it_comes_at_is_told(
    play: Play, tmp_path: Path
) -> None:
    file = tmp_path / "jump.txt"
    head = "@date 2026-03-28\n@tz Europe/Berlin\n@digest 21:00\n"
    file.write_text(f"{head}20:00 /digest 02:30\n", "utf-8")
    (told,) = (await play(file=file)).said()
    assert "Clocks change that night, so it comes at 03:30." in told


async def test_an_hour_that_may_be_either_is_the_evenings_with_the_morning_beside(
    play: Play,
) -> None:
    day = await play("10:00 /digest 八點半", "10:01 @tap 08:30", "10:02 /digest not tonight")
    assert "every day at 20:30" in day.said()[0]
    assert "every day at 08:30" in day.said("edit")[0]
    assert "paused until Saturday, November 21" in day.said()[-1]


async def test_tomorrow_is_left_out_only_once_tonight_is_here(play: Play) -> None:
    day = await play(
        "10:00 rain", "10:01 /digest skip tomorrow", "21:01 @wait", "21:10 /digest 明天不要"
    )
    early, *_, late = day.said()
    assert "This evening's is still to come" in early
    assert "Nothing was changed" in early
    assert "paused until Sunday, November 22" in late
    assert len(day.digests()) == 1


async def test_not_tonight_past_midnight_is_about_the_evening_to_come(
    play: Play, tmp_path: Path
) -> None:
    file = tmp_path / "play.txt"
    head = "@date 2026-11-22\n@tz Asia/Taipei\n@digest 21:00\n"
    file.write_text(f"{head}01:14 /digest not tonight\n", "utf-8")
    (told,) = (await play(file=file)).said()
    assert "paused until Monday, November 23" in told
