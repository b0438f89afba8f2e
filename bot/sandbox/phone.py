"""A person's side of the chat: what a thumb can do."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from bot.errors import PlayError
from bot.sandbox.cloud import Chat, Cloud, Event
from bot.sandbox.files import MAX_ALBUM, Media
from bot.sandbox.found import found_in
from bot.sandbox.origins import Origin, origin
from bot.sandbox.reactions import offered
from bot.sandbox.shapes import Json, keys, labels, present
from bot.sandbox.text import MAX_CAPTION, MAX_TEXT, is_blank, whole_characters
from bot.sandbox.thumb import fits, typed

PERSON_ID = 555_000_001
FIRST_NAME = "Ming"
_PASSED_ON = ("text", "entities", "caption", "caption_entities", *get_args(Media))
# What a link t.me/bot?start=… may carry (core.telegram.org/bots/features, deep linking).
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


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

    def start(self, payload: str = "") -> int | None:
        """Press Start, or follow a link to the bot that carries `payload`."""
        if not _PAYLOAD.fullmatch(payload):
            raise PlayError("a link's payload has at most 64 letters, digits, _ and -")
        return self._say(f"/start {payload}".rstrip())

    def forward(self, text: str, whose: Origin = "hidden_user") -> int | None:
        """Pass on what somebody else wrote: by default a person who hides the account, as most
        do."""
        return self._say(text, forward_origin=origin(whose, self._cloud.timestamp()))

    def forward_voice(self, path: Path, whose: Origin = "hidden_user") -> int:
        """Pass on what somebody else said."""
        return self._attach("voice", path, whose=whose)

    def pass_on(self, n: int, whose: Origin = "hidden_user") -> int:
        """Send message `n`, whatever it holds, once more as somebody else's."""
        message = self._message(n)
        held = {name: message[name] for name in _PASSED_ON if name in message}
        return self._post(held | {"forward_origin": origin(whose, self._cloud.timestamp())})

    def edit(self, n: int, text: str) -> None:
        """Change one's own text. The same text again, or a blank one, changes nothing."""
        message = self._message(n)
        if message["from"]["id"] != self.person_id or "text" not in message:
            raise PlayError(f"message {n} is not a text of the person's and cannot be edited")
        if "forward_origin" in message:
            raise PlayError(f"message {n} was forwarded and cannot be edited")
        text = typed(text)
        if is_blank(text) or text == message["text"]:
            return
        fits(text, MAX_TEXT)
        changes = {"text": text, "entities": found_in(text)}
        self._cloud.rewrite(self._chat, "person", message, changes)
        self._cloud.updates.add("edited_message", message)

    def voice(self, path: Path) -> int:
        return self._attach("voice", path)

    def photo(self, path: Path, caption: str = "") -> int:
        return self._attach("photo", path, caption)

    def file(self, path: Path, caption: str = "") -> int:
        return self._attach("document", path, caption)

    def album(self, paths: Sequence[Path], caption: str = "", media: Media = "photo") -> list[int]:
        """Send several files at once. Each is a message of its own; the first has the caption."""
        if not 2 <= len(paths) <= MAX_ALBUM:
            raise PlayError(f"an album has 2 to {MAX_ALBUM} files")
        group = str(self._chat.id * 10_000 + self._chat.last_number + 1)
        captions = [caption, *[""] * (len(paths) - 1)]
        return [
            self._attach(media, path, words, album=group)
            for path, words in zip(paths, captions, strict=True)
        ]

    def attach(
        self,
        media: Media,
        name: str,
        data: bytes,
        caption: str = "",
        *,
        mime: str | None = None,
        reply_to: int | None = None,
        album: str = "",
        whose: Origin | None = None,
    ) -> int:
        """Send `data` as a voice note, a photo or a file of this name; `album` is what the files
        of one album have in common, `whose` says that it is somebody else's."""
        caption, name = typed(caption), typed(name).replace("\n", " ")
        fits(caption, MAX_CAPTION)
        if not data:
            raise PlayError(f"{name} is empty, and no app sends an empty file", code="empty")
        replied = None if reply_to is None else self._message(reply_to)["message_id"]
        file = self._cloud.files.keep(media, name, data, mime)
        caption = "" if is_blank(caption) else caption
        words = {"caption": caption, "caption_entities": found_in(caption)}
        content = {media: file.described()} | present(**words, media_group_id=album)
        if whose:
            content["forward_origin"] = origin(whose, self._cloud.timestamp())
        return self._post(content, replied)

    def tap(self, label: str, n: int | None = None) -> None:
        """Press the first button whose label contains `label`, on message `n` or else on the
        newest message that has one."""
        self._press(*self._button(label, n))

    def press(self, n: int, row: int, column: int) -> str:
        """Press the button in this place of the keyboard under message `n`, counted from 0. Returns
        the id of the query the bot has to answer; "" for a button that acts inside the app."""
        message = self._message(n)
        try:
            button = keys(message)[row][column]
        except IndexError:
            raise PlayError("this button is no longer there; the message has changed") from None
        return self._press(message, button)

    def _press(self, message: Json, button: Json) -> str:
        self._cloud.emit(self._chat, "person", "tap", button["text"], on=message["message_id"])
        if "callback_data" not in button:  # it acts inside the app: a link, a copied text
            return ""
        query = {
            "id": (query_id := self._cloud.ask(self._chat)),
            "from": self._chat.person,
            "message": message,
            "chat_instance": str(-self.person_id),
            "data": button["callback_data"],
        }
        self._cloud.updates.add("callback_query", query)
        return query_id

    def react(self, n: int, emoji: str) -> None:
        """Put a reaction on a message, or take it back with an empty one; the same again changes
        nothing."""
        n = self._message(n)["message_id"]
        listed = offered(emoji) if emoji else ""
        if listed is None:
            raise PlayError(f"Telegram does not offer {whole_characters(emoji)} as a reaction")
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
        text = typed(text)
        if is_blank(text):
            return None
        fits(text, MAX_TEXT)
        content = present(text=text, entities=found_in(text)) | extra
        return self._post(content, reply_to)

    def _attach(self, media: Media, path: Path, caption: str = "", **how: Any) -> int:
        try:
            data = path.read_bytes()
        except OSError as exc:
            raise PlayError(f"{path} cannot be read: {exc.strerror}") from exc
        return self.attach(media, path.name, data, caption, **how)

    def _post(self, content: Json, reply_to: int | None = None) -> int:
        message = self._cloud.write(self._chat, "person", content, reply_to)
        self._cloud.updates.add("message", message)
        return int(message["message_id"]) - self._cloud.past.message_id

    def _message(self, n: int) -> Json:
        past = self._cloud.past.message_id
        if n + past not in self._chat.messages:
            newest = self._chat.last_number - past
            raise PlayError(f"there is no message {n}; the newest is {newest}", code="gone")
        return self._chat.messages[n + past]

    def _button(self, label: str, n: int | None) -> tuple[Json, Json]:
        shown = list(self._chat.messages.values())[::-1] if n is None else [self._message(n)]
        for message in shown:
            for button in (button for row in keys(message) for button in row):
                if label in button["text"]:
                    return message, button
        there = _all_buttons(shown, self._cloud.past.message_id)
        raise PlayError(f'there is no button "{whole_characters(label)}"; {there}')


def _all_buttons(messages: list[Json], past: int) -> str:
    there = [
        "".join(f"[{label}]" for row in labels(message) for label in row)
        + f" on {message['message_id'] - past}"
        for message in messages
        if keys(message)
    ]
    return "there are " + ", ".join(there[:5]) if there else "there are no buttons at all"
