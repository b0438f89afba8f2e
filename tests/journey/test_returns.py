"""Undecided ideas ride with the evening's digest, each time once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.domain.digests import Digest, DigestBody
from bot.domain.records import Idea, Person, Verdict
from bot.journey import digest, expand, pan
from bot.journey.seeds import Seed
from bot.store.database import Database
from bot.store.tables import IdeaRow
from tests.fakes import FORMS, ScriptedInterviewer, ScriptedWriter, sketches
from tests.journey.conftest import NOON, Say, everybody, send_due

NINE = datetime(2026, 11, 20, 13, tzinfo=UTC)  # 21:00 in Taipei
DAY = timedelta(days=1)
requests = count(2_000)


async def deal(db: Database, person: Person, *titles: str, at: datetime = NOON) -> Sequence[Idea]:
    seed = Seed(f"what {titles[0]} is about")
    begun = await expand.begin(
        db, person_id=person.id, seed=seed, request_id=next(requests), now=at
    )
    writer = ScriptedWriter(ideas=sketches(*titles))
    return (await expand.dig(db, [writer], begun, person, seen=lambda _: None, now=at)).ideas


async def evening(db: Database, person: Person, at: datetime) -> DigestBody | None:
    """The digest of this evening."""
    (claimed,) = await digest.claim_due(db, everybody, now=at)
    body = await composed(db, person, claimed, at)
    await send_due(db, at=at)
    return body


async def composed(
    db: Database, person: Person, claimed: Digest, at: datetime
) -> DigestBody | None:
    return await digest.compose(db, [], ScriptedInterviewer(), claimed, person, forms=FORMS, now=at)


def back(body: DigestBody | None) -> list[str]:
    return [one.title for one in body.returned] if body else []


async def decide(db: Database, idea: Idea, verdict: Verdict, at: datetime = NOON) -> None:
    await pan.decide(
        db,
        person_id=idea.person_id,
        idea_id=idea.id,
        verdict=verdict,
        request_id=next(requests),
        now=at,
    )


async def standing(db: Database, idea: Idea) -> tuple[int, datetime | None]:
    async with db.read() as session:
        found = await session.get_one(IdeaRow, idea.id)
    return found.returns, found.returns_at


async def test_they_come_back_after_1_7_and_30_days_and_then_rest(
    db: Database, ming: Person, say: Say
) -> None:
    (idea,) = await deal(db, ming, "the lost gloves")
    rode = []
    for days in range(40):
        await say(f"something else {days}", at=NINE + days * DAY - timedelta(hours=1))
        body = await evening(db, ming, NINE + days * DAY)
        rode += [days] if back(body) else []
    assert rode == [1, 7, 30]
    assert await standing(db, idea) == (3, None)


async def test_put_aside_ones_return_and_dropped_and_kept_ones_never_do(
    db: Database, ming: Person, say: Say
) -> None:
    cards = await deal(db, ming, "gloves", "escalator", "driver")
    for card, verdict in zip(cards, (Verdict.MAYBE, Verdict.DROPPED, Verdict.KEPT), strict=True):
        await decide(db, card, verdict)
    await say("rain", at=NOON)
    assert back(await evening(db, ming, NINE)) == []
    await say("more rain", at=NINE + DAY - timedelta(hours=1))
    body = await evening(db, ming, NINE + DAY)
    assert body is not None
    assert back(body) == ["gloves"]
    assert body.undecided == 1


async def test_three_at_most_and_the_others_wait_for_the_next_evening(
    db: Database, ming: Person, say: Say
) -> None:
    await deal(db, ming, "gloves", "escalator", "driver", "stranger")
    bodies = []
    for days in (1, 2):
        await say(f"rain {days}", at=NINE + days * DAY - timedelta(hours=1))
        bodies.append(await evening(db, ming, NINE + days * DAY))
    assert [back(body) for body in bodies] == [["gloves", "escalator", "driver"], ["stranger"]]
    assert [body and body.undecided for body in bodies] == [4, 4]


async def test_a_silent_day_stays_silent(db: Database, ming: Person) -> None:
    (idea,) = await deal(db, ming, "gloves")
    assert await evening(db, ming, NINE + DAY) is None
    assert (await standing(db, idea))[0] == 0


async def test_a_digest_composed_twice_counts_once(db: Database, ming: Person, say: Say) -> None:
    (idea,) = await deal(db, ming, "gloves")
    await say("rain", at=NINE + DAY - timedelta(hours=1))
    (first,) = await digest.claim_due(db, everybody, now=NINE + DAY)
    later = NINE + DAY + digest.LEASE
    (second,) = await digest.claim_due(db, everybody, now=later)
    for claimed in (first, second, second):
        assert back(await composed(db, ming, claimed, later)) in (["gloves"], [])
    assert await standing(db, idea) == (1, NOON + 7 * DAY)


async def test_one_asked_for_on_the_spot_brings_nothing_back(
    db: Database, ming: Person, say: Say
) -> None:
    await deal(db, ming, "gloves")
    at = NOON + 2 * DAY
    await say("rain", at=at)
    await digest.ask_now(db, person_id=ming.id, request_id=next(requests), now=at)
    claimed = [one for one in await digest.claim_due(db, everybody, now=at) if not one.evening]
    assert back(await composed(db, ming, claimed[0], at)) == []


async def test_what_is_said_brings_back_a_resting_idea_that_it_touches(
    db: Database, ming: Person, say: Say
) -> None:
    (gloves, _) = await deal(db, ming, "knitted gloves of a driver", "an escalator that sings")
    for days in (1, 7, 30):
        await say(f"rain {days}", at=NINE + days * DAY - timedelta(hours=1))
        await evening(db, ming, NINE + days * DAY)
    assert await standing(db, gloves) == (3, None)
    await say("the bus driver sat on his gloves", at=NINE + 50 * DAY - timedelta(hours=1))
    assert back(await evening(db, ming, NINE + 50 * DAY)) == ["knitted gloves of a driver"]
    await say("gloves, driver, once more", at=NINE + 51 * DAY - timedelta(hours=1))
    assert back(await evening(db, ming, NINE + 51 * DAY)) == []


async def test_the_words_an_idea_grew_from_do_not_bring_it_back_the_same_evening(
    db: Database, ming: Person, say: Say
) -> None:
    await say("the bus driver sat on his gloves", at=NOON - timedelta(hours=1))
    await deal(db, ming, "knitted gloves of a driver")
    assert back(await evening(db, ming, NINE)) == []
