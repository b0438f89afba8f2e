"""What can be told of an update before anybody trusts it."""

from typing import Any

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "message_reaction")


def number(raw: Any) -> int | None:
    """The number of an update; None for what is none. No more than the database can hold."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if type(found) is int and 0 <= found < 2**63 else None


def private_sender(raw: dict[str, Any]) -> int | None:
    """Who sent an update in a private chat; None for groups, channels and anything unforeseen."""
    for kind, content in raw.items():
        if kind not in ALLOWED_UPDATES or not isinstance(content, dict):
            continue
        chat = content.get("chat") or _part(content, "message").get("chat")
        sender = _part(content, "from") or _part(content, "user")
        if not isinstance(chat, dict) or type(sender.get("id")) is not int:
            continue
        if chat.get("type") == "private" and chat.get("id") == sender["id"]:
            return int(sender["id"])
    return None


def _part(content: dict[str, Any], name: str) -> dict[str, Any]:
    part = content.get(name)
    return part if isinstance(part, dict) else {}
