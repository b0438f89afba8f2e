"""Troubles that all recordings share: the log tells of each once, and once that it is over."""

from bot.errors import Trouble


class Outage:
    """What keeps the listener from hearing anything at all, if something does."""

    def __init__(self) -> None:
        self._known: Trouble | None = None

    def is_news(self, trouble: Trouble) -> bool:
        """Note why a recording was not heard; False when the same holds up the others too and was
        told of already. Refused, busy or silent are one state: no answer."""
        if trouble.passes:
            trouble = Trouble.UNREACHABLE
        elif trouble not in (Trouble.REJECTED, Trouble.UNREADY):
            return True
        known, self._known = self._known, trouble
        return trouble is not known

    def is_over(self) -> bool:
        """Note that words came; True when that ends an outage."""
        known, self._known = self._known, None
        return known is not None
