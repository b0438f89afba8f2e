"""The composition root: the only place that chooses engines, wires rooms and reads real time."""

import asyncio
import contextlib
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot import resources
from bot.chat import absence, menu
from bot.chat.connections import Spread
from bot.chat.desk import Desk, Telegram
from bot.chat.doorkeeper import Doorkeeper
from bot.chat.inbox import Inbox
from bot.chat.line import Line, PatientBot
from bot.chat.pace import CHAT_REST_S, Pace
from bot.chat.polling import Poller
from bot.chat.rounds import Rounds
from bot.chat.routes import add_routes
from bot.chat.webhook import LISTEN, Door, secret_for
from bot.domain.records import Language, Person
from bot.engines.briefs import check_prompts
from bot.engines.budget import Budget, Prices
from bot.engines.documents import Documents
from bot.engines.offline import OfflineWriter
from bot.engines.pages import Pages
from bot.engines.prompts import PromptLibrary
from bot.journey.ports import Clock, Describer, PageReader, Writer
from bot.journey.turns import Candidate, Turn
from bot.settings import Settings
from bot.store.database import Database
from bot.store.ledger import Ledger
from bot.store.media import Shelf
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
    bot. `pages` reads the web, if it is not to be the open one.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        ticking: bool = True,
        chat_rest_s: float = CHAT_REST_S,
        candidate: Candidate | None = None,
        pages: PageReader | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._db = Database(settings.database_url)
        self._doorkeeper = Doorkeeper(
            self._db, clock, settings.owner_ids, self.newcomer, settings.default_language
        )
        library = PromptLibrary(resources.folder("prompts"))
        check_prompts(library)
        offline = OfflineWriter(library)
        writers = tuple(_writers(settings, library, Ledger(self._db, clock.now), offline))
        self._desk = Desk(
            db=self._db,
            shelf=Shelf(settings.data_dir / "media"),
            clock=clock,
            writers=writers,
            interviewer=offline,
            documents=Documents(),
            pages=pages or Pages(),
            describer=_describer(settings, writers),
            admits=self._doorkeeper.admits,
            newcomer=self.newcomer,
            default_language=settings.default_language,
        )
        self._inbox = Inbox(self._desk, self._doorkeeper.stranger)
        self._bot = _bot(settings, chat_rest_s)
        self._telegram = _telegram(self._bot)
        self._line = Line(settings.telegram_api_url)
        self._turn = Turn(self._db, clock, _bot_id(settings), candidate) if candidate else None
        self._door = self._make_door() if settings.webhook_url else None
        self._rounds = Rounds(self._desk, self._telegram.bot)
        self._inbox.after = self._rounds.soon
        self._doorkeeper.bot = self._telegram.bot
        self._ticking = ticking
        self._scheduler: AsyncIOScheduler | None = None
        self._reading: asyncio.Task[None] | None = None
        self._serving: asyncio.Task[None] | None = None
        self._errands: set[asyncio.Task[None]] = set()
        self._taken_in = asyncio.Event()

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
        cannot be used, GoldpanError when Telegram does not know the token."""
        await migrate(self._settings.database_url)
        add_routes(self._telegram, self._desk)
        await self._telegram.initialize()
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
        met = await self._line.once(self._bot.meet)
        if met:
            self._greet()
        if self._turn:
            await self._turn.wait()
        # Others may have paired, and handled what waited, while we stood in line.
        await self._doorkeeper.open()
        await self._inbox.open(self._telegram)
        self._reading = asyncio.create_task(self._inbox.run())
        if not met:
            await self._line.until(self._bot.meet)
            self._greet()
        intake = self._door or Poller(self._bot, self._inbox, self._line, self._beat)
        await intake.run(begun=self._taken_in.set)

    async def _beat(self, answered: bool) -> None:
        if self._turn and await self._turn.beat(self._doorkeeper.admits, answered=answered):
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

    def _make_door(self) -> Door:
        settings = self._settings
        return Door(
            self._bot,
            self._inbox,
            self._line,
            self._beat,
            url=settings.webhook_url,
            secret=settings.webhook_secret or secret_for(settings.telegram_bot_token),
            listen=settings.webhook_listen or LISTEN,
        )

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
            async with asyncio.timeout(FINISH_WITHIN_S):
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
        for writer in self._desk.writers:
            if close := getattr(writer, "aclose", None):  # those that speak with a server
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


def _writers(
    settings: Settings, library: PromptLibrary, ledger: Ledger, offline: OfflineWriter
) -> list[Writer]:
    """The writers in the order they are asked. The offline writer always comes last: whatever
    happens to a paid one, and whatever it may cost, there is an answer."""
    if settings.writer == "offline" or not settings.claude_is_reachable:
        return [offline]
    # Half of the time a start takes would go into importing what is needed here alone.
    from bot.engines.claude import ClaudeWriter

    claude = ClaudeWriter(
        api_key=settings.anthropic_api_key or None,
        base_url=settings.anthropic_base_url or None,
        expand_model=settings.expand_model,
        draft_model=settings.draft_model,
        library=library,
        budget=Budget(ledger, cap_usd=settings.daily_budget_usd, prices=Prices.load()),
    )
    return [claude, offline]


def _describer(settings: Settings, writers: Sequence[Writer]) -> Describer | None:
    """The writer that sees, if the person's pictures may go to it."""
    first: Any = writers[0]
    return first if settings.describe_photos and hasattr(first, "describe") else None


def _bot(settings: Settings, chat_rest_s: float) -> PatientBot:
    return PatientBot(
        settings.telegram_bot_token,
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=HTTPXRequest(httpx_kwargs=Spread.options(), pool_timeout=10),
        get_updates_request=HTTPXRequest(connection_pool_size=1),
        rate_limiter=Pace(settings.telegram_messages_per_s, chat_rest_s=chat_rest_s),
    )


def _telegram(bot: PatientBot) -> Telegram:
    """python-telegram-bot's application, without its memory-only queues: we bring the updates."""
    application = Application.builder().bot(bot).updater(None).job_queue(None).build()
    # The builder forgets to say that a context's bot has the limiter too.
    return cast(Telegram, application)


def _bot_id(settings: Settings) -> int:
    return int(settings.telegram_bot_token.partition(":")[0])
