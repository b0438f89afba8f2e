"""The migrations make the tables the code expects."""

from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.settings import sqlite_in
from bot.store import migrate


async def test_an_empty_database_becomes_what_the_tables_in_the_code_say(tmp_path: Path) -> None:
    await migrate.migrate(sqlite_in(tmp_path))
    await migrate.check(sqlite_in(tmp_path))  # alembic's own check; raises when they differ


async def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    await migrate.migrate(sqlite_in(tmp_path))
    await migrate.migrate(sqlite_in(tmp_path))
    await migrate.check(sqlite_in(tmp_path))


async def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "goldpan.db").write_text("shopping list", encoding="utf-8")
    with pytest.raises(
        StoreError, match=r"cannot open or write the database .*goldpan\.db"
    ) as error:
        await migrate.migrate(sqlite_in(tmp_path))
    assert "\n" not in str(error.value)


async def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="mend DATA_DIR or DATABASE_URL") as error:
        await migrate.migrate(sqlite_in(tmp_path / "file" / "data"))
    assert "\n" not in str(error.value)
