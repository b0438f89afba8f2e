"""A calendar file, read back by the library that wrote it and by the rules of RFC 5545 alone."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.domain.papers import clean
from bot.domain.shoots import Shoot
from bot.engines.ics import calendar_file

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
SHOOT = Shoot(
    uid="4c1f1f0e-2d1a-5c52-9b44-0a8e3a9d7b10",
    title="散掉的念頭, 還有；彈珠",
    text="坐到公司那一站，念頭就散了。\n\n"
    + "我把 C:\\new; 「鐵門」拉下來 👨‍👩‍👧 " * 9
    + "\n\n由你的碎片 #3 #9 組成",
    at=datetime(2026, 11, 28, 15, tzinfo=ZoneInfo("Asia/Taipei")),
    lasts=timedelta(minutes=30),
    changes=2,
)


def events(content: bytes) -> list[Event]:
    return Calendar.from_ical(content).events


def unfolded(content: bytes) -> list[str]:
    """Its lines by RFC 5545, 3.1: CRLF behind each, a line that begins with a blank goes on."""
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def said(content: bytes, name: str) -> list[str]:
    """The values of a property, as 3.3.11 escapes them."""
    values = (line.partition(":")[2] for line in unfolded(content) if line.startswith(f"{name}:"))
    return [_plain(value) for value in values]


def _plain(value: str) -> str:
    signs, out = iter(value), ""
    for sign in signs:
        after = next(signs) if sign == "\\" else sign
        out += "\n" if sign == "\\" and after in "nN" else after
    return out


def test_it_is_read_back_as_it_was_written() -> None:
    (event,) = events(calendar_file([SHOOT], NOW))
    assert (str(event["summary"]), str(event["description"])) == (SHOOT.title, SHOOT.text)
    assert (event["dtstart"].dt, event["duration"].dt) == (SHOOT.at, SHOOT.lasts)
    assert (str(event["uid"]), int(event["sequence"])) == (SHOOT.uid, 2)
    assert (event["dtstamp"].dt, str(event["status"])) == (NOW, "CONFIRMED")
    (alarm,) = event.walk("VALARM")
    assert (str(alarm["action"]), alarm["trigger"].dt) == ("DISPLAY", timedelta(hours=-1))


def test_any_other_reader_finds_the_same_words() -> None:
    content = calendar_file([SHOOT], NOW)
    assert said(content, "SUMMARY") == [SHOOT.title]
    assert said(content, "DESCRIPTION") == [SHOOT.text, SHOOT.title]  # of the event, of its alarm
    assert said(content, "DTSTART") == ["20261128T070000Z"]
    assert said(content, "DURATION") == ["PT30M"]
    assert said(content, "METHOD") == ["PUBLISH"]


@given(st.text(max_size=400), st.text(st.characters(codec="utf-8"), max_size=90))
def test_no_text_breaks_it(text: str, title: str) -> None:
    content = calendar_file([replace(SHOOT, text=text, title=title)], NOW)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # folded between characters, never within one
        assert b"\n" not in line
        assert b"\r" not in line
    assert said(content, "DESCRIPTION")[0] == clean(text)
    assert str(events(content)[0]["summary"]) == clean(title)


def test_what_is_called_off_says_so_and_rings_no_more() -> None:
    content = calendar_file([replace(SHOOT, changes=3, cancelled=True)], NOW)
    (event,) = events(content)
    assert (str(event["uid"]), int(event["sequence"])) == (SHOOT.uid, 3)
    assert str(event["status"]) == "CANCELLED"
    assert said(content, "METHOD") == ["CANCEL"]
    assert event.walk("VALARM") == []


def test_they_stand_in_the_order_given_for_some_phones_take_the_first_only() -> None:
    sooner = replace(SHOOT, uid="sooner", at=SHOOT.at - timedelta(days=1))
    found = events(calendar_file([SHOOT, sooner], NOW))
    assert [str(one["uid"]) for one in found] == [SHOOT.uid, "sooner"]


def test_it_names_nobody_whom_a_phone_would_ask_before_moving_it() -> None:
    names = {
        line.partition(":")[0].partition(";")[0] for line in unfolded(calendar_file([SHOOT], NOW))
    }
    assert not names & {"ORGANIZER", "ATTENDEE", "CONTACT"}


def test_the_library_is_not_loaded_before_somebody_plans() -> None:
    code = "import sys, bot.app; print('icalendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
