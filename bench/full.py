"""What keeping a fragment costs with a million kept already, beside what it costs with 1,000."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.measure import Row
from bot.domain.records import Language, Person, Said
from bot.journey import people
from bot.journey.capture import capture
from bot.settings import sqlite_in
from bot.store.database import Database
from bot.store.migrate import migrate

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MANY, FEW = 1_000_000, 1_000
PEOPLE = 100
ROUNDS, TIMES = 6, 100
"""Each database is written to this often, in turns; 30 of 600 times lie beyond the p95."""
TEXT = "坐到公司那一站,念頭就散了"
FILL = """
    WITH RECURSIVE number (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < :many)
    INSERT INTO fragments
        (person_id, n, kind, origin, text, message_id, captured_at, disowned)
    SELECT i % :people + 1, i / :people + 1, 'text', 'own', :text || i, i / :people + 1, :now, 0
    FROM number
"""


async def rows() -> AsyncIterator[Row]:
    """The p95 of one capture: a transaction that finds no such message, numbers and commits."""
    async with _filled(MANY) as full, _filled(FEW) as empty:
        took: dict[Database, list[float]] = {full: [], empty: []}
        for start in range(10_000_000, 10_000_000 + ROUNDS * TIMES, TIMES):
            for db, times in took.items():
                times += [await _timed(db, start + n) for n in range(TIMES)]
        ours, theirs = (quantiles(times, n=20)[-1] * 1000 for times in took.values())
    against = f"with {FEW:,} fragments"
    yield Row(f"p95 capture, {MANY:,} kept", "ms", ours, against, theirs, more_is_better=False)


async def _timed(db: Database, message_id: int) -> float:
    began = perf_counter()
    await capture(db, Said(message_id % PEOPLE + 1, message_id, TEXT, NOW))
    return perf_counter() - began


@asynccontextmanager
async def _filled(fragments: int) -> AsyncIterator[Database]:
    with TemporaryDirectory() as name:
        url = sqlite_in(Path(name))
        await migrate(url)
        db = Database(url)
        for n in range(PEOPLE):
            newcomer = Person(n + 1, Language.EN, "UTC", digest_at=None, digest_from=NOW)
            await people.welcome(db, newcomer, now=NOW)
        _fill(Path(name, "goldpan.db"), fragments)
        yield db
        await db.close()


def _fill(file: Path, fragments: int) -> None:
    values = {
        "many": fragments,
        "people": PEOPLE,
        "text": TEXT,
        "now": "2026-11-20 12:00:00.000000",
    }
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(FILL, values)
        each = fragments // PEOPLE
        connection.execute("UPDATE people SET fragments_counted = ?", (each,))
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
