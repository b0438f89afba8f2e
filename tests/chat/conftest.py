"""The real application against the stand-in for Telegram, on real time; and a desk without one."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import FINISH_WITHIN_S, Goldpan, SystemClock
from bot.chat.desk import Desk
from bot.chat.pace import CHAT_REST_S
from bot.domain.records import Language, Person
from bot.engines.documents import Documents
from bot.engines.ics import calendar_file
from bot.engines.pages import Pages
from bot.engines.word import word_file
from bot.journey.ports import Listener, PageReader
from bot.sandbox import cloud as clouds
from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.play import settled
from bot.sandbox.server import serving
from bot.sandbox.stage import ThreadStage
from bot.settings import Settings, sqlite_in
from bot.store.database import Database
from bot.store.media import Shelf
from tests.fakes import FORMS, FakeClock, ScriptedInterviewer, ScriptedWriter, worn


@dataclass
class Chat:
    """A phone, the cloud between, and the application at the other end."""

    cloud: Cloud
    phone: Phone
    stage: ThreadStage
    database: Path

    async def answered(self) -> None:
        """Return once the application has nothing left to do."""
        async with asyncio.timeout(60):
            await settled(self.stage, self.cloud)

    async def until(self, done: Callable[[], bool]) -> None:
        """Return once this is so, while the application goes on."""
        async with asyncio.timeout(60):
            while not done():  # noqa: ASYNC110 (there is nothing to wait on)
                await asyncio.sleep(0.02)

    async def restart(self) -> None:
        """Kill the application at whatever it is doing and start it again."""
        await self.stage.kill()
        await self.stage.start()

    async def replay(self, update: dict[str, Any]) -> None:
        """Put an update that was handled back into the inbox and let it be handled again."""
        await self.stage.kill()
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute(
                "UPDATE inbox SET raw = ?, state = 'waiting' WHERE update_id = ?",
                (json.dumps(update), update["update_id"]),
            )
            connection.commit()
        await self.stage.start()
        await self.answered()

    def heard(self, *kinds: str, phone: Phone | None = None) -> list[str]:
        """What the bot sent, by kind (messages unless others are named)."""
        events = (phone or self.phone).events
        return [
            one.text for one in events if one.side == "bot" and one.kind in (kinds or ("text",))
        ]


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A data folder in which nobody ever wrote anything."""
    shutil.copy(template, tmp_path)
    return tmp_path


@pytest.fixture
def owners() -> frozenset[int]:
    """Who may use the bot; a test overrides this to pair instead."""
    return frozenset({PERSON_ID})


@pytest.fixture
def chat_rest_s() -> float:
    """How long the application lets a chat rest after a message; a test may have it hurry."""
    return CHAT_REST_S


@pytest.fixture
def finish_within_s() -> float:
    """How long a stop waits for what is in hand; a test may have it hurry."""
    return FINISH_WITHIN_S


@pytest.fixture
def listener() -> Listener | None:
    """Who listens to recordings; nobody, unless a test overrides this."""
    return None


@pytest.fixture
def pages() -> PageReader | None:
    """Who reads the web for the bot; nobody but the bot itself unless a test overrides this."""
    return None


@pytest.fixture
def desk(db: Database, ming: Person, clock: FakeClock, tmp_path: Path) -> Desk:
    """What handlers work with, for Ming alone."""
    return Desk(
        db=db,
        shelf=Shelf(tmp_path),
        clock=clock,
        writers=(ScriptedWriter(),),
        interviewer=ScriptedInterviewer(),
        documents=Documents(),
        pages=Pages(),
        admits=lambda person_id: person_id == ming.id,
        newcomer=lambda *_: ming,
        forms=FORMS,
        worn=worn,
        word_file=word_file,
        calendar_file=calendar_file,
        default_language=Language.EN,
    )


@pytest.fixture
async def chat(
    folder: Path,
    owners: frozenset[int],
    chat_rest_s: float,
    finish_within_s: float,
    listener: Listener | None,
    pages: PageReader | None,
) -> AsyncIterator[Chat]:
    """A running application whose owner has never written to it."""
    clock = SystemClock()
    cloud = Cloud(clock.now)
    phone = Phone(cloud)
    async with serving(cloud) as address:
        changes: dict[str, Any] = {
            "telegram_bot_token": clouds.TOKEN,
            "telegram_api_url": address,
            "owner_ids": owners,
            "data_dir": folder,
            "database_url": sqlite_in(folder),
        }
        settings = Settings.load({}).model_copy(update=changes)
        stage = ThreadStage(
            lambda: Goldpan(
                settings,
                clock,
                ticking=False,
                chat_rest_s=chat_rest_s,
                listener=listener,
                pages=pages,
                finish_within_s=finish_within_s,
            )
        )
        await stage.start()
        yield Chat(cloud, phone, stage, folder / "goldpan.db")
        await stage.kill()
