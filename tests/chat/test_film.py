"""A draft gets a day and an hour, and the calendar a file, through the real application."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from babel.dates import format_skeleton
from icalendar import Calendar, Event

from bot.chat.buttons import Action
from bot.domain.drafts import Version
from bot.store import drafts
from bot.store.database import Database
from tests.chat.conftest import Chat
from tests.chat.test_delivery import over, when
from tests.chat.test_pan import keys, stored
from tests.chat.test_takeaway import NOW, SCRIPT, content, press, under

GONE = "That is gone. Nothing was changed."
TITLE = "The lid: stuck / again"


@pytest.fixture
def chat_rest_s() -> float:
    return 0.0


async def drafted(chat: Chat, *, form: str = "short") -> Version:
    """A draft of Ming's, shown in the newest message."""
    if not stored(chat, "SELECT id FROM people"):
        chat.phone.send("/start")
        await chat.answered()
    db = Database(f"sqlite+aiosqlite:///{chat.database}")
    async with db.write() as session:
        wish = drafts.Wish(person_id=chat.phone.person_id, form=form)
        draft = await drafts.open_draft(session, wish, now=NOW)
        written = drafts.Written(script=replace(SCRIPT, form=form), by="claude")
        version = await drafts.add(session, draft, written, now=NOW)
    await db.close()
    await tap(chat, Action.SHOW_DRAFT, version.id)
    return version


async def tap(chat: Chat, action: Action, *args: int) -> None:
    """Press a button with this data under a message of its own; nobody draws in place of that
    unless it is known to show a draft."""
    under(chat, ":".join([action, *map(str, args)]))
    await press(chat, "Press")


def day_after(days: int) -> date:
    """A day by the clock of a person in UTC, as everybody begins."""
    return datetime.now(UTC).date() + timedelta(days=days)


def label(day: date) -> str:
    return format_skeleton("MMMEd", day, locale="en")


def told(day: date, hour: str) -> str:
    return f"{day:%A, %B} {day.day}, {hour}"


async def plan(chat: Chat, day: date, hour: str = "15:00") -> None:
    for wanted in ("🗓", label(day), hour):
        await press(chat, wanted)


def event(chat: Chat, n: int) -> Event:
    """The first event of the nth file."""
    return events(chat, n)[0]


def events(chat: Chat, n: int) -> list[Event]:
    return Calendar.from_ical(content(chat, n)).events


async def test_a_day_and_an_hour_are_chosen_where_the_draft_stands(chat: Chat) -> None:
    await drafted(chat)
    before = len(chat.heard())
    await press(chat, "🗓 Film on …")
    assert chat.heard("edit")[-1] == f"🎬 {TITLE}\nOn which day do you film it?"
    assert keys(chat)[-2:] == ["Later ›", "‹ The script"]
    await press(chat, label(day_after(3)))
    assert chat.heard("edit")[-1] == (f"🎬 {TITLE}\n{told(day_after(3), '')[:-2]}: at what time?")
    assert keys(chat)[:6] == ["09:00", "12:00", "15:00", "18:00", "20:00", "22:00"]
    assert keys(chat)[6:] == ["‹ Another day", "‹ The script"]
    await press(chat, "15:00")
    moment = told(day_after(3), "15:00")
    assert chat.heard("toast")[-1] == f"To be filmed on {moment}."
    assert f"to be filmed on {moment}" in chat.heard("edit")[-1].splitlines()[1]
    assert {"🗓 Another day", "✖ Not any more"} <= set(keys(chat))
    assert len(chat.heard()) == before


async def test_the_calendar_gets_a_file_with_the_script_and_where_it_comes_from(
    chat: Chat,
) -> None:
    await drafted(chat)
    await plan(chat, day_after(3))
    (name,) = chat.heard("file")
    assert name.splitlines() == [
        f"{day_after(3)} The lid stuck again.ics",
        f"🗓 To be filmed on {told(day_after(3), '15:00')}.",
        "Open the file, and your calendar has it, with the script.",
    ]
    found = event(chat, 1)
    at = datetime.combine(day_after(3), datetime.min.time(), UTC).replace(hour=15)
    assert (found["dtstart"].dt, int(found["sequence"])) == (at, 1)
    assert found["duration"].dt == timedelta(minutes=30)
    assert str(found["summary"]) == TITLE
    assert str(found["description"]) == (
        "the lid was stuck\n\nso I went home\n\nthe lid was stuck\n\n"
        "assembled from your fragments #1 #2 with Claude"
    )


