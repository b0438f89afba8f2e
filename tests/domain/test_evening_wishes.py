"""What people type after /digest. Today is Saturday, 21 November 2026."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evening_wishes import (
    InForm,
    Now,
    Off,
    On,
    Over,
    Pause,
    Skip,
    Tell,
    TooFar,
    Unclear,
    Week,
    When,
    Wish,
    applied,
    read,
)
from bot.domain.hours import read_hour
from bot.domain.records import Language, Person

TODAY = date(2026, 11, 21)
PERSON = Person(1, Language.EN, "UTC", time(20), datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        *(
            ("21:00", time(21)),
            ("9:05", time(9, 5)),
            ("21：30", time(21, 30)),
            ("9.30", time(9, 30)),
        ),
        *(("21點", time(21)), ("21点30", time(21, 30)), ("21點30分", time(21, 30))),
        *(
            ("21时", time(21)),
            ("21時15分", time(21, 15)),
            ("21h", time(21)),
            ("21h30", time(21, 30)),
        ),
        *(("21", time(21)), ("7", time(7)), ("0:00", time(0)), ("23:59", time(23, 59))),
        *(
            ("２１：００", time(21)),
            ("9pm", time(21)),
            ("8:30 p.m.", time(20, 30)),
            ("9 AM", time(9)),
        ),
        *(("12am", time(0)), ("12pm", time(12)), ("noon", time(12)), ("午夜", time(0))),
        *(("晚上九點", time(21)), ("晚上9点半", time(21, 30)), ("晚上12點", time(0))),
        *(("凌晨一點", time(1)), ("下午6點", time(18)), ("早上八點一刻", time(8, 15))),
        *(("二十一點三十分", time(21, 30)), ("中午12點", time(12)), ("夜晚十點", time(22))),
    ],
)
def test_an_hour_is_read_as_people_type_it(text: str, hour: time) -> None:
    assert read_hour(text) == hour


@pytest.mark.parametrize(
    "text",
    [
        *("", "24:00", "21:60", "21:5", "121:00", "21:000", "-1", "13pm", "0am", "21分", "soon"),
        *("21:00 x", "21:00:00", "三", "12/1", "2026-11-21"),
    ],
)
def test_what_is_no_hour_is_not_guessed_at(text: str) -> None:
    assert read_hour(text) is None


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("", Tell()),
        *(("now", Now()), ("NOW!", Now()), ("現在", Now()), ("而家", Now())),
        *((one, Week()) for one in ("week", "This week", "weekly review", "本週", "這週", "这周")),
        *(
            (one, Week())
            for one in ("本周", "這個星期", "本週回顧", "一周回顾", "一週回顧", "週報")
        ),
        *(("off", Off()), ("關掉", Off()), ("停", Off()), ("唔要", Off())),
        *(("on", On()), ("開", On()), ("打开", On())),
        *(
            ("9pm", When(time(21))),
            ("at 21:00", When(time(21))),
            ("改到 20:30", When(time(20, 30))),
        ),
        ("20:30 weekdays", When(time(20, 30), weekdays_only=True)),
        ("weekdays at 8:30pm", When(time(20, 30), weekdays_only=True)),
        ("weekdays only", When(weekdays_only=True)),
        ("平日", When(weekdays_only=True)),
        ("工作日 20:30", When(time(20, 30), weekdays_only=True)),
        ("週一到週五晚上九點半", When(time(21, 30), weekdays_only=True)),
        ("mon-fri 19:00", When(time(19), weekdays_only=True)),
        ("every day", When(weekdays_only=False)),
        ("每天", When(weekdays_only=False)),
        ("每晚8點", When(time(20), weekdays_only=False)),
        ("every evening at 8", When(time(20), weekdays_only=False)),
        *((one, Skip(TODAY)) for one in ("今晚不要", "skip today", "tonight off", "not tonight")),
        *((one, Skip(date(2026, 11, 22))) for one in ("明天不要", "skip tomorrow", "明晚不用了")),
        *((one, When(time(21))) for one in ("2100", "at 2100", "2100 ")),
        *(
            (one, When(weekdays_only=True))
            for one in ("周末不要", "週末不要", "只要平日", "weekends off", "no weekends")
        ),
        ("20:30 weekends off", When(time(20, 30), weekdays_only=True)),
        *((one, When(time(20, 30), taken=True)) for one in ("八點半", "8點半", "改到八点半")),
        *((one, When(time(21), taken=True)) for one in ("9點", "9", "at 9", "9 o'clock")),
        *((one, When(time(9, 30))) for one in ("9:30", "09:30", "早上九點半", "9:30 am")),
        *((one, When(time(9))) for one in ("09", "09點", "9h", "9 in the morning", "上午9點")),
        *((one, When(time(1))) for one in ("1點", "凌晨一點")),
        *((one, Pause(date(2026, 11, 28))) for one in ("pause", "暫停", "pause for a week")),
        *((one, Pause(date(2026, 11, 24))) for one in ("pause 3 days", "暫停三天", "停三天")),
        *((one, Pause(date(2026, 12, 1))) for one in ("pause until 12/1", "暫停到 12/1")),
        *((one, Pause(date(2026, 11, 23))) for one in ("pause till Monday", "停到下週一")),
        ("pause until tomorrow", Pause(date(2026, 11, 22))),
        *((one, Pause(None)) for one in ("resume", "恢復", "繼續", "取消暂停")),
        *(("form newsletter", InForm("newsletter")), ("格式 電子報", InForm("電子報"))),
        ("form Live Opening", InForm("Live Opening")),
        ("pause until 11/20", Over(date(2026, 11, 20))),
        ("pause until today", Over(TODAY)),
        ("暫停0天", Over(TODAY)),
        ("pause until 2030-01-01", TooFar(date(2030, 1, 1))),
        *((one, Unclear(one)) for one in ("25:00", "soon", "21:60", "Monday", "form", "逢星期一")),
        ("20:30 blah", Unclear("blah", "20:30")),
        ("9:00 10:00", Unclear("10:00", "09:00")),
        ("pause until Someday", Unclear("Someday", "pause until")),
        ("暫停到過年", Unclear("過年", "暫停到")),
    ],
)
def test_a_wish_is_read_as_people_type_it(words: str, wish: Wish) -> None:
    assert read(words, TODAY) == wish


@given(st.text(max_size=24))
def test_no_words_make_it_stumble(words: str) -> None:
    read(words, TODAY)


def test_on_brings_back_the_hour_from_before_and_else_nine() -> None:
    off = applied(Off(), PERSON, None)
    assert off.digest_at is None
    assert applied(On(), off, time(20)).digest_at == time(20)
    assert applied(On(), off, None).digest_at == time(21)
    assert applied(When(weekdays_only=True), off, time(19)).digest_at == time(19)


def test_an_hour_leaves_the_days_and_the_days_the_hour() -> None:
    weekdays = replace(PERSON, weekdays_only=True)
    assert applied(When(time(22)), weekdays, None) == replace(weekdays, digest_at=time(22))
    assert applied(When(weekdays_only=False), weekdays, None) == PERSON


def test_a_pause_ends_by_resuming_and_whoever_gets_none_has_nothing_to_pause() -> None:
    until = date(2026, 12, 1)
    paused = applied(Pause(until), PERSON, None)
    assert paused.paused_until == until
    assert applied(When(time(22)), paused, None).paused_until == until
    assert applied(Pause(None), paused, None) == applied(On(), paused, None) == PERSON
    assert applied(Pause(until), replace(PERSON, digest_at=None), None).digest_at is None
