"""When a recording is tried again, and what a fragment says with its words."""

from datetime import timedelta

import pytest

from bot.domain.hearing import again, is_told, with_words
from bot.errors import Trouble


@pytest.mark.parametrize(
    "trouble", [Trouble.EMPTY, Trouble.UNPLAYABLE, Trouble.SOUNDLESS, Trouble.TOO_LARGE]
)
def test_what_is_wrong_with_the_file_is_not_tried_again_but_told(trouble: Trouble) -> None:
    assert again(trouble, 1) is None
    assert is_told(trouble, 1)


def test_a_listener_that_is_away_is_tried_for_ever_and_holds_up_those_behind() -> None:
    waits = [again(Trouble.UNREACHABLE, n) for n in range(1, 10_000)]
    assert all(one and not one.aside for one in waits)
    lengths = [one.wait for one in waits if one]
    assert lengths == sorted(lengths)
    assert lengths[0] == timedelta(seconds=30)
    assert lengths[-1] == timedelta(minutes=15)
    assert not is_told(Trouble.UNREACHABLE, 10_000)


@pytest.mark.parametrize("trouble", [Trouble.TIMEOUT, Trouble.NOT_TAKEN, Trouble.GONE])
def test_what_may_be_the_recordings_fault_steps_aside_and_is_tried_once_a_day(
    trouble: Trouble,
) -> None:
    first, third, late = (again(trouble, n) for n in (1, 3, 500))
    assert first
    assert third
    assert late
    assert (first.aside, third.aside) == (False, True)
    assert late.wait == timedelta(days=1)
    assert [is_told(trouble, n) for n in (1, 2, 3)] == [False, False, True]


def test_words_stand_below_the_caption_in_the_order_of_the_recordings() -> None:
    assert with_words("", ["rain"]) == "rain"
    assert with_words("on the way\n", ["rain", "", "sun"]) == "on the way\n\nrain\n\nsun"
    assert with_words("", []) == ""
