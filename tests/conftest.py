"""What holds for every test, and a fresh database for those that need one."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from datetime import time
from pathlib import Path

import pytest

from bot.domain.records import Language, Person
from bot.journey import people
from bot.settings import sqlite_in
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.fakes import FakeClock


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true a skipped test fails the session: what was not run was not shown to work."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI") == "true":
        reporter.write_line(f"\n{len(skipped)} skipped, and CI=true counts a skip as a failure")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def clock() -> FakeClock:
    """Noon in Taipei on 20 November 2026, a Friday."""
    return FakeClock()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database that nobody opens, to be copied: migrating takes longer than most tests.
    That an application begins with no database at all is what `tests/test_process.py` sees."""
    folder = tmp_path_factory.mktemp("template")
    asyncio.run(migrate(sqlite_in(folder)))
    return folder / "goldpan.db"


@pytest.fixture
async def db(template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated SQLite database in a file of its own."""
    shutil.copy(template, tmp_path)
    database = Database(sqlite_in(tmp_path))
    yield database
    await database.close()


@pytest.fixture
async def ming(db: Database, clock: FakeClock) -> Person:
    """A person in Taipei who wants the digest at 21:00."""
    newcomer = Person(
        id=42,
        language=Language.ZH_HANT,
        timezone="Asia/Taipei",
        digest_at=time(21),
        digest_from=clock.now(),
    )
    return await people.welcome(db, newcomer, now=clock.now())
