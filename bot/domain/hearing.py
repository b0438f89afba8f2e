"""A recording on its way to words: what stage it is at, and when it is tried again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.records import Kind, Origin
from bot.errors import Trouble

SOUNDING = frozenset({Kind.VOICE, Kind.AUDIO, Kind.VIDEO_NOTE, Kind.VIDEO})
# The listener is at fault, or the way to it: whatever is asked next would fare the same.
_LISTENERS = frozenset(
    {Trouble.UNREACHABLE, Trouble.BUSY, Trouble.REJECTED, Trouble.UNREADY, Trouble.BUDGET}
)
# Nobody knows: a hanging server and an endless file look alike, as do a broken server and a file
# that a server trips over, one file that is gone and all of them.
_ANYBODYS = frozenset({Trouble.TIMEOUT, Trouble.MALFORMED, Trouble.NOT_TAKEN, Trouble.GONE})
# Ours. A connection that is refused costs nothing, so a listener is soon found again; hearing the
# same for long in vain costs a processor's time or money.
_FIRST = timedelta(seconds=30)
_LONGEST = {True: timedelta(minutes=15), False: timedelta(days=1)}
_GROWS = 4
# So often a recording may hold up those behind it when it may be at fault itself.
_PATIENCE = 3


class Stage(StrEnum):
    """Where a recording is on its way."""

    WAITING = "waiting"
    HEARING = "hearing"
    HEARD = "heard"
    NOTHING = "nothing"  # heard to its end, and there are no words in it
    FAILED = "failed"  # not tried again unless the person asks


@dataclass(frozen=True, slots=True)
class Hearing:
    """One recording that came with a fragment. `text` is what is shown, once it was heard: the
    recogniser's words in the person's script, or the person's own correction; `raw` stays."""

    id: int
    person_id: int
    fragment_id: int
    n: int  # its fragment's number
    note: int  # the message it came in
    kind: Kind
    origin: Origin
    path: str
    said_s: int | None  # how long the sender says it is
    stage: Stage
    attempts: int = 0
    due_at: datetime | None = None
    lease_until: datetime | None = None
    trouble: Trouble | None = None
    text: str = ""
    raw: str = ""
    by: str = ""
    heard_s: float = 0.0
    partial: str | None = None  # a Shortfall
    nothing: str | None = None  # a Nothing
    message_id: int | None = None  # our message that shows the words, when one does

    @property
    def in_trouble(self) -> bool:
        """Whether it failed, or would have to be mended before it can be heard."""
        if self.stage is Stage.FAILED:
            return True
        return self.trouble is not None and is_told(self.trouble, self.attempts)


@dataclass(frozen=True, slots=True)
class Again:
    """When to try once more; `aside` lets those behind it go first."""

    wait: timedelta
    aside: bool


def again(trouble: Trouble, attempts: int) -> Again | None:
    """What follows the `attempts`th failure in a row; None when trying again is of no use."""
    if not mends(trouble):
        return None
    longest = _LONGEST[trouble in _LISTENERS]
    # The exponent stays small: a wait must not overflow after months.
    wait = min(_FIRST * _GROWS ** min(attempts - 1, 9), longest)
    return Again(wait, aside=trouble in _ANYBODYS and attempts >= _PATIENCE)


def mends(trouble: Trouble) -> bool:
    """Whether the same listener may hear the same recording after all, by itself or once somebody
    mended something."""
    return trouble in _LISTENERS | _ANYBODYS


def is_told(trouble: Trouble, attempts: int) -> bool:
    """Whether the person hears of it: of what does not pass at once, of what may be the
    recording's fault when it keeps coming, of a listener that is away never."""
    return not trouble.passes or (trouble in _ANYBODYS and attempts >= _PATIENCE)


def with_words(captions: str, heard: Iterable[str]) -> str:
    """What a fragment says: its captions, and below them what was heard in each recording."""
    return "\n\n".join(filter(None, (captions.rstrip(), *heard)))
