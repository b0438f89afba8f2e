"""Where a forwarded message may come from: the four kinds of MessageOrigin in the Bot API."""

from typing import Literal

from bot.sandbox.shapes import Json

Origin = Literal["user", "hidden_user", "chat", "channel"]

_SOMEBODY: Json = {"id": 555_000_002, "is_bot": False, "first_name": "Somebody"}
_GROUP: Json = {"id": -1_001_000_000_001, "type": "supergroup", "title": "Somebody's friends"}
_CHANNEL: Json = {"id": -1_001_000_000_002, "type": "channel", "title": "Somebody's channel"}


def origin(kind: Origin, date: int) -> Json:
    """A forward's origin, first sent at `date` (Unix time)."""
    common: Json = {"type": kind, "date": date}
    match kind:
        case "user":
            return common | {"sender_user": _SOMEBODY}
        case "hidden_user":
            return common | {"sender_user_name": _SOMEBODY["first_name"]}
        case "chat":  # an anonymous administrator, who speaks as the group
            return common | {"sender_chat": _GROUP}
        case "channel":
            return common | {"chat": _CHANNEL, "message_id": 7, "author_signature": "S."}
