"""When the digest comes, as buttons."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.chat.buttons import WhenPlace
from bot.chat.layout import evening_choices as choices
from bot.chat.wording import wording
from bot.domain.records import Language, Person

CAME = datetime(2026, 11, 1, tzinfo=UTC)
ONE = Person(42, Language.EN, "Asia/Taipei", time(21), CAME)


@pytest.mark.parametrize(
    ("person", "ticked"),
    [
        (ONE, ["✓21:00", "✓ Every day"]),
        (replace(ONE, weekdays_only=True), ["✓21:00", "✓ Monday to Friday"]),
        (replace(ONE, digest_at=None), ["✓ No digest"]),
        (replace(ONE, digest_at=None, weekdays_only=True), ["✓ No digest"]),
    ],
)
def test_what_holds_is_ticked_and_nothing_that_contradicts_it(
    person: Person, ticked: list[str]
) -> None:
    rows = choices.rows(wording(person.language), person, CAME.date(), "short", WhenPlace.DIGEST)
    assert [key.text for row in rows for key in row if "✓" in key.text] == ticked
