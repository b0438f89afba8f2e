"""Changes to a script that need no model, and why one is not possible."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.drafts import Opening

Place = int
"""A beat, counted from 1; from the last one on -1, -2 …"""


@dataclass(frozen=True, slots=True)
class Shorter:
    """Leave out beats until it is shorter, or takes `seconds`; never those of `places` or that say
    these `words`. Without `less` it is only what to keep, half a wish."""

    seconds: int | None = None
    places: tuple[Place, ...] = ()
    words: tuple[str, ...] = ()
    less: bool = True


@dataclass(frozen=True, slots=True)
class OtherHook:
    """Open otherwise: with the hook of that number (1 is the present one), of that kind, or with
    the next."""

    number: int | None = None
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """Leave these beats out."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Tell a beat at another place: `to` is where it stands afterwards, or beside which beat."""

    place: Place
    to: Place
    beside: int = 0  # -1: before `to`, 1: after it


@dataclass(frozen=True, slots=True)
class Swap:
    """Let two beats change places."""

    one: Place
    other: Place


@dataclass(frozen=True, slots=True)
class Reverse:
    """Tell the beats from the last to the first."""


@dataclass(frozen=True, slots=True)
class PutIn:
    """Tell the best sentence of fragment `n` too: instead of a beat, or at a place."""

    n: int
    instead: Place | None = None
    at: Place | None = None
    beside: int = 0  # as in `Move`


@dataclass(frozen=True, slots=True)
class Back:
    """Begin from that version; None is the one before. Who calls `apply` hands over its script."""

    version: int | None


Change = Shorter | OtherHook | Drop | Move | Swap | Reverse | PutIn | Back


class Why(StrEnum):
    """Why a change is not possible."""

    NO_BEAT = "no beat"  # `number` was asked for, it has `has`
    NO_HOOK = "no hook"  # `number`, or of the kind `words`; it has `has`, 1 being the present one
    NO_FRAGMENT = "no fragment"  # `number` is not there, or is not the person's
    IN_IT = "in it"  # all that fragment `number` says stands in the script
    NO_WORDS = "no words"  # no line says `words`
    TOO_FEW = "too few"  # `number` beats would be left, and three are needed
    NO_SHORTER = "no shorter"  # nothing may be left out
    NOTHING = "nothing"  # it would be as it was


@dataclass(frozen=True, slots=True)
class Impossible:
    """What of a wish is not possible; nothing of it was done then."""

    why: Why
    number: int = 0
    has: int = 0
    words: str = ""
