"""Whose eyes, which move, and what is linked to what."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.domain.records import Language, Mode
from bot.domain.taste import Tally, Taste
from bot.engines.angles import Angle, Angles, distant_own
from bot.engines.prompts import PromptLibrary
from bot.errors import PromptError
from bot.journey.ports import ExpandAsk, Material

PROMPTS = Path(__file__).parents[2] / "prompts"
ANGLES = Angles(PromptLibrary(PROMPTS))
OTHERS = (Material(4, "冰箱裡只剩一顆檸檬"), Material(5, "靈感都在捷運的門口"))


def ask(
    round: int = 0, *, seed: str = "靈感都在捷運上", others: tuple[Material, ...] = OTHERS
) -> ExpandAsk:
    return ExpandAsk(1, seed, 3, Language.ZH_HANT, (Material(3, seed), *others), round)


def rounds(count: int, *, taste: Taste | None = None) -> list[tuple[Angle, ...]]:
    """So many rounds on one seed, each told which lenses it has met."""
    used: tuple[str, ...] = ()
    dealt = []
    for round in range(count):
        angles = ANGLES.of(replace(ask(round), used=used, taste=taste or Taste()))
        used += tuple(angle.lens.id for angle in angles)
        dealt.append(angles)
    return dealt


def test_one_round_takes_four_lenses_and_four_moves() -> None:
    angles = ANGLES.of(ask())
    assert len({angle.lens.id for angle in angles}) == 4
    assert len({angle.move.id for angle in angles}) == 4


def test_no_lens_looks_twice_at_a_seed_until_all_have() -> None:
    lenses = Counter(angle.lens.id for angles in rounds(6) for angle in angles)
    assert set(lenses.values()) == {1}
    assert len(lenses) == 24
    again = Counter(angle.lens.id for angles in rounds(12) for angle in angles)
    assert set(again.values()) == {2}


def test_a_refill_looks_through_one_more_pair_of_eyes() -> None:
    first = ANGLES.of(ask())
    used = tuple(angle.lens.id for angle in first)
    [more] = ANGLES.of(replace(ask(), used=used, looks=1))
    assert more.lens.id not in used


def test_the_same_ask_looks_the_same_way_and_another_seed_another() -> None:
    assert ANGLES.of(ask()) == ANGLES.of(ask())
    assert ANGLES.of(ask()) != ANGLES.of(ask(seed="冰箱裡只剩一顆檸檬"))


def test_a_lens_that_is_no_longer_in_the_file_is_forgotten() -> None:
    assert len(ANGLES.of(replace(ask(), used=("long-gone",)))) == 4


def test_what_a_person_keeps_looks_more_often_and_all_others_still_look() -> None:
    liked = {"night-nurse", "mechanic"}
    lenses: dict[str, Tally] = {}
    moves: dict[str, Tally] = {}
    seen, met = Counter[str](), set[str]()
    for seed in range(60):
        asked = replace(ask(seed=f"第 {seed} 個念頭"), taste=Taste(lenses, moves))
        for angle in ANGLES.of(asked):
            keeps = 5 * (angle.lens.id in liked)
            for tallies, id in ((lenses, angle.lens.id), (moves, angle.move.id)):
                before = tallies.get(id, Tally(0, 0))
                tallies[id] = Tally(before.kept + keeps, before.decided + 5)
            seen[angle.lens.id] += 1
            met |= {angle.lens.id, angle.move.id}
    by_chance = 60 * 4 / 24
    assert min(seen[id] for id in liked) > 3 * by_chance
    assert met == ANGLES.names(Language.EN).keys() - {*Mode}


def test_only_a_linking_move_gets_a_fragment() -> None:
    angles = [angle for dealt in rounds(3) for angle in dealt]
    assert {angle.move.links for angle in angles} == {True, False}
    assert all((angle.link is not None) == angle.move.links for angle in angles)


def test_without_another_own_fragment_nothing_is_linked() -> None:
    lonely = (Material(4, "別人說的", own=False), Material(5, "  "))
    angles = [angle for round in range(3) for angle in ANGLES.of(ask(round, others=lonely))]
    assert not any(angle.move.links for angle in angles)


def test_a_mix_is_nothing_but_linking_through_different_eyes() -> None:
    angles = ANGLES.of(replace(ask(others=()), mix="夜班護士", mix_n=None))
    assert all(angle.move.links and angle.link is None for angle in angles)
    assert len({angle.lens.id for angle in angles}) == 4


def test_the_fragment_least_like_the_seed_comes_first() -> None:
    assert [m.n for m in distant_own(ask())] == [4, 5]


def test_everything_that_is_dealt_or_asked_for_has_a_name() -> None:
    names = ANGLES.names(Language.ZH_HANT)
    assert names["night-nurse"] == "夜班護理師"
    assert names["reverse"] == "反過來"
    assert names["hooks"] == "開場白"
    assert len(names) == 24 + 5 + len(Mode)


@pytest.mark.parametrize(
    ("name", "keep", "said"),
    [
        ("modes.yaml", lambda all: all[:-1], "nothing says what visuals are"),
        ("moves.yaml", lambda all: all[:-1], "at least one move needs another fragment"),
        ("lenses.yaml", lambda all: [*all, all[0]], "two have the id night-nurse"),
    ],
)
def test_what_is_missing_or_there_twice_is_named(
    tmp_path: Path, name: str, keep: object, said: str
) -> None:
    folder = shutil.copytree(PROMPTS, tmp_path / "prompts")
    data = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    assert callable(keep)
    (folder / name).write_text(yaml.safe_dump(keep(data)), encoding="utf-8")
    with pytest.raises(PromptError, match=said):
        Angles(PromptLibrary(folder))
