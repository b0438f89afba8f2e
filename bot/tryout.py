"""`goldpan try`: the whole application against the stand-in for Telegram, played or by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.app import Goldpan
from bot.domain.evening_wishes import Off, When
from bot.domain.records import Language, Person
from bot.journey import intake, people
from bot.journey.ports import Clock, Listener
from bot.sandbox import cloud as clouds
from bot.sandbox import script as scripts
from bot.sandbox.clock import PlayClock, RunningClock
from bot.sandbox.cloud import Cloud, Eavesdropper
from bot.sandbox.keeper import Keeper
from bot.sandbox.page.hands import Day
from bot.sandbox.page.live import ChatPage
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.play import Play
from bot.sandbox.printing import JsonPrinter, TextPrinter
from bot.sandbox.server import serving
from bot.sandbox.stage import ThreadStage
from bot.sandbox.terminal import Terminal
from bot.settings import Settings, sqlite_in
from bot.store.database import Database
from bot.store.migrate import migrate


async def play(
    settings: Settings,
    file: Path,
    *,
    data: Path | None,
    as_json: bool,
    overhear: Eavesdropper | None = None,
    listener: Listener | None = None,
) -> None:
    """Play a day on simulated time and print it. Raises PlayError when a step cannot be done.

    Without `data` everything happens in a temporary folder and is gone afterwards. `overhear` is
    told of every call that the application makes; `listener` takes the place of what the settings
    choose.
    """
    script = scripts.load(file)
    clock = PlayClock(script.starts_at)
    zone = script.directives.zone
    with TemporaryDirectory(prefix="goldpan-") as temporary:
        folder = data or Path(temporary)
        cloud = Cloud(clock.now, past=await _prepared(settings, folder, script.directives, clock))
        phone = Phone(cloud, language_code=script.directives.language_code)
        cloud.listen(JsonPrinter(zone) if as_json else TextPrinter(zone))
        if overhear:
            cloud.overhear(overhear)
        async with serving(cloud) as address:
            apart = _apart(settings, folder, address)
            stage = ThreadStage(
                lambda: Goldpan(apart, clock, ticking=False, chat_rest_s=0, listener=listener)
            )
            await Play(script, stage, cloud=cloud, phone=phone, clock=clock).run()


async def converse(settings: Settings, *, data: Path | None, port: int) -> None:
    """A conversation by hand, on the chat page and in the terminal alike, until the terminal's
    input or somebody's Ctrl-C ends it."""
    folder = data or settings.data_dir / "try"
    async with by_hand(settings, folder, RunningClock(folder / "clock"), port=port) as table:
        zone = ZoneInfo(settings.default_timezone)
        terminal = Terminal(
            table.keeper, cloud=table.cloud, phone=table.phone, zone=zone, page=table.address
        )
        await terminal.run()


@dataclass(frozen=True, slots=True)
class Table:
    """All that a conversation by hand needs; `keeper` is still to be started."""

    address: str
    cloud: Cloud
    phone: Phone
    keeper: Keeper


@asynccontextmanager
async def by_hand(
    settings: Settings, folder: Path, clock: RunningClock, *, port: int = 0
) -> AsyncIterator[Table]:
    """Serve the chat page and the stand-in, with the application ready behind them."""
    usual = scripts.Directives(tz=settings.default_timezone, lang=settings.default_language)
    cloud = Cloud(clock.now, past=await _prepared(settings, folder, usual, clock))
    phone = Phone(cloud, language_code=usual.language_code)

    def goldpan() -> Goldpan:
        return Goldpan(_apart(settings, folder, address), clock, ticking=False)

    async def day() -> Day:
        person = await _met(_apart(settings, folder).database_url)
        return Day(person.zone, person.digest_at) if person else Day(usual.zone, None)

    keeper = Keeper(ThreadStage(goldpan), cloud=cloud, clock=clock)
    page = ChatPage(cloud, phone, keeper, day=day)
    async with serving(cloud, port=port, also=page.routes) as address:
        try:
            yield Table(address, cloud, phone, keeper)
        finally:
            page.hang_up()


def _apart(settings: Settings, data: Path, address: str = "") -> Settings:
    """The same settings, but for the stand-in and with a folder and database of their own: a
    rehearsal never touches the real bot's."""
    return settings.model_copy(
        update={
            "telegram_bot_token": clouds.TOKEN,
            "telegram_api_url": address,
            "webhook_url": "",
            "owner_ids": frozenset({PERSON_ID}),
            "data_dir": data,
            "database_url": sqlite_in(data),
        }
    )


async def _prepared(
    settings: Settings, data: Path, said: scripts.Directives, clock: Clock
) -> clouds.Past:
    """Let the person in before the conversation begins, as they are said to be, and tell which ids
    the folder knows from an earlier one."""
    url = _apart(settings, data).database_url
    await migrate(url)
    db = Database(url)
    try:
        wished = _person(settings, said, clock.now())
        met = await people.welcome(db, wished, now=clock.now())
        if met != wished and said.date:  # a further day in the same folder
            await people.choose_language(db, met.id, wished.language)
            await people.choose_timezone(db, met.id, wished.timezone, now=clock.now())
            evenings = When(wished.digest_at) if wished.digest_at else Off()
            await people.wish(db, met.id, evenings, now=clock.now())
        return clouds.Past(*await intake.newest(db))
    finally:
        await db.close()


async def _met(url: str) -> Person | None:
    db = Database(url)
    try:
        return await people.find(db, PERSON_ID)
    finally:
        await db.close()


def _person(settings: Settings, said: scripts.Directives, now: datetime) -> Person:
    digest_at: time | None = settings.default_digest_at
    if said.digest_at is not None:
        digest_at = None if said.digest_at == "off" else said.digest_at
    return Person(
        id=PERSON_ID,
        language=said.lang or Language.EN,
        timezone=said.zone.key,
        digest_at=digest_at,
        digest_from=now,
    )