async def test_a_change_is_the_same_event_with_a_higher_number(chat: Chat) -> None:
    await drafted(chat)
    await plan(chat, day_after(3))
    await plan(chat, day_after(4), "20:00")
    first, second = event(chat, 1), event(chat, 2)
    assert str(first["uid"]) == str(second["uid"])
    assert (int(second["sequence"]), second["dtstart"].dt.hour) == (2, 20)


async def test_what_is_taken_back_leaves_the_calendar_too(chat: Chat) -> None:
    await drafted(chat)
    await plan(chat, day_after(3))
    await press(chat, "✖")
    assert chat.heard("toast")[-1] == "Not planned any more."
    assert "to be filmed" not in chat.heard("edit")[-1]
    assert "🗓 Film on …" in keys(chat)
    found = event(chat, 2)
    assert (str(found["status"]), int(found["sequence"])) == ("CANCELLED", 2)
    assert found["dtstart"].dt == event(chat, 1)["dtstart"].dt
    assert "Not planned any more. If it is in your calendar" in chat.heard("file")[-1]


async def test_the_file_has_all_that_is_planned_the_newest_first(chat: Chat) -> None:
    await drafted(chat)
    await plan(chat, day_after(3))
    await drafted(chat)
    await plan(chat, day_after(4))
    starts = [one["dtstart"].dt.date() for one in events(chat, 2)]
    assert starts == [day_after(4), day_after(3)]
    assert chat.heard("file")[-1].endswith("\n1 more that is planned is in it too.")


@pytest.mark.parametrize("command", ["/draft shoots", "/draft 拍攝", "／draft 拍摄"])
async def test_what_is_planned_is_listed_with_its_file_and_leads_to_the_drafts(
    chat: Chat, command: str
) -> None:
    await drafted(chat)
    await plan(chat, day_after(3))
    chat.phone.send(command)
    await chat.answered()
    _, *lines = chat.heard("file")[-1].splitlines()
    assert lines == [
        "🗓 To be filmed",
        f"1. {told(day_after(3), '15:00')} · {TITLE}",
        "The file puts all of it into your calendar.",
    ]
    await press(chat, "1")
    assert chat.heard()[-1].startswith(f"🎬 {TITLE}")


async def test_when_nothing_is_planned_it_says_how_to_plan(chat: Chat) -> None:
    chat.phone.send("/draft shoots")
    await chat.answered()
    assert chat.heard()[-1].startswith("Nothing is planned. “🗓 Film on …” under a draft")
    assert chat.heard("file") == []


async def test_what_is_filmed_asks_for_no_day_and_is_in_no_file(chat: Chat) -> None:
    version = await drafted(chat)
    await plan(chat, day_after(3))
    await press(chat, "🎬 filmed")
    assert not [one for one in keys(chat) if one.startswith(("🗓", "✖"))]
    minute = int(datetime.now(UTC).timestamp()) // 60
    for action, args in (
        (Action.FILM, (0,)),
        (Action.FILM_AT, (day_after(4).toordinal(), 900)),
        (Action.UNFILM, (minute,)),
    ):
        await tap(chat, action, version.id, *args)
        assert chat.heard("toast")[-1] == "It is filmed already. Nothing was changed."
    assert stored(chat, "SELECT film_changes FROM drafts") == [(1,)]
    chat.phone.send("/draft shoots")
    await chat.answered()
    assert len(chat.heard("file")) == 1


async def test_what_is_read_is_not_filmed(chat: Chat) -> None:
    await drafted(chat, form="newsletter")
    assert not [one for one in keys(chat) if one.startswith("🗓")]


async def test_later_weeks_are_a_page_each_and_lead_back(chat: Chat) -> None:
    await drafted(chat)
    await press(chat, "🗓")
    await press(chat, "Later ›")
    assert keys(chat)[:7] == [label(day_after(n)) for n in range(7, 14)]
    for _ in range(2):
        await press(chat, "Later ›")
    assert keys(chat)[6:] == [label(day_after(27)), "‹ Sooner", "‹ The script"]


