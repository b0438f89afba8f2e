"""Thirty days lived through the journeys, on a database and a clock: what is said, what is asked
for, what each evening brings and what the person does with it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count
from operator import itemgetter
from zoneinfo import ZoneInfo

from bench.text.month_days import Day, Month, Saying
from bench.text.month_writer import PaidWriter
from bot.domain.digests import Digest, DigestBody
from bot.domain.drafts import Status
from bot.domain.evening import moment
from bot.domain.evening_wishes import Pause, When
from bot.domain.marks import Mark
from bot.domain.parcels import Content
from bot.domain.records import Kind, Origin, Person, Said, Verdict
from bot.engines.forms import read_forms
from bot.engines.offline import OfflineWriter
from bot.engines.prompts import PromptLibrary
from bot.journey import digest, draft, expand, offers, outbox, pan, people, work
from bot.journey.capture import capture, mark
from bot.journey.ports import Writer
from bot.journey.seeds import Seed
from bot.store.database import Database

ME = 42
FIRST = date(2026, 10, 5)  # a Monday
MORNING, STEP = time(8), timedelta(minutes=35)
TICKS = (12, 13, 14)  # hours after the morning: the digests, and one after; others would be idle
Event = Callable[[datetime], Awaitable[None]]
AN_HOUR, A_MINUTE = timedelta(hours=1), timedelta(minutes=1)
BECOMES = {"film": Status.FILMED, "publish": Status.PUBLISHED}


@dataclass(slots=True)
class Came:
    """What one digest brought, and what was paid for it. `day` counts from 1; `on_the_spot`: asked
    for in the afternoon. `sent` says how often it went out."""

    day: int
    digest: Digest
    at: datetime
    body: DigestBody | None
    attempts: int
    repairs: int
    failed: int
    sent: int = 0
    message_id: int = 0

    @property
    def on_the_spot(self) -> bool:
        """Whether it was asked for in the afternoon."""
        return self.digest.evening is None


@dataclass
class Life:
    """One month. `came` holds its digests in their order; `put_off` the drafts put off, and on
    which day; `numbers` the day on which each fragment was said."""

    db: Database
    month: Month
    paid: PaidWriter
    writers: Sequence[Writer]
    library: PromptLibrary
    came: list[Came] = field(default_factory=list)
    put_off: dict[int, int] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    _ids: "count[int]" = field(default_factory=lambda: count(1))
    _day: int = 0

    def __post_init__(self) -> None:
        self.forms = read_forms(self.library)
        self.offline = OfflineWriter(self.library)

    async def live(self) -> None:
        """All thirty days."""
        zone = self.month.zone
        start = datetime.combine(FIRST, time(0), UTC)
        newcomer = Person(ME, self.month.language, zone, time(21), digest_from=start)
        await people.welcome(self.db, newcomer, now=start)
        for n, day in enumerate(self.month.days, 1):
            self._day = n
            await self._one(day, FIRST + timedelta(days=n - 1))

    async def person(self) -> Person:
        """The person as they are now."""
        found = await people.find(self.db, ME)
        assert found, "the person was welcomed"
        return found

    async def _one(self, day: Day, date_: date) -> None:
        now = await self._morning(day, date_)
        events: list[tuple[datetime, Event]] = [
            (now + n * STEP, partial(self._say, one)) for n, one in enumerate(day.said, 1)
        ]
        zone = (await self.person()).zone
        wishes = ((day.now, self._digest_now), (day.draft, self._draft_now))
        asked = [(moment(date_, at, zone), wish) for at, wish in wishes if at]
        events += [*asked, *((at + A_MINUTE, self._tick) for at, _ in asked)]
        events += [(now + 5 * STEP, partial(self._keep_idea, title)) for title in day.ideas]
        events += [(now + n * AN_HOUR, self._tick) for n in TICKS]
        before = len(self.came)
        for at, happens in sorted(events, key=itemgetter(0)):
            await happens(at)
        for one in self.came[before:]:
            if not one.on_the_spot and one.body:
                await self._do(day.does, one)

    async def _morning(self, day: Day, date_: date) -> datetime:
        """What the person settles before anything is said; when that is."""
        zone = ZoneInfo(day.zone) if day.zone else (await self.person()).zone
        now = moment(date_, MORNING, zone)
        if day.zone:
            await people.choose_timezone(self.db, ME, day.zone, now=now)
        if day.hour:
            await people.wish(self.db, ME, When(day.hour), now=now)
        if day.pause:
            until = Pause(date_ + timedelta(days=day.pause))
            await people.wish(self.db, ME, until, now=now)
        return now

    async def _say(self, saying: Saying, at: datetime) -> None:
        said = Said(
            ME,
            next(self._ids),
            saying.text,
            at,
            kind=Kind.VOICE if saying.voice else Kind.TEXT,
            origin=Origin.FORWARDED if saying.by else Origin.OWN,
            source=saying.by,
        )
        kept = await capture(self.db, said)
        assert kept, "nobody says nothing"
        self.numbers[kept.n] = self._day
        if saying.gold:
            await mark(self.db, person_id=ME, message_id=said.message_id, mark=Mark.GOLD, now=at)

    async def _keep_idea(self, title: str, now: datetime) -> None:
        """Expand it, and keep what comes."""
        begun = await expand.begin(
            self.db, person_id=ME, seed=Seed(title), request_id=next(self._ids), now=now
        )
        writer, person = PaidWriter(ideas=[title]), await self.person()
        dug = await expand.dig(self.db, [writer], begun, person, seen=lambda _: None, now=now)
        await pan.decide(
            self.db,
            person_id=ME,
            idea_id=dug.ideas[0].id,
            verdict=Verdict.KEPT,
            request_id=next(self._ids),
            now=now,
        )

    async def _digest_now(self, now: datetime) -> None:
        await digest.ask_now(self.db, person_id=ME, request_id=next(self._ids), now=now)

    async def _draft_now(self, now: datetime) -> None:
        await draft.begin(
            self.db, person_id=ME, form="short", seed=None, request_id=next(self._ids), now=now
        )

    async def _tick(self, now: datetime) -> None:
        """As `chat.rounds` does it each minute."""
        if not await work.waits(self.db, _everybody, now=now):
            return
        person = await self.person()
        for version in await draft.claim(self.db, _everybody, now=now):
            await draft.write(
                self.db, self.writers, self.offline, self.forms, version, person, now=now
            )
        for one in await digest.claim_due(self.db, _everybody, now=now):
            await self._compose(one, person, now)
        for parcel in await outbox.claim(self.db, _everybody, now=now):
            message_id = next(self._ids)
            if await outbox.begin(self.db, parcel, as_of=now, now=now):
                await outbox.sent(self.db, parcel, message_id=message_id, now=now)
            if parcel.kind is Content.DIGEST:
                came = next(one for one in self.came if one.digest.id == parcel.about)
                came.sent, came.message_id = came.sent + 1, message_id

    async def _compose(self, one: Digest, person: Person, now: datetime) -> None:
        paid = self.paid
        before = (paid.attempts, paid.repairs, paid.failed)
        body = await digest.compose(
            self.db, self.writers, self.offline, one, person, forms=self.forms, now=now
        )
        spent = (paid.attempts, paid.repairs, paid.failed)
        attempts, repairs, failed = (a - b for a, b in zip(spent, before, strict=True))
        self.came.append(Came(self._day, one, now, body, attempts, repairs, failed))

    async def _do(self, does: str, came: Came) -> None:
        """What the person does with the first draft of an evening, an hour after it came."""
        assert came.body, "there is nothing to do with silence"
        if does == "ignore" or not came.body.offers:
            return
        best, later = came.body.offers[0], came.at + AN_HOUR
        await offers.touch(self.db, ME, came.message_id, now=later)
        await offers.opened(self.db, ME, best.draft_id, now=later)
        if does == "tomorrow":
            await offers.put_off(self.db, await self.person(), best.draft_id, now=later)
            self.put_off[self._day] = best.draft_id
        elif does in BECOMES:
            await draft.set_status(
                self.db, person_id=ME, version_id=best.version_id, status=BECOMES[does], now=later
            )


def _everybody(_person_id: int) -> bool:
    return True
