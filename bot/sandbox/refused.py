"""What Telegram says instead of a result."""


class Refused(Exception):
    """A call that failed: the HTTP status and the description that the bot is told."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


def bad_request(why: str) -> Refused:
    """The commonest refusal, worded as Telegram words it."""
    return Refused(400, f"Bad Request: {why}")
