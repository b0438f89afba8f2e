"""Whose eyes, which move, and what is linked to what."""

from pathlib import Path

from bot.domain.records import Language
from bot.engines.angles import LOOKS, Angles, distant_own
from bot.engines.prompts import PromptLibrary
from bot.journey.ports import ExpandAsk, Material

ANGLES = Angles(PromptLibrary(Path(__file__).parents[2] / "prompts"))
OTHERS = (Material(4, "冰箱裡只剩一顆檸檬"), Material(5, "靈感都在捷運的門口"))


def ask(
    round: int = 0, *, seed: str = "靈感都在捷運上", others: tuple[Material, ...] = OTHERS
) -> ExpandAsk:
    return ExpandAsk(1, seed, 3, Language.ZH_HANT, (Material(3, seed), *others), round)


def test_one_round_takes_four_lenses_and_four_moves() -> None:
    angles = ANGLES.of(ask())
    assert len({angle.lens.id for angle in angles}) == LOOKS
    assert len({angle.move.id for angle in angles}) == LOOKS


def test_the_first_four_rounds_use_no_lens_twice() -> None:
    lenses = [angle.lens.id for round in range(4) for angle in ANGLES.of(ask(round))]
    assert len(lenses) == len(set(lenses)) == 4 * LOOKS


def test_a_lens_that_comes_round_again_makes_another_move() -> None:
    angles = [angle for round in range(12) for angle in ANGLES.of(ask(round))]
    pairs = [(angle.lens.id, angle.move.id) for angle in angles]
    assert len(pairs) == len(set(pairs))


def test_the_same_ask_looks_the_same_way_and_another_seed_another() -> None:
    assert ANGLES.of(ask()) == ANGLES.of(ask())
    assert ANGLES.of(ask()) != ANGLES.of(ask(seed="冰箱裡只剩一顆檸檬"))


def test_only_a_linking_move_gets_a_fragment() -> None:
    angles = [angle for round in range(3) for angle in ANGLES.of(ask(round))]
    assert {angle.move.links for angle in angles} == {True, False}
    assert all((angle.link is not None) == angle.move.links for angle in angles)


def test_without_another_own_fragment_nothing_is_linked() -> None:
    lonely = (Material(4, "別人說的", own=False), Material(5, "  "))
    angles = [angle for round in range(3) for angle in ANGLES.of(ask(round, others=lonely))]
    assert not any(angle.move.links for angle in angles)


def test_the_fragment_least_like_the_seed_comes_first() -> None:
    assert [m.n for m in distant_own(ask())] == [4, 5]
