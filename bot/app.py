"""The composition root: the only place that chooses engines, wires rooms and reads real time."""

import asyncio
import contextlib
import logging
import signal
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot import resources
from bot.chat.connections import Spread
from bot.chat.desk import Desk, Telegram
from bot.chat.doorkeeper import Doorkeeper
from bot.chat.inbox import ALLOWED_UPDATES, Inbox, IntakeRequest
from bot.chat.layout.greetings import menu
from bot.chat.pace import CHAT_REST_S, Pace
from bot.chat.rounds import Rounds
from bot.chat.routes import MENU, add_routes
from bot.chat.wording import wording
from bot.domain.records import Language, Person
from bot.engines.briefs import check_prompts
from bot.engines.budget import Budget, Prices
from bot.engines.offline import OfflineWriter
from bot.engines.prompts import PromptLibrary
from bot.errors import GoldpanError
from bot.journey.ports import Clock, Writer
from bot.settings import Settings
from bot.store.database import Database
from bot.store.ledger import Ledger
from bot.store.media import Shelf
from bot.store.migrate import migrate

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)
# How long one getUpdates may wait for news; Telegram's own advice is "long polling, not short".
POLL_S = 30
CATCHING_UP = timedelta(seconds=15)


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
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        ticking: bool = True,
        chat_rest_s: float = CHAT_REST_S,
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
        self._desk = Desk(
            db=self._db,
            shelf=Shelf(settings.data_dir / "media"),
            clock=clock,
            writers=tuple(_writers(settings, library, Ledger(self._db, clock.now), offline)),
            interviewer=offline,
            admits=self._doorkeeper.admits,
            newcomer=self.newcomer,
            default_language=settings.default_language,
        )
        self._inbox = Inbox(self._desk, self._doorkeeper.stranger)
        self._telegram = _telegram(settings, self._inbox, chat_rest_s)
        self._rounds = Rounds(self._desk, self._telegram.bot)
        self._inbox.after = self._rounds.soon
        self._doorkeeper.bot = self._telegram.bot
        self._ticking = ticking
        self._scheduler: AsyncIOScheduler | None = None
        self._reading: asyncio.Task[None] | None = None

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
        """Whether every update was handled and no work is under way. Raises what the inbox died
        of, should it ever."""
        if self._reading and self._reading.done():
            self._reading.result()
        return self._inbox.idle and self._rounds.idle

    async def start(self) -> None:
        """Bring the database up to date and begin to serve. What an earlier process left is done
        first. Raises StoreError when the database cannot be used, GoldpanError without Telegram."""
        await migrate(self._settings.database_url)
        await self._doorkeeper.open()
        add_routes(self._telegram, self._desk)
        await self._reach_telegram()
        await self._telegram.start()
        await self._inbox.open(self._telegram)
        self._reading = asyncio.create_task(self._inbox.run())
        assert self._telegram.updater is not None, "built with an updater"
        await self._telegram.updater.start_polling(
            timeout=POLL_S, bootstrap_retries=-1, allowed_updates=ALLOWED_UPDATES
        )
        await self._show_menu()
        if self._ticking:
            self._scheduler = self._every_minute()

    async def tick(self, now: datetime) -> None:
        """Start whatever is due at `now`."""
        await self._rounds.tick(now)

    async def stop(self) -> None:
        """Stop fetching, let go of everything."""
        if self._scheduler:
            self._scheduler.shutdown(wait=False)
        if self._telegram.updater and self._telegram.updater.running:
            await self._telegram.updater.stop()
        if self._reading:
            self._reading.cancel()
            # Cancelled in the middle of a query it gives its connection back, which must be over
            # before the database is closed.
            await asyncio.wait([self._reading])
        await self._inbox.stop()
        await self._rounds.stop()
        if self._telegram.running:
            await self._telegram.stop()
        await self.let_go()

    async def let_go(self) -> None:
        """Close connections and files, and do nothing else: all that a kill leaves time for."""
        await self._telegram.bot.shutdown()
        for writer in self._desk.writers:
            if close := getattr(writer, "aclose", None):  # those that speak with a server
                await close()
        await self._db.close()

    async def _reach_telegram(self) -> None:
        api = self._settings.telegram_api_url
        try:
            await self._telegram.initialize()
        except InvalidToken as exc:
            raise GoldpanError(
                f"{api} does not know this token; check TELEGRAM_BOT_TOKEN with @BotFather"
            ) from exc
        except TelegramError as exc:
            raise GoldpanError(
                f"{api} cannot be reached ({exc}); check the network and TELEGRAM_API_URL"
            ) from exc

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

    async def _show_menu(self) -> None:
        """The command menu. Telegram knows two-letter languages only, so both Chinese share one."""
        try:
            for code, language in ((None, Language.EN), ("zh", Language.ZH_HANT)):
                says = menu(wording(language))
                commands = [BotCommand(name, says[name]) for name in MENU]
                await self._telegram.bot.set_my_commands(commands, language_code=code)
        except TelegramError as exc:
            log.warning("the command menu could not be set: %s", exc)


async def serve(settings: Settings) -> None:
    """Run against Telegram until SIGINT or SIGTERM."""
    goldpan = Goldpan(settings, SystemClock())
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        # Windows has no signal handlers on its loop; there Ctrl-C raises KeyboardInterrupt.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stopping.set)
    try:
        await goldpan.start()
        log.info("Goldpan is serving. Stop it with Ctrl-C.")
        await stopping.wait()
    finally:
        await goldpan.stop()


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


def _telegram(settings: Settings, inbox: Inbox, chat_rest_s: float) -> Telegram:
    """python-telegram-bot's application, with our own intake and without its memory-only queue."""
    application = (
        Application.builder()
        .token(settings.telegram_bot_token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .rate_limiter(Pace(settings.telegram_messages_per_s, chat_rest_s=chat_rest_s))
        .request(HTTPXRequest(httpx_kwargs=Spread.options(), pool_timeout=10))
        .get_updates_request(IntakeRequest(inbox, connection_pool_size=1))
        .job_queue(None)
        .build()
    )
    # The builder forgets to say that a context's bot has the limiter too.
    return cast(Telegram, application)
