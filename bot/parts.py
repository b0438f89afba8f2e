"""What the application is made of, as the settings choose it."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot import resources
from bot.chat.connections import Spread
from bot.chat.desk import Desk, Telegram
from bot.chat.inbox import Inbox
from bot.chat.layout.takeaway import labels
from bot.chat.line import Line, PatientBot
from bot.chat.pace import Pace
from bot.chat.polling import Beat
from bot.chat.webhook import LISTEN, Door, secret_for
from bot.chat.wording import wording
from bot.domain.papers import Paper
from bot.domain.records import Language, Person
from bot.domain.shoots import Shoot
from bot.engines import listeners
from bot.engines.angles import Angles
from bot.engines.briefs import check_prompts
from bot.engines.budget import Budget, Prices
from bot.engines.chart import Charts
from bot.engines.cliches import worn
from bot.engines.documents import Documents
from bot.engines.forms import read_forms
from bot.engines.offline import OfflineWriter
from bot.engines.pages import Pages
from bot.engines.prompts import PromptLibrary
from bot.engines.speech_model import HOW_TO_FETCH, SENSE_VOICE
from bot.journey.export import Looks
from bot.journey.ports import Clock, Describer, Listener, PageReader, Writer
from bot.settings import Settings
from bot.store.database import Database
from bot.store.ledger import Ledger
from bot.store.media import Shelf

log = logging.getLogger(__name__)


def desk(
    settings: Settings,
    db: Database,
    clock: Clock,
    *,
    admits: Callable[[int], bool],
    newcomer: Callable[[int, Language], Person],
    listener: Callable[[], Listener | None],
    pages: PageReader | None = None,
) -> Desk:
    """What every handler works with; `pages` takes the place of the open web. Raises
    PromptError when a prompt cannot be used."""
    _warn_without_model(settings)
    library = PromptLibrary(resources.folder("prompts"))
    check_prompts(library)
    offline = OfflineWriter(library)
    writers = tuple(_writers(settings, library, Ledger(db, clock.now), offline))
    return Desk(
        db=db,
        shelf=Shelf(settings.data_dir / "media"),
        clock=clock,
        writers=writers,
        interviewer=offline,
        documents=Documents(),
        pages=pages or Pages(),
        describer=_describer(settings, writers),
        charter=Charts(),
        admits=admits,
        newcomer=newcomer,
        forms=read_forms(library),
        worn=cache(lambda: worn(library)),
        word_file=_word_file,
        calendar_file=_calendar_file,
        default_language=settings.default_language,
        listener=listener,
        # Read when somebody asks: a start does not wait for it.
        names=cache(lambda language: Angles(library).names(language)),
    )


def _word_file(paper: Paper) -> bytes:
    # What it imports takes long to load, and is needed when somebody takes a draft along in Word.
    from bot.engines.word import word_file

    return word_file(paper)


def _calendar_file(shoots: Sequence[Shoot], now: datetime) -> bytes:
    from bot.engines.ics import calendar_file  # needed when somebody plans a shoot

    return calendar_file(shoots, now)


def _warn_without_model(settings: Settings) -> None:
    models = settings.speech_model_dir
    if settings.listener == "sherpa" and not SENSE_VOICE.is_in(models):
        log.warning(
            "LISTENER is sherpa, but its model is not in %s: recordings are kept unheard until %s",
            models,
            HOW_TO_FETCH,
        )


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


def looks() -> Looks:
    """How an export writes drafts down. Raises PromptError."""
    forms = read_forms(PromptLibrary(resources.folder("prompts")))
    return Looks(forms, lambda language: labels(wording(language)))


def listener(settings: Settings) -> Listener | None:
    """Who listens to recordings; None as long as nobody does."""
    return listeners.listener(
        settings.listener,
        models=settings.speech_model_dir,
        url=settings.speech_api_url,
        api_key=settings.speech_api_key,
        model=settings.speech_api_model,
        languages=settings.speech_languages,
    )


def bot(settings: Settings, chat_rest_s: float) -> PatientBot:
    """The bot as Telegram knows it; after each message a chat rests for `chat_rest_s`."""
    return PatientBot(
        settings.telegram_bot_token,
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=HTTPXRequest(httpx_kwargs=Spread.options(), pool_timeout=10),
        get_updates_request=HTTPXRequest(connection_pool_size=1),
        rate_limiter=Pace(settings.telegram_messages_per_s, chat_rest_s=chat_rest_s),
    )


def application(bot: PatientBot) -> Telegram:
    """python-telegram-bot's application, without its memory-only queues: we bring the updates."""
    application = Application.builder().bot(bot).updater(None).job_queue(None).build()
    # The builder forgets to say that a context's bot has the limiter too.
    return cast(Telegram, application)


def door(settings: Settings, bot: PatientBot, inbox: Inbox, line: Line, beat: Beat) -> Door | None:
    """Where updates are brought to; None when the bot polls."""
    if not settings.webhook_url:
        return None
    return Door(
        bot,
        inbox,
        line,
        beat,
        url=settings.webhook_url,
        secret=settings.webhook_secret or secret_for(settings.telegram_bot_token),
        listen=settings.webhook_listen or LISTEN,
    )
