"""The composition root: wires the rooms, starts them and stops them; the only real clock."""

import asyncio
import contextlib
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot import parts
from bot.chat import absence, menu
from bot.chat.doorkeeper import Doorkeeper
from bot.chat.inbox import Inbox
from bot.chat.line import Line
from bot.chat.pace import CHAT_REST_S
from bot.chat.polling import Poller
from bot.chat.rounds import Rounds
from bot.chat.routes import add_routes
from bot.domain.records import Language, Person
from bot.journey import digest, draft, expand, hear
from bot.journey.ports import Clock, Listener, PageReader
from bot.journey.turns import Candidate, Turn
from bot.settings import Settings
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.tasks import cancel, first_of

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

CATCHING_UP = timedelta(seconds=15)
# Ours: what is in hand at a stop may take so long to end. An answer from Telegram takes less, a
# writer's longer, but that is taken up again; supervisors kill after 10 s (Docker) or 90 (systemd).
FINISH_WITHIN_S = 7


class SystemClock:
    """Real time."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` have passed."""
        await asyncio.sleep(seconds)


class Goldpan:
    """The whole application on one set of settings.

    With `ticking` a scheduler calls `tick` every minute; a play calls it with its own time. After
    each message a chat rests for `chat_rest_s`, not in a play: its time stands still meanwhile.
    With `candidate` it waits for its turn among the processes on this database that serve the same
    bot. `listener` takes the place of what the settings choose, `pages` that of the open web.
    A stop waits `finish_within_s` for what is in hand.
    """

    _scheduler: "AsyncIOScheduler | None" = None
    _reading: asyncio.Task[None] | None = None
    _serving: asyncio.Task[None] | None = None

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        ticking: bool = True,
        chat_rest_s: float = CHAT_REST_S,
        candidate: Candidate | None = None,
        listener: Listener | None = None,
        pages: PageReader | None = None,
        finish_within_s: float = FINISH_WITHIN_S,
    ) -> None:
        self._settings, self._clock, self._listens = settings, clock, listener
        self._ticking, self._finish_within_s = ticking, finish_within_s
        self._db = Database(settings.database_url)
        self._doorkeeper = Doorkeeper(
            self._db, clock, settings.owner_ids, self.newcomer, settings.default_language
        )
        self._desk = parts.desk(
            settings,
            self._db,
            clock,
            pages=pages,
            admits=self._doorkeeper.admits,
            newcomer=self.newcomer,
            listener=self._listener,
        )
        self._turn = Turn(self._db, clock, settings.bot_id, candidate) if candidate else None
        self._errands: set[asyncio.Task[None]] = set()
        self._taken_in = asyncio.Event()
        self._connect(chat_rest_s)

    def _connect(self, chat_rest_s: float) -> None:
        """The ways between the desk and Telegram, in and out."""
        self._bot = parts.bot(self._settings, chat_rest_s)
        self._telegram = parts.application(self._bot)
        self._line = Line(self._settings.telegram_api_url)
        self._inbox = Inbox(self._desk, self._doorkeeper)
        self._door = parts.door(self._settings, self._bot, self._inbox, self._line, self._beat)
        self._rounds = Rounds(self._desk, self._telegram.bot)
        self._inbox.after = self._rounds.soon
        self._doorkeeper.bot = self._telegram.bot

    def _listener(self) -> Listener | None:
        """Who listens; looked for until there is one, for a model may be fetched meanwhile."""
        self._listens = self._listens or parts.listener(self._settings)
        return self._listens

    def newcomer(self, person_id: int, language: Language) -> Person:
        """A person as they are before they chose anything."""
        return Person(
            id=person_id,
            language=language,
            timezone=self._settings.default_timezone,
            digest_at=self._settings.default_digest_at,
            digest_from=self._clock.now(),
        )

    @property
    def idle(self) -> bool:
        """Whether every update was handled and no work is under way. Raises what the taking in or
        the inbox died of, should they ever."""
        for task in (self._serving, self._reading):
            if task and task.done():
                task.result()
        return self._inbox.idle and self._rounds.idle

    async def start(self) -> None:
        """Bring the database up to date and begin to serve; return once updates come in, however
        long Telegram or another process keeps us waiting. Raises StoreError when the database
        cannot be used, GoldpanError when it is another bot's, when Telegram does not know the token
        or when the list of worn phrases cannot be read."""
        # Read while Telegram is waited for: 0.15 s that nobody needs to see.
        worn = asyncio.create_task(asyncio.to_thread(self._desk.worn))
        await migrate(self._settings.database_url)
        if self._turn:
            await self._turn.check()
        add_routes(self._telegram, self._desk)
        await self._telegram.initialize()
        await worn
        if self._door:
            await self._doorkeeper.open()
            self._door.open()
        self._serving = asyncio.create_task(self._serve())
        await first_of(self._serving, self._taken_in.wait())

    async def over(self) -> None:
        """Return never; raises GoldpanError when it can serve no more."""
        assert self._serving is not None, "start comes first"
        await asyncio.shield(self._serving)

    async def _serve(self) -> None:
        # A wrong token shows at once, also to who stands in line.
        met = await self._line.once(self._bot.meet)
        if self._turn:
            await self._turn.wait()
            await first_of(self._turn.keep(), self._take_in(met))
        else:
            await self._take_in(met)

    async def _take_in(self, met: bool) -> None:
        # Others may have paired, and handled what waited, while we stood in line.
        await self._doorkeeper.open()
        await hear.begin(self._db, now=self._clock.now())
        await expand.give_back(self._db)
        await draft.give_back(self._db)
        await digest.give_back(self._db)
        await self._inbox.open(self._telegram)
        self._reading = asyncio.create_task(self._inbox.run())
        if not met:
            await self._line.until(self._bot.meet)
        self._greet()
        intake = self._door or Poller(self._bot, self._inbox, self._line, self._beat)
        await intake.run(begun=self._taken_in.set)

    async def _beat(self) -> None:
        if self._turn and await self._turn.answered(self._doorkeeper.admits):
            self._send_on(absence.tell(self._desk, self._bot))

    def _greet(self) -> None:
        """What wants a line to Telegram once."""
        self._send_on(menu.show(self._bot))
        self._send_on(absence.tell(self._desk, self._bot))
        if self._ticking:
            self._scheduler = self._every_minute()

    def _send_on(self, errand: Coroutine[Any, Any, None]) -> None:
        """Something short that nobody waits for."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def tick(self, now: datetime) -> None:
        """Start whatever is due at `now`."""
        await self._rounds.tick(now)

    async def stop(self) -> None:
        """Take nothing in any more, let what is in hand come to its end for a while, and let go of
        the rest: it waits in the database."""
        if self._scheduler:
            self._scheduler.shutdown(wait=False)
        if self._door:
            await self._door.close()
        await cancel(self._serving)
        self._inbox.after = lambda: None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._finish_within_s):
                await asyncio.gather(self._inbox.finish(), self._rounds.done(), *self._errands)
        await cancel(self._reading, *self._errands)
        await self._inbox.stop()
        await self._rounds.stop()
        if self._turn:
            await self._turn.release()
        await self.let_go()

    async def let_go(self) -> None:
        """Close connections and files, and do nothing else: all that a kill leaves time for."""
        await self._telegram.bot.shutdown()
        for engine in (*self._desk.writers, self._listens):
            if close := getattr(engine, "aclose", None):  # those that speak with a server
                await close()
        await self._db.close()

    def _every_minute(self) -> "AsyncIOScheduler":
        # Loaded when messages come in already.
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        scheduler = AsyncIOScheduler(timezone=UTC)
        # Not before what was said while we were away has come in: it belongs to a late digest.
        first = self._clock.now() + CATCHING_UP
        scheduler.add_job(
            self._tick_now, "cron", second=0, start_date=first, misfire_grace_time=None
        )
        scheduler.start()
        return scheduler

    async def _tick_now(self) -> None:
        await self.tick(self._clock.now())
        await absence.tell(self._desk, self._bot)
