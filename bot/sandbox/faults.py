"""What can go wrong between a bot and Telegram, to be switched on and off while both run."""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Literal

PER_S = 30  # messages in all (Bots FAQ, "My bot is hitting limits")
PER_CHAT_PER_S = 1  # the same page; it allows short bursts, of which we grant none
FLOOD_S = 1  # ours: what a flooded chat is told to wait
_SECOND = timedelta(seconds=1)


Mishap = Literal["", "502", "reset", "lost"]
SWITCH = "switch"  # in a field's metadata: whether a person may set it
_INNER = {SWITCH: False}


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
    hang: bool = False
    """Calls take effect and are never answered; the bot must hang up."""
    reorder: bool = False
    """The updates of one getUpdates answer come in any order."""
    mishaps: float = 0.0
    """Share of calls that are answered 502, or whose connection ends before or after they took
    effect, a third each."""
    floods: float = 0.0
    """Share of calls into a chat that are refused with 429, as are all into it for the second the
    bot is told to wait."""
    chance: Random = field(default_factory=lambda: Random(0), compare=False, metadata=_INNER)
    """Decides for `mishaps`, `floods` and `reorder`; give it another seed for another course."""
    too_soon: int = field(default=0, compare=False, metadata=_INNER)
    """Calls into a chat before the wait was over that a 429 had named, but for those under way when
    it was named. This one only counts."""

    def mishap(self) -> Mishap:
        """What happens to a call that begins now."""
        if self.chance.random() >= self.mishaps:
            return ""
        return self.chance.choice(("502", "reset", "lost"))


class Limits:
    """How many messages a bot sent within the last second, in all and to each chat; and what it was
    told to leave alone: a chat, or messages to it."""

    def __init__(self) -> None:
        self._sent: deque[tuple[datetime, str]] = deque()
        self._held: dict[str, tuple[datetime, datetime]] = {}  # since when, until when

    def hold(self, what: str, now: datetime, wait_s: int) -> None:
        """Remember that the bot was told to wait with this."""
        self._held[what] = now, now + timedelta(seconds=wait_s)

    def held_s(self, what: str, now: datetime) -> int:
        """For how many more whole seconds the bot was told to wait with this."""
        _, until = self._held.get(what, (now, now))
        return math.ceil((until - now).total_seconds()) if until > now else 0

    def knew(self, what: str, now: datetime, on_its_way: timedelta) -> bool:
        """Whether the bot had been told so when it sent what arrives now. Both the answer that told
        it and the call itself were `on_its_way` for so long."""
        since, until = self._held.get(what, (now, now))
        return since + 2 * on_its_way < now < until

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
