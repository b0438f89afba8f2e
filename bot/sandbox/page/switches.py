"""The fault switches, by name: each field of `Faults` is one, but for its inner ones."""

from dataclasses import fields
from typing import Any

from bot.errors import PlayError
from bot.sandbox.faults import SWITCH, Faults
from bot.sandbox.shapes import Json

MAX_NUMBER = 60.0  # seconds: nobody waits longer to see that something is slow
SWITCHES = tuple(field.name for field in fields(Faults) if field.metadata.get(SWITCH, True))


class Switches:
    """Reads and sets what `faults` holds: a yes or no, or seconds."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def shown(self) -> list[Json]:
        """Every switch and how it stands: `value` is a bool or a number."""
        return [{"name": name, "value": getattr(self._faults, name)} for name in SWITCHES]

    def turn(self, name: str, value: Any) -> None:
        """Set one of them. Raises `PlayError` for a value it cannot have."""
        kind = type(getattr(self._faults, name)) if name in SWITCHES else None
        if kind is bool and isinstance(value, bool):
            setattr(self._faults, name, value)
        elif kind is float and not isinstance(value, bool) and 0 <= float(value) <= MAX_NUMBER:
            setattr(self._faults, name, float(value))
        else:
            raise PlayError(f"{name} cannot be {value!r}")
