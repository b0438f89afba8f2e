"""What keeping a fragment costs, beside the least that SQLite can do to keep a text as safely."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Row, in_turns
from bot.domain.records import Language, Person, Said
from bot.journey.capture import capture
from bot.settings import sqlite_in
from bot.store import people
from bot.store.database import Database
from bot.store.migrate import migrate

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PERSON = Person(1, Language.EN, "UTC", digest_at=None, digest_from=NOW)
TEXT = "坐到公司那一站,念頭就散了"


async def rows() -> AsyncIterator[Row]:
    """One fragment: a number, a row and a commit that survives a power cut (synchronous=FULL)."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        db = await _database(sqlite_in(folder))
        message = count(1)
        with closing(_bare(folder / "bare.db")) as bare:

            async def ours() -> None:
                await capture(db, Said(PERSON.id, next(message), TEXT, NOW))

            async def theirs() -> None:
                bare.execute("BEGIN IMMEDIATE")
                bare.execute("INSERT INTO fragment (text) VALUES (?)", (TEXT,))
                bare.execute("COMMIT")

            yield await in_turns("keep a fragment", ours, "bare sqlite3 commit", theirs, times=100)
        await db.close()


async def _database(url: str) -> Database:
    await migrate(url)
    db = Database(url)
    async with db.write() as session:
        await people.add(session, PERSON, now=NOW)
    return db


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE fragment (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    return connection
