"""What a person does with an evening's digest: opens a draft of it, puts one off, answers it."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import evening, wishes
from bot.domain.digests import Digest, DigestBody, Offer
from bot.domain.drafts import Draft, LineKind, Script, Version
from bot.domain.hearing import SOUNDING
from bot.domain.parcels import Content
from bot.domain.records import Fragment, Origin, Person
from bot.domain.words import sentences, speaking_seconds
from bot.journey import afterwards
from bot.journey.afterwards import Left
from bot.journey.meaning import OVERVIEW, WISH
from bot.journey.revise import Told
from bot.store import (
    digest_messages,
    digests,
    draft_messages,
    drafts,
    fragments,
    hearings,
    ideas,
    offers,
    outbox,
    people,
)
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Offered:
    """A draft of a digest as it is by now: the offer by its newest version, and the script of that;
    None where that is the person's own final text, or nothing of it holds by now. `changed`: the
    fragments that no longer say what its lines do; the script is what holds without them."""

    offer: Offer
    draft: Draft
    script: Script | None
    changed: tuple[int, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it is filmed, or even published."""
        return self.draft.done

    @property
    def comes_back(self) -> date | None:
        """The evening it is put off to. What is done comes back no more."""
        return None if self.done else self.draft.postponed_to

    @property
    def is_open(self) -> bool:
        """Whether it waits to be filmed tonight."""
        return not (self.done or self.comes_back)


@dataclass(frozen=True, slots=True)
class Shown:
    """A digest as it is by now. What was erased is no longer offered."""

    digest: Digest
    body: DigestBody
    offers: tuple[Offered, ...]
    sent_at: datetime | None  # when its message was worded; None: it was not yet


async def show(db: Database, person_id: int, digest_id: int) -> Shown | None:
    """A digest of this person's that says something; None when there is none. What it says is what
    its fragments say by now."""
    async with db.read() as session:
        digest = await digests.get(session, digest_id)
        if digest is None or digest.person_id != person_id or digest.body is None:
            return None
        sent_at = await outbox.begun_at(session, Content.DIGEST, digest_id)
        found = [await _by_now(session, person_id, one) for one in digest.body.offers]
        # What never went out is not offered when nothing of it holds.
        offered = [one for one in found if one and (sent_at or one.script or not one.changed)]
        quoted = await fragments.by_numbers(session, person_id, afterwards.cited(digest.body))
    body = afterwards.body(digest.body, {one.n: one for one in quoted})
    return Shown(digest, body, tuple(offered), sent_at)


async def shown_as(db: Database, person_id: int, digest_id: int, message_id: int) -> None:
    """This message shows the digest now, and no longer one of its drafts."""
    async with db.write() as session:
        await digest_messages.shown_as(session, person_id, digest_id, message_id)


async def came_in(db: Database, person_id: int, message_id: int) -> int | None:
    """The digest that came in this message, whatever that shows just now."""
    async with db.read() as session:
        return await digest_messages.came_in(session, person_id, message_id)


async def touch(db: Database, person_id: int, message_id: int, *, now: datetime) -> None:
    """The person did something with this message; if a digest came in it, that is noted once."""
    async with db.read() as session:
        untouched = await offers.untouched(session, person_id, message_id)
    if untouched:
        async with db.write() as session:
            await offers.touch(session, untouched, now=now)


async def opened(db: Database, person_id: int, draft_id: int, *, now: datetime) -> Version | None:
    """The newest version of a draft, which the person looks at; None when it is gone."""
    async with db.write() as session:
        newest = await _newest(session, person_id, draft_id)
        if newest:
            await offers.opened(session, draft_id, now=now)
        return newest


async def put_off(db: Database, person: Person, draft_id: int, *, now: datetime) -> Draft | None:
    """Let the next evening bring a draft back; None when it is gone. Without a digest it waits for
    the first that comes. A draft that is put off already stays as it is, and so does one that is
    filmed or published."""
    async with db.write() as session:
        await people.lock(session, person.id)
        if await drafts.get(session, person.id, draft_id) is None:
            return None
        today = evening.local_date(now, person)
        done = set(await digests.stages(session, person.id, today))
        await offers.put_off(session, draft_id, next_evening(now, person, done | {today}))
        return await drafts.get(session, person.id, draft_id)