async def test_under_another_message_it_is_asked_in_a_new_one(chat: Chat) -> None:
    version = await drafted(chat)
    edits = len(chat.heard("edit"))
    await tap(chat, Action.FILM, version.id, 0)
    assert chat.heard()[-1] == f"🎬 {TITLE}\nOn which day do you film it?"
    assert len(chat.heard("edit")) == edits
    await press(chat, label(day_after(3)))
    assert len(chat.heard("edit")) == edits + 1


YEAR_9999 = 253_402_300_000 // 60
SECOND_YEAR = -62_103_715_200 // 60 - 1


@pytest.mark.parametrize(
    "data",
    ["fh:{}:1", "fa:{}:1:900", "fx:{}:1", f"fx:{{}}:{YEAR_9999}", f"fx:{{}}:{SECOND_YEAR}"],
)
async def test_a_day_or_a_moment_that_was_never_offered_is_not_believed(
    chat: Chat, data: str
) -> None:
    version = await drafted(chat)
    await plan(chat, day_after(3))
    under(chat, data.format(version.id))
    await press(chat, "Press")
    assert chat.heard("toast")[-1] == GONE
    assert len(chat.heard("file")) == 1
    assert stored(chat, "SELECT film_changes FROM drafts") == [(1,)]


@pytest.mark.parametrize("minute", [None, 540])
async def test_what_is_past_is_refused_and_what_is_not_is_offered(
    chat: Chat, minute: int | None
) -> None:
    version = await drafted(chat)
    yesterday = day_after(-1).toordinal()
    if minute is None:
        await tap(chat, Action.FILM_DAY, version.id, yesterday)
    else:
        await tap(chat, Action.FILM_AT, version.id, yesterday, minute)
    assert chat.heard("toast")[-1] == "That is over. Nothing was changed; choose a later time."
    assert chat.heard()[-1].endswith("On which day do you film it?")
    assert stored(chat, "SELECT film_at, film_changes FROM drafts") == [(None, 0)]


async def test_the_same_tap_twice_plans_once(chat: Chat) -> None:
    version = await drafted(chat)
    ordinal = day_after(3).toordinal()
    for _ in range(2):
        await tap(chat, Action.FILM_AT, version.id, ordinal, 900)
    assert stored(chat, "SELECT film_changes FROM drafts") == [(1,)]
    at = event(chat, 1)["dtstart"].dt
    for _ in range(2):
        await tap(chat, Action.UNFILM, version.id, int(at.timestamp()) // 60)
    assert stored(chat, "SELECT film_at, film_changes FROM drafts") == [(None, 2)]
    assert [int(event(chat, n)["sequence"]) for n in (1, 2, 3, 4)] == [1, 1, 2, 2]


async def test_the_choice_goes_on_after_a_kill(chat: Chat) -> None:
    await drafted(chat)
    await press(chat, "🗓")
    await chat.restart()
    await press(chat, label(day_after(3)))
    await chat.restart()
    await press(chat, "15:00")
    assert len(chat.heard("file")) == 1


async def test_a_file_whose_answer_was_lost_comes_once_and_the_plan_stands(chat: Chat) -> None:
    version = await drafted(chat)
    handled = "SELECT count(*) FROM inbox WHERE state = 'handled'"
    under(chat, f"{Action.FILM_AT}:{version.id}:{day_after(3).toordinal()}:900")
    ((before,),) = stored(chat, handled)
    when(chat, "sendDocument", "lose_answers")
    chat.phone.tap("Press")
    await over(chat, "lose_answers", f"{handled} HAVING count(*) > {before}")
    await chat.restart()
    await chat.answered()
    assert len(chat.heard("file")) == 1
    assert stored(chat, "SELECT film_changes FROM drafts") == [(1,)]


FAR = date.max.toordinal()


@pytest.mark.parametrize(
    "data",
    [
        *("fd:99:0", "fd:1:4", "fd:1", "fd:1:x", "fh:1:0", f"fh:1:{FAR}", f"fh:1:{2**62}"),
        *(
            "fa:1:1:1",
            f"fa:1:{FAR}:900",
            f"fa:99:{2**62}:900",
            "fx:1:1",
            f"fx:1:{2**62}",
            "fx:99:1",
        ),
    ],
)
async def test_a_button_whose_draft_is_gone_or_that_we_never_made_says_so(
    chat: Chat, data: str
) -> None:
    await drafted(chat)
    under(chat, data)
    await press(chat, "Press")
    assert chat.heard("toast")[-1] == GONE
    assert chat.heard("file") == []
