"""A message as the page shows it: less than the Bot API's, and with addresses for its files."""

from bot.sandbox.cloud import Chat, Cloud, Side
from bot.sandbox.files import File, Media
from bot.sandbox.phone import Phone
from bot.sandbox.shapes import Json, keys, present

MAX_QUOTED = 120  # characters of the message replied to: one line on the widest bubble
_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


class View:
    """Looks at one phone's chat. Numbers count from 1, as the phone's do."""

    def __init__(self, cloud: Cloud, phone: Phone) -> None:
        self._cloud = cloud
        self._phone = phone

    def messages(self) -> list[Json]:
        """All of them, oldest first."""
        return [self._shown(message) for message in self._phone.chat.messages.values()]

    def message(self, n: int) -> Json | None:
        """One of them, as it is now; None when it is gone."""
        message = self._phone.chat.messages.get(n + self._cloud.past.message_id)
        return self._shown(message) if message else None

    def preview(self) -> Json | None:
        """The draft that is being streamed; `until` is in seconds since 1970."""
        preview = self._phone.chat.preview
        if preview is None or preview.until <= self._cloud.now():
            return None
        until = preview.until.timestamp()
        return {"text": preview.text, "entities": preview.entities, "until": until}

    def commands(self) -> list[Json]:
        """The bot's menu in this phone's language, or else in the bot's own."""
        known = self._cloud.commands
        language = self._phone.language_code[:2]
        by_language = {spoken: listed for (_, spoken), listed in known.items()}
        return by_language.get(language) or by_language.get("") or []

    def _shown(self, message: Json) -> Json:
        chat = self._phone.chat
        words = "caption" if "caption" in message else "text"
        return {
            "n": self._number(message),
            "side": self._side(message),
            "at": message["date"],
            "edited": "edit_date" in message and "text" in message,
            "text": message.get(words, ""),
            "asks": chat.asking.get(message["message_id"]),
        } | present(
            entities=message.get("caption_entities" if words == "caption" else "entities"),
            reply=self._quoted(message.get("reply_to_message")),
            forwarded=_origin(message.get("forward_origin")),
            file=self._file(message),
            buttons=[[_button(one) for one in row] for row in keys(message)],
            reactions=_reactions(chat, message["message_id"]),
        )

    def _number(self, message: Json) -> int:
        return int(message["message_id"]) - self._cloud.past.message_id

    def _side(self, message: Json) -> Side:
        return "person" if message["from"]["id"] == self._phone.person_id else "bot"

    def _quoted(self, message: Json | None) -> Json | None:
        if message is None:
            return None
        said = message.get("text") or message.get("caption") or ""
        held = self._cloud.files.of(message)
        return {
            "n": self._number(message),
            "side": self._side(message),
            "text": said[:MAX_QUOTED],
            "kind": held[0] if held else "text",
        }

    def _file(self, message: Json) -> Json | None:
        if (held := self._cloud.files.of(message)) is None:
            return None
        media, file = held
        return {
            "kind": media,
            "url": f"page/files/{file.id}",
            "name": file.name,
            "bytes": len(file.data),
            "seconds": message["voice"]["duration"] if media == "voice" else None,
        }


def served_as(media: Media, file: File) -> str | None:
    """The type under which the page may show or play a file; None for one that is only saved."""
    if file.mime in _PICTURES and media != "document":
        return file.mime
    return "audio/ogg" if file.mime == "audio/ogg" else None


def _origin(origin: Json | None) -> str | None:
    if origin is None:
        return None
    sender = origin.get("sender_user") or origin.get("sender_chat") or origin.get("chat") or {}
    name = origin.get("sender_user_name") or sender.get("title") or sender.get("first_name")
    return str(name or "?")


def _button(button: Json) -> Json:
    copied = button.get("copy_text") or {}
    link = button.get("url")
    return {"text": button["text"]} | present(url=link, copy=copied.get("text"))


def _reactions(chat: Chat, n: int) -> list[Json]:
    sides: tuple[Side, ...] = ("bot", "person")
    put = ((side, chat.reactions.get((n, side))) for side in sides)
    return [{"side": side, "emoji": emoji} for side, emoji in put if emoji]
