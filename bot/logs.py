"""Logging: one line an event, for people or for machines, without secrets."""

import json
import logging
import sys
from collections.abc import Iterable

# Libraries that log every request would write the bot's token with each address, and a fragment's
# words with each body.
CHATTY = (
    *("httpx", "httpx2", "httpcore", "httpcore2", "anthropic"),
    *("telegram", "apscheduler", "alembic", "aiosqlite", "tornado"),
)


def set_up(level: str, form: str, secrets: Iterable[str]) -> None:
    """Log to stderr from `level` on, as "text" or "json"; `secrets` never appear."""
    handler = logging.StreamHandler(sys.stderr)
    # The longest first: one secret may begin with another.
    hidden = sorted(filter(None, secrets), key=len, reverse=True)
    handler.setFormatter(_Json(hidden) if form == "json" else _Text(hidden))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))

    # What goes wrong with a connection is raised as well; at a stop the pool only logs that we cut
    # a transaction short.
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)


class _Text(logging.Formatter):
    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return self._hidden(super().format(record))

    def _hidden(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


class _Json(_Text):
    def format(self, record: logging.LogRecord) -> str:
        # Hidden before JSON escapes what a secret may hold.
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "name": record.name,
            "message": self._hidden(record.getMessage()),
        }
        if record.exc_info:
            line["trace"] = self._hidden(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
