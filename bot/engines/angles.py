"""Which eyes an expansion looks through, what they do to the seed, and what is asked for.

Lenses, moves and modes are data in prompts/*.yaml, for anybody to edit. Which are dealt is fixed by
the seed, the round and what the person keeps (`bot.domain.taste`): a repeated request looks the
same way, another seed another way, and 🎲 takes lenses the seed has not met until all have had
their turn.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PositiveInt

from bot.domain import taste
from bot.domain.records import Language, Mode
from bot.engines.prompts import PromptLibrary
from bot.journey.ports import ExpandAsk, Material


class _Named(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def label(self) -> dict[Language, str]: ...


NamedT = TypeVar("NamedT", bound=_Named)


def _in_every_language(texts: dict[Language, str]) -> dict[Language, str]:
    if missing := [str(language) for language in Language if not texts.get(language, "").strip()]:
        raise ValueError(f"no text in {', '.join(missing)}")
    return {language: text.strip() for language, text in texts.items()}


PerLanguage = Annotated[dict[Language, str], AfterValidator(_in_every_language)]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Lens(_Data):
    """An ordinary person: how the card names them, and for the model, what they would notice."""

    id: str
    label: PerLanguage
    eyes: str = Field(min_length=1)


class Move(_Data):
    """What is done to the seed. `links` means it needs another fragment of the person's."""

    id: str
    label: PerLanguage
    task: str = Field(min_length=1)
    links: bool = False


class AtMost(_Data):
    """How long a title may be, by what it is written in."""

    characters: PositiveInt
    words: PositiveInt


class ModeText(_Data):
    """What may be asked for: how a person names it, and for the model, what one idea of it is."""

    id: Mode
    label: PerLanguage
    at_most: AtMost
    task: str = Field(min_length=1)


def _different(named: list[NamedT]) -> list[NamedT]:
    counted = Counter(one.id for one in named)
    if twice := [id for id, count in counted.items() if count > 1]:
        raise ValueError(f"two have the id {twice[0]}")
    return named


def _of_both_kinds(moves: list[Move]) -> list[Move]:
    if len({move.links for move in moves}) < 2:
        raise ValueError("at least one move needs another fragment, and at least one does not")
    return moves


def _all_modes(modes: list[ModeText]) -> list[ModeText]:
    if missing := [mode for mode in Mode if mode not in {one.id for one in modes}]:
        raise ValueError(f"nothing says what {missing[0]} are")
    return modes


Lenses = Annotated[list[Lens], Field(min_length=1), AfterValidator(_different)]
Moves = Annotated[list[Move], AfterValidator(_different), AfterValidator(_of_both_kinds)]
Modes = Annotated[list[ModeText], AfterValidator(_different), AfterValidator(_all_modes)]


def read_moves(library: PromptLibrary) -> list[Move]:
    """The moves, in the order of their file. Raises PromptError."""
    return library.data("moves.yaml", Moves)


@dataclass(frozen=True, slots=True)
class Angle:
    """One lens with one move, and the fragment a linking move ties the seed to; None when that is
    the thing it is mixed with."""

    lens: Lens
    move: Move
    link: Material | None = None


class Angles:
    """Deals the angles of each round, and knows what everything is called."""

    def __init__(self, library: PromptLibrary) -> None:
        self._lenses = {lens.id: lens for lens in library.data("lenses.yaml", Lenses)}
        self._moves = {move.id: move for move in read_moves(library)}
        self._modes = {mode.id: mode for mode in library.data("modes.yaml", Modes)}

    def of(self, ask: ExpandAsk) -> tuple[Angle, ...]:
        """The angles of `ask.round`, one a look."""
        turn = f"{ask.seed}\n{ask.round}\n{len(ask.used)}"  # a refill looks another way
        met = [id for id in ask.used if id in self._lenses]
        lenses = taste.deal([*self._lenses], ask.looks, ask.taste.lenses, turn=turn, met=met)
        distant = distant_own(ask)
        moves = taste.deal(self._open_moves(ask, distant), ask.looks, ask.taste.moves, turn=turn)
        return tuple(
            self._angle(ask, lens, move, distant) for lens, move in zip(lenses, moves, strict=True)
        )

    def mode(self, mode: Mode) -> ModeText:
        """What one idea of this mode is."""
        return self._modes[mode]

    def names(self, language: Language) -> dict[str, str]:
        """What lenses, moves and modes are called, by their ids."""
        named: list[_Named] = [*self._lenses.values(), *self._moves.values(), *self._modes.values()]
        return {one.id: one.label[language] for one in named}

    def _open_moves(self, ask: ExpandAsk, distant: Sequence[Material]) -> list[str]:
        """A mix is nothing but linking; without a fragment to link to, no move links."""
        if ask.mix:
            return [id for id, move in self._moves.items() if move.links]
        return [id for id, move in self._moves.items() if distant or not move.links]

    def _angle(self, ask: ExpandAsk, lens: str, move: str, distant: Sequence[Material]) -> Angle:
        links = self._moves[move].links and not ask.mix
        link = distant[ask.round % len(distant)] if links else None
        return Angle(self._lenses[lens], self._moves[move], link)


def distant_own(ask: ExpandAsk) -> list[Material]:
    """The person's other fragments in their own words, those least like the seed first.

    Likeness is the share of a fragment's characters that the seed has too: crude, but the same in
    every language, and only the far end of the order is used.
    """
    seed = set(ask.seed)
    others = [m for m in ask.material if m.own and m.n != ask.seed_n and m.text.strip()]
    return sorted(others, key=lambda m: (len(seed & set(m.text)) / len(set(m.text)), m.n))
