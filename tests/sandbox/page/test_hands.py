"""What a person does on the page."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.page.hands import Day, landing
from tests.sandbox.page.conftest import KEYBOARD, LONDON, SilentTab, asked, heard

UNDATED = Day(LONDON.zone, None)


@pytest.mark.parametrize(
    "action",
    [
        {},
        {"do": "fly"},
        *({"do": "press", "n": 2, "row": row, "column": 0} for row in (-1, True, "0", 0.0, None)),
        {"do": "press", "n": 2, "row": 0, "column": -1},
        {"do": "press", "n": 2, "row": 0, "column": 5},
        {"do": "press", "n": True, "row": 0, "column": 0},
        {"do": "press", "n": 10**400, "row": 0, "column": 0},
        {"do": "edit", "n": 9, "text": "x"},
        {"do": "edit", "n": 1, "text": None},
        {"do": "react", "n": 1, "emoji": "⭐"},
        {"do": "react", "n": 1, "emoji": None},
        {"do": "send", "text": "x" * 4097},
        {"do": "send", "text": None},
        {"do": "send", "text": ["x"]},
        {"do": "send", "reply": 2, "text": 7},
        {"do": "forward", "text": None},
        {"do": "forward", "n": 9},
        {"do": "forward", "n": "1"},
        {"do": "switch", "name": "__class__", "value": True},
        {"do": "switch", "name": ["slow_s"], "value": 1},
        {"do": "switch", "name": "slow_s", "value": 10**400},
        {"do": "jump", "to": "08:00"},
        {"do": "jump", "to": None},
    ],
)
async def test_what_nobody_can_do_is_answered_with_why(table, tab, action):
    table.phone.send("words")
    table.says("pick", reply_markup=KEYBOARD)
    assert (await asked(tab, **action))["error"]
    assert {event.kind for event in table.phone.events} <= {"text", "reaction"}
    assert len(table.phone.chat.messages) == 2
    assert "error" not in await asked(tab, id="2", do="press", n=2, row=0, column=0)


async def test_a_press_tells_its_query_and_every_tab_when_that_was_answered(table, tab):
    table.says("pick", reply_markup=KEYBOARD)
    pressed = await asked(tab, do="press", n=1, row=0, column=0)
    table.cloud.note_call("answerCallbackQuery", {"callback_query_id": pressed["query"]}, True)
    assert (await heard(tab, "answered"))["query"] == pressed["query"]


async def test_a_text_is_forwarded_as_somebody_elses(table, tab):
    assert "error" not in await asked(tab, do="forward", text="their words")
    assert "forward_origin" in table.phone.chat.messages[1]


async def test_the_clock_moves_once_at_a_time(table, eventually):
    table.stage.stuck = True
    first = asyncio.create_task(table.keeper.jump(table.clock.now() + timedelta(minutes=2)))
    await eventually(lambda: table.keeper.jumping)
    tab = SilentTab()
    await table.page.obey(tab, {"id": "1", "do": "jump", "to": "tomorrow"})
    assert tab.told[0]["error"] == "the clock is moving already"
    table.stage.stuck = False
    await first


async def test_a_jump_ticks_every_minute_on_its_way(table, eventually):
    start = table.clock.now()
    goal = start.replace(hour=13, minute=0, second=0, microsecond=0)
    await table.keeper.jump(goal if goal > start else goal + timedelta(days=1))
    await table.keeper.jump(landing("tomorrow", start, Day(ZoneInfo("UTC"), None)))
    ticks = table.stage.ticks
    minutes = {tick.replace(second=0, microsecond=0) for tick in ticks}
    assert len(minutes) == len(ticks)
    assert (max(minutes) - min(minutes)).total_seconds() == 60 * (len(minutes) - 1)
    await eventually(lambda: table.phone.events[-1].text.startswith("digest"))


@pytest.mark.parametrize(
    ("to", "day", "now", "lands"),
    [
        ("evening", LONDON, "2026-11-20T12:00", "2026-11-20T21:00"),
        ("evening", LONDON, "2026-11-20T21:00", "2026-11-21T21:00"),
        ("evening", UNDATED, "2026-11-20T12:00", "2026-11-20T21:00"),
        ("tomorrow", LONDON, "2026-11-20T23:59", "2026-11-21T08:00"),
        ("tomorrow", LONDON, "2026-03-28T12:00", "2026-03-29T07:00"),  # the clocks go forward
    ],
)
def test_where_a_jump_lands(to, day, now, lands):
    local = datetime.fromisoformat(now).replace(tzinfo=day.zone)
    assert landing(to, local, day) == datetime.fromisoformat(lands).replace(tzinfo=UTC)
