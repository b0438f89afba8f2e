"""A person's side of the chat: what a thumb can do."""

from pathlib import Path

from bot.errors import PlayError
from bot.sandbox.cloud import Chat, Cloud, Event
from bot.sandbox.files import Media
from bot.sandbox.markup import MAX_CAPTION, MAX_TEXT, commands_in, is_blank, utf16_units
from bot.sandbox.reactions import offered
from bot.sandbox.shapes import Json, keys, labels, present

PERSON_ID = 555_000_001
FIRST_NAME = "Ming"
FORWARDED_FROM = "Somebody"  # a person who hides the account, as most do


class Phone:
    """One person's Telegram. Every action raises `PlayError` when nobody could do it.

    Methods that send return the new message's number, or None when the text was blank: Telegram
    refuses to send that, so nothing happens and no number is used.
    """

    def __init__(
        self,
        cloud: Cloud,
        *,
        person_id: int = PERSON_ID,
        first_name: str = FIRST_NAME,
        language_code: str = "en",
    ) -> None:
        self._cloud = cloud
        self.person_id = person_id
        self.language_code = language_code
        self._chat = cloud.open_chat(
            {
                "id": person_id,
                "is_bot": False,
                "first_name": first_name,
                "language_code": language_code,
            }
        )

    @property
    def chat(self) -> Chat:
        """The chat this phone looks at."""
        return self._chat

    @property
    def events(self) -> list[Event]:
        """All that happened in this chat so far."""
        return self._chat.events

    def send(self, text: str) -> int | None:
        return self._say(text)

    def reply(self, n: int, text: str) -> int | None:
        return self._say(text, reply_to=self._message(n)["message_id"])

    def forward(self, text: str) -> int | None:
        """Pass on what somebody else wrote."""
        origin = {
            "type": "hidden_user",
            "date": self._cloud.timestamp(),
            "sender_user_name": FORWARDED_FROM,
        }
        return self._say(text, forward_origin=origin)

    def edit(self, n: int, text: str) -> None:
        """Change one's own text. The same text again, or a blank one, changes nothing."""
        message = self._message(n)
        if message["from"]["id"] != self.person_id or "text" not in message:
            raise PlayError(f"message {n} is not a text of the person's and cannot be edited")
        if "forward_origin" in message:
            raise PlayError(f"message {n} was forwarded and cannot be edited")
        if is_blank(text) or text == message["text"]:
            return
        _fits(text, MAX_TEXT)
        changes = {"text": text, "entities": commands_in(text)}
        self._cloud.rewrite(self._chat, "person", message, changes)
        self._cloud.updates.add("edited_message", message)

    def voice(self, path: Path) -> int:
        return self._attach("voice", path)

    def photo(self, path: Path, caption: str = "") -> int:
        return self._attach("photo", path, caption)

    def file(self, path: Path, caption: str = "") -> int:
        return self._attach("document", path, caption)

    def attach(
        self,
        media: Media,
        name: str,
        data: bytes,
        caption: str = "",
        *,
        mime: str | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Send `data` as a voice note, a photo or a file of this name."""
        _fits(caption, MAX_CAPTION)
        replied = None if reply_to is None else self._message(reply_to)["message_id"]
        file = self._cloud.files.keep(media, name, data, mime)
        caption = "" if is_blank(caption) else caption
        return self._post({media: file.described(media)} | present(caption=caption), replied)

    def tap(self, label: str, n: int | None = None) -> None:
        """Press the first button whose label contains `label`, on message `n` or else on the
        newest message that has one."""
        self._press(*self._button(label, n))

    def press(self, n: int, row: int, column: int) -> None:
        """Press the button in this place of the keyboard under message `n`, counted from 0."""
        message = self._message(n)
        try:
            button = keys(message)[row][column]
        except IndexError:
            raise PlayError("this button is no longer there; the message has changed") from None
        self._press(message, button)

    def _press(self, message: Json, button: Json) -> None:
        self._cloud.emit(self._chat, "person", "tap", button["text"], on=message["message_id"])
        if "callback_data" in button:  # other buttons act inside the app: a link, a copied text
            query = {
                "id": self._cloud.ask(self._chat),
                "from": self._chat.person,
                "message": message,
                "chat_instance": str(-self.person_id),
                "data": button["callback_data"],
            }
            self._cloud.updates.add("callback_query", query)

    def react(self, n: int, emoji: str) -> None:
        """Put a reaction on a message, or take it back with an empty one; the same again changes
        nothing."""
        n = self._message(n)["message_id"]
        listed = offered(emoji) if emoji else ""
        if listed is None:
            raise PlayError(f"Telegram does not offer {emoji} as a reaction")
        old = self._chat.reactions.get((n, "person"), "")
        if self._cloud.react(self._chat, "person", n, listed):
            self._cloud.updates.add(
                "message_reaction",
                {
                    "chat": self._chat.shape,
                    "message_id": n,
                    "user": self._chat.person,
                    "date": self._cloud.timestamp(),
                    "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
                    "new_reaction": [{"type": "emoji", "emoji": listed}] if listed else [],
                },
            )

    def _say(self, text: str, *, reply_to: int | None = None, **extra: Json) -> int | None:
        if is_blank(text):
            return None
        _fits(text, MAX_TEXT)
        content = present(text=text, entities=commands_in(text)) | extra
        return self._post(content, reply_to)

    def _attach(self, media: Media, path: Path, caption: str = "") -> int:
        _fits(caption, MAX_CAPTION)
        try:
            data = path.read_bytes()
        except OSError as exc:
            raise PlayError(f"{path} cannot be read: {exc.strerror}") from exc
        return self.attach(media, path.name, data, caption)

    def _post(self, content: Json, reply_to: int | None = None) -> int:
        message = self._cloud.write(self._chat, "person", content, reply_to)
        self._cloud.updates.add("message", message)
        return int(message["message_id"]) - self._cloud.past.message_id

    def _message(self, n: int) -> Json:
        past = self._cloud.past.message_id
        if n + past not in self._chat.messages:
            newest = self._chat.last_number - past
            raise PlayError(f"there is no message {n}; the newest is {newest}")
        return self._chat.messages[n + past]

    def _button(self, label: str, n: int | None) -> tuple[Json, Json]:
        shown = list(self._chat.messages.values())[::-1] if n is None else [self._message(n)]
        for message in shown:
            for button in (button for row in keys(message) for button in row):
                if label in button["text"]:
                    return message, button
        raise PlayError(
            f'there is no button "{label}"; {_all_buttons(shown, self._cloud.past.message_id)}'
        )


def _fits(text: str, limit: int) -> None:
    if (units := utf16_units(text)) > limit:
        raise PlayError(
            f"{units:,} UTF-16 units are more than the {limit:,} an app sends at once: "
            "split it as the app would"
        )


def _all_buttons(messages: list[Json], past: int) -> str:
    there = [
        "".join(f"[{label}]" for row in labels(message) for label in row)
        + f" on {message['message_id'] - past}"
        for message in messages
        if keys(message)
    ]
    return "there are " + ", ".join(there[:5]) if there else "there are no buttons at all"
