"""What a person keeps comes more often, and nothing is shut out for it."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.taste import EXPLORE_OF, TELLING, Tally, deal, favourites, keep_rate

ARMS = [f"arm-{n}" for n in range(24)]
SEATS = 4

tallies = st.dictionaries(
    st.sampled_from(ARMS),
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda n: Tally(n[0], sum(n))),
)


class Keeper:
    """A person who decides about five ideas of each arm dealt, and keeps those of a few arms."""

    def __init__(self, *liked: str) -> None:
        self.liked = liked
        self.tallies: dict[str, Tally] = {}

    def decide(self, dealt: list[str]) -> None:
        for arm in dealt:
            before = self.tallies.get(arm, Tally(0, 0))
            kept = before.kept + 5 * (arm in self.liked)
            self.tallies[arm] = Tally(kept, before.decided + 5)


def test_what_is_kept_comes_more_often_than_chance_and_all_others_still_come() -> None:
    keeper = Keeper("arm-3", "arm-17")
    dealt = Counter[str]()
    for seed in range(60):
        hand = deal(ARMS, SEATS, keeper.tallies, turn=f"seed {seed}")
        keeper.decide(hand)
        dealt.update(hand)
    by_chance = 60 * SEATS / len(ARMS)
    assert min(dealt["arm-3"], dealt["arm-17"]) > 3 * by_chance
    assert set(dealt) == set(ARMS)


def test_every_arm_comes_up_within_as_many_rounds_as_there_are_arms() -> None:
    keeper = Keeper("arm-0", "arm-1", "arm-2")
    met = set[str]()
    for seed in range(len(ARMS)):
        hand = deal(ARMS, SEATS, keeper.tallies, turn=f"seed {seed}")
        keeper.decide(hand)
        met |= set(hand)
    assert met == set(ARMS)


@given(tallies, st.text(max_size=9), st.integers(1, 12))
def test_nobody_sits_twice_and_one_in_four_is_the_least_tried(
    known: dict[str, Tally], turn: str, seats: int
) -> None:
    hand = deal(ARMS, seats, known, turn=turn)
    assert hand == deal(ARMS, seats, known, turn=turn)
    assert len(hand) == len(set(hand)) == seats
    tried = sorted(known.get(arm, Tally(0, 0)).decided for arm in ARMS)
    explored = [known.get(arm, Tally(0, 0)).decided for arm in hand[: seats // EXPLORE_OF]]
    assert explored == tried[: len(explored)]


@given(tallies, st.text(max_size=9))
def test_all_have_their_turn_before_one_comes_again(known: dict[str, Tally], turn: str) -> None:
    met: list[str] = []
    for round in range(12):
        met += deal(ARMS, SEATS, known, turn=f"{turn}{round}", met=met)
    assert set(Counter(met).values()) == {2}


def test_with_fewer_arms_than_seats_they_sit_again() -> None:
    assert sorted(deal(["a", "b"], 4, {}, turn="x")) == ["a", "a", "b", "b"]


def test_another_turn_deals_another_hand_and_the_order_of_the_file_does_not_matter() -> None:
    assert deal(ARMS, SEATS, {}, turn="a") != deal(ARMS, SEATS, {}, turn="b")
    assert deal(ARMS, SEATS, {}, turn="a") == deal(ARMS[::-1], SEATS, {}, turn="a")


@given(tallies)
def test_a_rate_is_never_none_and_never_all(known: dict[str, Tally]) -> None:
    assert all(0 < keep_rate(arm, known) < 1 for arm in ARMS)


def test_few_decisions_count_for_little() -> None:
    known = {"once": Tally(1, 1), "often": Tally(30, 40), "never": Tally(0, 40)}
    assert keep_rate("often", known) > keep_rate("once", known) > keep_rate("unknown", known)


def test_favourites_are_told_with_their_counts_the_best_first() -> None:
    known = {
        "best": Tally(9, 10),
        "good": Tally(6, 10),
        "poor": Tally(1, 10),
        "new": Tally(TELLING - 1, TELLING - 1),
    }
    assert favourites(known) == [("best", Tally(9, 10)), ("good", Tally(6, 10))]


def test_who_keeps_all_alike_has_no_favourites() -> None:
    assert favourites({}) == []
    assert favourites({"angles": Tally(5, 10)}) == []
    assert favourites({"a": Tally(5, 10), "b": Tally(10, 20)}) == []
