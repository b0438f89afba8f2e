"""The evening digest is a contract: whatever clocks, zones, hours and processes do, an evening has
one digest at most, a due one comes, and everything said is in exactly one of them."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain import evening
from bot.domain.digests import Digest
from bot.domain.evening_wishes import Pause, When
from bot.domain.parcels import Content, Parcel
from bot.domain.records import Language, Person, Said
from bot.journey import capture, digest, outbox, people, work
from bot.settings import sqlite_in
from bot.store.database import Database
from bot.store.tables import DigestRow
from tests.fakes import FORMS, ScriptedInterviewer

START = datetime(2026, 10, 23, 4, tzinfo=UTC)  # two days later Europe's clocks jump
ZONES = ("Asia/Taipei", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Pacific/Honolulu")
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)

hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30, 59]))
steps = st.one_of(
    st.tuples(st.just("pass"), st.integers(1, 30 * 60)),
    st.tuples(st.just("zone"), st.sampled_from(ZONES)),
    st.tuples(st.just("hour"), hours),
    st.tuples(st.just("weekdays"), st.booleans()),
    st.tuples(st.just("pause"), st.integers(1, 9)),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("clock"), st.integers(-60 * 60, 60 * 60)),
    st.tuples(st.just("die"), st.sampled_from(["claimed", "composed"])),
)


class Days:
    """One person's days on a real database; `now` is what the machine's clock shows."""

    def __init__(self, db: Database, person_id: int) -> None:
        self.db = db
        self.now = START
        self.held: Counter[str] = Counter()
        self.sent: list[date | None] = []
        self._person_id = person_id
        self._latest = START
        self.said = 0
        self._dies_when = ""
        self._unfinished = False
        self._earlier: Person | None = None
        self._last: datetime | None = None
        self._since: set[str] = set()  # what happened since the last digest

    async def person(self) -> Person:
        found = await people.find(self.db, self._person_id)
        assert found is not None
        return found

    async def step(self, kind: str, value: object) -> None:
        """One thing that happens; the bot ticks after it."""
        self._since |= {kind} - {"pass"}
        if kind == "pass":
            await self.minutes(int(str(value)))
        elif kind == "zone":
            await people.choose_timezone(self.db, self._person_id, str(value), now=self.now)
        elif kind in ("hour", "weekdays", "pause", "undo"):
            await self._move(kind, value)
        elif kind == "clock":
            self.now += timedelta(minutes=int(str(value)))
        else:
            self._dies_when = str(value)
        await self.tick()

    async def _move(self, kind: str, value: object) -> None:
        """Evenings come otherwise from now on, or as before."""
        before = await self.person()
        if kind == "undo":
            await people.restore(self.db, self._earlier or before, now=self.now)
            return
        self._earlier = before
        day = evening.local_date(self.now, before)
        wished = {
            "hour": lambda: When(value if isinstance(value, time) else None),
            "weekdays": lambda: When(weekdays_only=bool(value)),
            "pause": lambda: Pause(day + int(str(value)) * A_DAY),
        }
        await people.wish(self.db, before.id, wished[kind](), now=self.now)

    async def minutes(self, how_many: int) -> None:
        """Let time pass from due moment to due moment; something is said before each."""
        until = self.now + how_many * A_MINUTE
        while self.now < until:
            await self.say()
            due = (await people.outlook(self.db, await self.person(), now=self.now)).next_at
            assert due is not None
            lease_ends = self.now + digest.LEASE + A_MINUTE
            self.now = min(due, until, lease_ends if self._unfinished else until)
            await self.tick()

    async def say(self) -> None:
        self.said += 1
        text = f"thought number {self.said}"
        await capture.capture(self.db, Said(self._person_id, self.said, text, self.now))

    async def tick(self) -> None:
        """What the scheduler calls. Whatever is due afterwards has its digest."""
        self._latest = max(self._latest, self.now)
        waits = await work.waits(self.db, lambda _: True, now=self.now)
        claimed = await digest.claim_due(self.db, lambda _: True, now=self.now)
        assert waits or not claimed
        for one in claimed:
            self._rests()
            await self._compose(one)
        person = await self.person()
        due = evening.due_evening(self.now, person)
        assert due is None or due in [row.evening for row in await self.rows()]
        sendable = await outbox.claim(self.db, lambda _: True, now=self.now)
        for parcel in sendable:
            await self._deliver(parcel)
        self._unfinished = any(row.state == "composing" for row in await self.rows())

    def _rests(self) -> None:
        """Nobody who only travels has two digests within half a day."""
        if self._last and self._since == {"zone"}:
            assert self.now - self._last >= evening.REST
        self._last, self._since = self.now, set()

    async def _compose(self, one: Digest) -> None:
        person, dies_when, self._dies_when = await self.person(), self._dies_when, ""
        assert one.evening
        assert not evening.over(one.evening, self.now, person, one.claimed_at)
        if dies_when == "claimed":
            return
        self._dies_when = dies_when
        await digest.compose(
            self.db, [], ScriptedInterviewer(), one, person, forms=FORMS, now=self.now
        )

    async def _deliver(self, parcel: Parcel) -> None:
        dies_when, self._dies_when = self._dies_when, ""
        if dies_when == "composed":
            return
        if parcel.kind is not Content.DIGEST:  # the look back at a week
            assert await outbox.begin(self.db, parcel, as_of=self.now, now=self.now)
            await outbox.sent(self.db, parcel, message_id=1, now=self.now)
            return
        one = await digest.find(self.db, person_id=parcel.person_id, digest_id=parcel.about)
        assert one
        assert one.body
        assert one.evening
        assert not evening.over(one.evening, self.now, await self.person(), one.claimed_at)
        assert await outbox.begin(self.db, parcel, as_of=self.now, now=self.now)
        self.sent.append(one.evening)
        self.held.update(note.text for note in one.body.fragments)
        await outbox.sent(self.db, parcel, message_id=1, now=self.now)

    async def rows(self) -> list[DigestRow]:
        async with self.db.read() as session:
            return list(await session.scalars(select(DigestRow)))

    async def live_on(self) -> None:
        """Three quiet days after the last moment any clock showed: what was left goes out."""
        everyday = When(weekdays_only=False)
        await people.wish(self.db, self._person_id, everyday, now=self.now)
        await people.wish(self.db, self._person_id, Pause(None), now=self.now)
        await self.minutes((self._latest - self.now) // A_MINUTE + 3 * 24 * 60)


Happens = Sequence[tuple[str, object]]


async def lived(template: Path, folder: Path, zone: str, at: time, happens: Happens) -> Days:
    shutil.copy(template, folder / "goldpan.db")
    db = Database(sqlite_in(folder))
    newcomer = Person(42, Language.EN, zone, digest_at=at, digest_from=START)
    await people.welcome(db, newcomer, now=START)
    days = Days(db, newcomer.id)
    try:
        for kind, value in happens:
            await days.step(kind, value)
        await days.live_on()
    finally:
        await db.close()
    return days


@settings(max_examples=25, deadline=None)
@given(zone=st.sampled_from(ZONES), at=hours, happens=st.lists(steps, max_size=8))
def test_an_evening_has_one_digest_and_a_fragment_is_in_one(
    template: Path, zone: str, at: time, happens: list[tuple[str, object]]
) -> None:
    with TemporaryDirectory() as name:
        days = asyncio.run(lived(template, Path(name), zone, at, happens))
    assert len(days.sent) == len(set(days.sent))
    assert set(days.held.values()) <= {1}
    assert set(days.held) == {f"thought number {n}" for n in range(1, len(days.held) + 1)}
    assert len(days.held) >= days.said - 2  # the last words are tomorrow's
