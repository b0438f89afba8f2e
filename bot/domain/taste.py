"""What a person keeps: of which eyes, which moves and which kinds of ideas the stars come."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tally:
    """How many ideas of one kind the person kept, of so many that they decided about. 🤨 counts as
    decided, not as kept."""

    kept: int
    decided: int


@dataclass(frozen=True, slots=True)
class Taste:
    """The tallies of one person, by the ids of lenses and moves, and by mode."""

    lenses: Mapping[str, Tally] = field(default_factory=dict)
    moves: Mapping[str, Tally] = field(default_factory=dict)
    modes: Mapping[str, Tally] = field(default_factory=dict)
