"""One card at a time, in an order that has reasons, and always a step back."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.domain.records import Idea, Person, Verdict
from bot.journey import backlog, expand, pan
from bot.journey.backlog import Card, Panned
from bot.journey.seeds import Seed
from bot.store import backlog as store
from bot.store.database import Database
from tests.fakes import ScriptedWriter, sketches
from tests.journey.conftest import NOON, Say

NEW, KEPT, MAYBE, DROPPED = Verdict.NEW, Verdict.KEPT, Verdict.MAYBE, Verdict.DROPPED
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
requests = count(1_000)


def walk_at(moment: datetime) -> int:
    return int(moment.timestamp())


WALK = walk_at(NOON + HOUR)


async def deal(db: Database, person: Person, *words: str, at: datetime = NOON) -> list[Idea]:
    """Cards with these titles."""
    begun = await expand.begin(
        db,
        person_id=person.id,
        seed=Seed(f"{words[0]} on the metro"),
        request_id=next(requests),
        now=at,
    )
    writer = ScriptedWriter(ideas=sketches(*words))
    return (await expand.dig(db, [writer], begun, person, seen=lambda _: None, now=at)).ideas


async def tap(
    db: Database,
    idea: Idea,
    verdict: Verdict,
    *,
    walk: int = WALK,
    at: datetime = NOON + HOUR,
    by: int | None = None,
    request_id: int | None = None,
) -> Idea | None:
    return await backlog.decide(
        db,
        person_id=by or idea.person_id,
        idea_id=idea.id,
        verdict=verdict,
        walk=walk,
        request_id=request_id or next(requests),
        now=at,
    )


async def undo(
    db: Database, person: Person, *, walk: int = WALK, request_id: int | None = None
) -> str | None:
    idea = await backlog.take_back(
        db,
        person_id=person.id,
        walk=walk,
        request_id=request_id or next(requests),
        now=NOON + 2 * HOUR,
    )
    return idea.title if idea else None


async def shown(db: Database, person: Person, walk: int = WALK, idea_id: int | None = None) -> str:
    """The card a walk stands at, "" at its end."""
    place = await backlog.stand(db, person_id=person.id, walk=walk, idea_id=idea_id)
    return place.idea.title if isinstance(place, Card) else ""


async def walked(db: Database, person: Person, verdict: Verdict, walk: int = WALK) -> list[str]:
    """The titles a walk comes by when each gets this verdict, with how many were left."""
    seen = []
    while isinstance(place := await backlog.stand(db, person_id=person.id, walk=walk), Card):
        seen.append(f"{place.left} {place.idea.title}")
        await tap(db, place.idea, verdict, walk=walk, at=store.begun(walk))
    return seen


async def elsewhere(db: Database, idea: Idea, verdict: Verdict, *, at: datetime = NOON) -> None:
    """Decide on a page of cards."""
    await pan.decide(
        db,
        person_id=idea.person_id,
        idea_id=idea.id,
        verdict=verdict,
        request_id=next(requests),
        now=at,
    )


class TestOrder:
    async def test_new_ones_come_newest_round_first_then_what_was_put_aside_longest_ago_first(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        old = await deal(db, ming, "gloves", "escalator", "driver")
        await deal(db, ming, "stranger", "siren", at=NOON + timedelta(minutes=5))
        await deal(db, mei, "list")
        await elsewhere(db, old[2], MAYBE, at=NOON + timedelta(minutes=6))
        await elsewhere(db, old[0], MAYBE, at=NOON + timedelta(minutes=7))
        order = ["5 stranger", "4 siren", "3 escalator", "2 driver", "1 gloves"]
        assert await walked(db, ming, KEPT) == order

    async def test_what_is_due_to_return_comes_first_and_says_how_long_it_was_away(
        self, db: Database, ming: Person
    ) -> None:
        await deal(db, ming, "gloves")
        later = NOON + 3 * DAY
        await deal(db, ming, "stranger", at=later)
        place = await backlog.stand(db, person_id=ming.id, walk=walk_at(later + HOUR))
        assert isinstance(place, Card)
        assert (place.idea.title, place.back_after, place.left) == ("gloves", 3, 2)
        await tap(db, place.idea, KEPT, walk=walk_at(later + HOUR), at=later + HOUR)
        place = await backlog.stand(db, person_id=ming.id, walk=walk_at(later + HOUR))
        assert isinstance(place, Card)
        assert (place.idea.title, place.back_after) == ("stranger", 0)

    async def test_what_came_back_with_a_digest_stays_in_front_until_it_is_decided_about(
        self, db: Database, ming: Person
    ) -> None:
        await deal(db, ming, "gloves")
        evening = NOON + 9 * HOUR + DAY
        await come_back(db, ming, at=evening)
        await deal(db, ming, "stranger", at=evening + HOUR)
        walk = walk_at(evening + 2 * HOUR)
        assert await walked(db, ming, MAYBE, walk) == ["2 gloves", "1 stranger"]
        later = walk_at(evening + 3 * HOUR)
        await deal(db, ming, "siren", at=evening + 3 * HOUR)
        assert await walked(db, ming, KEPT, later) == ["3 siren", "2 stranger", "1 gloves"]

    async def test_dropped_and_kept_ones_are_not_on_it(self, db: Database, ming: Person) -> None:
        cards = await deal(db, ming, "gloves", "escalator", "driver")
        await elsewhere(db, cards[0], DROPPED)
        await elsewhere(db, cards[1], KEPT)
        assert await walked(db, ming, DROPPED, walk_at(NOON + 99 * DAY)) == ["1 driver"]


async def come_back(db: Database, person: Person, *, at: datetime) -> None:
    """Let everything undecided come back, as with an evening's digest."""
    async with db.write() as session:
        waiting = await store.undecided(session, person.id)
        await store.come_back(session, waiting, now=at)


