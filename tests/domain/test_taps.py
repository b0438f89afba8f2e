"""Wishes made by buttons are read as what they were."""

import pytest

from bot.domain import taps, wishes
from bot.domain.changes import Back, Change, Drop, Move, OtherHook, PutIn, Shorter


@pytest.mark.parametrize(
    ("wish", "change"),
    [
        (taps.SHORTER, Shorter()),
        (taps.hook(2), OtherHook(2)),
        (taps.drop(3), Drop((3,))),
        (taps.move(3, 1), Move(3, 1)),
        (taps.put(12), PutIn(12)),
        (taps.back(1), Back(1)),
    ],
)
def test_a_tap_is_read_back(wish: str, change: Change) -> None:
    assert taps.read(wish) == (change,)
    assert not wishes.invents(wish)


@pytest.mark.parametrize("gap", ["那天幾點?", ""])
def test_an_answer_names_its_gap(gap: str) -> None:
    assert taps.read_answer(taps.answer(5, gap)) == (5, gap)
    assert taps.read(taps.answer(5, gap)) is None
