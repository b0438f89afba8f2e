"""The inbox as a state machine: whatever is delivered twice or late, fails or dies, every update is
handled, none again once that was booked, and each person's in order but for those that failed."""

import asyncio
import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing, suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from telegram.error import NetworkError

from bot.chat.inbox import Inbox
from bot.domain.records import Language, Person
from bot.journey import people
from bot.settings import sqlite_in
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.fakes import FailingBot, FakeClock

PEOPLE = (7, 8, 9)


class Handlers:
    """What the library would do with an update: here it is noted, or fails, or never ends."""

    def __init__(self, machine: "InboxMachine") -> None:
        self.bot = FailingBot()
        self._machine = machine
        self._note_failure: Any = None

    def add_error_handler(self, note: Any) -> None:
        self._note_failure = note

    async def process_update(self, update: Any) -> None:
        machine, update_id = self._machine, update.update_id
        assert machine.state_of(update_id) == "waiting", "it was booked as handled before"
        machine.tried[update.effective_user.id].append(update_id)
        await asyncio.sleep(0)
        if machine.fails:
            machine.fails -= 1
            machine.failed.add(update_id)
            context = type("Context", (), {"error": NetworkError("a fault")})
            await self._note_failure(update, context)
        else:
            machine.handled.add(update_id)


class InboxMachine(RuleBasedStateMachine):
    """Telegram's queue, an inbox on a real database, and what happens to both."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._file = Path(self._folder.name, "goldpan.db")
        shutil.copy(template(), self._file)
        self._runner = asyncio.Runner()
        self._clock = FakeClock()
        self._queue: list[dict[str, Any]] = []
        self._delivered: list[dict[str, Any]] = []
        self._texts: set[str] = set()
        self.sent = 0
        self.fails = 0
        self.failed: set[int] = set()
        self.handled: set[int] = set()
        self.tried: dict[int, list[int]] = defaultdict(list)
        self._runner.run(self._start())

    @rule(person=st.sampled_from(PEOPLE), command=st.booleans())
    def write(self, person: int, command: bool) -> None:
        """A person sends a command or a thought."""
        self.sent += 1
        user = {"id": person, "is_bot": False, "first_name": "Ming"}
        text = "/help" if command else f"thought number {self.sent}"
        message = {"message_id": self.sent, "date": 0, "text": text}
        message |= {"from": user, "chat": {"id": person, "type": "private"}}
        self._queue.append({"update_id": self.sent, "message": message})
        self._texts |= set() if command else {text}

    @rule(how_many=st.integers(1, 5), confirmed=st.booleans(), steps=st.integers(0, 30))
    def deliver(self, how_many: int, confirmed: bool, steps: int) -> None:
        """Telegram hands some out, and again when their confirmation is lost."""
        batch = self._queue[:how_many]
        self._runner.run(self._keep(batch, steps))
        self._delivered += batch
        if confirmed:
            del self._queue[:how_many]

    @rule(steps=st.integers(0, 30), data=st.data())
    def redeliver(self, steps: int, data: st.DataObject) -> None:
        """One comes once more, long after."""
        if self._delivered:
            again = data.draw(st.sampled_from(self._delivered))
            self._runner.run(self._keep([again], steps))

    @rule(times=st.integers(1, 3))
    def break_down(self, times: int) -> None:
        """The next handlers fail."""
        self.fails += times

    @rule(minutes=st.integers(-90, 90))
    def set_the_clock(self, minutes: int) -> None:
        """Somebody, or the network, sets the clock."""
        self._clock.set(self._clock.now() + timedelta(minutes=minutes))

    @rule()
    def die(self) -> None:
        """The process is killed at whatever it is doing, and started again."""
        self._runner.run(self._die())
        self._runner.run(self._start())

    def teardown(self) -> None:
        """In the end everything that was sent is delivered and handled."""
        self._runner.run(self._keep(self._queue, 0))
        self.fails = 0
        self._runner.run(self._settle())
        self._runner.run(self._die())
        with closing(sqlite3.connect(self._file)) as connection:
            states = connection.execute("SELECT DISTINCT state FROM inbox").fetchall()
            kept = connection.execute("SELECT text FROM fragments ORDER BY n").fetchall()
        self._runner.close()
        self._folder.cleanup()
        assert states == ([("handled",)] if self.sent else [])
        assert sorted(text for (text,) in kept) == sorted(self._texts)
        for tried in self.tried.values():
            firsts = [one for one in dict.fromkeys(tried) if one not in self.failed]
            assert firsts == sorted(firsts)

    def state_of(self, update_id: int) -> str:
        with closing(sqlite3.connect(self._file)) as connection:
            query = "SELECT state FROM inbox WHERE update_id = ?"
            return str(connection.execute(query, (update_id,)).fetchone()[0])

    async def _start(self) -> None:
        self._db = Database(sqlite_in(self._file.parent))
        values = {"db": self._db, "clock": self._clock, "admits": lambda _: True, "afterwards": {}}
        desk: Any = type("Desk", (), values)
        doorkeeper: Any = None  # nobody here is a stranger
        self._inbox = Inbox(desk, doorkeeper)
        application: Any = Handlers(self)
        await self._inbox.open(application)
        self._reading = asyncio.create_task(self._inbox.run())

    async def _keep(self, batch: list[dict[str, Any]], steps: int) -> None:
        await self._inbox.keep(batch)
        for _ in range(steps):
            await asyncio.sleep(0.0005)

    async def _settle(self) -> None:
        """Waits for what failed last no time here: the clock is moved by whoever sleeps on it."""
        async with asyncio.timeout(30):
            while not self._inbox.idle or self._waiting():  # noqa: ASYNC110
                await asyncio.sleep(0.002)

    def _waiting(self) -> bool:
        with closing(sqlite3.connect(self._file)) as connection:
            return bool(
                connection.execute("SELECT 1 FROM inbox WHERE state = 'waiting'").fetchall()
            )

    async def _die(self) -> None:
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        await self._inbox.stop()
        await self._db.close()


@cache
def template() -> Path:
    """A migrated database with the people in it, to be copied."""
    folder = Path(mkdtemp())
    asyncio.run(_prepare(sqlite_in(folder)))
    return folder / "goldpan.db"


async def _prepare(url: str) -> None:
    await migrate(url)
    db, now = Database(url), FakeClock().now()
    for one in PEOPLE:
        newcomer = Person(one, Language.EN, "UTC", digest_at=None, digest_from=now)
        await people.welcome(db, newcomer, now=now)
    await db.close()


TestInbox = InboxMachine.TestCase
TestInbox.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
