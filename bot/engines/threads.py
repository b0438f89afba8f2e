"""Which passages of a day belong together: those that share words rare in it, those that lean on
each other or continue each other, and those from one corner of life."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain.leaning import manner_of, refers
from bot.domain.likeness import quotations
from bot.domain.topics import corners_of
from bot.engines.leaning import Lean, leaning
from bot.engines.passages import Passage
from bot.engines.vectors import Vector, added, cosine, telling, weigh

RECALLED = 2
"""So many lines of earlier days may join a thread: it is the new that is told."""

RELATED = 0.08
"""Two passages at least this much alike (cosine of tf-idf) belong to one thread; chosen by eye on
our own example days."""

NEARLY_ALL = 0.8
"""A short day of which this share hangs together, if only by twos, is one story too."""

FEW = 5
"""So few things said are one story unless they show that they are not."""

APART, SCATTERED = 3, 0.4
"""So many corners of life with nothing between them, for this share of the lines of a day, are
no story together."""

SHORT_DAY = 9
"""A day of so few passages is one story when half of them hang together with another, and no
other part of it is a story by itself."""


_CENTRE = -1  # where a passage has its place


@dataclass(frozen=True, slots=True)
class Thread:
    """Passages about one thing, in the order they were said; `vectors` and `leans` go by place."""

    passages: tuple[Passage, ...]
    vectors: Sequence[Vector]
    centre: Vector
    leans: Mapping[int, Lean]

    _known: dict[tuple[int, int], float] = field(default_factory=dict, compare=False)

    def likeness(self, a: Passage, b: Passage) -> float:
        """How alike two passages are, 0 to 1."""
        if (a.place, b.place) not in self._known:
            alike = cosine(self.vectors[a.place], self.vectors[b.place])
            self._known[a.place, b.place] = alike
        return self._known[a.place, b.place]

    def relevance(self, passage: Passage) -> float:
        """How near a passage is to what the thread is about, 0 to 1."""
        if (passage.place, _CENTRE) not in self._known:
            near = cosine(self.vectors[passage.place], self.centre)
            self._known[passage.place, _CENTRE] = near
        return self._known[passage.place, _CENTRE]

    def leans_on(self, passage: Passage) -> list[Passage]:
        """What has to be told before this passage, itself included, from the beginning."""
        chain = [passage]
        while lean := self.leans.get(chain[0].place):
            chain.insert(0, lean.on)
        return chain


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a thread is looked for by: what it is to be about, what was picked, how many passages
    belong together at least (`kindred`), how many a script needs and how many it has room for. A
    `strict` one stands by itself: nothing joins it from beside."""

    about: str
    picked: Sequence[str]
    kindred: int
    fewest: int
    most: int
    strict: bool = False
    said: int = 0  # how many things were said in all, to be told or not


def find_thread(passages: Sequence[Passage], wanted: Wanted) -> Thread | None:
    """The strongest thread: nearest to what it is to be about, then with what was kept, near to
    what was picked, and longest. None when too few passages belong together."""
    texts = [" ".join(quotations(text)) or text for text in wanted.picked]
    vectors = weigh([*(p.text for p in passages), *texts, wanted.about])
    wish, about = added(vectors[len(passages) : -1]), vectors[-1]
    told, leans = leaning([one for one in passages if not one.older])

    kin = Kinship(told, vectors, leans, 2 * RELATED if wanted.strict else RELATED)
    days = [(True, kin.groups())] + ([] if wanted.strict else [(False, kin.groups(loose=True))])

    def strength(group: Sequence[Passage], *, tight: bool) -> tuple[float | bool, ...]:
        centre = added(vectors[p.place] for p in group)
        near = round(_nearness(group, about, wanted.about, vectors), 3)
        gold, picked = any(p.gold for p in group), cosine(centre, wish) >= RELATED
        size = min(len(group), wanted.fewest + 1)
        return near, gold, picked, tight, size, sum(p.seconds for p in group)

    ranked = [
        (strength(group, tight=tight), group, groups)
        for tight, groups in days
        for group in groups
        if len(group) >= wanted.kindred or _is_one_story(groups, wanted)
    ]
    for (near, *_), group, groups in sorted(ranked, key=lambda one: one[0], reverse=True):
        members = _narrowed(group, vectors, 2 * wanted.most)
        if not wanted.strict:
            members = _filled(members, groups, vectors, wanted)
        members = _supported(members, told, leans)
        if len(members) >= wanted.fewest and (near or not wanted.about.strip()):
            if not wanted.strict:
                members = [*_recalled(members, passages, vectors), *members]
            centre = added([wish, about, *(vectors[p.place] for p in members)])
            return Thread(tuple(members), vectors, centre, leans)
    if wanted.about.strip() and not wanted.strict:
        members = _about(told, about, vectors, wanted)
        if len(members) >= wanted.fewest:
            return Thread(tuple(members), vectors, added([wish, about]), leans)
    return None


