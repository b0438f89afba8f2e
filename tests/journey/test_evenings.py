"""Evenings that are moved, in the second they come, on a journey, over a pause or an absence."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.digests import Digest
from bot.domain.evening import LEEWAY, Tonight
from bot.domain.evening_wishes import Off, On, Pause, When
from bot.domain.records import Person
from bot.journey import digest, evenings, outbox, people
from bot.journey.people import Moved
from bot.store import people as rows
from bot.store.database import Database
from bot.store.tables import DigestRow
from tests.fakes import FORMS, ScriptedInterviewer
from tests.journey.conftest import NOON, Say, everybody, send_due

NINE = datetime(2026, 11, 20, 13, tzinfo=UTC)  # 21:00 on a Friday in Taipei
FRIDAY = date(2026, 11, 20)
A_SECOND, A_MINUTE, AN_HOUR, A_DAY = (timedelta(seconds=n) for n in (1, 60, 3600, 86400))


async def wish(db: Database, wished: Off | On | When | Pause, now: datetime) -> Moved:
    moved = await people.wish(db, 42, wished, now=now)
    assert moved
    return moved


async def travel(db: Database, zone: str, now: datetime) -> Moved:
    moved = await people.choose_timezone(db, 42, zone, now=now)
    assert moved
    return moved


async def due(db: Database, now: datetime) -> list[Digest]:
    return await digest.claim_due(db, everybody, now=now)


async def told(db: Database, one: Digest, now: datetime) -> list[str]:
    """Compose it, send it, and what it tells of."""
    person = await people.find(db, one.person_id)
    assert person
    body = await digest.compose(db, [], ScriptedInterviewer(), one, person, forms=FORMS, now=now)
    await send_due(db, at=now)
    return [note.text for note in body.fragments] if body else []


async def live(db: Database, start: datetime, minutes: int) -> dict[date, list[str]]:
    """Let minutes pass, each with its tick; what the evenings told of."""
    came: dict[date, list[str]] = {}
    for minute in range(minutes):
        now = start + minute * A_MINUTE
        for one in await due(db, now):
            assert one.evening not in came
            assert one.evening
            came[one.evening] = await told(db, one, now)
    return came


class TestTheSecond:
    @pytest.mark.parametrize(
        ("at", "comes"),
        [
            (time(20), NINE + A_DAY - AN_HOUR),
            (time(21), NINE),
            (time(22), NINE + AN_HOUR),
        ],
    )
    async def test_an_hour_chosen_a_second_before_nine(
        self, db: Database, ming: Person, say: Say, at: time, comes: datetime
    ) -> None:
        await say("rain")
        moved = await wish(db, When(at), NINE - A_SECOND)
        assert moved.outlook.next_at == comes
        assert moved.outlook.tonight is (Tonight.PAST if at == time(20) else Tonight.COMES)
        assert await due(db, comes - A_SECOND) == []
        (one,) = await due(db, comes)
        assert await told(db, one, comes) == ["rain"]

    @pytest.mark.parametrize(
        "wished", [When(time(20)), When(time(22)), Off(), Pause(date(2026, 11, 21))]
    )
    async def test_what_came_before_the_change_goes_out_whatever_is_chosen(
        self, db: Database, ming: Person, say: Say, wished: Off | When | Pause
    ) -> None:
        await say("rain")
        moved = await wish(db, wished, NINE + A_SECOND)  # and no tick was yet
        assert moved.outlook.tonight in (Tonight.WRITING, Tonight.OFF)
        (one,) = await due(db, NINE + 2 * A_SECOND)
        assert (one.evening, one.due_at) == (FRIDAY, NINE)
        assert await told(db, one, NINE + A_MINUTE) == ["rain"]
        assert await live(db, NINE + A_MINUTE, 120) == {}

    async def test_off_a_second_before_and_on_a_second_after_says_that_tonight_is_lost(
        self, db: Database, ming: Person
    ) -> None:
        await wish(db, Off(), NINE - A_SECOND)
        back = await wish(db, On(), NINE + A_SECOND)
        assert back.after.digest_at == time(21)
        assert back.outlook.tonight is Tonight.PAST
        assert back.outlook.next_at == NINE + A_DAY

    async def test_undone_it_is_not_lost_and_undone_twice_it_comes_once(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("rain")
        moved = await wish(db, When(time(20)), NINE - A_SECOND)
        for _ in range(2):
            back = await people.restore(db, moved.before, now=NINE + A_SECOND)
            assert back
            assert back.after == ming
        assert await live(db, NINE + A_SECOND, 90) == {FRIDAY: ["rain"]}

    async def test_a_way_back_into_the_future_silences_nothing(
        self, db: Database, ming: Person
    ) -> None:
        back = await people.restore(db, replace(ming, digest_from=NINE + 9 * A_DAY), now=NOON)
        assert back
        assert back.outlook.next_at == NINE

    async def test_what_is_said_in_that_second_is_in_one_digest(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("before", at=NINE - A_SECOND)
        (one,) = await due(db, NINE)
        await say("after", at=NINE)
        assert await told(db, one, NINE + A_SECOND) == ["before"]
        assert await live(db, NINE + A_DAY, 2) == {FRIDAY + A_DAY: ["after"]}

    async def test_a_paste_that_is_still_arriving_is_waited_for(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("x" * 4000, at=NINE - A_SECOND)
        assert await due(db, NINE) == []
        await say("the end", at=NINE)
        came = await live(db, NINE + A_MINUTE, 2)
        assert [text.endswith("x the end") for text in came[FRIDAY]] == [True]

    async def test_an_album_is_waited_for_too_yet_not_for_ever(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("the desk", at=NINE, album="7")
        assert await due(db, NINE) == []
        assert len(await due(db, NINE + 6 * A_SECOND)) == 1

    async def test_whoever_never_stops_sending_gets_it_all_the_same(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("the desk", at=NINE + LEEWAY, album="7")
        assert len(await due(db, NINE + LEEWAY)) == 1


class TestTravelling:
    async def test_eastward_past_its_hour_tonights_comes_at_once_and_is_not_late(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("rain")
        landed = NINE - 30 * A_MINUTE  # 21:30 in Tokyo
        moved = await travel(db, "Asia/Tokyo", landed)
        assert moved.outlook.tonight is Tonight.DUE
        (one,) = await due(db, landed)
        assert (one.evening, one.due_at) == (FRIDAY, landed)
        await told(db, one, landed)
        assert await live(db, landed, 3 * 60) == {}

    async def test_westward_over_the_same_evening_none_comes_again(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("rain")
        assert await live(db, NINE, 1) == {FRIDAY: ["rain"]}
        moved = await travel(db, "Europe/London", NINE + AN_HOUR)
        assert moved.outlook.tonight is Tonight.CAME
        assert moved.outlook.next_at == NINE + 32 * AN_HOUR
        assert await live(db, NINE + 8 * AN_HOUR, 5) == {}

    async def test_the_digest_in_hand_goes_out_although_it_is_tomorrow_there(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await people.choose_timezone(db, ming.id, "Europe/London", now=NOON)
        at_nine = NINE + 8 * AN_HOUR
        await say("rain")
        moved = await travel(db, "Pacific/Auckland", at_nine + A_SECOND)  # Saturday, 10:00
        assert not moved.skipped
        (one,) = await due(db, at_nine + 2 * A_SECOND)
        assert one.evening == FRIDAY
        assert await told(db, one, at_nine + 3 * A_SECOND) == ["rain"]

    async def test_an_evening_that_is_over_where_they_come_to_is_in_the_next(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await people.choose_timezone(db, ming.id, "Pacific/Honolulu", now=NOON)
        await live(db, NOON + 4 * AN_HOUR, 4 * 60)  # Thursday's, of which nothing was said
        await say("rain", at=NOON + 18 * AN_HOUR)  # noon on Friday
        moved = await travel(db, "Pacific/Auckland", NOON + 18 * AN_HOUR)
        assert moved.skipped
        nine = datetime(2026, 11, 21, 8, tzinfo=UTC)
        assert moved.outlook.next_at == nine
        assert await live(db, nine, 1) == {FRIDAY + A_DAY: ["rain"]}


class TestGaps:
    async def test_after_a_weekend_one_digest_holds_all_of_it_and_says_since_when(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("on Friday")
        await wish(db, When(weekdays_only=True), NOON)
        assert await live(db, NINE, 1) == {FRIDAY: ["on Friday"]}
        await say("on Saturday", at=NINE + 20 * AN_HOUR)
        assert await live(db, NINE + A_DAY, 2) == await live(db, NINE + 2 * A_DAY, 2) == {}
        (one,) = await due(db, NINE + 3 * A_DAY)
        assert await told(db, one, NINE + 3 * A_DAY) == ["on Saturday"]
        assert await evenings.since(db, one, ming) == FRIDAY

    async def test_a_pause_keeps_what_is_said_for_the_first_digest_after_it(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await wish(db, Pause(FRIDAY + 3 * A_DAY), NOON)
        await say("rain")
        assert await live(db, NINE, 2) == await live(db, NINE + 2 * A_DAY, 2) == {}
        (one,) = await due(db, NINE + 3 * A_DAY)
        assert await told(db, one, NINE + 3 * A_DAY) == ["rain"]
        assert await evenings.since(db, one, ming) is None  # there was none before

    async def test_resumed_after_its_hour_tonight_has_none_and_that_is_told(
        self, db: Database, ming: Person
    ) -> None:
        await wish(db, Pause(FRIDAY + 3 * A_DAY), NOON)
        back = await wish(db, Pause(None), NINE + AN_HOUR)
        assert back.outlook.tonight is Tonight.PAST
        assert back.outlook.next_at == NINE + A_DAY

    async def test_who_blocked_the_bot_for_a_week_gets_one_digest_of_it_all(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("before")
        assert await live(db, NINE, 1) == {FRIDAY: ["before"]}
        await say("unsent", at=NINE + AN_HOUR)
        (dead,) = await due(db, NINE + A_DAY)
        await digest.compose(
            db, [], ScriptedInterviewer(), dead, ming, forms=FORMS, now=NINE + A_DAY
        )
        (parcel,) = await outbox.claim(db, everybody, now=NINE + A_DAY)
        await outbox.blocked(db, parcel, now=NINE + A_DAY)
        for day in range(2, 8):
            assert await live(db, NINE + day * A_DAY, 3) == {}
            assert await send_due(db, at=NINE + day * A_DAY) == []
        async with db.write() as session:
            await rows.come_back(session, [ming.id])
        back = NINE + 7 * A_DAY + 14 * AN_HOUR  # the next day at eleven
        await say("back", at=back)
        assert await live(db, back, 3) == {}
        (one,) = await due(db, NINE + 8 * A_DAY)
        assert await told(db, one, NINE + 8 * A_DAY) == ["unsent", "back"]
        assert await evenings.since(db, one, ming) == FRIDAY
        async with db.read() as session:
            assert (await session.get_one(DigestRow, dead.id)).state == "folded"


async def test_a_silent_evening_is_told_for_what_it_was(db: Database, ming: Person) -> None:
    assert await live(db, NINE, 1) == {FRIDAY: []}
    moved = await wish(db, When(time(22)), NINE + A_MINUTE)
    assert moved.outlook.tonight is Tonight.SILENT


async def test_on_brings_back_the_hour_there_was(db: Database, ming: Person) -> None:
    await wish(db, When(time(19, 30)), NOON)
    await wish(db, Off(), NOON)
    assert await people.hour_before(db, ming.id) == time(19, 30)
    assert (await wish(db, On(), NOON)).after.digest_at == time(19, 30)


async def test_a_form_moves_no_evening(db: Database, ming: Person) -> None:
    moved = await people.choose_form(db, ming.id, "newsletter", now=NINE - A_SECOND)
    assert moved
    assert moved.after == replace(ming, digest_form="newsletter")


async def test_a_stranger_moves_nothing(db: Database) -> None:
    assert await people.wish(db, 666, Off(), now=NOON) is None
