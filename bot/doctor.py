"""`goldpan doctor`: what could keep the bot from serving, looked at one by one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import resources
from bot.chat.webhook import LISTEN
from bot.engines import listeners
from bot.engines.briefs import check_prompts
from bot.engines.cliches import worn
from bot.engines.prompts import PromptLibrary
from bot.engines.reach import is_this_machine, reach
from bot.engines.speech_model import HOW_TO_FETCH, SENSE_VOICE
from bot.engines.transcriptions import OPENAI_URL
from bot.errors import GoldpanError
from bot.journey import hear, intake, outbox, people, turns
from bot.settings import Settings
from bot.store.database import Database
from bot.store.migrate import migrate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `trouble` says what is wrong and how to mend it, None if nothing is."""

    subject: str
    state: str
    trouble: str | None = None


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything; one trouble does not hide the next."""
    looks: dict[str, Callable[[Settings], Awaitable[str]]] = {
        "prompts": _prompts,
        "database": _database,
        "people": _people,
        "inbox": _inbox,
        "outbox": _outbox,
        "voice": _voice,
        "serving": _serving,
        "telegram": _telegram,
        "intake": _intake,
        "writer": _writer,
        "listener": _listener,
    }
    findings = []
    for subject, look in looks.items():
        try:
            findings.append(Finding(subject, await look(settings)))
        except GoldpanError as exc:
            findings.append(Finding(subject, "", trouble=str(exc)))
    return findings


async def _prompts(settings: Settings) -> str:
    folder = resources.folder("prompts")
    library = PromptLibrary(folder)
    check_prompts(library)
    worn(library)
    return f"all in {folder} can be used"


async def _database(settings: Settings) -> str:
    await migrate(settings.database_url)
    return f"up to date, data in {settings.data_dir}"


async def _people(settings: Settings) -> str:
    db = Database(settings.database_url)
    try:
        paired, blocked = await people.admitted(db), await people.blocked(db)
    finally:
        await db.close()
    if settings.owner_ids:
        state = f"{len(settings.owner_ids)} in OWNER_IDS"
    elif paired:
        state = f"{len(paired)} paired"
    else:
        state = "nobody yet; `goldpan run` logs a pairing code"
    if blocked:
        state += f"; {blocked} blocked the bot and hear nothing until they write to it"
    return state


async def _inbox(settings: Settings) -> str:
    db = Database(settings.database_url)
    try:
        parked = await intake.parked(db)
    finally:
        await db.close()
    if parked:
        raise GoldpanError(
            f"{parked} updates failed again and again and were set aside; the log says why (look "
            'for "parked"). They are kept, and each start tries them once more: update Goldpan'
        )
    return "nothing is stuck"


async def _voice(settings: Settings) -> str:
    db = Database(settings.database_url)
    try:
        waiting, failed = await hear.stuck(db)
    finally:
        await db.close()
    if not waiting and not failed:
        return "every recording was heard"
    return f"{waiting} recordings wait to be heard, {failed} could not be; /status says why"


async def _outbox(settings: Settings) -> str:
    db = Database(settings.database_url)
    try:
        failed, unknown = await outbox.stuck(db)
    finally:
        await db.close()
    if failed:
        raise GoldpanError(
            f"{failed} messages were refused by Telegram for a day and given up; the log says why "
            '(look for "given up"). What they held is kept; ask for it once more in the chat'
        )
    if unknown:
        return f"{unknown} may not have arrived; whoever they were for is offered to see them"
    return "nothing is stuck"


async def _serving(settings: Settings) -> str:
    if not settings.telegram_bot_token:
        return "nobody, there is no TELEGRAM_BOT_TOKEN"
    db = Database(settings.database_url)
    try:
        await turns.check_bot(db, settings.bot_id)
        turn = await turns.holding(db, settings.bot_id, now=datetime.now(UTC))
    finally:
        await db.close()
    last = f"{turn.answered_at:%Y-%m-%d %H:%M} UTC" if turn.answered_at else "never"
    return f"{turn.holder or 'no process right now'}; Telegram last answered: {last}"


async def _telegram(settings: Settings) -> str:
    if not settings.telegram_bot_token:
        return "no TELEGRAM_BOT_TOKEN: `goldpan try` works, `goldpan run` does not"
    me = await _ask(settings, Bot.get_me)
    return f"reached, serving as @{me.username}"


async def _intake(settings: Settings) -> str:
    """How updates come in, and what Telegram has set for that."""
    host, port = settings.webhook_listen or LISTEN
    way = f"webhook, {settings.webhook_url} → {host}:{port}" if settings.webhook_url else "polling"
    if not settings.telegram_bot_token:
        return way
    try:
        info = await _ask(settings, Bot.get_webhook_info)
    except GoldpanError:  # told of already
        return f"{way}; what Telegram has set could not be asked"
    return f"{way}; {_set_at_telegram(info, settings.webhook_url)}"


def _set_at_telegram(info: WebhookInfo, wanted: str) -> str:
    """Raises GoldpanError when updates wait because the webhook does not take them."""
    waiting = f"{info.pending_update_count} updates wait"
    when = f"{info.last_error_date:%Y-%m-%d %H:%M} UTC" if info.last_error_date else "once"
    if info.last_error_message and info.pending_update_count:
        raise GoldpanError(
            f"{waiting}, {info.url} did not take one ({when}: {info.last_error_message}); "
            "check WEBHOOK_URL and what stands behind it"
        )
    if info.url != wanted:
        state = f"Telegram has {info.url or 'no webhook'} until the next `goldpan run`, {waiting}"
    else:
        state = waiting
    if info.last_error_message:
        state += f", all was taken since {when} ({info.last_error_message})"
    return state


async def _ask(settings: Settings, question: Callable[[Bot], Awaitable[T]]) -> T:
    """What Telegram answers. Raises GoldpanError when it does not."""
    api = settings.telegram_api_url
    try:
        async with Bot(settings.telegram_bot_token, base_url=f"{api}/bot") as bot:
            return await question(bot)
    except InvalidToken:  # its words hold the token
        raise GoldpanError(
            f"{api} does not know this token; check TELEGRAM_BOT_TOKEN with @BotFather"
        ) from None
    except NetworkError as exc:
        raise GoldpanError(
            f"{api} cannot be reached ({exc}); check TELEGRAM_API_URL, the network and its proxy"
        ) from exc
    except TelegramError as exc:
        raise GoldpanError(f"{api} gave no answer of use ({exc}); try again in a while") from exc


async def _writer(settings: Settings) -> str:
    if settings.writer == "offline" or not settings.claude_is_reachable:
        return "offline: question cards and verbatim drafts, no key needed"
    return (
        f"Claude ({settings.expand_model}, {settings.draft_model}), "
        f"at most {settings.daily_budget_usd} USD a day, then offline"
    )


async def _listener(settings: Settings) -> str:
    models = settings.speech_model_dir
    choice = listeners.chosen(
        settings.listener, models=models, server=settings.speech_api_is_reachable
    )
    if choice == "openai":
        where = settings.speech_api_url or OPENAI_URL
        await reach(where)
        stays = is_this_machine(where)
        goes = "recordings stay on this machine" if stays else "recordings leave this machine"
        return f"{settings.speech_api_model} at {where}: {goes}"
    if choice == "none":
        return f"none, recordings are kept unheard; {HOW_TO_FETCH}, or a SPEECH_API_URL, mends it"
    folder = SENSE_VOICE.folder(models)
    if wrong := await asyncio.to_thread(SENSE_VOICE.altered, folder):
        raise GoldpanError(f"{folder / wrong} is missing or altered; run {HOW_TO_FETCH}")
    return f"{SENSE_VOICE.name} on this machine, in {folder}"
