"""A draft: what it says, line by line, whose words each line is, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

BY_CODE = "code"
"""The prompt of a version that code made out of another."""


class LineKind(StrEnum):
    """Whose words a line of a draft is."""

    YOURS = "yours"  # verbatim or trimmed
    PICKED = "picked"  # an idea the person kept
    GLUE = "glue"  # short, marked
    QUOTED = "quoted"  # somebody else's, word for word, with who said it


class Role(StrEnum):
    """What a line does in a script."""

    HOOK = "hook"
    SETUP = "setup"
    TURN = "turn"
    EVIDENCE = "evidence"
    PAYOFF = "payoff"
    CLOSE = "close"


class Opening(StrEnum):
    """How a hook opens (docs/science.md, "Draft")."""

    NUMBER = "number"
    CONTRAST = "contrast"
    QUESTION = "question"
    SCENE = "scene"


class Status(StrEnum):
    """What became of a draft."""

    NEW = "new"
    KEPT = "kept"
    FILMED = "filmed"
    PUBLISHED = "published"


DONE = frozenset({Status.FILMED, Status.PUBLISHED})
"""There is nothing left to film."""


@dataclass(frozen=True, slots=True)
class Line:
    """One spoken line of a draft and the fragment numbers it stands on."""

    role: Role
    text: str
    sources: tuple[int, ...]
    kind: LineKind = LineKind.YOURS
    quote: str = ""  # the stretch of a fragment it was cut from, as it stands there
    shot: str = ""  # what is seen meanwhile
    shot_prompt: str = ""  # the same as a prompt for a generator of images or videos
    on_screen: str = ""  # words shown, 12 characters at most (docs/science.md)
    opening: Opening | None = None  # of a hook
    said_by: str = ""  # of a quotation: whose words
    marked: bool = False  # shown with a mark: a little too much of it is new


@dataclass(frozen=True, slots=True)
class Script:
    """What a draft says. `seconds` is for the whole, at the person's speaking rate; `yours` is the
    share of its characters that stand in the fragments its lines cite, 0 to 1."""

    title: str
    hook: Line
    beats: tuple[Line, ...]
    close: Line
    seconds: int
    yours: float
    gaps: tuple[str, ...] = ()
    other_hooks: tuple[Line, ...] = ()  # further openings to choose from, each of another kind
    form: str = "short"  # its id in prompts/forms.yaml, or a name the person gave
    caption: Line | None = None  # what is written under a post
    tags: tuple[str, ...] = ()  # without #
    cut: int = 0  # lines of the writer's that could not be traced, and are gone

    @property
    def lines(self) -> tuple[Line, ...]:
        return (self.hook, *self.beats, self.close)

    @property
    def has_shots(self) -> bool:
        """Whether anybody suggested what is seen."""
        return any(line.shot or line.shot_prompt for line in self.lines)


@dataclass(frozen=True, slots=True)
class Kept:
    """A worn phrase that the person wants to keep, in the words in which it stood."""

    id: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A script for the person to film or to publish, with its versions. Drafts that share a
    `family` are different takes on the same material, counted from 1 by `take`."""

    id: int
    person_id: int
    form: str
    created_at: datetime
    about: str = ""  # what it is to be about, "" for the strongest thread of the day
    about_n: int | None = None  # the fragment that says so
    family: int | None = None  # the id of the first take; None: it is the first itself
    take: int = 1
    status: Status = Status.NEW
    link: str = ""  # where it was published
    figures: str = ""  # how it did, in the person's words: "812 views"
    digest_id: int | None = None
    opened_at: datetime | None = None  # when the person first looked at it
    postponed_to: date | None = None  # the evening that brings it back
    postponements: int = 0  # how often it was put off
    film_at: datetime | None = None  # when it is to be filmed
    film_changes: int = 0  # how often that was changed
    status_at: datetime | None = None  # when it became what it is

    @property
    def done(self) -> bool:
        """Whether it is filmed, or even published."""
        return self.status in DONE


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a draft, counted from 1. `script` is None while it is being written, and for
    good when the material carried none or the wish was declined; `text` is the person's own, which
    they sent back as the final one."""

    id: int
    draft_id: int
    person_id: int
    number: int
    created_at: datetime
    script: Script | None = None
    text: str = ""
    wish: str = ""  # what the person asked for; "" for the first
    line: int | None = None  # which line alone is to be rewritten, counted over `Script.lines`
    base: int | None = None  # the number of the version it was made from
    by: str = ""  # the writer's name; "person" for a final text
    prompt: str = ""
    trouble: str | None = None
    question: str | None = None  # asked instead, when the material is too thin
    lease_until: datetime | None = None
