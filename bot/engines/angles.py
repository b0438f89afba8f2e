"""Which eyes an expansion looks through, and what they do to the seed.

Lenses and moves are data in prompts/lenses.yaml and prompts/moves.yaml, for anybody to edit. The
choice is fixed by seed and round: a repeated request looks the same way, another seed another way,
and 🎲 takes lenses the seed has not met until all have had their turn.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.domain.records import Language
from bot.engines.prompts import PromptLibrary
from bot.journey.ports import ExpandAsk, Material

LOOKS = 4  # parallel calls, one lens and one move each; five ideas of each make about 20 raw

T = TypeVar("T")


def _in_every_language(texts: dict[Language, str]) -> dict[Language, str]:
    if missing := [str(language) for language in Language if not texts.get(language, "").strip()]:
        raise ValueError(f"no text in {', '.join(missing)}")
    return {language: text.strip() for language, text in texts.items()}


PerLanguage = Annotated[dict[Language, str], AfterValidator(_in_every_language)]


class Lens(BaseModel):
    """An ordinary person: how the card names them, and for the model, what they would notice."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: str
    label: PerLanguage
    eyes: str = Field(min_length=1)


class Move(BaseModel):
    """What is done to the seed. `links` means it needs another fragment of the person's."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: str
    label: PerLanguage
    task: str = Field(min_length=1)
    links: bool = False


def _some_without_link(moves: list[Move]) -> list[Move]:
    if all(move.links for move in moves):
        raise ValueError("at least one move must do without another fragment")
    return moves


Lenses = Annotated[list[Lens], Field(min_length=LOOKS)]
Moves = Annotated[list[Move], AfterValidator(_some_without_link)]


@dataclass(frozen=True, slots=True)
class Angle:
    """One lens with one move, and the fragment a linking move ties the seed to."""

    lens: Lens
    move: Move
    link: Material | None = None


class Angles:
    """Deals the angles of each round."""

    def __init__(self, library: PromptLibrary) -> None:
        self._lenses = library.data("lenses.yaml", Lenses)
        self._moves = library.data("moves.yaml", Moves)

    def of(self, ask: ExpandAsk) -> tuple[Angle, ...]:
        """The angles of `ask.round`; without a fragment to link to, no move that links."""
        distant = distant_own(ask)
        lenses = _shuffled(self._lenses, ask.seed)
        moves = _shuffled([move for move in self._moves if distant or not move.links], ask.seed)
        angles = []
        for turn in range(ask.round * LOOKS, (ask.round + 1) * LOOKS):
            lap, seat = divmod(turn, len(lenses))
            lens = lenses[seat]
            move = moves[(seat + lap) % len(moves)]  # another one each time a lens comes round
            link = distant[ask.round % len(distant)] if move.links else None
            angles.append(Angle(lens, move, link))
        return tuple(angles)


def distant_own(ask: ExpandAsk) -> list[Material]:
    """The person's other fragments in their own words, those least like the seed first.

    Likeness is the share of a fragment's characters that the seed has too: crude, but the same in
    every language, and only the far end of the order is used.
    """
    seed = set(ask.seed)
    others = [m for m in ask.material if m.own and m.n != ask.seed_n and m.text.strip()]
    return sorted(others, key=lambda m: (len(seed & set(m.text)) / len(set(m.text)), m.n))


def _shuffled(things: Sequence[T], seed: str) -> list[T]:
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest())
    return Random(number).sample(things, len(things))
