"""When an undecided idea comes back: what seemed odd on Monday may be the one on Sunday."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SPANS = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""After it was made (product.md, promise 3); then it rests in /pan. Incubation helps: d = .39
(docs/science.md, "Pan")."""

SLACK = timedelta(hours=12)
"""A digest that goes out a minute late must not move the next time by a day."""

MOST_AT_ONCE = 3
"""More would make homework of an evening."""

TOUCHED_AGAIN_AFTER = timedelta(days=7)
"""A theme somebody speaks of every day does not bring the same idea back every evening."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An undecided idea, and how often and when it came back. `round` is its expansion."""

    id: int
    title: str
    by: str
    round: int
    made_at: datetime
    returns: int
    returns_at: datetime | None
    returned_at: datetime | None


def first(made_at: datetime) -> datetime:
    """When an idea made at this moment comes back for the first time."""
    return made_at + SPANS[0]


def following(idea: Waiting, now: datetime) -> datetime | None:
    """When an idea that comes back at `now` does so again; None: from here on it rests. One that
    is late keeps its distance."""
    done = idea.returns + 1
    if done >= len(SPANS):
        return None
    distance = SPANS[done] - SPANS[done - 1] - SLACK
    return max(idea.made_at + SPANS[done], now + distance)


def may_be_touched(idea: Waiting, *, since: datetime | None, now: datetime) -> bool:
    """Whether something said after `since` may bring this idea back before its time: not the words
    it grew from, and not what was back just now."""
    if since is None or idea.made_at >= since:
        return False
    return idea.returned_at is None or idea.returned_at + TOUCHED_AGAIN_AFTER <= now


def choose(waiting: Sequence[Waiting], touched: Collection[int], *, now: datetime) -> list[Waiting]:
    """Which ideas come back at `now`: those `touched` (ids) first, then those last due; of as many
    rounds as there are."""
    coming = [
        one for one in waiting if one.id in touched or (one.returns_at and one.returns_at <= now)
    ]
    coming.sort(key=lambda one: one.id)
    coming.sort(key=lambda one: one.returns_at or one.made_at, reverse=True)
    coming.sort(key=lambda one: one.id not in touched)
    places = Counter[int]()
    turns = {}
    for one in coming:
        turns[one.id] = places[one.round]
        places[one.round] += 1
    return sorted(coming, key=lambda one: turns[one.id])[:MOST_AT_ONCE]
