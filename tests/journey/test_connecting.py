"""The older piece a digest shows, and the older gold a writer is given."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.digests import DigestBody, How, Older
from bot.domain.records import Fragment, Origin, Person, Said
from bot.journey import connecting, digest
from bot.journey.capture import capture_all
from bot.journey.connecting import NOT_AGAIN
from bot.journey.ports import Writer
from bot.store import digests, fragments, older
from bot.store.database import Database
from bot.store.tables import FragmentRow
from tests.fakes import FORMS, ScriptedInterviewer, ScriptedWriter
from tests.journey.conftest import NOON, Say, everybody, send_due

NINE = datetime(2026, 11, 20, 13, tzinfo=UTC)  # 21:00 in Taipei
DAY = timedelta(days=1)
LONG_AGO = NOON - 17 * DAY
OLD, NEW = "修鞋師傅說鐵門是他自己漆的", "修鞋的老師傅今天沒開,鐵門上貼了一張紙"


@pytest.fixture(autouse=True)
async def _library(db: Database, ming: Person) -> None:
    """What anybody says: words are rare only among others."""
    texts = (f"今天的咖啡太酸,剪片剪到{n}點" for n in range(80))
    at = LONG_AGO - DAY
    await capture_all(db, [Said(ming.id, 5000 + n, text, at) for n, text in enumerate(texts)])


async def evening(
    db: Database, person: Person, at: datetime = NINE, writers: Sequence[Writer] = ()
) -> DigestBody:
    """The digest of this evening, sent."""
    (claimed,) = await digest.claim_due(db, everybody, now=at)
    body = await digest.compose(
        db, writers, ScriptedInterviewer(), claimed, person, forms=FORMS, now=at
    )
    await send_due(db, at=at)
    assert body
    return body


async def night(db: Database, person: Person) -> None:
    """Yesterday's digest went out: what was said until now is no part of today."""
    at = NINE - DAY
    async with db.write() as session:
        opened = await digests.open_digest(
            session,
            person_id=person.id,
            evening=at.date(),
            due_at=at,
            cut_n=await fragments.last_number(session, person.id),
            now=at,
            lease_until=at,
        )
        assert opened
        await digests.finish(session, opened)


async def keep(db: Database, fragment: Fragment, at: datetime) -> None:
    async with db.write() as session:
        (await session.get_one(FragmentRow, fragment.id)).gold_at = at


async def change(db: Database, fragment: Fragment, **columns: object) -> None:
    async with db.write() as session:
        row = await session.get_one(FragmentRow, fragment.id)
        for name, value in columns.items():
            setattr(row, name, value)


async def test_a_digest_shows_what_the_day_touches(db: Database, ming: Person, say: Say) -> None:
    old = await say(OLD, at=LONG_AGO)
    await night(db, ming)
    new = await say(NEW)
    piece = (await evening(db, ming)).older
    assert piece
    assert (piece.n, piece.text, piece.said_at, piece.touched) == (old.n, OLD, LONG_AGO, new.n)
    assert (piece.how, piece.gold) == (How.SAID, False)


async def test_a_day_that_touches_nothing_shows_nothing(
    db: Database, ming: Person, say: Say
) -> None:
    await say(OLD, at=LONG_AGO)
    await night(db, ming)
    await say("今天的咖啡更酸")
    assert (await evening(db, ming)).older is None


@pytest.mark.parametrize("text", ["誰漆的鐵門?修鞋師傅不肯說", "修鞋師傅的鐵門到底是誰漆的？"])
async def test_a_question_of_ones_own_is_one(
    text: str, db: Database, ming: Person, say: Say
) -> None:
    await say(text, at=LONG_AGO)
    await night(db, ming)
    await say(NEW)
    piece = (await evening(db, ming)).older
    assert piece
    assert piece.how is How.ASKED


@pytest.mark.parametrize("column", ["about_idea", "about_draft"])
async def test_an_answer_is_one(column: str, db: Database, ming: Person, say: Say) -> None:
    old = await say(OLD, at=LONG_AGO)
    await change(db, old, **{column: 3})
    await keep(db, old, LONG_AGO)
    await night(db, ming)
    await say(NEW)
    piece = (await evening(db, ming)).older
    assert piece
    assert (piece.how, piece.gold) == (How.ANSWERED, True)


