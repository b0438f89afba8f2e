"""Whose words a forward is."""

from datetime import datetime

from telegram import (
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)


def source_of(origin: MessageOrigin | None) -> tuple[str, datetime | None]:
    """Who said it and when, as far as Telegram tells; nobody for what is not forwarded."""
    match origin:
        case MessageOriginUser():
            name = origin.sender_user.full_name
        case MessageOriginHiddenUser():
            name = origin.sender_user_name
        case MessageOriginChat():
            name = origin.sender_chat.title or ""
        case MessageOriginChannel():
            name = origin.chat.title or ""
        case _:
            name = ""
    return name, origin.date if origin else None
