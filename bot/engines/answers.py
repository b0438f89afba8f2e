"""What a model is asked to answer, and how much of its answer is taken.

The field names are those of the research the prompts follow, so a recorded answer can be compared
with other people's. Nothing here trusts an answer: unknown fragment numbers fall away.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, Field

from bot.engines.pointers import as_seen, stands


class IdeaAnswer(BaseModel):
    assumption: str = Field(description="which of the three it goes against, at most 12 words")
    title: str = Field(description="the idea itself: one line, as long as the last block says")
    mechanism: str = Field(description="why it works, at most 8 words")
    fragment_ids: list[int] = Field(description="numbers of the fragments it stands on")
    p: float = Field(description="how likely anybody would say this, below 0.10")


class ExpandAnswer(BaseModel):
    assumptions: list[str] = Field(description="three things the seed takes for granted")
    ideas: list[IdeaAnswer] = Field(description="five, none like another")


# No docstrings on these: a model would be told them with the schema. The order of the fields is the
# order in which it writes them: first copied, then cut.
class LineAnswer(BaseModel):
    frag_ids: list[int]
    quote: str = Field(description="the words of the fragment it rests on, copied exactly")
    text: str


class HookAnswer(LineAnswer):
    type: Literal["number", "contrast", "question", "scene"]


class BeatAnswer(LineAnswer):
    role: Literal["setup", "turn", "evidence", "payoff"]
    kind: Literal["verbatim", "trimmed", "picked", "glue", "quoted"]
    shot: str = Field(description="what is seen meanwhile; empty when read")
    ai_shot_prompt: str = Field(description="for a generator of images or videos; mostly empty")
    on_screen: str = Field(description="words of the line, at most 12 characters; may be empty")


class PlacedAnswer(LineAnswer):
    place: int = Field(description="the place of the line it stands for")


# Whole scripts and single lines have one shape: a server that caches what a request begins with
# counts the schema to that.
class DraftAnswer(BaseModel):
    declined: bool = Field(description="true when the wish asks for what nobody said")
    can_draft: bool = Field(description="false when the fragments do not carry a script")
    title: str
    hooks: list[HookAnswer] = Field(description="three, of different types")
    beats: list[BeatAnswer] = Field(description="as many as the form says")
    close: LineAnswer
    caption: LineAnswer
    tags: list[str] = Field(description="words of the person's, without #")
    gaps: list[str] = Field(description="one question for each thing that is missing")
    lines: list[PlacedAnswer] = Field(description="single lines, when those are asked for")


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


def object_in(answer: str) -> Mapping[str, object] | None:
    """The same as an object; None when there is none. What it holds may be of any type."""
    try:
        found = json.loads(json_in(answer))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def numbers(given: object) -> list[int]:
    """Fragments' numbers, however they are written (3, "3", "#3"); others are left out."""
    found = []
    for one in given if isinstance(given, list) else [given]:
        with suppress(ValueError):
            found.append(int(str(one).strip(" #")))
    return found
