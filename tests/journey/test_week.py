"""The look back at a week: once, with the digest that ends it, and never of a silent one."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.parcels import Content
from bot.domain.records import Person
from bot.journey import digest, outbox, people, week
from bot.store import keep, weeks
from bot.store.database import Database
from bot.store.draft_tables import WeekRow
from bot.store.people import set_evenings
from tests.fakes import FORMS, ScriptedInterviewer, ScriptedWriter
from tests.journey.conftest import NOON, Say, everybody

SUNDAY = datetime(2026, 11, 22, 13, tzinfo=UTC)  # 21:00 in Taipei
A_DAY = timedelta(days=1)


async def evening(db: Database, person: Person, now: datetime) -> None:
    """Compose every digest that is due."""
    for one in await digest.claim_due(db, everybody, now=now):
        await digest.compose(
            db, [ScriptedWriter()], ScriptedInterviewer(), one, person, forms=FORMS, now=now
        )


async def on_their_way(db: Database, now: datetime) -> list[Content]:
    return [one.kind for one in await outbox.claim(db, everybody, now=now)]


async def stored(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(WeekRow)) or 0


async def test_it_comes_right_after_the_digest_of_sunday(
    db: Database, ming: Person, say: Say
) -> None:
    await say("下雨了", at=SUNDAY - timedelta(hours=1))
    await evening(db, ming, SUNDAY)
    assert await on_their_way(db, SUNDAY) == [Content.DIGEST, Content.WEEK]


async def test_it_comes_alone_when_sunday_itself_was_silent(
    db: Database, ming: Person, say: Say
) -> None:
    await say("下雨了")
    for days in (0, 1, 2):
        await evening(db, ming, SUNDAY - (2 - days) * A_DAY)
    assert await on_their_way(db, SUNDAY) == [Content.DIGEST, Content.WEEK]
    assert await stored(db) == 1


async def test_a_silent_week_is_not_looked_back_at(db: Database, ming: Person, say: Say) -> None:
    await evening(db, ming, SUNDAY)
    assert await on_their_way(db, SUNDAY) == []
    assert await stored(db) == 0


async def test_other_evenings_bring_none(db: Database, ming: Person, say: Say) -> None:
    await say("下雨了")
    await evening(db, ming, SUNDAY - 2 * A_DAY)
    assert await on_their_way(db, SUNDAY - 2 * A_DAY) == [Content.DIGEST]


async def test_a_sunday_that_was_missed_is_made_up_for_once(
    db: Database, ming: Person, say: Say
) -> None:
    await say("下雨了")
    await say("還在下", at=SUNDAY + timedelta(hours=12))
    await evening(db, ming, SUNDAY + A_DAY)
    assert await on_their_way(db, SUNDAY + A_DAY) == [Content.DIGEST, Content.WEEK]
    async with db.read() as session:
        made = await weeks.of(session, ming.id, date(2026, 11, 22))
    assert made is not None
    assert made.body.said == 1
    await evening(db, ming, SUNDAY + 2 * A_DAY)
    assert await stored(db) == 1


async def test_one_asked_for_on_the_spot_brings_no_week(
    db: Database, ming: Person, say: Say
) -> None:
    await say("下雨了", at=SUNDAY)
    await digest.ask_now(db, person_id=ming.id, request_id=1, now=SUNDAY - A_DAY / 24)
    await evening(db, ming, SUNDAY - A_DAY / 24)
    assert await on_their_way(db, SUNDAY) == [Content.DIGEST]


async def test_somebody_else_s_digest_plans_nothing_of_ours(
    db: Database, ming: Person, say: Say
) -> None:
    """Another process, which took us for dead, was quicker."""
    await say("下雨了", at=SUNDAY - A_DAY)
    claimed = await digest.claim_due(db, everybody, now=SUNDAY)
    for _ in range(2):
        await digest.compose(
            db, [ScriptedWriter()], ScriptedInterviewer(), claimed[0], ming, forms=FORMS, now=SUNDAY
        )
    assert await on_their_way(db, SUNDAY) == [Content.DIGEST, Content.WEEK]


async def test_the_running_week_is_seen_at_any_time_and_told_once_more_when_it_is_over(
    db: Database, ming: Person, say: Say
) -> None:
    await say("下雨了")
    first = await week.running(db, ming, now=NOON)
    assert first is not None
    assert first.body.said == 1
    await say("還在下", at=SUNDAY - A_DAY)
    await evening(db, ming, SUNDAY)
    assert await on_their_way(db, SUNDAY) == [Content.DIGEST, Content.WEEK]
    told = await week.find(db, ming.id, first.id)
    assert told is not None
    assert told.body.said == 2


async def test_while_the_new_week_is_silent_the_last_one_is_seen(
    db: Database, ming: Person, say: Say
) -> None:
    assert await week.running(db, ming, now=NOON) is None
    await say("下雨了")
    await evening(db, ming, SUNDAY)
    seen = await week.running(db, ming, now=SUNDAY + A_DAY)
    assert seen is not None
    assert seen.week == date(2026, 11, 22)


async def test_it_is_theirs_alone(db: Database, ming: Person, mei: Person, say: Say) -> None:
    await say("下雨了")
    mine = await week.running(db, ming, now=NOON)
    assert mine is not None
    assert await week.find(db, mei.id, mine.id) is None
    assert await week.running(db, mei, now=NOON) is None


@pytest.mark.parametrize("hour", [None, time(21)])
async def test_without_a_digest_there_is_none(
    db: Database, ming: Person, say: Say, hour: time | None
) -> None:
    await say("下雨了")
    async with db.write() as session:
        await set_evenings(session, ming, replace(ming, digest_at=hour, digest_from=NOON))
    person = await people.find(db, ming.id)
    assert person is not None
    await evening(db, person, SUNDAY)
    assert (Content.WEEK in await on_their_way(db, SUNDAY)) is bool(hour)


async def test_gold_kept_this_week_is_told_however_old_it_is(
    db: Database, ming: Person, say: Say
) -> None:
    old = await say("外婆的縫紉機", at=NOON - 90 * A_DAY)
    async with db.write() as session:
        await keep.set_gold(session, old.id, NOON)
    seen = await week.running(db, ming, now=NOON)
    assert seen is not None
    assert [one.text for one in seen.body.gold] == ["外婆的縫紉機"]


async def test_the_ground_of_pictures_is_remembered(db: Database, ming: Person) -> None:
    assert not ming.dark
    for dark in (True, False):
        assert (await week.choose_ground(db, ming.id, dark=dark)).dark is dark
