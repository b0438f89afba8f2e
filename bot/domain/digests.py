"""What an evening's message says, and when it is due. `evening` is a local date."""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.drafts import Script
from bot.domain.records import Kind, Origin


@dataclass(frozen=True, slots=True)
class Note:
    """A fragment as a digest quotes it."""

    n: int
    text: str
    kind: Kind = Kind.TEXT
    origin: Origin = Origin.OWN
    by: str = ""  # the writer that described what is seen in a picture


@dataclass(frozen=True, slots=True)
class Returned:
    """An undecided idea that comes back with a digest, and who wrote it."""

    title: str
    by: str


@dataclass(frozen=True, slots=True)
class DigestBody:
    """What a digest says, stored before it is sent. It has scripts, or one question, or neither
    (only files without words came in)."""

    fragments: tuple[Note, ...]
    gold: tuple[Note, ...] = ()  # fragments kept since the last digest
    gold_ideas: tuple[str, ...] = ()
    scripts: tuple[Script, ...] = ()
    question: str | None = None
    by: str = "offline"
    trouble: str | None = None
    unheard: tuple[Note, ...] = field(default=())
    returned: tuple[Returned, ...] = ()
    undecided: int = 0  # ideas in all, those that came back included


@dataclass(frozen=True, slots=True)
class Digest:
    """The evening message of one local date; `evening` is None when asked for on the spot."""

    id: int
    person_id: int
    evening: date | None
    due_at: datetime
    claimed_at: datetime
    body: DigestBody | None
    lease_until: datetime | None = None  # until then it is ours to work on
