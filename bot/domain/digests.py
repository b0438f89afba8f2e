"""What an evening's message says, and when it is due. `evening` is a local date."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

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
    idea_id: int | None = None


class Came(StrEnum):
    """Why a draft stands in a digest."""

    NEW = "new"
    AGAIN = "again"  # it was there before this evening, and nothing newer says more
    POSTPONED = "postponed"  # put off until this evening


@dataclass(frozen=True, slots=True)
class Offer:
    """A draft as a digest offers it: enough to decide whether to open it. `seconds` as spoken,
    `yours` is a
    share, 0 to 1."""

    draft_id: int
    version_id: int
    title: str
    hook: str
    seconds: int
    yours: float
    by: str = "offline"
    came: Came = Came.NEW


class How(StrEnum):
    """How an older piece came to be."""

    SAID = "said"
    ASKED = "asked"  # it is a question of the person's own
    ANSWERED = "answered"  # it answers a card or a question of the bot's


@dataclass(frozen=True, slots=True)
class Older:
    """Something said earlier that today's material touches: by the fragment `touched`."""

    n: int
    text: str
    said_at: datetime
    how: How
    touched: int
    gold: bool = False


@dataclass(frozen=True, slots=True)
class DigestBody:
    """What a digest says, stored before it is sent. It offers drafts, the best first, or asks one
    question, or neither (only files without words came in)."""

    fragments: tuple[Note, ...]
    gold: tuple[Note, ...] = ()  # fragments kept since the last digest
    gold_ideas: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    question: str | None = None
    by: str = "offline"
    trouble: str | None = None
    unheard: tuple[Note, ...] = field(default=())
    returned: tuple[Returned, ...] = ()
    undecided: int = 0  # ideas in all, those that came back included
    older: Older | None = None
    planned: tuple[str, ...] = ()  # titles: to be filmed today, and not filmed yet
    asks: bool = False  # whether the digest should come otherwise: the last ones were not opened


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