async def take_back(db: Database, person: Person, draft_id: int) -> Draft | None:
    """It is not put off after all; None when it is gone."""
    async with db.write() as session:
        await people.lock(session, person.id)
        if await drafts.get(session, person.id, draft_id) is None:
            return None
        await offers.take_back(session, draft_id)
        return await drafts.get(session, person.id, draft_id)


def next_evening(now: datetime, person: Person, done: set[date]) -> date:
    """The next evening with a digest that is not done; tomorrow's while the digest is off."""
    due_at = evening.next_due_at(now, person, done)
    if due_at is None:
        return evening.local_date(now, person) + timedelta(days=1)
    return evening.local_date(due_at, person)


async def wish(db: Database, told: Told, *, request_id: int, now: datetime) -> Version | None:
    """An answer to a digest that code can read as a wish changes its first draft. None for anything
    else: that is a fragment like any other."""
    if not wishes.read(told.text):
        return None
    async with db.write() as session:
        await people.lock(session, told.person_id)
        known = await drafts.of_request(session, told.person_id, request_id)
        base = known or await _first(session, told.person_id, told.answers)
        draft = await drafts.get(session, told.person_id, base.draft_id) if base else None
        if known or base is None or draft is None:
            return known
        change = drafts.Change(told.text, base=base.number)
        version = await drafts.want(session, draft, change, request_id=request_id, now=now)
        # Should it be edited, it is known.
        await draft_messages.shown_as(session, version, told.message_id, asks=WISH)
        return version


async def spoken(db: Database, *, answers: int, fragment: Fragment) -> None:
    """The same for a recording that answers a digest; what it says is known once it is heard."""
    if fragment.kind not in SOUNDING or fragment.origin is Origin.FORWARDED:
        return
    async with db.write() as session:
        if base := await _first(session, fragment.person_id, answers):
            await draft_messages.shown_as(session, base, fragment.message_id, asks=OVERVIEW)
            await hearings.changes(session, fragment.id, base.id)


async def _first(session: AsyncSession, person_id: int, message_id: int) -> Version | None:
    """The newest version of the first draft that the digest in this message still offers."""
    digest_id = await digest_messages.came_in(session, person_id, message_id)
    digest = await digests.get(session, digest_id) if digest_id else None
    for one in digest.body.offers if digest and digest.body else ():
        if newest := await _newest(session, person_id, one.draft_id):
            return newest
    return None


async def _newest(session: AsyncSession, person_id: int, draft_id: int) -> Version | None:
    draft = await drafts.get(session, person_id, draft_id)
    versions = await drafts.versions(session, draft_id) if draft else []
    there = [one for one in versions if one.script or one.text]
    return there[-1] if there else None


async def _by_now(session: AsyncSession, person_id: int, offer: Offer) -> Offered | None:
    draft = await drafts.get(session, person_id, offer.draft_id)
    newest = await _newest(session, person_id, offer.draft_id)
    if draft is None or newest is None:
        return None
    if newest.script:
        left = await _left(session, person_id, newest.script)
        script = left.script or replace(newest.script, yours=0.0)
        by_now = replace(
            offer,
            version_id=newest.id,
            title=script.title,
            hook=script.hook.text if left.script else "",
            seconds=script.seconds,
            yours=script.yours,
            by=newest.by,
        )
        return Offered(by_now, draft, left.script, left.changed)
    final = replace(
        offer,
        version_id=newest.id,
        hook=sentences(newest.text)[0],
        seconds=round(speaking_seconds(newest.text)),
        yours=1.0,
        by=newest.by,
    )
    return Offered(final, draft, None)


async def _left(session: AsyncSession, person_id: int, script: Script) -> Left:
    lines = script.lines
    numbers = {n for line in lines for n in line.sources}
    found = {one.n: one for one in await fragments.by_numbers(session, person_id, numbers)}
    picked: tuple[str, ...] = ()
    if any(line.kind is LineKind.PICKED for line in lines):
        picked = tuple(one.title for one in await ideas.kept(session, person_id))
    # Long fragments take a while to lay beside each line; captures must not wait for that.
    return await asyncio.to_thread(afterwards.left, script, found, picked)