def _about(
    told: Sequence[Passage], about: Vector, vectors: Sequence[Vector], wanted: Wanted
) -> list[Passage]:
    """The fragments that speak of the subject itself, in one language: that is what they have in
    common."""
    subject = telling(wanted.about)  # a word that all of them hold weighs nothing as a vector
    named = {p.n for p in told if cosine(vectors[p.place], about) > 0 or subject & telling(p.text)}
    near = [p for p in told if p.n in named]
    tongues = Counter(p.tongue for p in near)
    near = [p for p in near if tongues[p.tongue] == max(tongues.values())]
    nearest = sorted(near, key=lambda p: -cosine(vectors[p.place], about))[: 2 * wanted.most]
    return sorted(nearest, key=lambda p: p.place)


def _is_one_story(groups: Sequence[Sequence[Passage]], wanted: Wanted) -> bool:
    """Whether nearly every line of a short day hangs together with another, if only by twos."""
    whole = sum(map(len, groups))
    kindred = sum(len(group) for group in groups if len(group) > 1)
    one = len({group[0].tongue for group in groups}) == 1
    short = one and not wanted.strict and whole <= SHORT_DAY
    few = wanted.said <= FEW and not _scattered(groups)
    return short and (few or kindred >= NEARLY_ALL * whole)


def _scattered(groups: Sequence[Sequence[Passage]]) -> bool:
    """Whether the lines of a day show that they are about different things: that two share no word
    does not yet."""
    corners = [corners_of(p.text) for group in groups for p in group]
    apart: list[frozenset[str]] = []
    for one in filter(None, corners):
        touching = [other for other in apart if other & one]
        apart = [other for other in apart if other not in touching]
        apart.append(one.union(*touching))
    return len(apart) >= max(APART, len(corners) * SCATTERED)


def _nearness(
    group: Sequence[Passage], about: Vector, words: str, vectors: Sequence[Vector]
) -> float:
    """How near a group is to what a draft is to be about; a word of the same corner of life is
    something too."""
    near = sum(cosine(vectors[p.place], about) for p in group)
    corners = corners_of(words)
    return near + 0.01 * sum(bool(corners & corners_of(p.text)) for p in group if corners)


def _filled(
    group: Sequence[Passage],
    groups: Sequence[Sequence[Passage]],
    vectors: Sequence[Vector],
    wanted: Wanted,
) -> list[Passage]:
    """The group and, while there is room, what is near to it. A short day is one story when half
    of it hangs together."""
    centre = added(vectors[p.place] for p in group)
    alike = [one for one in groups if one[0].tongue is group[0].tongue]
    others = [p for one in alike for p in one if p not in group]
    kindred = sum(len(one) for one in alike if len(one) > 1)
    room = max(0, wanted.most - len(group))
    whole = len(group) + len(others)
    alone = all(len(one) < wanted.kindred for one in alike if one[0] not in group)
    thin = len(group) <= wanted.fewest + 1 and not wanted.about
    if thin and alone and (whole <= min(SHORT_DAY, 2 * kindred) or wanted.said <= FEW):
        return [*group, *others[:room]]
    near = [(cosine(vectors[p.place], centre), p) for p in others]
    close = sorted((one for one in near if one[0] >= RELATED / 2), key=lambda one: -one[0])
    return [*group, *(p for _, p in close[:room])]


