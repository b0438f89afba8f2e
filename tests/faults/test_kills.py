"""The bot as a real process that is killed at moments drawn from a seed, 50 ms from Telegram."""

from pathlib import Path
from typing import Any

import pytest

from bench.storm import GOLDPAN, Storm, Toll, Weather

SEED = 7
AT_ITS_WORST = {"mishaps": 0.05, "duplicate": True, "reorder": True}
FLOODED = {"floods": 0.05, "limits": True}


async def toll_of(folder: Path, kills: int = 3, **faults: Any) -> Toll:
    weather = Weather(SEED, people=12, messages=120, over_s=3, kills=kills, faults=faults)
    return await Storm(GOLDPAN, weather, folder).blow()


@pytest.mark.parametrize(
    "faults", [{}, AT_ITS_WORST, FLOODED], ids=["kills", "kills-and-faults", "kills-and-floods"]
)
async def test_killed_at_any_moment_it_loses_nothing_and_keeps_nothing_twice(
    tmp_path: Path, faults: dict[str, Any]
) -> None:
    toll = await toll_of(tmp_path, **faults)
    assert (toll.lost, toll.doubled, toll.unanswered, toll.out_of_order) == (0, 0, 0, 0)
    assert faults or toll.repeated <= toll.in_flight


async def test_a_chat_it_was_told_to_wait_with_is_left_alone(tmp_path: Path) -> None:
    toll = await toll_of(tmp_path, kills=0, **FLOODED)
    assert (toll.lost, toll.doubled, toll.unanswered, toll.too_soon) == (0, 0, 0, 0)
