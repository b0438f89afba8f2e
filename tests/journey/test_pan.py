"""One tap decides, another takes it back, and each says which it is."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

import pytest

from bot.domain import panning
from bot.domain.marks import Mark
from bot.domain.records import Fragment, Idea, Person, Verdict
from bot.journey import expand, pan
from bot.journey.capture import mark, unmark
from bot.journey.seeds import Seed
from bot.store.database import Database
from tests.fakes import ScriptedWriter, sketches
from tests.journey.conftest import NOON, Say

NEW, KEPT, MAYBE, DROPPED = Verdict.NEW, Verdict.KEPT, Verdict.MAYBE, Verdict.DROPPED
WORDS = ("gloves", "escalator", "driver", "lost property", "stranger", "stops", "list", "siren")


requests = count(100)
"""Numbers of updates: every tap is one of its own unless a test says otherwise."""


def minutes(n: int) -> datetime:
    """So many minutes past noon."""
    return NOON + timedelta(minutes=n)


async def deal(db: Database, person: Person, *words: str, request_id: int = 1) -> list[Idea]:
    """Cards with these titles."""
    seed = Seed("ideas come on the metro")
    begun = await expand.begin(db, person_id=person.id, seed=seed, request_id=request_id, now=NOON)
    writer = ScriptedWriter(ideas=sketches(*words))
    return (await expand.dig(db, [writer], begun, person, seen=lambda _: None, now=NOON)).ideas


@pytest.fixture
async def dealt(db: Database, ming: Person) -> list[Idea]:
    """Two pages of four cards."""
    return await deal(db, ming, *WORDS)


async def tap(
    db: Database,
    idea: Idea,
    verdict: Verdict,
    *,
    at: datetime = NOON,
    by: int | None = None,
    request_id: int | None = None,
) -> Idea | None:
    return await pan.decide(
        db,
        person_id=by or idea.person_id,
        idea_id=idea.id,
        verdict=verdict,
        request_id=request_id or next(requests),
        now=at,
    )


async def back(
    db: Database, page: int, idea: Idea, dropped_by: int, *, request_id: int | None = None
) -> list[int] | None:
    """Bring back what that request dropped on a page; which cards came back, by position."""
    found = await pan.bring_back(
        db,
        person_id=idea.person_id,
        expansion_id=idea.expansion_id,
        page=page,
        dropped_by=dropped_by,
        request_id=request_id or next(requests),
        now=NOON,
    )
    return None if found is None else [one.position for one in found]


async def sweep(
    db: Database, page: int, idea: Idea, *, by: int | None = None, request_id: int | None = None
) -> list[int] | None:
    """Press 🗑 on a page; which cards are dropped there now, by position."""
    dropped = await pan.drop_rest(
        db,
        person_id=by or idea.person_id,
        expansion_id=idea.expansion_id,
        page=page,
        request_id=request_id or next(requests),
        now=NOON,
    )
    return None if dropped is None else [one.position for one in dropped]


async def ideas_of(db: Database, dealt: Sequence[Idea]) -> list[Idea]:
    """The same cards as they are by now."""
    round = await expand.show(db, dealt[0].person_id, dealt[0].expansion_id)
    assert round is not None
    return round.ideas


async def verdicts(db: Database, dealt: Sequence[Idea]) -> list[Verdict]:
    return [one.verdict for one in await ideas_of(db, dealt)]


@pytest.mark.parametrize("verdict", [KEPT, MAYBE, DROPPED])
async def test_a_decision_is_taken_back(db: Database, dealt: list[Idea], verdict: Verdict) -> None:
    decided = await tap(db, dealt[1], verdict)
    assert decided is not None
    assert (decided.verdict, decided.decided_at) == (verdict, NOON)
    assert await verdicts(db, dealt) == [NEW, verdict, *[NEW] * 6]
    undone = await tap(db, dealt[1], NEW, at=minutes(1))
    assert undone is not None
    assert (undone.verdict, undone.decided_at) == (NEW, None)
    assert await verdicts(db, dealt) == [NEW] * 8


@pytest.mark.parametrize("verdict", [KEPT, MAYBE, DROPPED])
async def test_the_same_tap_twice_decides_once_and_the_first_moment_stands(
    db: Database, dealt: list[Idea], verdict: Verdict
) -> None:
    once = await tap(db, dealt[1], verdict)
    assert await tap(db, dealt[1], verdict, at=minutes(1)) == once


async def test_two_taps_at_once_leave_one_decision(db: Database, dealt: list[Idea]) -> None:
    await asyncio.gather(*(tap(db, dealt[1], KEPT) for _ in range(5)))
    assert await verdicts(db, dealt) == [NEW, KEPT, *[NEW] * 6]
    await asyncio.gather(*(tap(db, dealt[1], NEW) for _ in range(5)))
    assert await verdicts(db, dealt) == [NEW] * 8


async def test_a_redelivered_tap_does_not_undo_what_came_after_it(
    db: Database, dealt: list[Idea]
) -> None:
    once = await tap(db, dealt[1], KEPT, request_id=7)
    assert await tap(db, dealt[1], KEPT, request_id=7, at=minutes(1)) == once
    undone = await tap(db, dealt[1], NEW, request_id=8)
    assert await tap(db, dealt[1], KEPT, request_id=7) == undone
    assert await tap(db, dealt[1], NEW, request_id=8) == undone
    assert await verdicts(db, dealt) == [NEW] * 8


async def test_after_a_week_without_updates_their_numbers_may_begin_lower(
    db: Database, dealt: list[Idea]
) -> None:
    await tap(db, dealt[1], MAYBE, request_id=900_000_000)
    await tap(db, dealt[1], KEPT, request_id=300)
    assert await verdicts(db, dealt) == [NEW, KEPT, *[NEW] * 6]


async def test_another_tap_changes_the_decision(db: Database, dealt: list[Idea]) -> None:
    await tap(db, dealt[0], MAYBE)
    decided = await tap(db, dealt[0], KEPT, at=minutes(1))
    assert decided is not None
    assert (decided.verdict, decided.decided_at) == (KEPT, minutes(1))


async def test_nobody_decides_about_another_persons_idea(
    db: Database, mei: Person, dealt: list[Idea]
) -> None:
    assert await tap(db, dealt[0], KEPT, by=mei.id) is None
    assert await sweep(db, 0, dealt[0], by=mei.id) is None
    assert await verdicts(db, dealt) == [NEW] * 8


async def test_an_idea_that_is_gone_is_not_decided_about(db: Database, ming: Person) -> None:
    gone = await pan.decide(
        db, person_id=ming.id, idea_id=999, verdict=KEPT, request_id=1, now=NOON
    )
    assert gone is None


class TestTheRest:
    async def test_what_is_undecided_on_the_page_is_dropped_and_brought_back(
        self, db: Database, dealt: list[Idea]
    ) -> None:
        await tap(db, dealt[1], KEPT)
        await tap(db, dealt[2], MAYBE)
        assert await sweep(db, 0, dealt[0], request_id=900) == [0, 3]
        assert await verdicts(db, dealt) == [DROPPED, KEPT, MAYBE, DROPPED, *[NEW] * 4]
        assert await back(db, 0, dealt[0], 900, request_id=901) == [0, 3]
        assert await verdicts(db, dealt) == [NEW, KEPT, MAYBE, NEW, *[NEW] * 4]

    async def test_two_taps_at_once_drop_once_and_bring_back_once(
        self, db: Database, dealt: list[Idea]
    ) -> None:
        assert (
            await asyncio.gather(
                sweep(db, 0, dealt[0], request_id=900), sweep(db, 0, dealt[0], request_id=901)
            )
            == [[0, 1, 2, 3]] * 2
        )
        by = panning.dropped_last(await ideas_of(db, dealt))
        assert by in (900, 901)
        found = await asyncio.gather(
            *(back(db, 0, dealt[0], by or 0, request_id=902 + n) for n in range(2))
        )
        assert sorted(found, key=str) == [[0, 1, 2, 3], []]
        assert await verdicts(db, dealt) == [NEW] * 8

    async def test_a_redelivered_sweep_does_not_undo_what_came_after_it(
        self, db: Database, dealt: list[Idea]
    ) -> None:
        await tap(db, dealt[1], KEPT)
        assert await sweep(db, 0, dealt[0], request_id=907) == [0, 2, 3]
        assert await sweep(db, 0, dealt[0], request_id=907) == [0, 2, 3]
        await back(db, 0, dealt[0], 907, request_id=908)
        assert await sweep(db, 0, dealt[0], request_id=907) == []
        assert await back(db, 0, dealt[0], 907, request_id=908) == []
        assert await verdicts(db, dealt) == [NEW, KEPT, *[NEW] * 6]

    async def test_only_what_that_sweep_dropped_comes_back(
        self, db: Database, dealt: list[Idea]
    ) -> None:
        await tap(db, dealt[0], DROPPED, request_id=900)
        await sweep(db, 0, dealt[0], request_id=901)
        assert panning.dropped_last(await ideas_of(db, dealt)) == 901
        assert await back(db, 0, dealt[0], 901, request_id=902) == [1, 2, 3]
        assert await verdicts(db, dealt) == [DROPPED, *[NEW] * 7]

    async def test_what_comes_back_is_as_it_was_before(
        self, db: Database, dealt: list[Idea]
    ) -> None:
        await tap(db, dealt[0], MAYBE)
        await tap(db, dealt[0], DROPPED, request_id=900)
        await back(db, 0, dealt[0], 900, request_id=901)
        (first, *_) = await ideas_of(db, dealt)
        assert (first.verdict, first.decided_at) == (MAYBE, NOON)

    async def test_a_dropped_card_that_was_starred_since_stays_kept(
        self, db: Database, dealt: list[Idea]
    ) -> None:
        await sweep(db, 0, dealt[0], request_id=900)
        await tap(db, dealt[2], KEPT, request_id=901)
        assert await back(db, 0, dealt[0], 900, request_id=902) == [0, 1, 3]
        assert await verdicts(db, dealt) == [NEW, NEW, KEPT, *[NEW] * 5]

    async def test_pages_are_swept_apart(self, db: Database, dealt: list[Idea]) -> None:
        assert await sweep(db, 1, dealt[0]) == [4, 5, 6, 7]
        assert await verdicts(db, dealt) == [NEW] * 4 + [DROPPED] * 4

    async def test_dropping_is_a_decision_with_a_moment_until_it_is_taken_back(
        self, db: Database, dealt: list[Idea]
    ) -> None:
        await sweep(db, 0, dealt[0], request_id=900)
        moments = [one.decided_at for one in await ideas_of(db, dealt)]
        assert moments == [NOON] * 4 + [None] * 4
        await back(db, 0, dealt[0], 900, request_id=901)
        assert [one.decided_at for one in await ideas_of(db, dealt)] == [None] * 8

    async def test_cards_dropped_before_stay_dropped_with_the_rest(
        self, db: Database, dealt: list[Idea]
    ) -> None:
        await tap(db, dealt[0], DROPPED)
        assert await sweep(db, 0, dealt[0]) == [0, 1, 2, 3]

    async def test_where_all_is_kept_nothing_changes(self, db: Database, ming: Person) -> None:
        (only,) = await deal(db, ming, "gloves")
        await tap(db, only, KEPT)
        assert await sweep(db, 0, only) == []
        assert await verdicts(db, [only]) == [KEPT]

    @pytest.mark.parametrize("page", [2, 99, -1])
    async def test_a_page_that_is_not_there_is_gone(
        self, db: Database, dealt: list[Idea], page: int
    ) -> None:
        assert await sweep(db, page, dealt[0]) is None
        assert await back(db, page, dealt[0], 900) is None
        assert await verdicts(db, dealt) == [NEW] * 8

    async def test_an_expansion_that_is_not_there_is_gone(self, db: Database, ming: Person) -> None:
        swept = await pan.drop_rest(
            db, person_id=ming.id, expansion_id=9, page=0, request_id=1, now=NOON
        )
        assert swept is None


class TestGold:
    async def names(self, db: Database, person: Person) -> list[str]:
        found = await pan.gold(db, person_id=person.id)
        return [one.text if isinstance(one, Fragment) else one.title for one in found]

    async def test_ideas_and_fragments_are_newest_first_by_when_they_were_kept(
        self, db: Database, ming: Person, mei: Person, dealt: list[Idea], say: Say
    ) -> None:
        early, late = await say("the lid", at=minutes(-9)), await say("the pedal", at=minutes(-8))
        await tap(db, dealt[3], KEPT, at=minutes(2))
        await self.mark(db, late, at=minutes(1))
        await tap(db, dealt[0], KEPT, at=minutes(4))
        await self.mark(db, early, at=minutes(3))
        assert await self.names(db, ming) == ["gloves", "the lid", "lost property", "the pedal"]
        assert await self.names(db, mei) == []

    async def test_only_what_is_kept_is_gold(
        self, db: Database, ming: Person, dealt: list[Idea], say: Say
    ) -> None:
        lid = await say("the lid")
        for idea, verdict in zip(dealt, [KEPT, MAYBE, DROPPED, KEPT], strict=False):
            await tap(db, idea, verdict)
        await self.mark(db, lid, at=NOON)
        await tap(db, dealt[3], NEW)
        await unmark(db, person_id=ming.id, message_id=lid.message_id, mark=Mark.GOLD)
        assert await self.names(db, ming) == ["gloves"]

    async def mark(self, db: Database, fragment: Fragment, *, at: datetime) -> None:
        await mark(
            db,
            person_id=fragment.person_id,
            message_id=fragment.message_id,
            mark=Mark.GOLD,
            now=at,
        )
