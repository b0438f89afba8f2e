"""The evening digest: once per local day, from everything since the last one's cut."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import evening, excerpts, script
from bot.domain.digests import Digest, DigestBody, Offer
from bot.domain.forms import SHORT, Form
from bot.domain.parcels import Content
from bot.domain.records import Fragment, Idea, Person
from bot.domain.words import content_words
from bot.journey import gathering, returns, voice, week
from bot.journey.assembling import Assembled, assemble
from bot.journey.ports import DraftAsk, Interviewer, Writer
from bot.store import digests, drafts, fragments, heard, ideas, outbox, work
from bot.store.database import Database

# Composing must be over within this; a digest cut short by a crash is then taken up again, so that
# it goes out within the five minutes the product promises.
LEASE = timedelta(minutes=4)
# "At most 3 drafts" (promise 5).
MOST_DRAFTS = 3


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
            if one.evening and evening.over(one.evening, now, person):
                await digests.fold(session, one.id)
                await outbox.withdraw(session, Content.DIGEST, one.id)
            elif one.body is None:
                claimed.append(one)
        for standing in everyone.values():
            person = standing.person
            tonight = evening.due_evening(now, person)
            if tonight is None or tonight in standing.evenings:
                continue
            opened = await digests.open_digest(
                session,
                person_id=person.id,
                evening=tonight,
                due_at=evening.due_at(tonight, person),
                cut_n=await fragments.last_number(session, person.id),
                now=now,
                lease_until=lease_until,
            )
            claimed += [opened] if opened else []
    return claimed


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
    say. One asked for on the spot says even that. Its scripts are short ones."""
    day, gold = await _gather(db, digest)
    back = await week.ended(db, digest, person)
    if not day and not gold:
        async with db.write() as session:
            if await digests.finish(session, digest):
                if digest.evening is None:
                    await _plan(session, digest, now=now)
                await week.plan(session, back, now=now)
        return None
    scripts, trouble = await _drafts(writers, await _ask(db, forms, person, day, gold))
    question = None if scripts else _question(interviewer, person, day, gold)
    returned = await returns.find(db, digest, day, now=now)
    body = returned.told_in(_body(day, gold, scripts, question, trouble))
    async with db.write() as session:
        if not await digests.finish(session, digest):
            return None
        offers = [await _offer(session, digest, one, now=now) for one in scripts]
        body = replace(body, offers=tuple(offers))
        await digests.say(session, digest, body)
        await _plan(session, digest, now=now)
        await returns.count(session, returned, now=now)
        await week.plan(session, back, now=now)
    return body


async def _offer(
    session: AsyncSession, digest: Digest, found: Assembled, *, now: datetime
) -> Offer:
    """A script as a draft that the digest leads to."""
    script = found.script
    wish = drafts.Wish(digest.person_id, script.form, digest_id=digest.id)
    draft = await drafts.open_draft(session, wish, now=now)
    written = drafts.Written(script, by=found.by, prompt=found.prompt)
    version = await drafts.add(session, draft, written, now=now)
    return Offer(
        draft.id,
        version.id,
        title=script.title,
        hook=script.hook.text,
        seconds=script.seconds,
        yours=script.yours,
        by=found.by,
    )


async def _plan(session: AsyncSession, digest: Digest, *, now: datetime) -> None:
    await outbox.plan(session, digest.person_id, Content.DIGEST, digest.id, due_at=now)


async def _gather(db: Database, digest: Digest) -> tuple[list[Fragment], list[Fragment | Idea]]:
    """What was sent and what was kept since the last evening's cut."""
    upto_at = digest.claimed_at
    async with db.read() as session:
        cut_n, cut_at = await digests.last_cut(session, digest)
        upto = await digests.cut_of(session, digest.id)
        day = await _day(session, digest, cut_n, cut_at)
        gold: list[Fragment | Idea] = [
            *await fragments.gold(session, digest.person_id, since=cut_at, until=upto_at),
            *await ideas.kept(session, digest.person_id, since=cut_at, until=upto_at),
        ]
    return [one for one in day if one.n <= upto], gold


async def _day(
    session: AsyncSession, digest: Digest, cut_n: int, cut_at: datetime | None
) -> list[Fragment]:
    """What was sent since the last evening's cut, and what was said before but heard only since;
    without recordings in which nothing is to be heard."""
    day = await fragments.since(session, digest.person_id, cut_n)
    if cut_at:
        window = {"since": cut_at, "until": digest.claimed_at}
        late = await heard.late(session, digest.person_id, cut_n=cut_n, **window)
        day = await fragments.by_numbers(session, digest.person_id, late) + day
    silent = await heard.silent(session, digest.person_id)
    return [one for one in day if one.has_words or one.n not in silent]


async def _ask(
    db: Database,
    forms: Mapping[str, Form],
    person: Person,
    day: Sequence[Fragment],
    gold: Sequence[Fragment | Idea],
) -> DraftAsk:
    """What a writer is asked for the best script of the day."""
    material = gathering.within(day)
    language = gathering.language(material, person)
    about = "\n".join(one.shown for one in gold if isinstance(one, Fragment))
    told = await voice.brief(db, person, language, forms[SHORT], about, forms=forms)
    return DraftAsk(
        person_id=person.id,
        language=language,
        material=material,
        form=forms[SHORT],
        picked=tuple(one.title for one in gold if isinstance(one, Idea)),
        pace=told.pace,
        manner=told.manner,
        samples=told.samples,
        banned=told.banned,
    )


async def _drafts(writers: Sequence[Writer], ask: DraftAsk) -> tuple[list[Assembled], str | None]:
    """Up to three scripts, each from lines the others do not use. A paid writer is asked once:
    one strong draft beats three, and the further ones cost nothing."""
    scripts: list[Assembled] = []
    trouble: str | None = None
    while ask.material and len(scripts) < MOST_DRAFTS:
        used = tuple(line.text for one in scripts for line in one.script.lines)
        found, wrong = await assemble(writers[-1:] if scripts else writers, replace(ask, used=used))
        trouble = trouble or wrong
        if found is None:
            break
        scripts.append(found)
    return scripts, trouble


def _body(
    day: Sequence[Fragment],
    gold: Sequence[Fragment | Idea],
    scripts: Sequence[Assembled],
    question: str | None,
    trouble: str | None,
) -> DigestBody:
    return DigestBody(
        fragments=tuple(excerpts.note(one) for one in day if one.has_words),
        unheard=tuple(excerpts.note(one) for one in day if not (one.has_words or one.given_up)),
        gold=tuple(excerpts.note(one) for one in gold if isinstance(one, Fragment)),
        gold_ideas=tuple(one.title for one in gold if isinstance(one, Idea)),
        question=question,
        by=scripts[0].by if scripts else "",
        trouble=trouble,
    )


def _question(
    interviewer: Interviewer,
    person: Person,
    day: Sequence[Fragment],
    gold: Sequence[Fragment | Idea],
) -> str | None:
    """One question grown from the fullest thing the person said today."""
    said = [excerpts.spoken(one) for one in day if one.own] or [
        one.shown if isinstance(one, Fragment) else one.title for one in gold
    ]
    about = max(said, key=lambda text: len(content_words(text)), default="")
    return interviewer.question(about, script.language_of(about, person.language))
