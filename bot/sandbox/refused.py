"""What Telegram says instead of a result."""


class Refused(Exception):
    """A call that failed: the HTTP status and the description that the bot is told, and after how
    many seconds it may try again, where Telegram says so."""

    def __init__(self, code: int, description: str, *, retry_after_s: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after_s = retry_after_s


def bad_request(why: str) -> Refused:
    """The commonest refusal, worded as Telegram words it."""
    return Refused(400, f"Bad Request: {why}")


def conflict(why: str) -> Refused:
    """Two ways of fetching updates that cannot both be had."""
    return Refused(409, f"Conflict: {why}")


def too_many(retry_after_s: int) -> Refused:
    """Refused until `retry_after_s` seconds have passed (tdlib/telegram-bot-api, Query.cpp)."""
    description = f"Too Many Requests: retry after {retry_after_s}"
    return Refused(429, description, retry_after_s=retry_after_s)
