"""What a model is asked to answer, and how much of its answer is taken.

The field names are those of the research the prompts follow, so a recorded answer can be compared
with other people's. Nothing here trusts an answer: unknown fragment numbers fall away, and an idea
that brings a link, a mention or a command nobody wrote is dropped.
"""

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import from_json

from bot.domain.records import Line, LineKind, Role
from bot.journey.ports import DraftSketch

# The prompt asks for half of these (30 characters, 14 words: what fits one line of a card).
MAX_TITLE_CHARS = 60
MAX_TITLE_WORDS = 25

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_POINTER = re.compile(
    r"https?://[^\s]+|\bwww\.[^\s]+"
    r"|\b[a-z0-9-]+\.(?:com|net|org|io|me|tv|app|dev|co|ly|tw|hk|cn)\b"
    r"|@[a-z0-9_]{3,}"
    r"|(?<![\w/])/[a-z]\w*",
    re.IGNORECASE | re.ASCII,
)


class IdeaAnswer(BaseModel):
    title: str = Field(
        description="the direction itself, at most 30 Chinese characters or 14 words"
    )
    mechanism: str = Field(description="why it works, at most 8 words")
    fragment_ids: list[int] = Field(description="numbers of the fragments it stands on")
    p: float = Field(description="how likely anybody would say this, below 0.10")


class ExpandAnswer(BaseModel):
    assumptions: list[str] = Field(description="three things the seed takes for granted")
    ideas: list[IdeaAnswer] = Field(description="five, none like another")


class HookAnswer(BaseModel):
    text: str
    frag_ids: list[int]
    type: Literal["number", "contrast", "question", "scene"]


class BeatAnswer(BaseModel):
    role: Literal["setup", "turn", "evidence", "payoff"]
    text: str
    frag_ids: list[int]
    quote: str = Field(description="the words of the fragment it rests on, copied exactly")
    kind: Literal["verbatim", "trimmed", "picked", "glue"]


class CloseAnswer(BaseModel):
    text: str
    frag_ids: list[int]


class DraftAnswer(BaseModel):
    can_draft: bool = Field(description="false when the fragments carry no three beats")
    title: str
    hooks: list[HookAnswer] = Field(description="three, of different types")
    beats: list[BeatAnswer] = Field(description="three to six")
    close: CloseAnswer
    gaps: list[str] = Field(description="one question for each thing that is missing")


class Description(BaseModel):
    description: str = Field(description="two or three plain sentences, at most 120 words")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a call was given: the fragment numbers, and all the words of seed and fragments."""

    numbers: frozenset[int]
    words: str

    def known(self, numbers: list[int]) -> tuple[int, ...]:
        """Those that were sent, each once, in the order given."""
        return tuple(n for n in dict.fromkeys(numbers) if n in self.numbers)

    def brings_pointers(self, text: str) -> bool:
        """Whether `text` holds a link, mention or command that stands nowhere in the words."""
        words = self.words.casefold()
        return any(found.casefold() not in words for found in _POINTER.findall(text))


class Arriving:
    """The elements of one JSON array in an answer still being written, each given once.

    An element counts as complete when another has begun after it, or the answer ended well.
    """

    def __init__(self, field: str) -> None:
        self._field = field
        self._given = 0

    def complete(self, so_far: str) -> list[object]:
        """New elements that are surely whole in an answer of which `so_far` is there."""
        start = so_far.find("{")
        return self._new(self._elements(so_far[start:], partial=True)[:-1]) if start >= 0 else []

    def rest(self, answer: str) -> list[object]:
        """What `complete` has not given, of an answer that ended well; nothing if not JSON."""
        return self._new(self._elements(json_in(answer), partial=False))

    def _new(self, elements: list[object]) -> list[object]:
        fresh = elements[self._given :]
        self._given += len(fresh)
        return fresh

    def _elements(self, text: str, *, partial: bool) -> list[object]:
        try:
            value = from_json(text, allow_partial=partial)
        except ValueError:
            return []
        found = value.get(self._field) if isinstance(value, dict) else None
        return found if isinstance(found, list) else []


def json_in(answer: str) -> str:
    """The JSON object in `answer`; servers that know no schema wrap it in prose or a code fence."""
    return answer[answer.find("{") : answer.rfind("}") + 1]


def usable_idea(element: object, ground: Ground) -> IdeaAnswer | None:
    """`element` as an idea, tidied; None when it is none or may not be shown."""
    try:
        idea = IdeaAnswer.model_validate(element)
    except ValidationError:
        return None
    title, mechanism = _one_line(idea.title), _one_line(idea.mechanism)
    if not title or _is_long(title) or ground.brings_pointers(f"{title}\n{mechanism}"):
        return None
    known = list(ground.known(idea.fragment_ids))
    return IdeaAnswer(title=title, mechanism=mechanism, fragment_ids=known, p=idea.p)


def sketch(answer: DraftAnswer, ground: Ground, prompt: str) -> DraftSketch | None:
    """The draft an answer holds; None when it says the material carries none."""
    beats = tuple(_beat(beat, ground) for beat in answer.beats if beat.text.strip())
    if not answer.can_draft or not beats:
        return None
    close = answer.close
    return DraftSketch(
        title=_one_line(answer.title),
        hooks=tuple(
            Line(Role.HOOK, hook.text.strip(), ground.known(hook.frag_ids))
            for hook in answer.hooks
            if hook.text.strip()
        ),
        beats=beats,
        close=Line(Role.CLOSE, close.text.strip(), ground.known(close.frag_ids))
        if close.text.strip()
        else None,
        gaps=tuple(gap.strip() for gap in answer.gaps if gap.strip()),
        prompt=prompt,
    )


_KINDS = {"picked": LineKind.PICKED, "glue": LineKind.GLUE}


def _beat(beat: BeatAnswer, ground: Ground) -> Line:
    kind = _KINDS.get(beat.kind, LineKind.YOURS)
    return Line(Role(beat.role), beat.text.strip(), ground.known(beat.frag_ids), kind)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _is_long(title: str) -> bool:
    if _CHINESE.search(title):
        return len(title) > MAX_TITLE_CHARS
    return len(title.split()) > MAX_TITLE_WORDS
