"""A digest that is composed but never sent before its day is over: nobody saw it, so nothing that
it used up is lost."""

from bot.domain.digests import Came, DigestBody
from bot.domain.drafts import Status
from bot.domain.records import Person
from bot.journey.digest import LEASE
from bot.journey.ports import DraftSketch
from bot.store.database import Database
from bot.store.tables import DigestRow
from tests.fakes import ScriptedWriter
from tests.journey.conftest import NOON, Say, send_due
from tests.journey.test_choosing import SATURDAY, make, put_off, row_of, say_four
from tests.journey.test_digest import (
    A_DAY,
    A_MINUTE,
    NINE,
    ask_now,
    chapter,
    claim_one,
    compose,
    deliver,
)
from tests.journey.test_returns import back, deal, standing


async def friday(db: Database, ming: Person, say: Say) -> int:
    """The draft of Friday, put off to Saturday."""
    await say_four(say, 1)
    body = await deliver(db, ming, await claim_one(db), ScriptedWriter(drafts=[chapter(1)]))
    await put_off(db, body.offers[0].draft_id, SATURDAY)
    return body.offers[0].draft_id


async def unsent(db: Database, ming: Person, days: int, *drafts: DraftSketch) -> DigestBody | None:
    """What the digest of so many days after Friday says, which nobody sends."""
    at = NINE + days * A_DAY
    writer = ScriptedWriter(drafts=drafts)
    return await compose(db, ming, await claim_one(db, at=at), writer, at=at)


async def test_a_draft_that_was_put_off_waits_for_the_next_evening(
    db: Database, ming: Person, say: Say
) -> None:
    draft_id = await friday(db, ming, say)
    for days in (1, 2, 3):
        body = await unsent(db, ming, days)
        assert body
        assert [(one.draft_id, one.came) for one in body.offers] == [(draft_id, Came.POSTPONED)]
    assert (await row_of(db, draft_id)).postponements == 1


async def test_one_that_is_filmed_or_put_off_further_meanwhile_does_not(
    db: Database, ming: Person, say: Say
) -> None:
    draft_id = await friday(db, ming, say)
    await unsent(db, ming, 1)
    await make(db, draft_id, status=Status.FILMED)
    assert await unsent(db, ming, 2) is None
    assert (await row_of(db, draft_id)).postponed_to is None
    await make(db, draft_id, status=Status.NEW, postponed_to=SATURDAY + 9 * A_DAY)
    assert await unsent(db, ming, 3) is None


async def test_a_draft_that_was_sent_is_not_brought_again(
    db: Database, ming: Person, say: Say
) -> None:
    await friday(db, ming, say)
    await unsent(db, ming, 1)
    await send_due(db, at=NINE + A_DAY)
    assert await unsent(db, ming, 2) is None


async def test_what_was_newly_written_is_offered_by_the_next_and_nobody_is_asked_again(
    db: Database, ming: Person, say: Say
) -> None:
    await say_four(say, 1)
    first = await unsent(db, ming, 0, chapter(1))
    assert first
    at = NINE + A_DAY
    writer = ScriptedWriter()
    second = await compose(db, ming, await claim_one(db, at=at), writer, at=at)
    assert second
    assert [(one.draft_id, one.came) for one in second.offers] == [
        (first.offers[0].draft_id, Came.AGAIN)
    ]
    assert (second.fragments, writer.drafts_asked) == (first.fragments, [])


async def test_the_question_about_itself_is_asked_by_the_next(
    db: Database, ming: Person, say: Say
) -> None:
    for days in range(3):
        await say(f"早上的雨{days}", at=NINE + (days - 1) * A_DAY + A_MINUTE)
        at = NINE + days * A_DAY
        await deliver(db, ming, await claim_one(db, at=at), at=at)
    await say("還有", at=NINE + 2 * A_DAY + A_MINUTE)
    asks = [body.asks for days in (3, 4) if (body := await unsent(db, ming, days))]
    assert asks == [True, True]
    await send_due(db, at=NINE + 4 * A_DAY)
    await say("又一句", at=NINE + 4 * A_DAY + A_MINUTE)
    last = await unsent(db, ming, 5)
    assert last
    assert not last.asks


async def test_an_idea_that_came_back_comes_back_with_the_next_and_counts_once(
    db: Database, ming: Person, say: Say
) -> None:
    (idea,) = await deal(db, ming, "the lost gloves")
    await send_due(db, at=NOON)
    assert back(await deliver_one(db, ming, say, 0)) == []
    await say("something else", at=NINE + A_MINUTE)
    assert back(await unsent(db, ming, 1)) == back(await unsent(db, ming, 2)) == [idea.title]
    await send_due(db, at=NINE + 2 * A_DAY)
    assert (await standing(db, idea))[0] == 1


async def deliver_one(db: Database, ming: Person, say: Say, days: int) -> DigestBody:
    await say("rain", at=NINE + days * A_DAY - A_MINUTE)
    at = NINE + days * A_DAY
    return await deliver(db, ming, await claim_one(db, at=at), at=at)


async def test_one_that_nobody_composed_in_time_is_left_to_the_next_too(
    db: Database, ming: Person, say: Say
) -> None:
    draft_id = await friday(db, ming, say)
    await claim_one(db, at=NINE + A_DAY)
    body = await unsent(db, ming, 2)
    assert body
    assert [one.draft_id for one in body.offers] == [draft_id]


async def test_one_asked_for_on_the_spot_is_never_folded(
    db: Database, ming: Person, say: Say
) -> None:
    await say_four(say, 1)
    asked = await ask_now(db, ming)
    await compose(db, ming, asked, ScriptedWriter(drafts=[chapter(1)]), at=NOON)
    await claim_one(db, at=NINE + A_DAY + LEASE)
    async with db.read() as session:
        assert (await session.get_one(DigestRow, asked.id)).state == "composed"
