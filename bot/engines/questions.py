"""The offline writer's questions: one file a language, checked when they are read.

A question is a template over the person's own words: `{quote}`, `{word}`, and in a forced link
`{other}`. Which words those are is the business of `bot.engines.quoting`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PositiveInt

from bot.domain.records import Language, Mode
from bot.domain.sieve import PER_LENS
from bot.engines.angles import read_moves
from bot.engines.prompts import PromptLibrary
from bot.errors import PromptError

ANGLES, OF_A_MODE = 12, 4
"""How many questions there are at least: a round of angles, and a page of any other mode."""


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
    hows = Counter(card.how for card in cards)
    if twice := [how for how, count in hows.items() if count > 1]:
        raise ValueError(f"two cards have the same how: {twice[0]}")
    for mode in Mode:
        lenses = Counter(card.lens for card in cards if card.mode in {Mode.ANGLES, mode})
        if crowded := [lens for lens, count in lenses.items() if count > PER_LENS]:
            raise ValueError(f"more than {PER_LENS} cards have the lens: {crowded[0]}")
    return cards


def _enough(cards: tuple["Card", ...]) -> tuple["Card", ...]:
    counted = Counter(card.mode for card in cards)
    for mode in Mode:
        least = ANGLES if mode is Mode.ANGLES else OF_A_MODE
        if counted[mode] < least:
            raise ValueError(f"fewer than {least} cards of the mode {mode}")
    return cards


class Card(BaseModel):
    """One question about a seed; `how` is its mechanism, `move` the id of one in moves.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ask: Annotated[str, _asking(allowed=("quote", "word"))]
    mode: Mode = Mode.ANGLES
    move: str
    lens: str
    how: str

    @property
    def needs_word(self) -> bool:
        """Whether it asks about one word."""
        return "{word}" in self.ask


class LinkCard(Card):
    """A question that forces the seed together with a distant fragment."""

    ask: Annotated[str, _asking("quote", "other", allowed=("quote", "other"))]


class Questions(BaseModel):
    """Every question of one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: PositiveInt
    marks: tuple[Annotated[str, Field(min_length=2, max_length=2)], ...] = Field(min_length=1)
    cards: Annotated[tuple[Card, ...], AfterValidator(_apart), AfterValidator(_enough)]
    links: Annotated[tuple[LinkCard, ...], Field(min_length=OF_A_MODE), AfterValidator(_apart)]
    about: tuple[Annotated[str, _asking("quote", allowed=("quote",))], ...] = Field(min_length=1)
    nothing: tuple[Annotated[str, _asking(allowed=())], ...] = Field(min_length=1)

    def of(self, mode: Mode) -> list[Card]:
        """The cards made for this mode."""
        return [card for card in self.cards if card.mode is mode]

    def quoted(self, words: str) -> str:
        """`words` in quotation marks: the first pair that does not stand in them."""
        free = (pair for pair in self.marks if not set(pair) & set(words))
        pair = next(free, self.marks[0])
        return f"{pair[0]}{words}{pair[1]}"


def load_questions(library: PromptLibrary) -> Mapping[Language, Questions]:
    """All three languages from `questions.<language>.yaml`; PromptError names file and field."""
    moves = {move.id for move in read_moves(library)}
    every = {}
    for language in Language:
        name = f"questions.{language}.yaml"
        every[language] = library.data(name, Questions)
        for card in (*every[language].cards, *every[language].links):
            if card.move not in moves:
                raise PromptError(
                    f"{library.folder / name}: {card.how}: no move {card.move!r} in moves.yaml"
                )
    return every
