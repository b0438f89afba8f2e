"""Days as people say them. Today is Saturday, 21 November 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import read_day

TODAY = date(2026, 11, 21)
DAYS = {
    date(2026, 12, 1): (
        "2026-12-01", "2026/12/1", "12/1", "12-1", "1 December", "1 Dec", "Dec 1", "December 1st",
        "1st of December", "dec 1, 2026", "12月1日", "12月1號", "十二月一日", "2026年12月1日",
        "1號", "1号", "the 1st", "next month", "下個月", "十天後", "10 days",
    ),
    date(2026, 12, 25): ("25/12", "12/25", "25 Dec"),
    date(2026, 11, 23): (
        "Monday", "mon", "next Monday", "on Monday", "週一", "周一", "星期一", "禮拜一", "下週一",
        "下星期一", "下個禮拜一", "next week", "下週", "後天", "后天", "兩天後", "in 2 days",
        "two days", "the day after tomorrow",
    ),
    date(2026, 11, 25): ("星期三", "wednesday", "Wed", "下週三"),
    date(2026, 11, 27): ("禮拜五", "Friday", "next Friday", "下周五"),
    date(2026, 11, 22): ("tomorrow", "明天", "聽日", "明日", "a day", "1天", "Sunday", "星期天"),
    date(2026, 11, 28): ("a week", "一週", "一個禮拜", "Saturday", "7 days", "週六", "for a week"),
    date(2026, 11, 29): ("下週日",),
    date(2026, 11, 30): ("下下週一",),
    date(2026, 11, 24): ("in 3 days", "3 days", "three days", "3天", "三天後", "三日", "大後天"),
    date(2026, 12, 5): ("兩個星期", "兩週後", "2 weeks", "a fortnight", "兩個禮拜之後"),
    date(2026, 12, 6): ("半個月",),
    date(2026, 12, 21): ("a month", "一個月", "一個月後", "21 Dec"),
    date(2026, 12, 31): ("31號", "Dec 31"),
    date(2026, 11, 21): ("today", "今天", "tonight", "今晚", "21號", "這週六", "11/21"),
}  # fmt: skip


@pytest.mark.parametrize(("day", "said"), [(day, one) for day in DAYS for one in DAYS[day]])
def test_a_day_is_read_as_people_say_it(day: date, said: str) -> None:
    assert read_day(said, TODAY) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("11/20", date(2026, 11, 20)),
        ("9月1日", date(2026, 9, 1)),
        ("yesterday", date(2026, 11, 20)),
        ("2026-01-05", date(2026, 1, 5)),
        ("這週五", date(2026, 11, 20)),
        ("1/5", date(2027, 1, 5)),
        ("8/1", date(2027, 8, 1)),
        ("2/29", date(2028, 2, 29)),
        ("2028-02-29", date(2028, 2, 29)),
    ],
)
def test_what_is_just_over_is_over_and_else_the_year_passes(said: str, day: date) -> None:
    assert read_day(said, TODAY) == day


@pytest.mark.parametrize(
    "said",
    [
        *("", "someday", "過年", "soon", "週", "三", "2/30", "2027-02-29", "31 November", "0/0"),
        *("2026-13-01", "0000-01-01", "99月1日", "99號", "13/13", "Monday maybe", "-1", "12/1/"),
    ],
)
def test_what_is_no_day_is_not_guessed_at(said: str) -> None:
    assert read_day(said, TODAY) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["Mon", "週三", "sunday"]))
def test_a_weekday_alone_is_within_the_next_seven_days(today: date, said: str) -> None:
    found = read_day(said, today)
    assert found
    assert timedelta(0) < found - today <= timedelta(days=7)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_whole_date_is_that_day_whatever_today_is(day: date, today: date) -> None:
    for said in (f"{day}", f"{day:%Y年%m月%d日}", f"{day:%d %B %Y}"):
        assert read_day(said, today) == day


@given(st.text(max_size=12), st.dates())
def test_no_text_makes_it_stumble(said: str, today: date) -> None:
    read_day(said, today)
