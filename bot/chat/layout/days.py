"""How a day is written, one way everywhere."""

from datetime import date

from babel.dates import format_date

from bot.chat.wording import Wording
from bot.domain.records import Language

# In the letters of Unicode's date patterns; the language's own weekday.
_LONG = {Language.EN: "EEEE, MMMM d"}
_OF_YEAR = {Language.EN: "EEEE, MMMM d, y"}
_SHORT = {Language.EN: "EEE, MMM d"}


def long(say: Wording, day: date, today: date | None = None) -> str:
    """Monday, November 30; with its year where that is not the one of `today`, if it can be."""
    same = today is None or day.year == today.year
    forms, chinese = (_LONG, "M月d日（EEEE）") if same else (_OF_YEAR, "y年M月d日（EEEE）")
    return format_date(day, forms.get(say.language, chinese), locale=say.locale)


def short(say: Wording, day: date) -> str:
    """Mon, Nov 30: for buttons, and where there is little room."""
    return format_date(day, _SHORT.get(say.language, "M月d日（EEE）"), locale=say.locale)


def weekday(say: Wording, day: date) -> str:
    """Monday: for a day that is less than a week away."""
    return format_date(day, "EEEE", locale=say.locale)
