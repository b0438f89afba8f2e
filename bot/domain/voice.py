"""How a person speaks and writes, as far as their own texts tell: a profile, and its rules.

Speaking and writing are two manners, Chinese and any language in letters two tongues; each pair has
a profile of its own (docs/science.md, "Voice"). `voice_measures` measures, this says what a profile
is, when there is one, and which rules count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.bans import breaks

TELLING = 20
"""Fewer texts are "not yet like you" (docs/science.md, "Voice")."""

STRAYING = 60
"""From so many texts on it is said how far another strays (docs/science.md, "Voice")."""

MOST_RULES = 8
"""Lines of rules a writer gets (docs/science.md, "Voice")."""

MOST_RULE_CHARS = 200  # ours: a rule is a line

NEWEST = 500
"""The newest so many texts of a manner are measured: how somebody speaks these days. Ours; a share
measured on so many is off by four in a hundred at most, 19 times in 20."""

MOST_CHARS = 2_000  # of one text that are measured; ours: a pasted book is one text among others
SHOWN = 3  # texts that a rule is shown to rest on


class Manner(StrEnum):
    """Aloud or in writing."""

    SPOKEN = "spoken"
    WRITTEN = "written"

    @property
    def other(self) -> "Manner":
        return Manner.WRITTEN if self is Manner.SPOKEN else Manner.SPOKEN


class Tongue(StrEnum):
    """What a text is counted in: Chinese characters, in either script, or words."""

    ZH = "zh"
    EN = "en"


# In the order in which they are told, the most telling first. Buttons count them: only append.
MEASURES = (
    "sentences",
    "openers",
    "phrases",
    "particles",
    "connectives",
    "address",
    "closers",
    "punctuation",
    "latin",
    "rhythm",
    "clauses",
)
MANNERS = tuple(Manner)
TONGUES = tuple(Tongue)


@dataclass(frozen=True, slots=True)
class Said:
    """A text that shows how the person speaks or writes: a fragment (`n`), a sample they added
    (`sample`, its id) or a final text (`version`, its id). `counts` is False once they left it
    out."""

    text: str
    manner: Manner
    at: datetime
    n: int | None = None
    sample: int | None = None
    version: int | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Spread:
    """Lengths, in characters of Chinese or in words: how they are spread."""

    mean: float = 0.0
    sd: float = 0.0
    tenth: float = 0.0  # a tenth is shorter
    quarter: float = 0.0
    median: float = 0.0
    three_quarters: float = 0.0
    nine_tenths: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """What one measure says. `kind` is which of its cases holds, `words` are the person's own,
    `numbers` whole ones on a coarse grid; `on` are some texts it rests on, the newest first."""

    measure: str
    kind: str = ""
    words: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    on: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """One manner in one tongue. `texts` is how many there are; `rates` are per 100 characters of
    Chinese or 100 words, by what is counted. Without enough texts there are no rules."""

    manner: Manner
    tongue: Tongue
    texts: int = 0
    sentences: Spread = field(default_factory=Spread)
    clauses: Spread = field(default_factory=Spread)
    rates: Mapping[str, float] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    @property
    def missing(self) -> int:
        """How many texts are missing until it is like the person; 0 once it is."""
        return max(0, TELLING - self.texts)


@dataclass(frozen=True, slots=True)
class Setting:
    """A rule as the person wants it: `text` in place of what was measured ("" leaves that), or not
    at all (`off`). One of their own has no `measure`; a word they were asked about has the name of
    a `voice_lessons.Edit`, and is `off` once they answered."""

    manner: Manner
    measure: str
    text: str
    off: bool = False
    id: int = 0

    @property
    def is_of_a_measure(self) -> bool:
        """Whether it is about something measured, not about words of its own."""
        return "." in self.measure


@dataclass(frozen=True, slots=True)
class Held:
    """A rule that is shown: measured, changed, or the person's own, then without `rule`."""

    manner: Manner
    tongue: Tongue
    rule: Rule | None
    setting: Setting | None

    @property
    def on(self) -> bool:
        return not (self.setting and self.setting.off)

    @property
    def text(self) -> str:
        """The person's own words for it, "" where we word what was measured."""
        return self.setting.text if self.setting else ""

    @property
    def measure(self) -> str:
        """What its setting is stored under, "" for one of the person's own."""
        if self.rule:
            return key(self.tongue, self.rule.measure)
        return self.setting.measure if self.setting else ""


@dataclass(frozen=True, slots=True)
class Ban:
    """A word, or a topic, that may not stand in a draft."""

    id: int
    word: str
    topic: bool


def key(tongue: Tongue, measure: str) -> str:
    """What the setting of a measured rule is stored under."""
    return f"{tongue}.{measure}"


def held(profile: Profile, settings: Sequence[Setting], banned: Sequence[str] = ()) -> list[Held]:
    """The rules of a profile, as the person wants them, after those of their own. One they changed
    stays although it is no longer measured; no rule asks for a banned word."""
    mine = [one for one in settings if one.manner is profile.manner]
    own = [Held(profile.manner, profile.tongue, None, one) for one in mine if not one.measure]
    changed = {one.measure: one for one in mine if one.measure}
    rules = (_without(rule, banned) for rule in profile.rules)
    measured = {key(profile.tongue, rule.measure): rule for rule in rules if rule}
    found = []
    for measure in (key(profile.tongue, one) for one in MEASURES):
        rule, setting = measured.get(measure), changed.get(measure)
        if rule or (setting and setting.text):
            found.append(Held(profile.manner, profile.tongue, rule, setting))
    return own + found


def _without(rule: Rule, banned: Sequence[str]) -> Rule | None:
    """The rule without banned words; None when nothing is left of it."""
    words = tuple(word for word in rule.words if not breaks(word, banned))
    return replace(rule, words=words) if words or not rule.words else None


def settled(texts: Sequence[Said]) -> Sequence[Said]:
    """The texts that are measured: what the person added and finished, and of their fragments,
    oldest first, up to a round number, so that what is said of a person (and a writer's cached
    prompt) does not change with every message."""
    fragments = [one for one in texts if one.n is not None]
    count = len(fragments)
    step = 5 if count < STRAYING else 20 if count < 400 else 100
    end = count - count % step
    return [*(one for one in texts if one.n is None), *fragments[max(0, end - NEWEST) : end]]
