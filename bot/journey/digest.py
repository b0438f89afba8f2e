"""The evening digest: once per local day, from everything since the last one's cut."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import evening, excerpts, script
from bot.domain.digests import Came, Digest, DigestBody, Offer
from bot.domain.forms import Form
from bot.domain.parcels import Content
from bot.domain.records import Fragment, Idea, Person
from bot.domain.taste import EXPLORE_OF
from bot.domain.words import content_words
from bot.errors import Trouble
from bot.journey import choosing, connecting, evenings, film, returns, week
from bot.journey.choosing import Found
from bot.journey.ports import Interviewer, Writer
from bot.journey.today import Today, gather
from bot.store import backlog, digests, drafts, earlier, fragments, habits, outbox, work
from bot.store.database import Database

# Who composes says so more often (`hold`); what a crash cut short is taken up again after it, so
# that it goes out within the five minutes the product promises.
LEASE = timedelta(minutes=4)
# Ours: no question is asked again within so many digests, as long as there is another: about one of
# the fullest things said, in one of its turns.
QUESTIONS, ABOUT, TURNS = 60, 5, 4


async def claim_due(db: Database, admits: Callable[[int], bool], *, now: datetime) -> list[Digest]:
    """The digests to work on at `now`: evenings of admitted people that have come, those asked for
    on the spot, and those a dead process left; none of people who blocked the bot. What comes too
    late for its day is folded into the next.

    Each is ours for `LEASE`; nobody else, and no later tick, gets it meanwhile.
    """
    lease_until = now + LEASE
    async with db.write() as session:
        overview = await work.overview(session, now)
        everyone = {one: standing for one, standing in overview.items() if admits(one)}
        unfinished = await digests.claim_unfinished(
            session, everyone, now=now, lease_until=lease_until
        )
        claimed = []
        for one in [*unfinished, *await digests.unsent(session, everyone)]:
            person = everyone[one.person_id].person
            if one.evening and evening.over(one.evening, now, person, one.claimed_at):
                await _fold(session, one, now=now)
            elif one.body is None:
                claimed.append(one)
        for standing in everyone.values():
            opened = await evenings.begin(
                session, standing.person, standing.evenings, now=now, lease_until=lease_until
            )
            claimed += [opened] if opened else []
    return claimed


async def _fold(session: AsyncSession, digest: Digest, *, now: datetime) -> None:
    """Leave it to the next. Nobody saw what it says, so whatever it used up comes back."""
    await digests.fold(session, digest.id)
    await outbox.withdraw(session, Content.DIGEST, digest.id)
    if (body := digest.body) is None:
        return
    put_off = [one.draft_id for one in body.offers if one.came is Came.POSTPONED]
    await earlier.put_back(session, digest, put_off)
    returned = [one.idea_id for one in body.returned if one.idea_id is not None]
    await backlog.not_shown(session, returned, now=now)
    if body.asks:
        await habits.not_asked(session, digest.person_id)


async def find(db: Database, *, person_id: int, digest_id: int) -> Digest | None:
    """One digest, if it is this person's."""
    async with db.read() as session:
        digest = await digests.get(session, digest_id)
    return digest if digest and digest.person_id == person_id else None


async def ask_now(db: Database, *, person_id: int, request_id: int, now: datetime) -> None:
    """A digest on the spot; the same request asks once. It leaves the evening's as it is, with the
    same material."""
    async with db.write() as session:
        await digests.open_digest(
            session,
            person_id=person_id,
            evening=None,
            request_id=request_id,
            due_at=now,
            cut_n=await fragments.last_number(session, person_id),
            now=now,
            lease_until=now,  # nobody works on it yet
        )


async def hold(db: Database, digest: Digest, *, now: datetime) -> None:
    """We still compose it."""
    async with db.write() as session:
        await digests.hold(session, digest.id, lease_until=now + LEASE)


async def give_back(db: Database, digest_id: int | None = None) -> None:
    """We compose it no longer. Without one: a process starts that serves alone, and what the one
    before it had in hand need not wait until its lease has run out."""
    async with db.write() as session:
        await digests.give_back(session, digest_id)


