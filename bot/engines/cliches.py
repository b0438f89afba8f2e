"""What counts as worn, read from prompts/cliches.yaml."""

from pydantic import BaseModel, ConfigDict, PositiveFloat

from bot.domain import cliche
from bot.domain.cliche import Worn
from bot.domain.script import fold
from bot.engines.prompts import PromptLibrary
from bot.errors import PromptError

FILE = "cliches.yaml"


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    weight: PositiveFloat
    phrases: tuple[str, ...]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    weight: PositiveFloat
    words: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    phrases: tuple[_Group, ...]
    words: _Words


def worn(library: PromptLibrary) -> Worn:
    """The phrases and words of the file. PromptError names the phrase that cannot be used."""
    data = library.data(FILE, _File)
    try:
        phrases = tuple(
            cliche.phrase(written, group.kind, group.weight)
            for group in data.phrases
            for written in group.phrases
        )
    except ValueError as exc:
        raise PromptError(f"{library.folder / FILE}: {exc}") from exc
    words = frozenset(fold(word) for line in data.words.words for word in line.split())
    return Worn(phrases, words, data.words.weight)
