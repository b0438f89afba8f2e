"""The application as a whole: what it does before its turn has come, and what keeps the turn."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import resources
from bot.app import Goldpan, SystemClock
from bot.engines.cliches import FILE
from bot.errors import PromptError
from bot.journey import turns
from bot.journey.ports import Clock
from bot.journey.turns import LEASE, Candidate, Holding, Turn
from bot.sandbox import cloud as clouds
from bot.sandbox.cloud import BOT, Cloud
from bot.sandbox.phone import PERSON_ID
from bot.sandbox.server import serving
from bot.settings import Settings, sqlite_in
from bot.store.database import Database
from bot.tasks import cancel
from tests.fakes import FakeClock

NOWHERE = "http://127.0.0.1:9"
PATIENCE_S = 60


class HurriedClock(SystemClock):
    """Real time, in which nobody sleeps for long."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.02))


class EndingClock(FakeClock):
    """A clock that stands still after so long."""

    def __init__(self, lasts: timedelta) -> None:
        super().__init__()
        self.ends_at = self.now() + lasts

    async def sleep(self, seconds: float) -> None:
        if self.now() >= self.ends_at:
            await asyncio.Event().wait()
        await super().sleep(seconds)


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with serving(Cloud(SystemClock().now)) as address:
        yield address


def goldpan(folder: Path, clock: Clock, *, api: str, **chosen: Any) -> Goldpan:
    changes: dict[str, Any] = {
        "telegram_bot_token": clouds.TOKEN,
        "telegram_api_url": api,
        "owner_ids": frozenset({PERSON_ID}),
        "data_dir": folder,
        "database_url": sqlite_in(folder),
    }
    settings = Settings.load({}).model_copy(update=changes | chosen)
    return Goldpan(settings, clock, candidate=Candidate("mine"))


def test_a_listener_without_its_model_is_told_of_at_the_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    goldpan(tmp_path, FakeClock(), api=NOWHERE)
    assert caplog.text == ""
    goldpan(tmp_path, FakeClock(), api=NOWHERE, listener="sherpa", speech_model_dir=tmp_path)
    assert "make models" in caplog.text
    assert len(caplog.records) == 1


async def test_a_list_of_worn_phrases_that_cannot_be_used_keeps_it_from_serving(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts, folder = tmp_path / "prompts", resources.folder
    shutil.copytree(folder("prompts"), prompts)
    (prompts / FILE).write_text("phrases: []\n", encoding="utf-8")
    own = {"prompts": prompts}
    monkeypatch.setattr(resources, "folder", lambda name: own.get(name) or folder(name))
    mine = goldpan(tmp_path, FakeClock(), api=address)
    with pytest.raises(PromptError, match=FILE):
        await mine.start()
    await mine.let_go()


async def test_who_waits_for_the_turn_begins_no_work_before_it_has_come(
    db: Database, tmp_path: Path, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    clock = HurriedClock()
    other = Turn(db, clock, BOT["id"], Candidate("the other"))
    await other.wait()
    mine = goldpan(tmp_path, clock, api=address)
    starting = asyncio.create_task(mine.start())
    async with asyncio.timeout(PATIENCE_S):
        while "waiting to take over" not in caplog.text:  # noqa: ASYNC110 (nothing to wait on)
            await asyncio.sleep(0.01)
        assert "Scheduler started" not in caplog.text
        await other.release()
        await starting
    assert "Scheduler started" in caplog.text
    await mine.stop()


async def test_the_turn_is_kept_however_long_telegram_cannot_be_reached(
    db: Database, tmp_path: Path
) -> None:
    clock = EndingClock(5 * LEASE)
    mine = goldpan(tmp_path, clock, api=NOWHERE)
    starting = asyncio.create_task(mine.start())
    async with asyncio.timeout(PATIENCE_S):
        while clock.now() < clock.ends_at:  # noqa: ASYNC110 (it moves when somebody sleeps)
            await asyncio.sleep(0.01)
    await cancel(starting)
    assert await turns.holding(db, BOT["id"], now=clock.now()) == Holding("mine", None)
    await mine.stop()
