"""The engine and its two kinds of session: one to read, one to write."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from bot.errors import StoreError

# A writer waits this long for another process's transaction before it gives up; journeys keep
# theirs far below a second, so this is met only when a disk hangs.
BUSY_TIMEOUT_S = 15
# SQLAlchemy's own: so long does a step wait until one of its (15) connections comes free.
POOL_TIMEOUT_S = 30


class Database:
    """Where everything is kept.

    SQLite by default. Every transaction that may write takes the write lock when it begins: with
    SQLite's own deferred locks, concurrent read-modify-writes lose updates without an error (864 of
    1,200 in our measurement, none with BEGIN IMMEDIATE).
    """

    def __init__(
        self,
        url: str,
        *,
        busy_timeout_s: float = BUSY_TIMEOUT_S,
        pool_timeout_s: float = POOL_TIMEOUT_S,
    ) -> None:
        self.url = url
        try:
            self._engine = create_async_engine(
                url,
                # Parameters are people's words, and errors end up in logs.
                hide_parameters=True,
                connect_args=_connect_args(url, busy_timeout_s),
                pool_timeout=pool_timeout_s,
                # Both kinds of session end what they began; once more would be for nothing.
                pool_reset_on_return=None,
            )
        except ModuleNotFoundError as exc:
            raise StoreError(f"this DATABASE_URL needs {exc.name}: pip install {exc.name}") from exc
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self._engine.sync_engine, "begin", _begin_sqlite)
        self._reading = self._engine.execution_options(reading=True)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """One transaction that may write; committed on leaving, rolled back on any exception.

        Raises StoreError when the database cannot take it.
        """
        async with AsyncSession(self._engine, expire_on_commit=False) as session:
            try:
                async with session.begin():
                    yield session
            except (DBAPIError, PoolTimeout) as exc:
                raise StoreError(_in_words(exc)) from exc

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """One consistent view of the database, without the write lock."""
        async with AsyncSession(self._reading, expire_on_commit=False) as session:
            try:
                async with session.begin():
                    yield session
            except (DBAPIError, PoolTimeout) as exc:
                raise StoreError(_in_words(exc)) from exc

    async def run(self, step: Callable[[Connection], None]) -> None:
        """Run a step that needs a plain connection, all of it in one transaction."""
        async with self._engine.begin() as connection:
            await connection.run_sync(step)

    async def close(self) -> None:
        """Let go of every connection."""
        await self._engine.dispose()


def sqlite_file(url: str) -> Path | None:
    """The file behind an SQLite address, None for any other database."""
    head, _, path = url.partition(":///")
    return Path(path) if head.startswith("sqlite") and path else None


def _connect_args(url: str, busy_timeout_s: float) -> dict[str, Any]:
    # isolation_level=None hands BEGIN to us; sqlite3 would otherwise issue its own, deferred one.
    if sqlite_file(url) is None:
        return {}
    return {"isolation_level": None, "timeout": busy_timeout_s, "factory": _Connection}


class _Connection(sqlite3.Connection):
    """A connection that gives its lock back when it is closed in the middle of a transaction, as
    happens when a task is cancelled. SQLite itself would hold the lock until the last cursor is
    collected: 10 of 150 cancelled writers locked everybody else out in our measurement."""

    def close(self) -> None:
        if self.in_transaction:
            self.rollback()
        super().close()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # FULL, because a reaction tells the person "kept": that must survive a power cut. It costs
    # about 10 % of the commits a second.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _in_words(exc: DBAPIError | PoolTimeout) -> str:
    why = exc.orig if isinstance(exc, DBAPIError) else "no connection came free in time"
    return f"the database did not take it ({why}); nothing of this step was stored"
