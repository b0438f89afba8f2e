"""What /status says was learned of a person."""

import pytest

from bot.chat.layout.taste import learned
from bot.chat.wording import wording
from bot.domain.records import Language
from bot.domain.taste import Tally, Taste

KEEPS = Taste(
    lenses={"nurse": Tally(5, 8), "rider": Tally(0, 8)},
    moves={"reverse": Tally(4, 9), "constrain": Tally(1, 7)},
    modes={"titles": Tally(6, 10), "angles": Tally(1, 9)},
)
NAMES = {"nurse": "a night-shift nurse", "reverse": "turned around", "titles": "titles"}


def test_what_is_kept_most_is_said_with_its_count_and_that_others_keep_coming() -> None:
    assert learned(wording(Language.EN), KEEPS, NAMES) == (
        "You keep most: through the eyes of a night-shift nurse (5 of 8) · turned around (4 of 9) "
        "· titles (6 of 10). One look in 4 stays open to others."
    )


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        (
            Language.ZH_HANT,
            "夜班護理師",
            "你最常留下的：夜班護理師的眼睛（8 個留 5 個）。每看 4 眼，還是有一眼留給別的。",
        ),
        (
            Language.ZH_HANS,
            "夜班护士",
            "你留得最多的：夜班护士的眼睛（8 个留 5 个）。每看 4 眼，还是有一眼留给别的。",
        ),
    ],
)
def test_it_is_said_in_the_persons_language(language: Language, name: str, said: str) -> None:
    assert learned(wording(language), KEEPS, {"nurse": name}) == said


def test_nothing_is_said_before_enough_was_decided_or_of_what_is_no_longer_there() -> None:
    say = wording(Language.EN)
    assert learned(say, Taste(), NAMES) == ""
    assert learned(say, Taste(lenses={"nurse": Tally(1, 1)}), NAMES) == ""
    assert learned(say, KEEPS, {}) == ""
