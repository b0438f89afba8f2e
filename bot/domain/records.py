"""The nouns: what a person sends, and what is made from it.

Plain frozen values. All moments (`…_at`) are aware UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class Language(StrEnum):
    """The three languages of the interface, as IETF tags."""

    ZH_HANT = "zh-Hant"
    ZH_HANS = "zh-Hans"
    EN = "en"


class Kind(StrEnum):
    """How a fragment was sent."""

    TEXT = "text"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    PHOTO = "photo"
    DOCUMENT = "document"
    LINK = "link"  # a page fetched because the person asked for it


class Origin(StrEnum):
    """Whose words a fragment holds. Forwarded words may feed ideas, never pass as the person's."""

    OWN = "own"
    FORWARDED = "forwarded"


class Mode(StrEnum):
    """What an expansion is asked for."""

    ANGLES = "angles"
    HOOKS = "hooks"
    TITLES = "titles"
    STORIES = "stories"
    VISUALS = "visuals"


class Verdict(StrEnum):
    """What the person decided about an idea."""

    NEW = "new"
    KEPT = "kept"
    MAYBE = "maybe"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Person:
    """One allowed Telegram user. `id` is Telegram's, and also that of the private chat."""

    id: int
    language: Language
    timezone: str
    digest_at: time | None  # local; None = no evening digest
    digest_from: datetime  # evenings due at or before this moment are not made up for
    day_starts: time = time(4, 0)
    weekdays_only: bool = False  # no digest on Saturdays and Sundays
    paused_until: date | None = None  # the first evening that has a digest again
    zone_from: datetime | None = None  # when they came into this time zone
    digest_form: str = "short"  # of the digest's drafts
    dark: bool = False  # pictures on a dark ground

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class Media:
    """A file that came with a fragment. `path` is relative to the media folder, None while only
    Telegram holds the bytes (over its 20 MB limit for bots).

    `words` are read from it, or say what is seen in it; they are not the person's own words. `by`
    names the writer whose description they are, and is empty for what stands in the file itself.
    """

    file_id: str
    path: str | None
    mime: str
    size: int
    duration_s: int | None = None
    words: str = ""
    by: str = ""
    trouble: str | None = None  # why it has no words, or not all, once somebody looked


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a person's, before it is kept."""

    person_id: int
    message_id: int
    text: str
    at: datetime
    kind: Kind = Kind.TEXT
    origin: Origin = Origin.OWN
    reply_to_message: int | None = None
    media: tuple[Media, ...] = ()
    source: str = ""  # who said it, or the address it stands at, when it is somebody else's
    source_at: datetime | None = None
    album: str = ""  # what the messages of one album have in common


@dataclass(frozen=True, slots=True)
class Fragment:
    """One thing the person sent. `n` counts from 1 per person; `text` is the newest revision."""

    id: int
    person_id: int
    n: int
    kind: Kind
    origin: Origin
    text: str
    message_id: int
    captured_at: datetime
    reply_to: int | None = None  # `n` of the fragment it continues
    about: int | None = None  # the expansion whose cards it answers
    about_idea: int | None = None  # the idea among those, if it is about one
    about_draft: int | None = None  # the draft it answers a question of, or says how to change
    about_digest: int | None = None  # the digest it answers, and so the question of that
    aside: bool = False  # it says how to change a draft: kept, but nothing is made of it
    gold_at: datetime | None = None
    revisions: tuple[str, ...] = ()  # earlier texts, oldest first
    media: tuple[Media, ...] = ()
    source: str = ""  # who said it, or the address it stands at, when it is somebody else's
    source_at: datetime | None = None
    album: str = ""

    @property
    def read(self) -> str:
        """What its files say, which is not in the person's own words."""
        return "\n\n".join(one.words for one in self.media if one.words)

    @property
    def described_by(self) -> str:
        """The writer whose description is `shown`, "" when it is words of somebody's."""
        return "" if self.text.strip() else next((one.by for one in self.media if one.words), "")

    @property
    def shown(self) -> str:
        """The text, or else what its files say."""
        return self.text if self.text.strip() else self.read

    @property
    def own(self) -> bool:
        """Whether what is `shown` are the person's own words."""
        return self.origin is Origin.OWN and bool(self.text.strip())

    @property
    def whose(self) -> Origin:
        """Whose words are `shown`; those of a file are never the person's."""
        return self.origin if self.own or not self.has_words else Origin.FORWARDED

    @property
    def has_words(self) -> bool:
        """False for a voice note, photo or file that has no words yet."""
        return bool(self.shown.strip())

    @property
    def given_up(self) -> bool:
        """Whether it has no words and will get none: somebody looked into all that is in it."""
        return not self.has_words and bool(self.media) and all(one.trouble for one in self.media)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file or page that nobody has looked into yet, and the fragment it belongs to."""

    id: int
    person_id: int
    fragment_id: int
    message_id: int
    media: Media


@dataclass(frozen=True, slots=True)
class Idea:
    """One machine-made direction grown from a seed."""

    id: int
    person_id: int
    expansion_id: int
    position: int  # from 0 within its expansion
    title: str
    lens: str
    move: str
    mechanism: str
    sources: tuple[int, ...]  # fragment numbers
    by: str  # the writer's name
    prompt: str = ""  # which prompt made it: id@version+sha256, or questions:mode
    verdict: Verdict = Verdict.NEW
    decided_at: datetime | None = None
    decided_by: int | None = None  # the update that decided
    lens_id: str = ""  # in prompts/lenses.yaml; "" for a question card
    move_id: str = ""  # in prompts/moves.yaml
    assumption: str = ""  # what the seed takes for granted and this idea does not
    stack: int | None = None  # the position of an earlier card it resembles
    returns_at: datetime | None = None  # when it does next; None: it rests in /pan

    @property
    def is_question(self) -> bool:
        """Whether the offline writer asks; then it is nobody's idea."""
        return self.by == "offline"


@dataclass(frozen=True, slots=True)
class Expansion:
    """One request to expand a seed, and what came of it."""

    id: int
    person_id: int
    seed: str
    seed_n: int | None  # the fragment it grew from, if one
    round: int  # 0 for the first, then one more for each 🎲 on the same seed
    dug: int = 0  # ideas; questions when no idea came, for those only fill up
    duplicates: int = 0  # of these
    trouble: str | None = None  # why the first writer did not do it alone
    asked: bool = False  # it waits for the person's answer to a question
    answered: bool = False  # its ideas are stored, also when there are none
    waits: bool = False  # for a recording to be heard, which is its seed
    mode: Mode = Mode.ANGLES
    mix: str = ""  # a second kept thing, when two are mixed
    mix_n: int | None = None  # the fragment that stands in, if one
