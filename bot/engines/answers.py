"""What a model is asked to answer, and how much of its answer is taken.

The field names are those of the research the prompts follow, so a recorded answer can be compared
with other people's. Nothing here trusts an answer: unknown fragment numbers fall away.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, Field

from bot.domain.drafts import Line, LineKind, Role
from bot.engines.pointers import as_seen, stands
from bot.journey.ports import DraftSketch


class IdeaAnswer(BaseModel):
    assumption: str = Field(description="which of the three it goes against, at most 12 words")
    title: str = Field(description="the idea itself: one line, as long as the last block says")
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


@dataclass(frozen=True)
class Ground:
    """What a call was given: the fragment numbers, and all the words of seed and fragments."""

    numbers: frozenset[int]
    words: str

    @cached_property
    def _seen(self) -> str:
        """The words as they look. They may be 100,000 characters: made once, and only for what has
        a pointer."""
        return as_seen(self.words)

    def holds(self, pointer: str) -> bool:
        """Whether a pointer (`bot.engines.pointers`) stands in the words, whole."""
        return stands(pointer, self._seen)

    def known(self, numbers: list[int]) -> tuple[int, ...]:
        """Those that were sent, each once, in the order given."""
        return tuple(n for n in dict.fromkeys(numbers) if n in self.numbers)


def json_in(answer: str) -> str:
    """The JSON object in `answer`; servers that know no schema wrap it in prose or a code fence."""
    return answer[answer.find("{") : answer.rfind("}") + 1]


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
