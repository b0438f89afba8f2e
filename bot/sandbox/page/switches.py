"""The fault switches, whatever faults there are: each public bool or float of the object is one."""

from typing import Any, get_type_hints

from bot.errors import PlayError
from bot.sandbox.shapes import Json

MAX_NUMBER = 60.0  # seconds: nobody waits longer to see that something is slow


class Switches:
    """Reads and sets the attributes of `faults` by name; without one there are no switches."""

    def __init__(self, faults: object | None = None) -> None:
        self._faults = faults
        hints: dict[str, Any] = get_type_hints(type(faults)) if faults is not None else {}
        self._kinds = {
            name: kind
            for name, kind in hints.items()
            if kind in (bool, float) and not name.startswith("_")
        }

    def shown(self) -> list[Json]:
        """Every switch and how it stands: `value` is a bool or a number."""
        return [{"name": name, "value": getattr(self._faults, name)} for name in self._kinds]

    def turn(self, name: str, value: Any) -> None:
        """Set one of them. Raises `PlayError` for a value it cannot have."""
        kind = self._kinds.get(name)
        if kind is bool and isinstance(value, bool):
            setattr(self._faults, name, value)
        elif kind is float and not isinstance(value, bool) and 0 <= float(value) <= MAX_NUMBER:
            setattr(self._faults, name, float(value))
        else:
            raise PlayError(f"{name} cannot be {value!r}")
