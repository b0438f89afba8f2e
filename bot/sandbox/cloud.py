"""Telegram's cloud as plain state: one bot, its private chats, and what each side did in them.

Messages are kept in the very shape in which the Bot API sends them, so there is nothing to
translate and one truth to look at. What a person at either end would notice becomes an `Event`.
Not thread-safe: the cloud lives on one event loop.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.refused import bad_request
from bot.sandbox.shapes import Json, Labels, labels, one_level, present
from bot.sandbox.updates import Updates

log = logging.getLogger(__name__)

Side = Literal["person", "bot"]
Eavesdropper = Callable[[str, Json, Any], None]
"""Told the method, the arguments and the result of a call."""
EventKind = Literal[
    "text", "voice", "photo", "file", "reaction", "edit", "delete", "tap", "toast", "preview"
]

BOT: Json = {
    "id": 7_000_000_001,
    "is_bot": True,
    "first_name": "Goldpan",
    "username": "goldpan_sandbox_bot",
}
PREVIEW_S = 30  # how long a streamed draft is shown (Bot API, sendMessageDraft)
QUERY_S = 150
"""How long a pressed button can be answered. Nothing documents it; the Bot API server keeps a
callback query for this long (tdlib/telegram-bot-api, Client::add_new_callback_query)."""
TOKEN = f"{BOT['id']}:sandbox"  # opens nothing outside this process


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a chat, as a person there sees it.

    `text` has its entities applied and holds no markup: the words of a message, a preview, a toast
    or an edit (then the whole new text); a reaction's emoji, empty when it was taken back; a tapped
    label; the name of a voice note, photo or file and, on a line below it, the caption. `on` is the
    message that was edited, deleted, tapped or reacted to.
    """

    at: datetime  # aware UTC
    side: Side
    kind: EventKind
    text: str = ""
    n: int | None = None
    buttons: Labels = ()
    on: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A message that is still being written. Apps take it away after `until`, or when the bot sends
    a message."""

    text: str
    until: datetime  # aware UTC
    entities: tuple[Json, ...] = ()


@dataclass(slots=True)
class Chat:
    """A private chat. Messages of both sides are numbered from 1 in one sequence."""

    person: Json
    messages: dict[int, Json] = field(default_factory=dict)
    reactions: dict[tuple[int, Side], str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    last_number: int = 0
    preview: Preview | None = None
    asking: dict[int, str] = field(default_factory=dict)  # by message: what stands in the field

    @property
    def id(self) -> int:
        return int(self.person["id"])

    @property
    def shape(self) -> Json:
        """The chat as messages and updates describe it."""
        return {"id": self.id, "first_name": self.person["first_name"], "type": "private"}


@dataclass(frozen=True, slots=True)
class Past:
    """The highest ids an application may know from an earlier cloud. Telegram's only ever grow, and
    an application takes a known one for a redelivery."""

    update_id: int = 0
    message_id: int = 0


class Cloud:
    """Everything Telegram remembers. `now` gives the moment that messages and events carry.

    Events count messages from 1, whatever `past` makes their ids begin with.
    """

    def __init__(
        self, now: Callable[[], datetime], *, token: str = TOKEN, past: Past = Past()
    ) -> None:
        self.now = now
        self.token = token
        self.past = past
        self.faults = Faults()
        self.updates = Updates(past.update_id, self.faults)
        self.files = Files()
        self.commands: dict[tuple[str, str], list[Json]] = {}  # by scope and language
        self._chats: dict[int, Chat] = {}
        self._queries: dict[str, tuple[Chat, datetime]] = {}
        self._query_count = 0
        self._listeners: list[Callable[[Event], None]] = []
        self._eavesdroppers: list[Eavesdropper] = []

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Call `listener` with every event of every chat, as it happens."""
        self._listeners.append(listener)

    def overhear(self, eavesdropper: Eavesdropper) -> None:
        """Call `eavesdropper` with the method, the arguments and the result of every call that
        succeeds. The arguments are as the bot sent them: strings when it sent a form."""
        self._eavesdroppers.append(eavesdropper)

    def note_call(self, method: str, arguments: Json, result: Any) -> None:
        """Tell everybody who overhears."""
        for eavesdropper in self._eavesdroppers:
            eavesdropper(method, arguments, result)

    def timestamp(self) -> int:
        return int(self.now().timestamp())

    def open_chat(self, person: Json) -> Chat:
        """The chat with `person` (a Bot API User), opened if it is new."""
        fresh = Chat(person, last_number=self.past.message_id)
        return self._chats.setdefault(person["id"], fresh)

    def chat(self, chat_id: int) -> Chat:
        """Raises `Refused` when nobody with this id ever opened a chat."""
        if chat_id not in self._chats:
            raise bad_request("chat not found")
        return self._chats[chat_id]

    def emit(
        self,
        chat: Chat,
        side: Side,
        kind: EventKind,
        text: str,
        *,
        n: int | None = None,
        on: int | None = None,
        buttons: Labels = (),
    ) -> None:
        """Tell everybody who listens, and the chat's own log."""
        n, on = (one and one - self.past.message_id for one in (n, on))
        event = Event(self.now(), side, kind, text, n, buttons, on)
        chat.events.append(event)
        for listener in self._listeners:
            try:
                listener(event)
            except Exception:  # who looks on can neither stop the others nor what happens
                log.exception("somebody could not be told of an event")

    def write(
        self,
        chat: Chat,
        side: Side,
        content: Json,
        reply_to: int | None = None,
        *,
        asking: str | None = None,
    ) -> Json:
        """Add a message of `side` to the chat and return it. `content` is what it holds besides
        who sent it, where and when. `asking` has apps begin a reply to it, with these words in the
        empty field; None has them do nothing."""
        chat.last_number += 1
        message = {
            "message_id": chat.last_number,
            "from": chat.person if side == "person" else BOT,
            "chat": chat.shape,
            "date": self.timestamp(),
        }
        if reply_to is not None:
            message["reply_to_message"] = one_level(chat.messages[reply_to])
        message |= content
        chat.messages[chat.last_number] = message
        if asking is not None:
            chat.asking[chat.last_number] = asking
        if side == "bot":
            chat.preview = None
        kind, text = self.seen(message)
        self.emit(chat, side, kind, text, n=chat.last_number, buttons=labels(message))
        return message

    def rewrite(self, chat: Chat, side: Side, message: Json, changes: Json) -> None:
        """Edit `message` in place. An empty value takes the field away."""
        message |= changes | {"edit_date": self.timestamp()}
        for name in [name for name in changes if not changes[name]]:
            del message[name]
        _, text = self.seen(message)
        self.emit(chat, side, "edit", text, on=message["message_id"], buttons=labels(message))

    def react(self, chat: Chat, side: Side, n: int, emoji: str) -> bool:
        """Put one side's reaction on message `n`, or take it back when `emoji` is empty.
        False when that changes nothing."""
        if chat.reactions.get((n, side), "") == emoji:
            return False
        chat.reactions[n, side] = emoji
        self.emit(chat, side, "reaction", emoji, on=n)
        return True

    def ask(self, chat: Chat) -> str:
        """Open a callback query and return its id."""
        self._query_count += 1
        query_id = f"{chat.id}{self._query_count:06}"
        self._queries[query_id] = chat, self.now()
        return query_id

    def answer(self, query_id: str) -> Chat:
        """Close a callback query: it can be answered once, and not for long."""
        chat, asked_at = self._queries.pop(query_id, (None, self.now()))
        if chat is None or self.now() - asked_at > timedelta(seconds=QUERY_S):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return chat

    def stream(self, chat: Chat, text: str, entities: list[Json]) -> None:
        """Show how far a message of the bot's has come."""
        until = self.now() + timedelta(seconds=PREVIEW_S)
        chat.preview = Preview(text, until, tuple(entities))
        self.emit(chat, "bot", "preview", text)

    def seen(self, message: Json) -> tuple[EventKind, str]:
        """What a person sees of a message: its kind and its words."""
        if (held := self.files.of(message)) is None:
            return "text", message["text"]
        media, file = held
        lines = [file.name, *present(caption=message.get("caption")).values()]
        return "file" if media == "document" else media, "\n".join(lines)