async def test_what_was_said_yesterday_is_not_older(db: Database, ming: Person, say: Say) -> None:
    await say(OLD, at=NINE - DAY - timedelta(hours=20))
    await night(db, ming)
    await say(NEW)
    assert (await evening(db, ming)).older is None


async def test_words_of_others_and_wishes_for_drafts_are_no_older_pieces(
    db: Database, ming: Person, say: Say
) -> None:
    await say(OLD, at=LONG_AGO, origin=Origin.FORWARDED)
    await change(db, await say(OLD, at=LONG_AGO), aside=True)
    await night(db, ming)
    await say(NEW)
    assert (await evening(db, ming)).older is None


async def test_what_a_fragment_continues_is_no_discovery(
    db: Database, ming: Person, say: Say
) -> None:
    old = await say(OLD, at=LONG_AGO)
    await night(db, ming)
    new = await say(NEW)
    await change(db, new, reply_to=old.n)
    assert (await evening(db, ming)).older is None


async def test_a_piece_does_not_come_again_at_once(db: Database, ming: Person, say: Say) -> None:
    await say(OLD, at=LONG_AGO)
    await night(db, ming)
    came = []
    for day in range(2):
        await say(NEW, at=NOON + day * DAY)
        came.append((await evening(db, ming, NINE + day * DAY)).older is not None)
    assert came == [True, False]


@pytest.mark.parametrize(("digests_since", "again"), [(13, False), (14, True)])
async def test_it_may_come_again_after_fourteen_digests(
    digests_since: int, again: bool, db: Database, ming: Person
) -> None:
    piece = Older(7, OLD, LONG_AGO, How.SAID, touched=9)
    async with db.write() as session:
        for n in range(digests_since + 1):
            opened = await digests.open_digest(
                session,
                person_id=ming.id,
                evening=None,
                request_id=n,
                due_at=NINE,
                cut_n=0,
                now=NINE,
                lease_until=NINE,
            )
            assert opened
            body = DigestBody((), older=None if n else piece)
            await digests.say(session, opened, body)
        assert (await older.shown(session, ming.id, digests=NOT_AGAIN) == set()) is again


async def test_another_piece_takes_its_place(db: Database, ming: Person, say: Say) -> None:
    first = await say(OLD, at=LONG_AGO)
    second = await say("那個修鞋的,鐵門後面有一張床", at=LONG_AGO)
    await night(db, ming)
    came = []
    for day in range(2):
        await say(NEW, at=NOON + day * DAY)
        piece = (await evening(db, ming, NINE + day * DAY)).older
        came.append(piece.n if piece else None)
    assert sorted(filter(None, came)) == [first.n, second.n]


async def test_a_writer_is_given_the_older_gold_first_and_marked(
    db: Database, ming: Person, say: Say
) -> None:
    old = await say(OLD, at=LONG_AGO)
    await keep(db, old, LONG_AGO)
    await say("修鞋的不在,鐵門也關了", at=LONG_AGO)  # touched too, but never kept
    await night(db, ming)
    new = await say(NEW)
    writer = ScriptedWriter()
    await evening(db, ming, writers=[writer])
    given = writer.drafts_asked[0].material
    assert [(one.n, one.older) for one in given] == [(old.n, True), (new.n, False)]


async def test_what_was_erased_meanwhile_is_not_given(db: Database, ming: Person, say: Say) -> None:
    old = await say(OLD, at=LONG_AGO)
    await keep(db, old, LONG_AGO)
    await night(db, ming)
    await say(NEW)
    (claimed,) = await digest.claim_due(db, everybody, now=NINE)
    async with db.read() as session:
        day = await fragments.since(session, ming.id, old.n)
    touched = await connecting.find(db, claimed, day)
    assert [one.n for one in touched.gold] == [old.n]
    await change(db, old, gold_at=None)
    assert await touched.kept(db, ming.id) == []


async def test_a_day_of_others_words_touches_nothing(db: Database, ming: Person, say: Say) -> None:
    await say(OLD, at=LONG_AGO)
    await night(db, ming)
    await say(NEW, origin=Origin.FORWARDED)
    assert (await evening(db, ming)).older is None
