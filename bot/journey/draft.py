"""Drafts: wanted, written from the person's own sentences, shown, and taken up again.

Each version is a row before anybody writes it; a dead process's is taken up by the next.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import shoots
from bot.domain.drafts import BY_CODE, Draft, Script, Status, Version
from bot.domain.forms import SHORT, Form
from bot.domain.parcels import Content
from bot.domain.records import Fragment, Person
from bot.domain.script import language_of
from bot.errors import Trouble
from bot.journey import asking, gathering, own_forms, revising, voice
from bot.journey.assembling import assemble
from bot.journey.ports import DraftAsk, Interviewer, Writer
from bot.journey.seeds import Seed
from bot.store import draft_messages, drafts, fragments, ideas, outbox, people
from bot.store.database import Database

# A dead process's version is taken up after it; who lives says so more often (`hold`).
LEASE = timedelta(minutes=5)
# Ours: so many drafts are being written at once, however many are wanted.
MOST = 4
# Ours: so many of the ideas kept last tell a writer what the person cares about.
PICKED = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version as it is shown: its draft, all its versions and all takes on its material, and the
    fragments that its lines stand on, as they are today; `before` are those of the version it was
    made from."""

    draft: Draft
    version: Version
    versions: tuple[Version, ...]
    takes: tuple[Draft, ...]
    cited: Mapping[int, Fragment]
    before: Mapping[int, Fragment] = field(default_factory=dict)
    film_at: datetime | None = None  # by the person's clock, while it is to be filmed

    @property
    def base(self) -> Version | None:
        """The version it was made from."""
        return next((one for one in self.versions if one.number == self.version.base), None)


async def begin(
    db: Database, *, person_id: int, form: str, seed: Seed | None, request_id: int, now: datetime
) -> Version:
    """Note that a draft is wanted, about `seed` or about the strongest thread of the day. The same
    request gives the same draft."""
    wish = drafts.Wish(
        person_id, form, about=seed.text if seed else "", about_n=seed.n if seed else None
    )
    async with db.write() as session:
        await people.lock(session, person_id)
        return await wanted(session, wish, request_id=request_id, now=now)


async def claim(db: Database, admits: Callable[[int], bool], *, now: datetime) -> list[Version]:
    """Versions of admitted people to write now, one for each, `MOST` in all: new ones, and those a
    dead process left; none of people who blocked the bot."""
    async with db.write() as session:
        ours = [one for one in await people.reachable(session) if admits(one)]
        return await drafts.claim(session, ours, most=MOST, now=now, lease_until=now + LEASE)


async def hold(db: Database, version: Version, *, now: datetime) -> None:
    """We still write it."""
    async with db.write() as session:
        await drafts.hold(session, version.id, lease_until=now + LEASE)


async def give_back(db: Database, version_id: int | None = None) -> None:
    """We write it no longer. Without one: a process starts that serves alone, and what the one
    before it had in hand need not wait until its lease has run out."""
    async with db.write() as session:
        await drafts.give_back(session, version_id)


async def write(
    db: Database,
    writers: Sequence[Writer],
    interviewer: Interviewer,
    forms: Mapping[str, Form],
    version: Version,
    person: Person,
    *,
    now: datetime,
) -> None:
    """Write one claimed version, store it and plan to send it; a question instead when the
    material carries no script."""
    ask = await _ask(db, forms, version, person)
    asked = await _once(db, writers, version, now=now)
    if version.base is not None:
        written = await revising.carry_out(asked, ask)
    else:
        written = await _first(asked, interviewer, ask, person)
    if len(asked) < len(writers) and written.prompt != BY_CODE and not written.trouble:
        written = replace(written, trouble=Trouble.INTERRUPTED)
    if written.script:  # fragments may have been edited or taken back while it was written
        still = revising.still(written.script, await _ask(db, forms, version, person))
        gone = drafts.Written(
            trouble=Trouble.GONE if version.base else None,
            question=None if version.base else interviewer.question("", person.language),
        )
        written = replace(written, script=still) if still else gone
    async with db.write() as session:
        if written.script and not written.by:  # code made it from what somebody else wrote
            start = await asking.start(session, version)
            written = replace(written, by=start.by if start else "")
        if await drafts.store(session, version, written):
            await outbox.plan(session, person.id, Content.DRAFT, version.id, due_at=now)


async def _once(
    db: Database, writers: Sequence[Writer], version: Version, *, now: datetime
) -> Sequence[Writer]:
    """Those that may be asked: only the free one when a version was cut short while another wrote,
    which would be paid for again each time."""
    if len(writers) < 2:
        return writers
    async with db.write() as session:
        return writers if await drafts.pay(session, version.id, now=now) else writers[-1:]


