"""Between midnight and the hour a day begins, a day is called by its name and not by "today"."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.chat.layout import evenings, film, offers
from bot.chat.wording import wording
from bot.domain.evening import Outlook, Tonight
from bot.domain.records import Language, Person

SUNDAY = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)  # 21:00 in Taipei
AMBIGUOUS = {
    Language.EN: ("today", "tonight", "tomorrow"),
    Language.ZH_HANT: ("今天", "今晚", "明天", "明晚"),
    Language.ZH_HANS: ("今天", "今晚", "明天", "明晚"),
}
NEXT = {
    Language.EN: "The next one comes on Sunday at 21:00, in ",
    Language.ZH_HANT: "下一份星期日 21:00 來，還有 ",
    Language.ZH_HANS: "下一份星期日 21:00 来，还有 ",
}
SATURDAYS = {Language.EN: "Saturday", Language.ZH_HANT: "星期六", Language.ZH_HANS: "星期六"}


@pytest.fixture
def one() -> Person:
    """Somebody in Taipei with the digest at 21:00 from Monday to Friday."""
    came = datetime(2026, 11, 1, tzinfo=UTC)
    return Person(
        id=42,
        language=Language.EN,
        timezone="Asia/Taipei",
        digest_at=time(21),
        digest_from=came,
        weekdays_only=True,
    )


def at(hour: int, minute: int) -> datetime:
    """A moment early on Sunday in Taipei."""
    return datetime(2026, 11, 21, 16 + hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("tonight", [one for one in Tonight if one is not Tonight.OFF])
@pytest.mark.parametrize("now", [at(0, 30), at(1, 11), at(3, 59)])
@pytest.mark.parametrize("language", Language)
def test_past_midnight_every_evening_is_called_by_its_weekday(
    one: Person, language: Language, now: datetime, tonight: Tonight
) -> None:
    told = evenings.in_words(wording(language), one, Outlook(tonight, SUNDAY), now, "")
    assert not [word for word in AMBIGUOUS[language] if word in told.lower()]
    _, comes, *rest = told.splitlines()
    assert comes.startswith(NEXT[language])
    # That one was passed over is told with when the last one came.
    assert bool(rest) is (tonight not in (Tonight.COMES, Tonight.PASSED_OVER))
    assert all(SATURDAYS[language] in line for line in rest)


@pytest.mark.parametrize(
    ("until", "says"),
    [(datetime(2026, 11, 28, 13, 0, tzinfo=UTC), "on Saturday, November 28, in 7 days")],
)
def test_a_weekday_that_could_be_either_has_its_date(
    one: Person, until: datetime, says: str
) -> None:
    told = evenings.in_words(wording(Language.EN), one, Outlook(Tonight.CAME, until), at(1, 11), "")
    assert says in told


def test_what_is_put_off_past_midnight_comes_back_on_a_weekday(one: Person) -> None:
    put_off, sunday = offers.put_off, date(2026, 11, 22)
    say = wording(Language.EN)
    assert put_off(say, one, sunday, at(1, 11)) == "It comes back on Sun, Nov 22 at 21:00."
    eve = datetime(2026, 11, 21, 13, 30, tzinfo=UTC)
    assert put_off(say, one, sunday, eve) == "It comes back tomorrow at 21:00."


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (Language.EN, ["Today · Sun, Nov 22", "Tomorrow · Mon, Nov 23"]),
        (Language.ZH_HANT, ["今天 · 11月22日（週日）", "明天 · 11月23日（週一）"]),
        (Language.ZH_HANS, ["今天 · 11月22日（周日）", "明天 · 11月23日（周一）"]),
    ],
)
def test_the_days_to_film_on_have_their_dates(
    one: Person, language: Language, shown: list[str]
) -> None:
    now = at(1, 11).astimezone(one.zone)
    days = [date(2026, 11, 22), date(2026, 11, 23)]
    letter = film.days(wording(language), "The lid", 1, days, 0, now)
    assert letter.keyboard
    assert [key.text for key in letter.keyboard.inline_keyboard[0]] == shown


def test_an_evening_that_is_over_is_not_called_tonight(one: Person) -> None:
    every_day = replace(one, weekdays_only=False)
    told = evenings.in_words(
        wording(Language.EN), every_day, Outlook(Tonight.PAST, SUNDAY), at(1, 11), ""
    )
    assert told.splitlines()[1:] == [
        "The next one comes on Sunday at 21:00, in 20 hours.",
        "21:00 is past, so Saturday has none: what you said comes with the next one; "
        "/digest now brings it at once.",
    ]
