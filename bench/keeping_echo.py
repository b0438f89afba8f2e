"""The echo bot, committing every message before it answers: what a careful handler does."""

import sqlite3
from pathlib import Path

from telegram import Update
from telegram.ext import ContextTypes

from bench import echo

FILE = Path("echo.db")


def main() -> None:
    """As `bench.echo`, in the present folder."""
    connection = sqlite3.connect(FILE, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS kept (person_id INTEGER, text TEXT)")

    async def keep(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None, "the filter lets only messages through"
        connection.execute("INSERT INTO kept VALUES (?, ?)", (message.chat_id, message.text))
        await echo.echo(update, context)

    echo.serve(keep)


if __name__ == "__main__":
    main()
