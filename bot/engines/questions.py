"""The offline writer's questions: one file a language, checked when they are read.

A question is a template over the person's own words: `{quote}`, `{word}`, and in a forced link
`{other}`. Which words those are is the offline writer's business.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PositiveInt

from bot.domain.records import Language
from bot.domain.sieve import PER_LENS
from bot.engines.prompts import PromptLibrary


def _asking(*needed: str, allowed: Iterable[str]) -> AfterValidator:
    """A template that uses all of `needed` and nothing outside `allowed`."""

    def check(template: str) -> str:
        used = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        if unknown := sorted(used - set(allowed)):
            raise ValueError(f"unknown placeholder {{{unknown[0]}}}")
        if missing := sorted(set(needed) - used):
            raise ValueError(f"missing placeholder {{{missing[0]}}}")
        return template

    return AfterValidator(check)


def _apart(cards: tuple["Card", ...]) -> tuple["Card", ...]:
    """Cards the sieve would eat can never be dealt together, so they are a mistake in the file."""
    hows, lenses = Counter(card.how for card in cards), Counter(card.lens for card in cards)
    if twice := [how for how, count in hows.items() if count > 1]:
        raise ValueError(f"two cards have the same how: {twice[0]}")
    if crowded := [lens for lens, count in lenses.items() if count > PER_LENS]:
        raise ValueError(f"more than {PER_LENS} cards have the lens: {crowded[0]}")
    return cards


class Card(BaseModel):
    """One question about a seed; `how` is its mechanism."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ask: Annotated[str, _asking(allowed=("quote", "word"))]
    move: str
    lens: str
    how: str


class LinkCard(Card):
    """A question that forces the seed together with a distant fragment."""

    ask: Annotated[str, _asking("quote", "other", allowed=("quote", "other"))]


class Questions(BaseModel):
    """Every question of one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: PositiveInt
    marks: tuple[Annotated[str, Field(min_length=2, max_length=2)], ...] = Field(min_length=1)
    cards: Annotated[tuple[Card, ...], Field(min_length=12), AfterValidator(_apart)]
    links: Annotated[tuple[LinkCard, ...], Field(min_length=1), AfterValidator(_apart)]
    about: tuple[Annotated[str, _asking("quote", allowed=("quote",))], ...] = Field(min_length=1)
    nothing: tuple[Annotated[str, _asking(allowed=())], ...] = Field(min_length=1)

    def quoted(self, words: str) -> str:
        """`words` in quotation marks: the first pair that does not stand in them."""
        free = (pair for pair in self.marks if not set(pair) & set(words))
        pair = next(free, self.marks[0])
        return f"{pair[0]}{words}{pair[1]}"


def load_questions(library: PromptLibrary) -> Mapping[Language, Questions]:
    """All three languages from `questions.<language>.yaml`; PromptError names file and field."""
    return {
        language: library.data(f"questions.{language}.yaml", Questions) for language in Language
    }