def _recalled(
    members: Sequence[Passage], passages: Sequence[Passage], vectors: Sequence[Vector]
) -> list[Passage]:
    """What was said on an earlier day and is about what the thread is about. It only joins one that
    stands by itself: none is made of it, and a line that leans on its own day stays there."""
    nearness = {
        one.place: max(cosine(vectors[one.place], vectors[p.place]) for p in members)
        for one in passages
        if one.older and one.tongue is members[0].tongue and manner_of(one.text) is None
    }
    near = sorted((-close, place) for place, close in nearness.items() if close >= RELATED)
    places = {place for _, place in near[:RECALLED]}
    return [one for one in passages if one.place in places]


def _supported(
    members: Sequence[Passage], told: Sequence[Passage], leans: Mapping[int, Lean]
) -> list[Passage]:
    """The members with all they lean on, as they were said."""
    places = {passage.place for passage in members}
    for place in list(places):
        at = place
        while lean := leans.get(at):
            at = lean.on.place
            places.add(at)
    return [passage for passage in told if passage.place in places]


def _narrowed(group: Sequence[Passage], vectors: Sequence[Vector], most: int) -> Sequence[Passage]:
    """Of more passages than a draft could choose from those nearest to one of them: what was kept,
    or else the one most like the rest. In a long day one thing leads to another."""
    if len(group) <= most:
        return group
    whole = added(vectors[p.place] for p in group)
    kept = [p for p in group if p.gold] or group
    core = vectors[max(kept, key=lambda p: cosine(vectors[p.place], whole)).place]
    return sorted(group, key=lambda p: (not p.gold, -cosine(vectors[p.place], core)))[:most]


@dataclass(frozen=True, slots=True)
class Kinship:
    """What shows that two passages of a day belong together."""

    passages: Sequence[Passage]
    vectors: Sequence[Vector]
    leans: Mapping[int, Lean]
    related: float

    def groups(self, *, loose: bool = False) -> list[list[Passage]]:
        """Passages of one language, connected by anything that shows kinship. A `loose` eye also
        takes one corner of life for enough and, in a short day, one shared word: a word that many
        of its lines hold weighs little beside the rare ones, yet is what the day is about."""
        leader = {passage.place: passage.place for passage in self.passages}

        def lead(place: int) -> int:
            while leader[place] != place:
                leader[place] = place = leader[leader[place]]
            return place

        pairs = [*self._alike(), *self._goes_on(), *(self._familiar() if loose else ())]
        for a, b in pairs:
            if a.tongue is b.tongue:
                leader[lead(b.place)] = lead(a.place)
        groups: dict[int, list[Passage]] = {}
        for passage in self.passages:
            groups.setdefault(lead(passage.place), []).append(passage)
        return list(groups.values())

    def _alike(self) -> Iterator[tuple[Passage, Passage]]:
        """Those that share words: the cosine of every two that do, vectors having length one."""
        holders: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            for term in self.vectors[passage.place]:
                holders[term].append(passage)
        found: dict[tuple[int, int], float] = defaultdict(float)
        for term, those in holders.items():
            weights = [(p.place, self.vectors[p.place][term]) for p in those]
            for i, (a, one) in enumerate(weights):
                for b, two in weights[i + 1 :]:
                    found[a, b] += one * two
        by_place = {passage.place: passage for passage in self.passages}
        near = (pair for pair, likeness in found.items() if likeness >= self.related)
        return ((by_place[a], by_place[b]) for a, b in near)

    def _goes_on(self) -> Iterator[tuple[Passage, Passage]]:
        """Those in one fragment or its continuation, and one that leans on another."""
        last: dict[int, Passage] = {}
        for passage in self.passages:
            yield from ((last[n], passage) for n in (passage.n, passage.after) if n in last)
            if lean := self.leans.get(passage.place):
                yield lean.on, passage
            last[passage.n] = passage

    def _familiar(self) -> Iterator[tuple[Passage, Passage]]:
        """Those from one corner of life; of a short day also those with a word in common, and what
        speaks of something as known with the line before it."""
        held: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        short = len(self.passages) <= SHORT_DAY
        for passage in self.passages:
            words = telling(passage.text) if short else frozenset[str]()
            for sign in (*corners_of(passage.text), *words):
                held[sign, passage.tongue].append(passage)
        for those in held.values():
            yield from pairwise(those)
        for before, passage in pairwise(self.passages if short else ()):
            if refers(passage.text):
                yield before, passage