async def compose(
    db: Database,
    writers: Sequence[Writer],
    interviewer: Interviewer,
    digest: Digest,
    person: Person,
    *,
    forms: Mapping[str, Form],
    now: datetime,
) -> DigestBody | None:
    """Write the digest, store its body and plan to send it, at once; None when there is nothing to
    say. One asked for on the spot says even that."""
    today = await gather(db, digest)
    before = await choosing.before(db, digest, today.day, since=today.since)
    ended = await week.ended(db, digest, person)
    if not (today.day or today.gold or before.put_off):
        async with db.write() as session:
            if await digests.finish(session, digest):
                if digest.evening is None:
                    await _plan(session, digest, now=now)
                await week.plan(session, ended, now=now)
        return None
    touched = await connecting.find(db, digest, today.day)
    today = replace(today, older=await touched.kept(db, person.id))
    ask = await today.ask(db, person, forms)
    tonight = digest.evening or evening.local_date(now, person)
    # By the day, not by the digest: those are numbered across all people.
    as_found = tonight.toordinal() % EXPLORE_OF == 0
    asked = await _once(db, writers, digest, now=now)
    found, trouble = await choosing.choose(asked, ask, before, as_found=as_found)
    if len(asked) < len(writers) and any(one.came is Came.NEW for one in found):
        trouble = Trouble.INTERRUPTED
    # Fragments may have been edited or taken back while it was written.
    today = replace(await gather(db, digest), older=await touched.kept(db, person.id))
    found = choosing.still(found, ask, today.material)
    returned = await returns.find(db, digest, today.day, now=now)
    body = returned.told_in(replace(_body(today), trouble=trouble, older=touched.older))
    async with db.write() as session:
        if not await digests.finish(session, digest):
            return None
        offers = [await _offer(session, digest, one, now=now) for one in found]
        body = replace(body, offers=tuple(filter(None, offers)))
        body = await _asking(session, interviewer, digest, person, today, body)
        body = replace(body, planned=await film.planned(session, person.id, tonight))
        await digests.say(session, digest, body)
        if body.asks:
            await habits.asked(session, person.id, now=now)
        await _plan(session, digest, now=now)
        await returns.count(session, returned, now=now)
        await week.plan(session, ended, now=now)
    return body


async def _once(
    db: Database, writers: Sequence[Writer], digest: Digest, *, now: datetime
) -> Sequence[Writer]:
    """Those that may be asked: only the free one when a digest was cut short while another wrote,
    which would be paid for again each time."""
    if len(writers) < 2:
        return writers
    async with db.write() as session:
        return writers if await digests.pay(session, digest.id, now=now) else writers[-1:]


async def _offer(
    session: AsyncSession, digest: Digest, found: Found, *, now: datetime
) -> Offer | None:
    """A draft that the digest leads to; None when one that was there is wanted no more."""
    script = found.script
    if found.earlier:
        version = found.earlier.newest
        if not await earlier.bring(session, version.draft_id, digest, tonight=digest.evening):
            return None
    else:
        wish = drafts.Wish(digest.person_id, script.form, digest_id=digest.id)
        draft = await drafts.open_draft(session, wish, now=now)
        written = drafts.Written(script, by=found.by, prompt=found.prompt)
        version = await drafts.add(session, draft, written, now=now)
    return Offer(
        version.draft_id,
        version.id,
        title=script.title,
        hook=script.hook.text,
        seconds=script.seconds,
        yours=script.yours,
        by=found.by,
        came=found.came,
    )


async def _plan(session: AsyncSession, digest: Digest, *, now: datetime) -> None:
    await outbox.plan(session, digest.person_id, Content.DIGEST, digest.id, due_at=now)


def _body(today: Today) -> DigestBody:
    day, gold = today.day, today.gold
    return DigestBody(
        fragments=tuple(excerpts.note(one) for one in day if one.has_words),
        unheard=tuple(excerpts.note(one) for one in day if not (one.has_words or one.given_up)),
        gold=tuple(excerpts.note(one) for one in gold if isinstance(one, Fragment)),
        gold_ideas=tuple(one.title for one in gold if isinstance(one, Idea)),
        by="",
    )


async def _asking(
    session: AsyncSession,
    interviewer: Interviewer,
    digest: Digest,
    person: Person,
    today: Today,
    body: DigestBody,
) -> DigestBody:
    """The body, with one question when it offers nothing, and with the one about itself."""
    asks = await habits.to_ask(session, digest)
    if body.offers:
        return replace(body, by=body.offers[0].by, asks=asks)
    last = await earlier.bodies(session, digest, QUESTIONS)
    asked = {one.question for one in last}
    return replace(body, question=_question(interviewer, person, today, asked), asks=asks)


def _question(
    interviewer: Interviewer, person: Person, today: Today, asked: Collection[str | None]
) -> str:
    """One question grown from the fullest thing the person said today; not one of those `asked`
    of late, as long as there is another."""
    said = [excerpts.spoken(one) for one in today.day if one.own] or [
        one.shown if isinstance(one, Fragment) else one.title for one in today.gold
    ]
    fullest = sorted(said, key=lambda text: len(content_words(text)), reverse=True)
    questions = [
        interviewer.question(about, script.language_of(about, person.language), turn=turn)
        for about in fullest[:ABOUT] or [""]
        for turn in range(TURNS)
    ]
    return next((one for one in questions if one not in asked), questions[0])
