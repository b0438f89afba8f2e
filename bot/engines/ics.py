"""Planned shoots as a calendar file, by icalendar (RFC 5545).

No ORGANIZER: with one, phones let nobody move the event. Moments in UTC, which needs no table of
zones that a phone might read otherwise. Nothing in it names a person.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from icalendar import Alarm, Calendar, Event

from bot.domain.papers import clean
from bot.domain.shoots import ALARM, Shoot

MAKER = "-//Goldpan//goldpan//EN"


def calendar_file(shoots: Sequence[Shoot], now: datetime) -> bytes:
    """These shoots as .ics, in their order: some phones take the first one only. Each is told as it
    is at `now`; those that are called off make a file of their own."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if all(one.cancelled for one in shoots) else "PUBLISH")
    for one in shoots:
        calendar.add_component(_event(one, now))
    written: bytes = calendar.to_ical()
    return written


def _event(one: Shoot, now: datetime) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.changes)
    event.add("dtstamp", now)  # without it Google's calendar on Android opens nothing
    event.add("dtstart", one.at.astimezone(UTC))
    event.add("duration", one.lasts)
    event.add("summary", clean(one.title))
    event.add("description", clean(one.text))
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    if not one.cancelled:
        event.add_component(_alarm(one))
    return event


def _alarm(one: Shoot) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean(one.title))
    alarm.add("trigger", -ALARM)
    return alarm
