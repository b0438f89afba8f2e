"""JSON from outside, read field by field: what is not of the type it should be is refused."""

import json
import re
from typing import Any, NoReturn

from bot.sandbox.refused import Refused, bad_request
from bot.sandbox.shapes import Json

_WHOLE = re.compile(r"[+-]?[0-9]{1,19}\Z")  # 64 bits, about


def read_json(raw: str | bytes, unreadable: str) -> Any:
    """What `raw` says. Raises `Refused`: with `unreadable` when it says nothing, and for half a
    UTF-16 pair, which JSON can write and no text can hold."""
    try:
        value = json.loads(raw, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeError:
        raise not_utf8() from None
    except (ValueError, RecursionError):
        raise bad_request(unreadable) from None
    return value


def not_utf8() -> Refused:
    """Worded as in tdlib/td, Requests.cpp."""
    return bad_request("strings must be encoded in UTF-8")


def an_object(value: Any, what: str) -> Json:
    if not isinstance(value, dict):
        raise bad_request(f"object expected as {what}")
    return value


def an_array(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise bad_request(f"array expected as {what}")
    return value


def objects(value: Any, what: str) -> list[Json]:
    return [an_object(item, what) for item in an_array(value, what)]


def word(fields: Json, name: str) -> str:
    """A string; empty when it is missing."""
    value = fields.get(name)
    if not isinstance(value, str | None):
        raise bad_request(f'field "{name}" must be of type String')
    return value or ""


def whole(fields: Json, name: str) -> int:
    """A whole number, which must be there. It may come as a string, as in a form."""
    if (value := fields.get(name)) is None:
        raise bad_request(f'can\'t find field "{name}"')
    if (number := whole_number(value)) is None:
        raise bad_request(f'field "{name}" must be of type Number')
    return number


def whole_number(value: Any) -> int | None:
    """`value` as a whole number, None when it is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return int(value) if _WHOLE.match(str(value)) else None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
