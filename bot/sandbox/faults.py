"""What can go wrong between a bot and Telegram, to be switched on and off while both run."""

import math
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

PER_S = 30  # messages in all (Bots FAQ, "My bot is hitting limits")
PER_CHAT_PER_S = 1  # the same page; it allows short bursts, of which we grant none
_SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class Faults:
    """Switches, all off at first. They act on calls that begin after they were switched."""

    error_502: bool = False
    """Every call is answered 502 and has no effect."""
    reset: bool = False
    """Every connection is reset before the call is read; it has no effect."""
    slow_s: float = 0.0
    """Real seconds that every call takes longer."""
    lose_answers: bool = False
    """Calls take effect, and the connection ends before their answer was sent."""
    duplicate: bool = False
    """Updates are delivered twice, as when Telegram lost a bot's confirmation."""
    limits: bool = False
    """Messages beyond Telegram's limits are refused with 429 and retry_after."""


class Limits:
    """How many messages a bot sent within the last second, in all and to each chat."""

    def __init__(self) -> None:
        self._sent: deque[tuple[datetime, str]] = deque()

    def wait_s(self, chat_id: str, now: datetime) -> int:
        """Count a message, or tell after how many whole seconds there is room for it."""
        while self._sent and self._sent[0][0] <= now - _SECOND:
            self._sent.popleft()
        here = [at for at, chat in self._sent if chat == chat_id]
        if len(here) >= PER_CHAT_PER_S:
            return _seconds_until_free(here[-PER_CHAT_PER_S], now)
        if len(self._sent) >= PER_S:
            return _seconds_until_free(self._sent[-PER_S][0], now)
        self._sent.append((now, chat_id))
        return 0


def _seconds_until_free(counted_at: datetime, now: datetime) -> int:
    return max(1, math.ceil((counted_at + _SECOND - now).total_seconds()))
