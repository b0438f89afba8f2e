"""Bringing a database to the newest shape with Alembic."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot import resources
from bot.errors import StoreError
from bot.store.database import Database, sqlite_file


async def migrate(url: str) -> None:
    """Create the database if need be and run every migration it has not had.

    Raises StoreError when the file or server cannot be reached or written.
    """
    try:
        await _run(url, lambda config: command.upgrade(config, "head"))
    except CommandError as exc:
        raise StoreError(
            f"the database was made by a newer Goldpan ({exc}); update this one"
        ) from exc


async def check(url: str) -> None:
    """Raise alembic's CommandError when the tables in the code ask for a migration."""
    await _run(url, command.check)


async def _run(url: str, step: Callable[[Config], None]) -> None:
    file = sqlite_file(url)
    try:
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
        db = Database(url)
        try:
            await db.run(lambda connection: step(_config(connection)))
        finally:
            await db.close()
    except (DBAPIError, OSError) as exc:
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
