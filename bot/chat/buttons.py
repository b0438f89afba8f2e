"""What the inline buttons carry back.

Telegram rejects callback data over 64 bytes and keeps buttons for ever, so a button carries the
kind of its action and ids, never text or state: it works after a restart and says so when what it
names is gone.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from telegram import InlineKeyboardButton

from bot.domain.drafts import Status
from bot.domain.records import Mode, Verdict

BIGGEST_ID = 2**63 - 1  # what a database column holds


class Action(StrEnum):
    """What a button does. The values stand in messages already sent: never change one."""

    KEEP = "k"  # idea id
    MAYBE = "m"  # idea id
    DROP_REST = "d"  # expansion id, page
    PAGE = "p"  # expansion id, page
    AGAIN = "a"  # expansion id
    GOLD = "g"  # page
    SHOW_DIGEST = "s"  # digest id
    SHOW_CARDS = "c"  # expansion id
    GROW_FRAGMENT = "f"  # fragment number
    GROW_IDEA = "i"  # idea id
    ZONE = "z"  # a time zone's name
    MORE_ZONES = "y"
    LANGUAGE = "l"  # a language tag
    CORRECT = "e"  # hearing id
    SHOW_HEARING = "h"  # hearing id
    HEAR_AGAIN = "t"
    SHOW_PAGE = "r"  # fragment id
    TAKE_BACK = "u"  # idea id
    BRING_BACK = "b"  # expansion id, page, the update that dropped
    SHOW_WHY = "j"  # expansion id
    # Below, a card is named by an idea's id and a fragment's number, of which one is 0; its place
    # is the walk that comes by it (the second it began) or else a page of gold.
    PAN = "q"
    DECIDE = "w"  # idea id, which of VERDICTS, walk
    UNDO = "x"  # walk
    CARD = "v"  # card, place, 1 if it says why
    MIX = "n"  # card, place
    MIX_WITH = "o"  # card, place, the other card
    GROW_AS = "vm"  # card, which of MODES
    # A draft is named by the id of its version.
    SHOW_DRAFT = "ds"  # version id
    SOURCES = "do"  # version id
    SHOTS = "dt"  # version id
    CITED = "df"  # fragment number
    ANOTHER = "da"  # draft id
    STATUS = "du"  # version id, which of STATUSES
    # A worn phrase is named by the place of its text in the version, and where it begins in that.
    WORN = "wp"  # version id, place, start
    MY_WORDS = "wm"  # version id, place
    KEEP_PHRASE = "wk"  # version id, place, start
    REWRITE = "wr"  # version id, place
    UNKEEP = "wu"  # phrase id, version id, place, start
    PHRASES = "wl"  # version id, 0 for none
    PHRASE_BACK = "wb"  # phrase id, version id
    CHANGE = "dc"  # version id, which of CHANGES, the beat that is moved or 0
    CHANGED = "dx"  # version id, which of DONE, its number, where to or 0
    VERSIONS = "dv"  # version id
    GAP = "dg"  # version id, which gap
    DRAFT_IT = "dd"  # card
    FORGET_FORM = "dz"  # form id
    STAR = "vs"  # card, place, 1 to keep it and 0 not to
    # A rule is named by its manner, its tongue, its measure from 1 (0: the person's own), its row.
    VOICE = "vo"  # which of VoiceView; manner and tongue, or a page and 0
    VOICE_RULE = "vr"  # rule
    VOICE_SET = "vx"  # rule, 0 off, 1 on, 2 as it was before it was changed
    VOICE_ASK = "va"  # what for, rule
    VOICE_COUNT = "vp"  # 0 fragment, 1 sample, 2 version; its number or id, page, 1 if it counts
    VOICE_MANNER = "vy"  # sample id, manner
    VOICE_LIFT = "vu"  # ban id
    VOICE_LEARN = "vl"  # lesson id, 1 for yes
    AS_FILE = "xa"  # version id
    WITH_ORIGIN = "xo"  # version id, 1 with the line of origin and 0 without
    TAKE = "xt"  # version id, which of FORMATS, 1 with the line of origin and 0 without
    OFFER = "eo"  # digest id, draft id, which of OFFERED
    TOMORROW = "et"  # digest id, draft id, 1 to put it off and 0 to take that back
    EVENING = "ee"  # digest id
    LEAVE_HABITS = "ql"  # the digest stays as it is
    # When the digest comes; the last number is where the buttons stand, one of WhenPlace.
    WHEN = "he"  # which of WhenView
    WHEN_HOUR = "hh"  # minute of the day, or NO_HOUR
    WHEN_DAYS = "hw"  # 1 on weekdays only, 0 every day
    WHEN_PAUSE = "hp"  # the day until which, as an ordinal; 0 to end the pause
    WHEN_FORM = "hf"  # which form
    # All of it as it was: minute, weekdays, pause, form, the second from which it counted.
    WHEN_BACK = "hs"
    SHOW_WEEK = "ks"  # week id
    GROUND = "kg"  # week id, 1 for a dark ground and 0 for a light one
    FILM = "fd"  # version id, which week from this one on
    FILM_DAY = "fh"  # version id, the day as an ordinal
    FILM_AT = "fa"  # version id, the day as an ordinal, the minute of the day
    UNFILM = "fx"  # version id, the minute it was to begin, counted like Unix seconds


# How many numbers a button carries, where it is not one.
NUMBERS = {
    Action.DROP_REST: 2,
    Action.PAGE: 2,
    Action.BRING_BACK: 3,
    Action.PAN: 0,
    Action.DECIDE: 3,
    Action.CARD: 4,
    Action.MIX: 3,
    Action.MIX_WITH: 5,
    Action.GROW_AS: 3,
    Action.STAR: 4,
    Action.VOICE: 3,
    Action.VOICE_RULE: 4,
    Action.VOICE_SET: 5,
    Action.VOICE_ASK: 5,
    Action.VOICE_COUNT: 4,
    Action.VOICE_MANNER: 2,
    Action.VOICE_LEARN: 2,
    Action.STATUS: 2,
    Action.WORN: 3,
    Action.MY_WORDS: 2,
    Action.KEEP_PHRASE: 3,
    Action.REWRITE: 2,
    Action.UNKEEP: 4,
    Action.PHRASE_BACK: 2,
    Action.CHANGE: 3,
    Action.CHANGED: 4,
    Action.GAP: 2,
    Action.DRAFT_IT: 2,
    Action.WITH_ORIGIN: 2,
    Action.TAKE: 3,
    Action.OFFER: 3,
    Action.TOMORROW: 3,
    Action.LEAVE_HABITS: 0,
    Action.WHEN: 2,
    Action.WHEN_HOUR: 2,
    Action.WHEN_DAYS: 2,
    Action.WHEN_PAUSE: 2,
    Action.WHEN_FORM: 2,
    Action.WHEN_BACK: 6,
    Action.GROUND: 2,
    Action.FILM: 2,
    Action.FILM_DAY: 2,
    Action.FILM_AT: 3,
    Action.UNFILM: 2,
}
# In the order buttons count them, which stands in messages already sent.
VERDICTS = (Verdict.KEPT, Verdict.MAYBE, Verdict.DROPPED)
MODES = (Mode.ANGLES, Mode.HOOKS, Mode.TITLES, Mode.STORIES, Mode.VISUALS)
STATUSES = (Status.NEW, Status.KEPT, Status.FILMED, Status.PUBLISHED)
CHANGES = ("menu", "hook", "drop", "move", "put")
DONE = ("shorter", "hook", "drop", "move", "put", "back")
FORMATS = ("text", "md", "docx")
OFFERED = ("read", "change", "shots", "file")
NO_HOUR = 24 * 60  # a minute that no day has: the digest is off
# Those of `prompts/forms.yaml`.
FORMS = ("short", "long", "newsletter", "post", "thread")
OWN_FORMS = 100  # a form of the person's own is named by its id and this
# Walks began in these seconds; no list of gold has so many pages.
WALKS = range(10**9, 2**33)


class VoiceView(IntEnum):
    """A page of /voice."""

    OVERVIEW = 0
    RULES = 1
    SAMPLES = 2
    BANS = 3


class WhenView(IntEnum):
    """What can be chosen about the digest."""

    ALL = 0
    HOURS = 1
    FORMS = 2


class WhenPlace(IntEnum):
    """Which message these choices stand in."""

    DIGEST = 0
    SETTINGS = 1
    TOLD = 2  # a change in words; there is nothing but a way back
    ASKED = 3  # an evening that asks how it should come; it stays, and a change is told by itself


class MadeUp(Exception):
    """Callback data that no button of ours ever carried."""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: its action and what it names."""

    action: Action
    args: tuple[str, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """The arguments as numbers, as many as there should be. Raises MadeUp."""
        try:
            ids = tuple(int(arg) for arg in self.args)
        except ValueError as exc:
            raise MadeUp from exc
        if len(ids) != NUMBERS.get(self.action, 1) or not all(0 <= n <= BIGGEST_ID for n in ids):
            raise MadeUp
        return ids

    @property
    def id(self) -> int:
        """The only argument as a number. Raises MadeUp."""
        return self.ids[0]

    @property
    def place(self) -> int:
        """The place of the card it names. Raises MadeUp."""
        place = self.ids[2]
        if place not in WALKS and place >= WALKS.start:
            raise MadeUp
        return place

    @property
    def word(self) -> str:
        """The only argument. Raises MadeUp."""
        if len(self.args) != 1:
            raise MadeUp
        return self.args[0]


def button(label: str, action: Action, *args: object) -> InlineKeyboardButton:
    """A button that carries an action."""
    return InlineKeyboardButton(label, callback_data=":".join([action, *map(str, args)]))


def read(data: str | None) -> Press | None:
    """The press behind callback data, None for data we never made."""
    action, *args = (data or "").split(":")
    return Press(Action(action), tuple(args)) if action in set(Action) else None
