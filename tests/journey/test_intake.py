"""Updates that wait to be handled: kept, in order, tried again, never dropped unseen."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.records import Person, Said
from bot.errors import StoreError, TooEarly
from bot.journey import capture, intake
from bot.journey.intake import KNOWN_FOR, WAITS_S, Waiting
from bot.store.database import Database
from bot.store.passing import UpdateRow
from tests.journey.conftest import NOON

A_MOMENT = timedelta(microseconds=1)


def update(number: int, raw: str = "{}", *, person_id: int = 42, attempts: int = 0) -> Waiting:
    return Waiting(number, person_id, raw, attempts)


async def stored(db: Database, number: int) -> UpdateRow:
    async with db.read() as session:
        row = await session.get(UpdateRow, number)
    assert row is not None
    return row


async def only(db: Database, now: datetime) -> Waiting:
    (waiting,) = await intake.due(db, now=now)
    return waiting


async def test_updates_wait_in_telegrams_order(db: Database) -> None:
    await intake.keep(db, [update(12, '{"b": 1}'), update(11, '{"a": 1}')], now=NOON)
    await intake.keep(db, [update(10, '{"雨": 1}', person_id=43)], now=NOON + A_MOMENT)
    later = NOON + A_MOMENT
    assert await intake.due(db, now=later) == [
        update(10, '{"雨": 1}', person_id=43),
        update(11, '{"a": 1}'),
        update(12, '{"b": 1}'),
    ]


async def test_a_redelivered_update_changes_nothing(db: Database) -> None:
    await intake.keep(db, [update(1, "first")], now=NOON)
    again = [update(1, "again"), update(2, "second")]
    assert await intake.keep(db, again, now=NOON + A_MOMENT) == [update(2, "second")]
    assert [one.raw for one in await intake.due(db, now=NOON + A_MOMENT)] == ["first", "second"]


async def test_what_is_handled_leaves_its_number_and_no_words(db: Database) -> None:
    await intake.keep(db, [update(1, "private"), update(2, "waits")], now=NOON)
    await intake.handled(db, [1])
    assert (await stored(db, 1)).raw is None
    await intake.keep(db, [update(1, "private")], now=NOON)
    assert [one.update_id for one in await intake.due(db, now=NOON)] == [2]
    await intake.handled(db, [2])
    assert await intake.next_due_at(db, after=NOON) is None


async def test_a_number_that_telegram_may_give_again_is_forgotten_at_a_start(db: Database) -> None:
    await intake.keep(db, [update(1, "old"), update(2, "old, and waits")], now=NOON)
    await intake.handled(db, [1])
    later = NOON + KNOWN_FOR + A_MOMENT
    await intake.keep(db, [update(3, "new")], now=later)
    await intake.handled(db, [3])
    await intake.take_up(db, now=later)
    again = [update(1, "another"), update(2, "another"), update(3, "another")]
    assert await intake.keep(db, again, now=later) == [update(1, "another")]


async def test_a_failed_update_waits_longer_each_time_and_is_parked_at_last(db: Database) -> None:
    await intake.keep(db, [update(1, "poison")], now=NOON)
    now = NOON
    for attempts, wait_s in enumerate(WAITS_S):
        waiting = await only(db, now)
        assert waiting == update(1, "poison", attempts=attempts)
        assert not await intake.failed(db, waiting, now=now, for_good=True)
        again_at = now + timedelta(seconds=wait_s)
        assert await intake.next_due_at(db, after=now) == again_at
        assert await intake.due(db, now=again_at - A_MOMENT) == []
        now = again_at
    assert await intake.failed(db, await only(db, now), now=now, for_good=True)
    assert await intake.due(db, now=now + timedelta(days=1)) == []
    assert await intake.next_due_at(db, after=NOON) is None


async def test_what_will_pass_is_tried_again_as_long_as_it_takes(db: Database) -> None:
    await intake.keep(db, [update(1)], now=NOON)
    for attempts in range(len(WAITS_S), len(WAITS_S) + 3):
        failing = update(1, attempts=attempts)
        assert not await intake.failed(db, failing, now=NOON, for_good=False)
        assert await intake.next_due_at(db, after=NOON) == NOON + timedelta(seconds=WAITS_S[-1])


async def test_a_parked_update_keeps_its_words_and_is_counted(db: Database) -> None:
    await intake.keep(db, [update(1, "poison"), update(2)], now=NOON)
    assert await intake.parked(db) == 0
    await intake.failed(db, update(1, attempts=len(WAITS_S)), now=NOON, for_good=True)
    assert await intake.parked(db) == 1
    row = await stored(db, 1)
    assert (row.raw, row.attempts) == ("poison", len(WAITS_S) + 1)
    await intake.keep(db, [update(1, "poison")], now=NOON)
    assert await intake.due(db, now=NOON) == [update(2)]


async def test_what_was_parked_is_tried_once_more_when_it_is_taken_up(db: Database) -> None:
    await intake.keep(db, [update(1, "poison"), update(2)], now=NOON)
    await intake.handled(db, [2])
    await intake.failed(db, update(1, attempts=len(WAITS_S)), now=NOON, for_good=True)
    later = NOON + timedelta(days=9)
    await intake.take_up(db, now=later)
    assert await intake.parked(db) == 0
    again = await only(db, later)
    assert again == update(1, "poison", attempts=len(WAITS_S) + 1)
    assert await intake.failed(db, again, now=later, for_good=True)
    assert await intake.due(db, now=later + timedelta(days=1)) == []


async def test_an_update_that_failed_holds_up_nobody_behind_it(db: Database) -> None:
    await intake.keep(db, [update(1), update(2)], now=NOON)
    await intake.failed(db, update(1), now=NOON, for_good=True)
    assert await intake.due(db, now=NOON) == [update(2)]
    again_at = NOON + timedelta(seconds=WAITS_S[0])
    assert await intake.next_due_at(db, after=NOON) == again_at
    assert [one.update_id for one in await intake.due(db, now=again_at)] == [1, 2]


async def test_a_clock_that_was_set_back_strands_nothing(db: Database) -> None:
    await intake.keep(db, [update(1), update(2)], now=NOON)
    await intake.failed(db, update(1), now=NOON, for_good=True)
    an_hour_before = NOON - timedelta(hours=1)
    assert await intake.due(db, now=an_hour_before) == [update(1, attempts=1), update(2)]
    seconds_before = NOON - timedelta(seconds=2)
    assert await intake.due(db, now=seconds_before) == [update(2)]  # the first waits as it should


def about(number: int, kind: str = "message", message_id: int = 5) -> Waiting:
    """An update about a message; of kind `message`, that message itself."""
    return update(number, json.dumps({"update_id": number, kind: {"message_id": message_id}}))


async def test_what_is_about_a_message_waits_until_that_is_kept(db: Database, ming: Person) -> None:
    edit = about(9, "edited_message")
    await intake.keep(db, [about(1)], now=NOON)
    with pytest.raises(TooEarly) as early:
        await intake.in_turn(db, edit, 5)
    assert early.value.passes
    said = Said(person_id=42, message_id=5, text="kept by now", at=NOON)
    await capture.capture(db, said)
    await intake.in_turn(db, edit, 5)


async def test_a_later_change_of_the_same_message_waits_for_an_earlier_one(db: Database) -> None:
    await intake.keep(db, [about(1, "edited_message"), about(2, "message_reaction")], now=NOON)
    with pytest.raises(TooEarly):
        await intake.in_turn(db, about(3, "edited_message"), 5)
    await intake.handled(db, [2])
    await intake.failed(db, update(1, attempts=len(WAITS_S)), now=NOON, for_good=True)
    await intake.in_turn(db, about(3, "edited_message"), 5)


async def test_what_is_about_a_message_that_was_given_up_on_is_given_up_on_too(
    db: Database,
) -> None:
    await intake.keep(db, [about(1)], now=NOON)
    await intake.failed(db, update(1, attempts=len(WAITS_S)), now=NOON, for_good=True)
    with pytest.raises(TooEarly) as early:
        await intake.in_turn(db, about(9, "edited_message"), 5)
    assert not early.value.passes


async def test_nothing_waits_for_what_is_of_others_later_or_about_something_else(
    db: Database,
) -> None:
    hers = Waiting(1, 43, about(1).raw, 0)
    answer = {"message_id": 6, "reply_to_message": {"message_id": 5}}
    mine = [
        about(2, message_id=55),
        update(3, json.dumps({"update_id": 3, "message": answer})),
        about(10),
    ]
    await intake.keep(db, [hers, *mine], now=NOON)
    await intake.in_turn(db, about(9, "edited_message"), 5)


async def test_a_batch_is_kept_whole_or_not_at_all(db: Database) -> None:
    nobody: Any = None
    with pytest.raises(StoreError, match="nothing of this step was stored"):
        await intake.keep(db, [update(1), update(2, person_id=nobody)], now=NOON)
    assert await intake.due(db, now=NOON) == []


async def test_when_nothing_waits_nothing_is_due(db: Database) -> None:
    assert await intake.due(db, now=NOON) == []
    assert await intake.next_due_at(db, after=NOON) is None
