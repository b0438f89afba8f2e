"""Transactions that lose nothing."""

import asyncio
import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Person
from bot.errors import StoreError
from bot.store import people
from bot.store.database import Database, sqlite_file


async def next_number(session: AsyncSession, person: Person) -> int:
    """Look which number was given last, then write the one after it."""
    n = (await people.lock(session, person.id))[person.id] + 1
    await people.count_fragments(session, {person.id: n})
    return n


async def test_concurrent_read_modify_writes_lose_no_update(db: Database, ming: Person) -> None:
    async def number() -> int:
        async with db.write() as session:
            return await next_number(session, ming)

    numbers = await asyncio.gather(*(number() for _ in range(50)))
    assert sorted(numbers) == list(range(1, 51))


async def test_an_exception_rolls_the_transaction_back(db: Database, ming: Person) -> None:
    async def interrupted() -> None:
        async with db.write() as session:
            await next_number(session, ming)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await interrupted()
    async with db.write() as session:
        assert await next_number(session, ming) == 1


async def test_reading_does_not_wait_for_a_writer(db: Database, ming: Person) -> None:
    async with db.write() as writing:
        await next_number(writing, ming)
        async with db.read() as reading:
            assert await people.get(reading, ming.id) == ming


async def test_a_step_for_which_no_connection_comes_free_is_told_so(
    db: Database, ming: Person
) -> None:
    crowded = Database(db.url, pool_timeout_s=0.01)
    async with contextlib.AsyncExitStack() as taken:
        for _ in range(15):
            session = await taken.enter_async_context(crowded.read())
            await people.get(session, ming.id)
        for step in (crowded.read, crowded.write):
            with pytest.raises(StoreError, match="no connection came free"):
                async with step() as session:
                    await people.get(session, ming.id)
    await crowded.close()


async def test_writers_cancelled_at_any_moment_leave_no_lock_behind(
    db: Database, ming: Person, tmp_path: Path
) -> None:
    async def write_for_ever() -> None:
        while True:
            async with db.write() as session:
                await next_number(session, ming)
                await session.execute(text("SELECT * FROM people"))

    for turn in range(60):
        writers = [asyncio.create_task(write_for_ever()) for _ in range(3)]
        await asyncio.sleep(0.004 + turn % 10 / 1000)
        for writer in writers:
            writer.cancel()
        await asyncio.gather(*writers, return_exceptions=True)
        with contextlib.closing(sqlite3.connect(tmp_path / "goldpan.db", timeout=2)) as other:
            other.execute("BEGIN IMMEDIATE")


async def test_what_is_committed_is_durable_and_foreign_keys_hold(db: Database) -> None:
    async with db.read() as session:
        pragmas = {
            name: await session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_a_database_that_is_locked_for_good_says_so_in_one_line(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'a.db'}"
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("CREATE TABLE t (a)")
    impatient = Database(url, busy_timeout_s=0.05)
    async with impatient.read() as session:
        await session.execute(text("SELECT * FROM t"))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="nothing of this step was stored") as error:
        async with impatient.write() as session:
            await session.execute(text("INSERT INTO t VALUES (1)"))
    other.close()
    await impatient.close()
    assert "\n" not in str(error.value)


async def test_a_moment_without_a_zone_is_refused(db: Database, ming: Person) -> None:
    naive = datetime(2026, 11, 20)
    with pytest.raises(Exception, match="without a time zone"):
        async with db.write() as session:
            await people.block(session, [ming.id], now=naive)


async def test_a_moment_comes_back_as_utc(db: Database, ming: Person) -> None:
    async with db.read() as session:
        found = await people.get(session, ming.id)
    assert found is not None
    assert found.digest_from.tzinfo is UTC


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite+aiosqlite:///data/goldpan.db", Path("data/goldpan.db")),
        ("sqlite+aiosqlite:////var/goldpan.db", Path("/var/goldpan.db")),
        ("postgresql+asyncpg://me@host/goldpan", None),
    ],
)
def test_the_file_behind_an_address(url: str, file: Path | None) -> None:
    assert sqlite_file(url) == file
