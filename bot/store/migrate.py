"""Bringing a database to the newest shape with Alembic."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot import resources
from bot.errors import StoreError
from bot.store.database import Database, sqlite_file

if TYPE_CHECKING:
    from alembic.config import Config


async def migrate(url: str) -> None:
    """Create the database if need be and run every migration it has not had.

    Raises StoreError when the file or server cannot be reached or written.
    """
    file = sqlite_file(url)
    try:
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
        db = Database(url)
        try:
            if not await _is_current(db):
                await db.run(_upgrade)
        finally:
            await db.close()
    except (DBAPIError, OSError) as exc:
        where = file or url.partition("@")[2]
        raise StoreError(
            f"cannot open or write the database {where} ({getattr(exc, 'orig', exc)}); "
            "mend DATA_DIR or DATABASE_URL, or the rights on that folder"
        ) from exc


def newest() -> str:
    """The last migration. Each is named as its file, which begins with its date."""
    return max(one.stem for one in Path(resources.folder("migrations"), "versions").glob("*.py"))


async def _is_current(db: Database) -> bool:
    """Whether there is nothing to do: then Alembic, a tenth of a start, need not be loaded."""
    try:
        async with db.read() as session:
            known = await session.scalar(text("SELECT version_num FROM alembic_version"))
    except StoreError:  # it has no tables yet, or worse: the upgrade will tell
        return False
    return bool(known == newest())


def configured(connection: Connection) -> "Config":
    """Alembic's settings for an open connection."""
    from alembic.config import Config

    config = Config(stdout=sys.stdout)  # as it is now, not when Alembic was first loaded
    config.set_main_option("script_location", str(resources.folder("migrations")))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(configured(connection), "head")
    except CommandError as exc:
        raise StoreError(
            f"the database was made by a newer Goldpan ({exc}); update this one"
        ) from exc
