"""Bringing a database to the newest shape with Alembic."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import create_async_engine

from bot import resources
from bot.errors import StoreError
from bot.store.database import sqlite_file


async def migrate(url: str) -> None:
    """Create the database if need be and run every migration it has not had.

    Raises StoreError when the file or server cannot be reached or written.
    """
    await _run(url, lambda config: command.upgrade(config, "head"))


async def check(url: str) -> None:
    """Raise alembic's CommandError when the tables in the code ask for a migration."""
    await _run(url, command.check)


async def _run(url: str, step: Callable[[Config], None]) -> None:
    file = sqlite_file(url)
    try:
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
        engine = create_async_engine(url)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(lambda sync: step(_config(sync)))
        finally:
            await engine.dispose()
    except (DatabaseError, OSError) as exc:
        where = file or url.partition("@")[2]
        raise StoreError(
            f"cannot open or write the database {where} ({getattr(exc, 'orig', exc)}); "
            "mend DATA_DIR or DATABASE_URL, or the rights on that folder"
        ) from exc


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.folder("migrations")))
    config.attributes["connection"] = connection
    return config
