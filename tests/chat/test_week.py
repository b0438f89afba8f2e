"""The look back at a week as it is sent: a picture, and the same numbers in words."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from telegram.error import BadRequest

from bot.chat import week
from bot.chat.buttons import Action
from bot.chat.delivery import send
from bot.chat.desk import Desk
from bot.chat.layout import week as layout
from bot.chat.layout.cutting import units
from bot.chat.layout.letter import MOST_CAPTION_UNITS, Letter
from bot.chat.rounds import Rounds
from bot.chat.wording import wording
from bot.domain.drafts import Status
from bot.domain.records import Language, Person, Said
from bot.domain.themes import Theme
from bot.domain.weeks import Day, Made, Piece, Waiting, Week, WeekBody
from bot.errors import EngineError, Trouble
from bot.journey.capture import capture
from tests.fakes import PIXEL, FailingBot, FakeCharter, FakeClock, lost

SUNDAY = datetime(2026, 11, 22, 13, tzinfo=UTC)  # 21:00 in Taipei
MONDAY = date(2026, 11, 16)

FULL = WeekBody(
    days=tuple(
        Day(MONDAY + timedelta(days=i), said, before, kept, filmed)
        for i, (said, before, kept, filmed) in enumerate(
            [
                *((4, 2, 1, 0), (0, 3, 0, 0), (3, 0, 2, 0), (0, 0, 0, 0)),
                *((5, 1, 0, 2), (0, 0, 1, 0), (0, 3, 0, 0)),
            ]
        )
    ),
    voice_s=400,
    gold=(Piece(3, "外婆的縫紉機"), Piece(0, "如果地鐵會說話", "claude")),
    written=3,
    opened=2,
    published=1,
    drafts=(
        Made(1, "坐過站", Status.PUBLISHED, "1.2 萬 觀看", {"views": 12_000.0}),
        Made(2, "雨傘", Status.FILMED),
        Made(3, "便條紙", Status.NEW),
    ),
    earlier=(Made(4, "鬧鐘", Status.PUBLISHED, "800 觀看", {"views": 800.0}),),
    themes=(Theme("地鐵", 5, 4, 2, "地鐵停了二十分鐘"),),
    waiting=(Waiting(5, "頂針", date(2026, 11, 24)),),
)
WEEK = Week(7, 42, date(2026, 11, 22), SUNDAY, FULL)


@pytest.fixture
async def desk(desk: Desk, ming: Person, clock: FakeClock) -> Desk:
    """A desk on the Sunday evening of a week in which one thing was said."""
    await capture(desk.db, Said(ming.id, 1, "下雨了", clock.now()))
    clock.set(SUNDAY)
    return replace(desk, charter=FakeCharter())


async def evening(desk: Desk, bot: Any, *, minutes: int = 3) -> None:
    """Let the minutes of the evening pass, each with its tick and all the work that follows."""
    rounds = Rounds(desk, bot)
    clock: Any = desk.clock
    for minute in range(minutes):
        clock.set(SUNDAY + timedelta(minutes=minute))
        await rounds.tick(clock.now())
        await rounds.done()


async def test_a_picture_comes_with_its_words_and_a_button(desk: Desk) -> None:
    bot: Any = FailingBot()
    await evening(desk, bot)
    assert bot.photos == [PIXEL]
    assert "說了 1" in bot.arrived[-1]
    assert "深色" in str(bot.keyboards[-1])


async def test_without_a_picture_the_words_come_alone_and_the_log_says_why(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    bot: Any = FailingBot()
    failing = FakeCharter(fails=EngineError(Trouble.UNREADABLE, "the reader died"))
    await evening(replace(desk, charter=failing), bot)
    assert bot.photos == []
    assert "說了 1" in bot.arrived[-1]
    assert bot.keyboards[-1] is None
    assert "without its picture: unreadable: the reader died" in caplog.text


async def test_a_picture_that_telegram_refuses_goes_out_in_words(desk: Desk) -> None:
    bot: Any = FailingBot(BadRequest("IMAGE_PROCESS_FAILED"))
    await evening(desk, bot)
    assert len(bot.photos) == 1
    assert sum("說了 1" in one for one in bot.arrived) == 1


async def test_a_picture_that_is_too_large_is_not_tried() -> None:
    bot: Any = FailingBot()
    await send(bot, 42, Letter("words", picture=bytes(11 * 1024 * 1024)))
    assert (bot.photos, bot.arrived) == ([], ["words"])


async def test_one_whose_answer_does_not_come_is_offered_and_not_sent_again(desk: Desk) -> None:
    bot: Any = FailingBot(None, lost(httpx.ReadTimeout("")))
    await evening(desk, bot, minutes=5)
    assert len(bot.photos) == 1
    assert sum("你的這一週" in one for one in bot.arrived) == 1  # the offer, which names it
    assert Action.SHOW_WEEK + ":" in str(bot.keyboards[-1])


@pytest.mark.parametrize("language", Language)
def test_the_words_say_every_number_of_the_picture(language: Language) -> None:
    say = wording(language)
    told = layout.week(say, WEEK).text
    drawn = layout.chart(say, FULL, dark=False)
    for number, words in drawn.totals:
        assert number in told
        assert words in told
    for one in drawn.columns:
        assert f"{one.label} {one.said} ({one.before})" in told
    for n in (5, 4):
        assert str(n) in told.split("地鐵")[1]
    for title in ("坐過站", "雨傘", "便條紙", "鬧鐘", "頂針", "外婆的縫紉機", "如果地鐵會說話"):
        assert title in told
    assert "1.2 萬 觀看" in told
    assert units(told) <= MOST_CAPTION_UNITS


def test_an_idea_that_is_kept_is_told_as_the_ai_s() -> None:
    told = layout.week(wording(Language.EN), WEEK).text
    assert "#3 外婆的縫紉機" in told
    assert "(AI) 如果地鐵會說話" in told


def test_published_ones_are_drawn_beside_earlier_ones_that_count_the_same() -> None:
    _, how = layout.chart(wording(Language.EN), FULL, dark=True).sections
    assert how.title == "Published: views"
    assert [(one.label, one.told, one.new) for one in how.rows] == [
        ("坐過站", "12,000", True), ("鬧鐘", "800", False)
    ]  # fmt: skip


def test_what_is_not_there_is_not_spoken_of() -> None:
    days = tuple(Day(MONDAY + timedelta(days=i), said=int(i == 2)) for i in range(7))
    say = wording(Language.EN)
    told = layout.week(say, replace(WEEK, body=WeekBody(days))).text
    assert told == (
        f"{layout.heading(say, WeekBody(days))}\n1 said\n\nSaid each day\n"
        "Mon 0 · Tue 0 · Wed 1 · Thu 0 · Fri 0 · Sat 0 · Sun 0"
    )
    drawn = layout.chart(say, WeekBody(days), dark=False)
    assert (drawn.sections, drawn.legend.before, drawn.legend.kept) == ((), "", "")


def test_chinese_words_in_an_english_week_have_their_own_shapes() -> None:
    simplified = replace(FULL, themes=(Theme("地铁", 5, 4, 2, "地铁停了"),), drafts=(), earlier=())
    assert layout.chart(wording(Language.EN), simplified, dark=False).language == Language.ZH_HANS
    assert layout.chart(wording(Language.EN), FULL, dark=False).language == Language.ZH_HANT


def test_a_long_week_is_a_picture_with_a_heading_and_then_its_words() -> None:
    long = replace(FULL, themes=tuple(Theme("雨" * 40, 5, 4, 2, "雨" * 48) for _ in range(15)))
    say = wording(Language.EN)
    whole = replace(layout.week(say, replace(WEEK, body=long)), picture=PIXEL)
    picture, words = whole.parts()
    assert (picture.text, picture.picture) == (layout.heading(say, long), PIXEL)
    assert f"{picture.text}\n{words.text}" == whole.text
    assert not words.picture


async def test_the_ground_changes_in_place_and_is_remembered(chat: Any) -> None:
    chat.phone.start()
    await chat.answered()
    chat.phone.send("rain on the night bus")
    chat.phone.send("/digest week")
    await chat.answered()
    photo = next(one for one in chat.phone.events if one.kind == "photo")
    assert re.search(r"^week\.png\n🗓 Your week.*\n1 said", photo.text)
    assert photo.buttons == (("🌙 Dark",),)
    chat.phone.tap("🌙")
    await chat.answered()
    edit = chat.phone.events[-1]
    assert (edit.kind, edit.on, edit.buttons) == ("edit", photo.n, (("☀️ Light",),))
    light, dark = (chat.cloud.files.find(f"file{n}") for n in (1, 2))
    assert light.data != dark.data
    assert dark.described()[0]["width"] == 1080
    chat.phone.send("/digest week")
    await chat.answered()
    assert chat.phone.events[-1].buttons == (("☀️ Light",),)


async def test_a_week_of_somebody_else_s_is_gone(desk: Desk, ming: Person) -> None:
    assert await week.letter(desk, ming, 99) is None
    assert await week.named(desk, ming, 99) is None
