"""Words that change after a digest was composed: it goes out, and is shown again, with what holds
by then, and calls nothing the person's that is not."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete

from bot.domain.digests import DigestBody, How, Note, Older
from bot.domain.records import Fragment, Kind, Origin, Person
from bot.journey import offers
from bot.journey.afterwards import body as by_now
from bot.journey.offers import Shown
from bot.store import keep as writing
from bot.store.database import Database
from bot.store.tables import FragmentRow, RevisionRow
from tests.fakes import ScriptedWriter
from tests.journey.conftest import Say, kept, send_due
from tests.journey.test_digest import NINE, SAID, body_of, chapter, claim_one, keep

Happens = Callable[[Database, Fragment], Awaitable[None]]


async def edit(db: Database, fragment: Fragment, text: str = "改成別的話了") -> None:
    async with db.write() as session:
        await writing.revise(session, fragment, text, now=NINE)


async def erase(db: Database, fragment: Fragment) -> None:
    async with db.write() as session:
        await session.execute(delete(RevisionRow).where(RevisionRow.fragment_id == fragment.id))
        await session.execute(delete(FragmentRow).where(FragmentRow.id == fragment.id))


async def set_aside(db: Database, fragment: Fragment) -> None:
    async with db.write() as session:
        await writing.set_aside(session, fragment.id)


async def disown(db: Database, fragment: Fragment) -> None:
    async with db.write() as session:
        await writing.disown(session, fragment.id)


@pytest.fixture
async def day(say: Say) -> Sequence[Fragment]:
    """Four things said today, which make a script that opens with the first."""
    return [await say(text) for text in SAID]


async def composed(db: Database, ming: Person) -> DigestBody:
    return await body_of(db, ming, await claim_one(db), ScriptedWriter(drafts=[chapter(1)]))


async def shown(db: Database, ming: Person) -> Shown:
    tonight = await offers.show(db, ming.id, 1)
    assert tonight
    return tonight


async def test_what_nobody_touched_is_shown_as_it_was_composed(
    db: Database, ming: Person, day: Sequence[Fragment], say: Say
) -> None:
    await say("", kind=Kind.VOICE)
    await say("抄來的", origin=Origin.FORWARDED)
    await keep(db, day[2])
    body = await composed(db, ming)
    tonight = await shown(db, ming)
    assert tonight.body == body
    assert [(one.offer, one.changed) for one in tonight.offers] == [(body.offers[0], ())]


@pytest.mark.parametrize("happens", [edit, erase, set_aside, disown])
@pytest.mark.parametrize("sent", [False, True])
async def test_a_line_that_holds_no_longer_gives_way_and_is_said(
    db: Database, ming: Person, day: Sequence[Fragment], happens: Happens, sent: bool
) -> None:
    await composed(db, ming)
    if sent:
        await send_due(db, at=NINE)
    await happens(db, day[0])  # the opening
    (one,) = (await shown(db, ming)).offers
    assert one.script
    assert one.changed == (1,)
    assert SAID[0] not in {one.offer.title, one.offer.hook, *(n.text for n in one.script.lines)}


@pytest.mark.parametrize("happens", [edit, erase, set_aside, disown])
async def test_of_what_is_left_too_little_nothing_goes_out_and_what_went_out_claims_nothing(
    db: Database, ming: Person, day: Sequence[Fragment], happens: Happens
) -> None:
    await composed(db, ming)
    for fragment in day[:3]:
        await happens(db, fragment)
    assert (await shown(db, ming)).offers == ()
    await send_due(db, at=NINE)
    (one,) = (await shown(db, ming)).offers
    assert (one.script, one.changed) == (None, (1, 2, 3))
    assert (one.offer.hook, one.offer.yours) == ("", 0)


async def test_an_edit_that_leaves_the_words_of_a_line_changes_nothing(
    db: Database, ming: Person, day: Sequence[Fragment]
) -> None:
    await composed(db, ming)
    await edit(db, day[0], SAID[0] + "。後來就下雨了")
    (one,) = (await shown(db, ming)).offers
    assert (one.changed, one.offer.hook) == ((), SAID[0])


async def test_the_day_and_its_gold_are_told_as_they_are_by_now(
    db: Database, ming: Person, day: Sequence[Fragment]
) -> None:
    for one in day:
        await keep(db, one)
    await composed(db, ming)
    await edit(db, day[0], "改了")
    await erase(db, day[1])
    await set_aside(db, day[2])
    await disown(db, day[3])
    now = [Note(1, "改了"), Note(4, SAID[3], origin=Origin.FORWARDED)]
    body = (await shown(db, ming)).body
    assert list(body.fragments) == list(body.gold) == now


OLDER = Older(1, "old", datetime(2026, 11, 3, tzinfo=UTC), How.SAID, touched=9)


@pytest.mark.parametrize("happens", [erase, set_aside, disown])
async def test_an_older_piece_is_told_only_while_it_is_the_persons_own(
    db: Database, ming: Person, say: Say, happens: Happens
) -> None:
    piece = await say("隔壁的狗不叫了")
    await edit(db, piece, "隔壁的狗又叫了?")
    (today,) = await kept(db, ming)
    told = by_now(DigestBody((), older=OLDER), {1: today}).older
    assert told
    assert (told.text, told.how, told.touched) == ("隔壁的狗又叫了?", How.ASKED, 9)
    await happens(db, piece)
    left = {one.n: one for one in await kept(db, ming)}
    assert by_now(DigestBody((), older=OLDER), left).older is None