async def _first(
    writers: Sequence[Writer], interviewer: Interviewer, ask: DraftAsk, person: Person
) -> drafts.Written:
    found, trouble = await assemble(writers, ask) if ask.material else (None, None)
    if found:
        return drafts.Written(found.script, by=found.by, prompt=found.prompt, trouble=trouble)
    fullest = max((one.text for one in ask.material if one.own), key=len, default="")
    about = ask.about or fullest
    question = interviewer.question(about, language_of(about, person.language))
    return drafts.Written(question=question, trouble=trouble)


async def show(db: Database, person_id: int, version_id: int) -> Sheet | None:
    """One version with all that belongs to it, if it is this person's."""
    async with db.read() as session:
        version = await drafts.version(session, person_id, version_id)
        draft = await drafts.get(session, person_id, version.draft_id) if version else None
        if version is None or draft is None:
            return None
        sheet = Sheet(
            draft,
            version,
            tuple(await drafts.versions(session, draft.id)),
            tuple(await drafts.of_family(session, draft)),
            await _standing_on(session, version),
        )
        before = await _standing_on(session, sheet.base) if sheet.base else {}
        person = await people.get(session, person_id)
        assert person is not None, "a draft belongs to a person"
        return replace(sheet, before=before, film_at=shoots.local(draft, person.zone))


async def _standing_on(session: AsyncSession, version: Version) -> dict[int, Fragment]:
    lines = version.script.lines if version.script else ()
    numbers = {n for line in lines for n in line.sources}
    return {one.n: one for one in await fragments.by_numbers(session, version.person_id, numbers)}


async def fragment(db: Database, person_id: int, n: int) -> Fragment | None:
    """One fragment that a line stands on; None when it is gone."""
    async with db.read() as session:
        return await fragments.by_number(session, person_id, n)


async def shown_as(
    db: Database, person_id: int, version_id: int, message_id: int, *, asks: str = ""
) -> None:
    """Remember which message shows a version, so that a reply to it is known."""
    async with db.write() as session:
        if version := await drafts.version(session, person_id, version_id):
            await draft_messages.shown_as(session, version, message_id, asks=asks)


async def set_status(
    db: Database, *, person_id: int, version_id: int, status: Status, now: datetime
) -> bool:
    """What became of the draft of this version; False when it is gone."""
    async with db.write() as session:
        version = await drafts.version(session, person_id, version_id)
        if version:
            await drafts.set_status(session, version.draft_id, status=status, now=now)
        return version is not None


async def wanted(
    session: AsyncSession, wish: drafts.Wish, *, request_id: int, now: datetime
) -> Version:
    """A draft of which nothing is written yet; the same request gives the same one."""
    known = await drafts.of_request(session, wish.person_id, request_id)
    if known:
        return known
    draft = await drafts.open_draft(session, wish, now=now)
    return await drafts.want(session, draft, drafts.Change(), request_id=request_id, now=now)


async def _ask(
    db: Database, forms: Mapping[str, Form], version: Version, person: Person
) -> DraftAsk:
    """What a writer is asked for this version."""
    async with db.read() as session:
        draft = await drafts.get(session, person.id, version.draft_id)
        assert draft is not None, "a version belongs to a draft"
        kept = await ideas.kept(session, person.id)
        takes = await _earlier(session, draft)
        start = await asking.start(session, version)
        base = start.script if start else None
        first = await asking.belonging(session, draft, version, base)
        forms = await own_forms.known(session, person.id, forms)
    form = forms.get(draft.form, forms[SHORT])
    material = await gathering.gather(db, draft, form, first)
    language = gathering.language(material, person)
    told = await voice.brief(db, person, language, form, draft.about, forms=forms)
    return DraftAsk(
        person_id=person.id,
        language=language,
        material=material,
        form=form,
        picked=tuple(one.title for one in kept if not one.is_question)[-PICKED:],
        takes=takes,
        about=draft.about,
        base=base,
        wish=start.wish if start else "",
        line=version.line,
        pace=told.pace,
        manner=told.manner,
        samples=told.samples,
        banned=told.banned,
    )


async def _earlier(session: AsyncSession, draft: Draft) -> tuple[Script, ...]:
    """The newest script of each earlier take on the same material in the same form."""
    found = []
    for take in await drafts.of_family(session, draft):
        written = [one.script for one in await drafts.versions(session, take.id) if one.script]
        found += written[-1:] if take.id != draft.id and take.form == draft.form else []
    return tuple(found)
