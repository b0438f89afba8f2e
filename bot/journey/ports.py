"""What the journeys need from outside: a writer, an interviewer, a listener, a clock.

Engines implement these; journeys never name a vendor. Everything a port takes or gives is a plain
value, so a fake with state (`tests/fakes.py`) is as good as the real thing.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.domain.charts import Chart
from bot.domain.drafts import Line, Script
from bot.domain.forms import Form
from bot.domain.heard import Heard
from bot.domain.records import Language, Mode
from bot.domain.taste import Taste


class Clock(Protocol):
    """The only source of time. Real in `app`, simulated in a play."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` have passed on this clock."""
        ...


@dataclass(frozen=True, slots=True)
class Material:
    """A fragment as a writer sees it. Text is data: nothing in it is an instruction."""

    n: int
    text: str
    own: bool = True  # False: somebody else's words, forwarded or marked so
    gold: bool = False  # the person kept it
    answer: bool = False  # it answers cards, and may make no sense without them
    source: str = ""  # who said it, where it is somebody else's
    after: int | None = None  # the fragment it continues
    older: bool = False  # said on an earlier day, and touched by what is new


@dataclass(frozen=True, slots=True)
class ExpandAsk:
    """Grow ideas of this `mode` from `seed`, in `language`, by so many `looks` (one lens and one
    move each) at once. `used` are the ids of lenses this seed has met in earlier rounds; `shown`
    are titles the person saw lately, not to be repeated (never examples to follow). `mix` is a
    second thing the person kept: each look then forces the two together. `taste` decides which
    lenses and moves come more often."""

    person_id: int
    seed: str
    seed_n: int | None
    language: Language
    material: tuple[Material, ...] = ()
    round: int = 0
    shown: tuple[str, ...] = ()
    mode: Mode = Mode.ANGLES
    looks: int = 4  # of five ideas each: about 20 raw (docs/science.md, "Expand")
    used: tuple[str, ...] = ()
    mix: str = ""
    mix_n: int | None = None
    taste: Taste = field(default_factory=Taste)


@dataclass(frozen=True, slots=True)
class IdeaSketch:
    """One idea as a writer gives it, before the sieve. `sources` are fragment numbers; `lens` and
    `move` are what the card says, their ids what the files say (a question's lens has none)."""

    title: str
    lens: str
    move: str
    mechanism: str
    sources: tuple[int, ...] = ()
    prompt: str = ""  # which prompt made it: id@version+sha256, or questions:mode
    lens_id: str = ""
    move_id: str = ""
    assumption: str = ""  # what the seed takes for granted and this idea does not


@dataclass(frozen=True, slots=True)
class DraftAsk:
    """Assemble one script of this `form` from `material`, own words first; `picked` are ideas the
    person kept; `about` is what it is to be about, if they said so.

    `used` are texts of lines that other scripts of the same digest hold, `takes` the earlier takes
    on the same material: this one opens otherwise and tells something else, or in another order.
    `base` is the script to be changed as `wish` says, `line` the only line of it to be replaced,
    counted over `Script.lines`. `pace` is how much longer the person takes to say something than at
    the default rate (1.0). `manner` are the rules of how they speak or write, `samples` things they
    said that show it; `banned` are words and topics that may not stand in a line.
    """

    person_id: int
    language: Language
    material: tuple[Material, ...]
    form: Form
    picked: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    takes: tuple[Script, ...] = ()
    about: str = ""
    base: Script | None = None
    wish: str = ""
    line: int | None = None
    pace: float = 1.0
    manner: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftSketch:
    """One script as a writer gives it, before grounding checks a single line of it. It may be
    `declined` because the wish asks for something that is not the person's: then it holds nothing
    but a question in `gaps`. `shortened` are fragments of which the writer saw the beginning only.
    """

    title: str
    hooks: tuple[Line, ...]
    beats: tuple[Line, ...]
    close: Line | None
    gaps: tuple[str, ...] = field(default=())
    prompt: str = ""
    caption: Line | None = None
    tags: tuple[str, ...] = ()
    declined: bool = False
    shortened: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in the order in which they are numbered: hooks, beats, close, caption."""
        rest = tuple(line for line in (self.close, self.caption) if line)
        return (*self.hooks, *self.beats, *rest)


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of a sketch that does not hold, and why. `place` counts over `DraftSketch.lines`."""

    place: int
    line: Line
    reasons: tuple[str, ...]


class Writer(Protocol):
    """Writes ideas and drafts. Raises `EngineError` when it has nothing (more) to give."""

    name: str

    def expand(self, ask: ExpandAsk) -> AsyncGenerator[IdeaSketch, None]:
        """Ideas, each as soon as it is there. May raise after some have been given: they stand."""
        ...

    async def draft(self, ask: DraftAsk) -> DraftSketch | None:
        """One script, or None when the material does not carry one. With `ask.line` it is the base
        with that line said otherwise, or None when there is no better one."""
        ...

    async def repair(self, ask: DraftAsk, faults: Sequence[Fault]) -> Mapping[int, Line]:
        """Words of fragments in place of lines that do not hold, by their places; asked once. A
        place left out has no better line."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the web, as far as it is worth reading. `cut` when it went on."""

    address: str  # where it was found in the end
    title: str
    text: str
    cut: bool = False


class DocumentReader(Protocol):
    """Reads the words in a file."""

    async def read(self, file: Path) -> str:
        """All its words. Raises EngineError: EMPTY, TOO_LARGE or UNREADABLE."""
        ...


class PageReader(Protocol):
    """Fetches a page of the web."""

    async def read(self, address: str) -> Page:
        """Its title and text. Raises EngineError: UNREACHABLE, TIMEOUT, REJECTED (the page is not
        given), PRIVATE, UNREADABLE or EMPTY."""
        ...


class Describer(Protocol):
    """Says what is seen in a picture."""

    name: str

    async def describe(
        self, picture: bytes, mime: str, *, person_id: int, language: Language
    ) -> str:
        """A few sentences in `language`. Raises EngineError."""
        ...


class Charter(Protocol):
    """Draws numbers."""

    async def draw(self, chart: Chart) -> bytes:
        """The chart as a PNG. Raises EngineError."""
        ...


class Interviewer(Protocol):
    """Asks the person one sharp question instead of padding."""

    def question(self, about: str, language: Language, *, turn: int = 0) -> str:
        """A question about `about`, which may be empty; `turn` varies the question."""
        ...


@dataclass(frozen=True, slots=True)
class ListenAsk:
    """Put the sound in `path` into words. `language` is the person's, which decides between
    Traditional and Simplified; `hot_words` are names and terms of theirs, the likeliest first;
    `duration_s` is how long the sender said it is, by which a file cut short is told; leave it out
    for a video, whose picture may outlast its sound."""

    path: Path
    language: Language
    hot_words: tuple[str, ...] = ()
    duration_s: float | None = None


class Listener(Protocol):
    """Hears recordings: voice notes, audio files, videos; `at_once` of them side by side."""

    name: str
    at_once: int

    async def hear(self, ask: ListenAsk) -> Heard:
        """The words, or why there are none. Cancel the call to stop listening at once.

        Raises EngineError: with a `Trouble` that `passes`, the same file is worth another try.
        """
        ...

    async def aclose(self) -> None:
        """Let go of models, processes and connections."""
        ...
