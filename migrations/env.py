"""Alembic's entry: brings any database this product supports to the newest shape."""

from alembic import context
from sqlalchemy import Connection

from bot.store import draft_tables, passing  # noqa: F401 (both build on `tables`)


def run(connection: Connection) -> None:
    """Run the migrations asked for over an open connection."""
    context.configure(
        connection=connection,
        target_metadata=passing.Table.metadata,  # of all three files
        # SQLite cannot alter most of a table in place; batches copy it instead.
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        # A kill in the middle leaves the database as it was: SQLite can undo a CREATE TABLE too.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
