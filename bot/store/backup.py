"""A copy of the database while it is in use."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import StoreError
from bot.store.database import sqlite_file


async def backup(url: str, target: Path) -> None:
    """Write a consistent copy of the SQLite database to `target`, which must not exist yet.

    Raises StoreError for another database, a missing source or a target that cannot be written.
    """
    source = sqlite_file(url)
    if source is None:
        raise StoreError("backup copies SQLite only; use pg_dump for PostgreSQL")
    try:
        await asyncio.to_thread(_copy, source, target)
    except (sqlite3.Error, OSError) as exc:
        raise StoreError(f"{target} could not be written ({exc})") from exc


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise StoreError(f"there is no database at {source}; name its folder with --data")
    if target.exists():
        raise StoreError(f"{target} is there already and was left as it is; choose another name")
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
