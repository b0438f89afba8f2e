"""Opening, putting off and answering what an evening offers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.digests import Digest, DigestBody, Offer
from bot.domain.drafts import Draft, Line, Role, Script, Status
from bot.domain.records import Person, Said
from bot.journey import offers
from bot.journey.capture import capture
from bot.store import digest_messages, digests, drafts
from bot.store.database import Database
from bot.store.tables import DigestRow

NINE = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)  # 21:00 of a Friday in Taipei
HALF_PAST = NINE + timedelta(minutes=30)
TOMORROW = date(2026, 11, 21)
DAY = timedelta(days=1)
MESSAGE = 30
LINE = Line(Role.HOOK, "下雨了", (1,))
SCRIPT = Script("雨", LINE, (LINE,), LINE, seconds=20, yours=1.0)


async def offered(db: Database, person: Person) -> tuple[Digest, Draft]:
    """An evening that offers one draft, as message 30."""
    await capture(db, Said(person.id, 1, "下雨了", NINE))
    async with db.write() as session:
        digest = await digests.open_digest(
            session,
            person_id=person.id,
            evening=NINE.date(),
            due_at=NINE,
            cut_n=0,
            now=NINE,
            lease_until=NINE + timedelta(minutes=4),
        )
        assert digest
        wish = drafts.Wish(person.id, "short", digest_id=digest.id)
        draft = await drafts.open_draft(session, wish, now=NINE)
        version = await drafts.add(session, draft, drafts.Written(SCRIPT, by="offline"), now=NINE)
        offer = Offer(draft.id, version.id, "雨", "下雨了", seconds=20, yours=1.0)
        await digests.finish(session, digest)
        await digests.say(session, digest, DigestBody((), offers=(offer,)))
        await digest_messages.shown_as(session, person.id, digest.id, MESSAGE)
    return digest, draft


async def touched(db: Database, digest: Digest) -> bool:
    async with db.read() as session:
        row = await session.get(DigestRow, digest.id)
        return row is not None and row.touched_at == HALF_PAST


async def test_putting_off_leads_to_the_next_evening_and_counts_each_time(
    db: Database, ming: Person
) -> None:
    _, draft = await offered(db, ming)
    for _ in range(2):  # the second tap changes nothing
        off = await offers.put_off(db, ming, draft.id, now=HALF_PAST)
        assert off
        assert (off.postponed_to, off.postponements) == (TOMORROW, 1)
    back = await offers.take_back(db, ming, draft.id)
    assert back
    assert (back.postponed_to, back.postponements) == (None, 0)
    again = await offers.take_back(db, ming, draft.id)
    assert again == back


@pytest.mark.parametrize("status", [Status.FILMED, Status.PUBLISHED])
async def test_what_is_filmed_is_not_put_off(db: Database, ming: Person, status: Status) -> None:
    digest, draft = await offered(db, ming)
    async with db.write() as session:
        await drafts.set_status(session, draft.id, status=status, now=NINE)
    still = await offers.put_off(db, ming, draft.id, now=HALF_PAST)
    assert still
    assert (still.status, still.postponed_to, still.postponements) == (status, None, 0)
    tonight = await offers.show(db, ming.id, digest.id)
    assert tonight
    assert [(one.done, one.is_open) for one in tonight.offers] == [(True, False)]


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (NINE - timedelta(hours=6), TOMORROW),  # a digest on the spot, in the afternoon
        (HALF_PAST, TOMORROW),
        (NINE + timedelta(hours=5), TOMORROW),  # past midnight it is still that day
        (NINE + timedelta(hours=8), TOMORROW + DAY),  # in the morning tomorrow is another
    ],
)
async def test_tomorrow_is_the_next_day_of_the_person(
    db: Database, ming: Person, now: datetime, until: date
) -> None:
    _, draft = await offered(db, ming)
    off = await offers.put_off(db, ming, draft.id, now=now)
    assert off
    assert off.postponed_to == until


async def test_with_the_digest_off_it_waits_for_the_first_that_comes(
    db: Database, ming: Person
) -> None:
    _, draft = await offered(db, ming)
    off = await offers.put_off(db, replace(ming, digest_at=None), draft.id, now=HALF_PAST)
    assert off
    assert off.postponed_to == TOMORROW


async def test_nobody_else_can_touch_it(db: Database, ming: Person, mei: Person) -> None:
    digest, draft = await offered(db, ming)
    assert await offers.show(db, mei.id, digest.id) is None
    assert await offers.opened(db, mei.id, draft.id, now=HALF_PAST) is None
    assert await offers.put_off(db, mei, draft.id, now=HALF_PAST) is None
    assert await offers.take_back(db, mei, draft.id) is None
    await offers.touch(db, mei.id, MESSAGE, now=HALF_PAST)
    assert not await touched(db, digest)


async def test_the_first_touch_is_noted(db: Database, ming: Person) -> None:
    digest, _ = await offered(db, ming)
    await offers.touch(db, ming.id, MESSAGE + 1, now=HALF_PAST)
    assert not await touched(db, digest)
    for now in (HALF_PAST, HALF_PAST + DAY):
        await offers.touch(db, ming.id, MESSAGE, now=now)
        assert await touched(db, digest)


async def test_an_offer_is_told_by_the_newest_version(db: Database, ming: Person) -> None:
    digest, draft = await offered(db, ming)
    async with db.write() as session:
        shorter = replace(SCRIPT, title="大雨", seconds=9)
        await drafts.add(session, draft, drafts.Written(shorter, by="claude"), now=HALF_PAST)
    tonight = await offers.show(db, ming.id, digest.id)
    assert tonight
    (one,) = tonight.offers
    assert (one.offer.title, one.offer.seconds, one.offer.by) == ("大雨", 9, "claude")
    async with db.write() as session:
        final = drafts.Written(text="下雨了，傘忘在家。我走回去。", by="person")
        await drafts.add(session, draft, final, now=HALF_PAST)
    tonight = await offers.show(db, ming.id, digest.id)
    assert tonight
    (one,) = tonight.offers
    assert (one.offer.title, one.offer.hook, one.script) == ("雨", "下雨了，傘忘在家。", None)
