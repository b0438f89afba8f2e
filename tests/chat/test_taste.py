"""What /status says was learned of a person."""

import pytest

from bot.chat.layout.taste import filmed, learned
from bot.chat.wording import wording
from bot.domain.outcomes import Learned, Trait
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
            "你比較常留下：夜班護理師的眼睛（8 個留 5 個）。每 4 次仍有一次留給沒試過的。",
        ),
        (
            Language.ZH_HANS,
            "夜班护士",
            "你比较常留下：夜班护士的眼睛（8 个留 5 个）。每 4 次仍有一次留给没试过的。",
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


def test_of_one_mode_alone_nothing_is_said() -> None:
    once = Taste(modes={"titles": Tally(6, 8), "angles": Tally(0, 3)})
    assert learned(wording(Language.EN), once, NAMES) == ""


SCENES = {"scene": Tally(4, 5), "question": Tally(0, 4)}
LENGTHS = {"short": Tally(0, 5), "long": Tally(4, 4)}
RAIN = {"雨天": Tally(4, 4), "电车": Tally(0, 5)}
FILMS = Learned(
    9,
    filmed={Trait.OPENING: SCENES, Trait.FORM: {"post": Tally(4, 4), "short": Tally(0, 5)}},
    unopened={Trait.LENGTH: LENGTHS, Trait.THEME: RAIN},
    words={"雨天": "雨天", "scene": "Scene"},
)


def test_what_is_filmed_and_what_stays_unopened_is_said_with_its_count_and_what_it_moves() -> None:
    assert filmed(wording(Language.EN), FILMS, {"post": "post"}) == (
        "You film: what opens with a scene (4 of 5) · post (4 of 4).\n"
        "You leave unopened: what takes over 45 s (4 of 4) · what speaks of “雨天” (4 of 4).\n"
        "So the evening puts forward what you film; one in 4 goes by the material alone."
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            Language.ZH_HANT,
            "你會拍：用場景開場的（5 支有 4 支） · 貼文（4 支有 4 支）。\n"
            "你常沒打開：超過 45 秒的（4 支有 4 支） · 講到「雨天」的（4 支有 4 支）。\n"
            "所以晚報先給你會拍的；每 4 次有一次只看素材。",
        ),
        (
            Language.ZH_HANS,
            "你会拍：用场景开场的（5 支有 4 支） · 贴文（4 支有 4 支）。\n"
            "你常没打开：超过 45 秒的（4 支有 4 支） · 讲到“雨天”的（4 支有 4 支）。\n"
            "所以晚报先给你会拍的；每 4 次有一次只看素材。",
        ),
    ],
)
def test_what_is_filmed_is_said_in_the_persons_language(language: Language, said: str) -> None:
    post = {Language.ZH_HANT: "貼文", Language.ZH_HANS: "贴文"}[language]
    assert filmed(wording(language), FILMS, {"post": post}) == said


def test_of_drafts_nothing_is_said_before_enough_became_of_them() -> None:
    assert filmed(wording(Language.EN), Learned(5, filmed=FILMS.filmed), {}) == ""
    assert filmed(wording(Language.EN), Learned(), {}) == ""
