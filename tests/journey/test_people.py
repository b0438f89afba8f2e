"""Who is let in, and what they choose."""

from datetime import UTC, datetime, time, timedelta

from bot.domain.evening_wishes import Off, When
from bot.domain.records import Language, Person
from bot.journey import digest, people
from bot.store.database import Database
from tests.journey.conftest import NOON, Say

NINE = datetime(2026, 11, 20, 13, tzinfo=UTC)  # 21:00 in Taipei
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


async def found(db: Database, person: Person) -> Person:
    one = await people.find(db, person.id)
    assert one is not None
    return one


async def test_whoever_is_let_in_is_found_as_they_came(
    db: Database, ming: Person, mei: Person
) -> None:
    assert await found(db, ming) == ming
    assert await found(db, mei) == mei
    assert await people.admitted(db) == {ming.id, mei.id}


async def test_a_stranger_is_nobody(db: Database, ming: Person) -> None:
    assert await people.find(db, 666) is None
    assert await people.admitted(db) == {ming.id}


async def test_whoever_is_in_already_stays_as_they_are(db: Database, ming: Person) -> None:
    again = Person(ming.id, Language.EN, "UTC", time(9), NINE)
    assert await people.welcome(db, again, now=NINE) == ming
    assert await found(db, ming) == ming


async def test_a_chosen_language_stays(db: Database, ming: Person, mei: Person) -> None:
    chosen = await people.choose_language(db, ming.id, Language.ZH_HANS)
    assert chosen == await found(db, ming)
    assert chosen.language is Language.ZH_HANS
    assert (await found(db, mei)).language is mei.language


async def test_a_chosen_zone_moves_the_evenings(db: Database, ming: Person, mei: Person) -> None:
    moved = await people.choose_timezone(db, ming.id, "Europe/London", now=NOON)
    assert moved
    chosen = moved.after
    assert chosen == await found(db, ming)
    assert chosen.timezone == "Europe/London"
    assert (await people.outlook(db, chosen, now=NOON)).next_at == NINE + timedelta(hours=8)
    assert await found(db, mei) == mei


async def test_what_a_stranger_chooses_is_nothing(db: Database) -> None:
    assert await people.choose_language(db, 666, Language.EN) is None
    assert await people.choose_timezone(db, 666, "UTC", now=NOON) is None
    assert await people.wish(db, 666, When(time(9)), now=NOON) is None
    assert await people.admitted(db) == frozenset()


async def test_a_moved_hour_counts_at_once(db: Database, ming: Person) -> None:
    moved = await people.wish(db, ming.id, When(time(20, 30)), now=NOON)
    assert moved
    earlier = moved.after
    assert earlier == await found(db, ming)
    assert (await people.outlook(db, earlier, now=NOON)).next_at == NINE - timedelta(minutes=30)


async def test_an_hour_already_past_today_counts_from_tomorrow(db: Database, ming: Person) -> None:
    now = NINE - 30 * A_MINUTE
    past = await people.wish(db, ming.id, When(time(20)), now=now)
    assert past is not None
    tomorrow = NINE + A_DAY - timedelta(hours=1)
    assert (await people.outlook(db, past.after, now=now)).next_at == tomorrow
    assert await digest.claim_due(db, lambda _: True, now=now) == []


async def test_no_hour_means_no_evening(db: Database, ming: Person, say: Say) -> None:
    await say("rain")
    off = await people.wish(db, ming.id, Off(), now=NOON)
    assert off is not None
    assert off.after.digest_at is None
    assert (await people.outlook(db, off.after, now=NOON)).next_at is None
    assert await digest.claim_due(db, lambda _: True, now=NINE) == []


async def test_evenings_without_a_digest_are_not_made_up_for_when_it_is_wanted_again(
    db: Database, ming: Person
) -> None:
    await people.wish(db, ming.id, Off(), now=NOON)
    later = NINE + 3 * A_DAY + A_MINUTE
    await people.wish(db, ming.id, When(time(21)), now=later)
    assert await digest.claim_due(db, lambda _: True, now=later) == []
    assert len(await digest.claim_due(db, lambda _: True, now=NINE + 4 * A_DAY)) == 1


async def test_the_next_digest_passes_over_an_evening_that_is_done(
    db: Database, ming: Person
) -> None:
    await digest.claim_due(db, lambda _: True, now=NINE)
    moved = await people.wish(db, ming.id, When(time(23)), now=NINE + A_MINUTE)
    assert moved is not None
    coming = (await people.outlook(db, moved.after, now=NINE + A_MINUTE)).next_at
    assert coming == NINE + A_DAY + timedelta(hours=2)


async def test_a_digest_on_the_spot_is_no_evening(db: Database, ming: Person) -> None:
    await digest.ask_now(db, person_id=ming.id, request_id=1, now=NOON)
    assert (await people.outlook(db, ming, now=NOON)).next_at == NINE
