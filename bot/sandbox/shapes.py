"""Pieces of the Bot API's JSON that several of these modules read or build."""

from copy import deepcopy
from typing import Any

Json = dict[str, Any]
Labels = tuple[tuple[str, ...], ...]


def present(**fields: Any) -> Json:
    """The fields that have something in them: the Bot API leaves the others out."""
    return {name: value for name, value in fields.items() if value}


def one_level(message: Json) -> Json:
    """A message as a reply carries it: whole, but without what it replied to itself."""
    return deepcopy({name: v for name, v in message.items() if name != "reply_to_message"})


def keys(message: Json) -> list[list[Json]]:
    """The rows of inline buttons under a message."""
    rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def labels(message: Json) -> Labels:
    """What those buttons say."""
    return tuple(tuple(button["text"] for button in row) for row in keys(message))
