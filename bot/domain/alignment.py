"""Where the words of a line come from: each of them laid beside one in the fragments it cites.

The cheapest way through: going on in the same place costs nothing, leaving words out or jumping
elsewhere costs, and so does every new word. The prices are ours. They stand so that a run elsewhere
counts from six characters or three words on (docs/science.md, "Own words"), below which texts agree
by chance, and any run where whole clauses are taken from border to border.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.domain.passage import Passage, size

NEW = 1.2  # for a character; a word of an alphabet counts as two
SKIP, SKIPPED_TOKEN = 1.0, 0.01
NEXT, ELSEWHERE, TIDY = 1.5, 3.3, 1.0  # a later sentence of the same text; any place; whole clauses
RAGGED = 0.3  # for each end inside a clause: of equal places the tidy one is meant
# How many ways are followed at once, and how much dearer than the best one may be.
BEAM, MARGIN = 40, 10.0

# A token that stands in more places than this is not looked for everywhere.
COMMON = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A token of one of the sources."""

    source: int
    at: int


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens of the line from `start` to before `end` that stand side by side in a source, there
    from `first` to `last`."""

    start: int
    end: int
    source: int
    first: int
    last: int


def align(line: Passage, sources: Sequence[Passage]) -> list[Place | None]:
    """For each token of the line the one it was taken from, None for a new one."""
    where = _index(sources)
    ways = [_Way(0.0, None, None, None)]
    for at, token in enumerate(line.tokens):
        price = NEW * size([token])
        steps = {(way.last, True): _Way(way.cost + price, way.last, None, way) for way in ways}
        for place in _candidates(where.get(token, {}), ways):
            best = min(_arrivals(ways, place, line, at, sources), default=None)
            if best is not None:
                steps[place, False] = _Way(best[0], place, place, ways[best[1]])
        ways = _pruned(list(steps.values()))
    return _traced(min(ways, key=lambda way: way.cost + _ragged_end(way, sources)))


def runs_of(places: Sequence[Place | None]) -> list[Run]:
    """The unbroken runs of an alignment, in the order of the line."""
    runs: list[Run] = []
    for at, place in enumerate(places):
        if place is None:
            continue
        open_run = runs[-1] if runs else None
        if (
            open_run
            and open_run.end == at
            and (open_run.source, open_run.last + 1) == (place.source, place.at)
        ):
            runs[-1] = Run(open_run.start, at + 1, place.source, open_run.first, place.at)
        else:
            runs.append(Run(at, at + 1, place.source, place.at, place.at))
    return runs


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """A way to lay out the line so far: what it costs, the last place taken, and the one now."""

    cost: float
    last: Place | None
    now: Place | None
    before: "_Way | None"


def _index(sources: Sequence[Passage]) -> dict[str, dict[Place, bool]]:
    """Where each token stands, and whether a segment begins there."""
    where: dict[str, dict[Place, bool]] = {}
    for number, source in enumerate(sources):
        for at, token in enumerate(source.tokens):
            where.setdefault(token, {})[Place(number, at)] = source.begins(at)
    return where


def _candidates(places: Mapping[Place, bool], ways: Sequence[_Way]) -> Iterable[Place]:
    """Where this token may come from. Of one that stands everywhere (的, the same emoji a thousand
    times) only where a way goes on, and beginnings: else a long line would take minutes."""
    if len(places) <= COMMON:
        return places
    goes_on = [Place(way.last.source, way.last.at + 1) for way in ways if way.last]
    begins = islice((place for place, first in places.items() if first), COMMON)
    return dict.fromkeys([*(place for place in goes_on if place in places), *begins])


def _arrivals(
    ways: Sequence[_Way], place: Place, line: Passage, at: int, sources: Sequence[Passage]
) -> Iterator[tuple[float, int]]:
    """What each way would cost that goes on at this place. Whoever jumps must find two tokens that
    agree, or a whole segment: one alone agrees anywhere."""
    worth_a_jump = _agrees_on(line, at, place, sources) or (
        line.begins(at) and sources[place.source].opens(place.at)
    )
    for number, way in enumerate(ways):
        last = way.last
        if last and last.source == place.source and last.at + 1 == place.at:
            yield way.cost, number
        elif worth_a_jump or (last and way.last == way.now and _near(last, place, sources)):
            yield way.cost + _price(last, place, sources), number


def _near(last: Place, place: Place, sources: Sequence[Passage]) -> bool:
    """Whether the place is further on in the same segment."""
    source = sources[place.source]
    return (
        last.source == place.source
        and last.at < place.at
        and source.segment[last.at] == source.segment[place.at]
    )


def _agrees_on(line: Passage, at: int, place: Place, sources: Sequence[Passage]) -> bool:
    found = sources[place.source]
    if found.begins(place.at) and found.ends(place.at):
        return True
    after, there = at + 1, place.at + 1
    if after == len(line.tokens) or there == len(found.tokens):
        return after == len(line.tokens)
    return line.tokens[after] == found.tokens[there]


def _price(last: Place | None, place: Place, sources: Sequence[Passage]) -> float:
    source = sources[place.source]
    ragged = RAGGED * (not source.begins(place.at))
    if last is None:
        return ragged
    if last.source == place.source and last.at < place.at:
        same = source.sentence[last.at] == source.sentence[place.at]
        skipped = SKIPPED_TOKEN * min(place.at - last.at, 50)
        if source.segment[last.at] == source.segment[place.at]:
            return SKIP + skipped
        return (SKIP if same else NEXT) + skipped + ragged + RAGGED * (not source.ends(last.at))
    tidy = not ragged and sources[last.source].ends(last.at)
    return TIDY if tidy else ELSEWHERE + ragged


def _ragged_end(way: _Way, sources: Sequence[Passage]) -> float:
    return RAGGED * (way.last is not None and not sources[way.last.source].ends(way.last.at))


def _pruned(ways: list[_Way]) -> list[_Way]:
    ways.sort(key=lambda way: way.cost)
    return [way for way in ways[:BEAM] if way.cost <= ways[0].cost + MARGIN]


def _traced(way: _Way | None) -> list[Place | None]:
    places = []
    while way is not None and way.before is not None:
        places.append(way.now)
        way = way.before
    return places[::-1]