class TestDeciding:
    @pytest.mark.parametrize("verdict", [KEPT, MAYBE, DROPPED])
    async def test_a_tap_decides_and_moves_on_by_one(
        self, db: Database, ming: Person, verdict: Verdict
    ) -> None:
        cards = await deal(db, ming, "gloves", "escalator", "driver")
        decided = await tap(db, cards[0], verdict)
        assert decided is not None
        assert decided.verdict is verdict
        assert await shown(db, ming) == "escalator"

    async def test_two_taps_at_once_on_one_card_decide_once(
        self, db: Database, ming: Person
    ) -> None:
        cards = await deal(db, ming, "gloves", "escalator")
        await tap(db, cards[0], KEPT)
        second = await tap(db, cards[0], DROPPED)
        assert second is not None
        assert second.verdict is KEPT
        assert await shown(db, ming) == "escalator"

    async def test_a_card_put_aside_waits_for_the_next_walk(
        self, db: Database, ming: Person
    ) -> None:
        cards = await deal(db, ming, "gloves")
        await tap(db, cards[0], MAYBE)
        assert await shown(db, ming) == ""
        again = await tap(db, cards[0], DROPPED)
        assert again is not None
        assert again.verdict is MAYBE
        assert await shown(db, ming, WALK + 60) == "gloves"

    async def test_a_card_decided_elsewhere_meanwhile_is_skipped_and_stays_so(
        self, db: Database, ming: Person
    ) -> None:
        cards = await deal(db, ming, "gloves", "escalator")
        await elsewhere(db, cards[0], KEPT)
        assert await shown(db, ming, idea_id=cards[0].id) == "escalator"
        found = await tap(db, cards[0], DROPPED)
        assert found is not None
        assert found.verdict is KEPT

    async def test_nobody_walks_through_another_persons_ideas(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        (card,) = await deal(db, ming, "gloves")
        assert await tap(db, card, KEPT, by=mei.id) is None
        assert await shown(db, mei, idea_id=card.id) == ""
        await tap(db, card, KEPT)
        assert await undo(db, mei) is None

    async def test_the_end_counts_what_the_walk_decided(self, db: Database, ming: Person) -> None:
        cards = await deal(db, ming, "gloves", "escalator", "driver", "siren")
        await elsewhere(db, cards[3], DROPPED)
        for card, verdict in zip(cards, [KEPT, MAYBE, KEPT], strict=False):
            await tap(db, card, verdict)
        end = await backlog.stand(db, person_id=ming.id, walk=WALK)
        assert end == Panned({KEPT: 2, MAYBE: 1})


class TestUndo:
    async def test_decisions_are_taken_back_one_after_the_other_last_first(
        self, db: Database, ming: Person
    ) -> None:
        cards = await deal(db, ming, "gloves", "escalator", "driver")
        for card, verdict in zip(cards, [KEPT, MAYBE, DROPPED], strict=True):
            await tap(db, card, verdict)
        assert [await undo(db, ming) for _ in range(4)] == ["driver", "escalator", "gloves", None]
        assert await walked(db, ming, KEPT) == ["3 gloves", "2 escalator", "1 driver"]

    async def test_a_redelivered_undo_undoes_nothing_more(self, db: Database, ming: Person) -> None:
        cards = await deal(db, ming, "gloves", "escalator")
        for card in cards:
            await tap(db, card, KEPT)
        request = next(requests)
        assert await undo(db, ming, request_id=request) == "escalator"
        assert await undo(db, ming, request_id=request) == "escalator"
        await tap(db, cards[1], DROPPED)
        assert await undo(db, ming, request_id=request) is None
        assert await walked(db, ming, KEPT) == []

    async def test_a_redelivered_tap_does_not_undo_the_undoing(
        self, db: Database, ming: Person
    ) -> None:
        (card,) = await deal(db, ming, "gloves")
        request = next(requests)
        await tap(db, card, KEPT, request_id=request)
        await undo(db, ming)
        await tap(db, card, KEPT, request_id=request)
        assert await shown(db, ming) == "gloves"

    async def test_it_takes_back_nothing_that_was_decided_elsewhere_or_on_another_walk(
        self, db: Database, ming: Person
    ) -> None:
        cards = await deal(db, ming, "gloves", "escalator", "driver")
        await tap(db, cards[0], KEPT, walk=WALK - 60)
        await elsewhere(db, cards[1], KEPT, at=NOON + 2 * HOUR)
        assert await undo(db, ming) is None
        await tap(db, cards[2], KEPT)
        await elsewhere(db, cards[2], DROPPED, at=NOON + 2 * HOUR)
        assert await undo(db, ming) is None

    async def test_what_had_been_put_aside_before_is_put_aside_again(
        self, db: Database, ming: Person
    ) -> None:
        (card,) = await deal(db, ming, "gloves")
        await elsewhere(db, card, MAYBE)
        await tap(db, card, DROPPED)
        assert await undo(db, ming) == "gloves"
        place = await backlog.stand(db, person_id=ming.id, walk=WALK)
        assert isinstance(place, Card)
        assert place.idea.verdict is MAYBE
        kept = await tap(db, card, KEPT)
        assert kept is not None
        assert kept.verdict is KEPT


async def test_a_reason_quotes_its_sources_in_the_order_the_idea_names_them(
    db: Database, ming: Person, say: Say
) -> None:
    first, second = await say("the lid"), await say("the pedal")
    (card,) = await deal(db, ming, "gloves")
    idea = Idea(**{name: getattr(card, name) for name in Idea.__slots__} | {"sources": (2, 1, 99)})
    assert await backlog.why(db, idea) == [second, first]


async def test_a_walk_of_long_ago_is_a_walk_like_any_other(db: Database, ming: Person) -> None:
    old = walk_at(datetime(2025, 1, 1, tzinfo=UTC))
    await deal(db, ming, "gloves", "escalator")
    assert await walked(db, ming, KEPT, old) == ["2 gloves", "1 escalator"]
