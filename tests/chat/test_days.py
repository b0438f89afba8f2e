"""How a day is written: one way everywhere."""

from datetime import date

import pytest

from bot.chat.layout import days
from bot.chat.wording import wording
from bot.domain.records import Language

MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("language", "long", "of_year", "short"),
    [
        (Language.EN, "Monday, November 30", "Monday, November 30, 2026", "Mon, Nov 30"),
        (Language.ZH_HANT, "11月30日（星期一）", "2026年11月30日（星期一）", "11月30日（週一）"),
        (Language.ZH_HANS, "11月30日（星期一）", "2026年11月30日（星期一）", "11月30日（周一）"),
    ],
)
def test_a_day_has_its_weekday_and_its_year_where_that_is_another(
    language: Language, long: str, of_year: str, short: str
) -> None:
    say = wording(language)
    assert days.long(say, MONDAY) == days.long(say, MONDAY, date(2026, 1, 1)) == long
    assert days.long(say, MONDAY, date(2025, 12, 31)) == of_year
    assert days.short(say, MONDAY) == short
