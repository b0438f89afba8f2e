"""The Bot API's methods about words: messages, previews, edits, reactions, toasts."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.cloud import Cloud
from bot.sandbox.params import Params
from bot.sandbox.reactions import offered
from bot.sandbox.refused import bad_request
from bot.sandbox.shapes import Json, present
from bot.sandbox.targets import chat_of, edited, own_message, replied_to
from bot.sandbox.text import MAX_TEXT, cleaned, is_blank
from bot.sandbox.typed import word

MAX_TOAST = 200  # characters (Bot API, answerCallbackQuery)
TOO_LONG = "message is too long"
ACTIONS = frozenset(
    {
        *("typing", "choose_sticker", "find_location", "upload_photo", "upload_document"),
        *("record_video", "upload_video", "record_video_note", "upload_video_note"),
        *("record_voice", "upload_voice", "record_audio", "upload_audio"),  # the last two: old
    }
)
"""Bot API, sendChatAction; the older names as in tdlib/telegram-bot-api, get_chat_action."""


class Messages:
    """Each method takes the arguments of its namesake and gives its result."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self.methods: dict[str, Callable[[Params], Any]] = {
            "sendmessage": self.send,
            "sendmessagedraft": self.send_draft,
            "sendchataction": self.send_action,
            "editmessagetext": self.edit_text,
            "editmessagereplymarkup": self.edit_keyboard,
            "deletemessage": self.delete,
            "answercallbackquery": self.answer_query,
            "setmessagereaction": self.react,
        }

    def send(self, params: Params) -> Json:
        chat = chat_of(self._cloud, params)
        text, entities = _text(params)
        content = present(text=text, entities=entities, reply_markup=params.keyboard())
        replied = replied_to(params, chat)
        return self._cloud.write(chat, "bot", content, replied, asking=params.asking())

    def send_draft(self, params: Params) -> bool:
        chat = chat_of(self._cloud, params)
        if not params.number("draft_id"):
            raise bad_request("draft_id must be non-zero")
        text, entities = params.formatted("text", MAX_TEXT, TOO_LONG)
        self._cloud.stream(chat, text, entities)
        return True

    def send_action(self, params: Params) -> bool:
        chat_of(self._cloud, params)  # nobody here looks at "typing…"
        if params.text("action") not in ACTIONS:
            raise bad_request("wrong parameter action in request")
        return True

    def edit_text(self, params: Params) -> Json:
        chat, message = own_message(self._cloud, params)
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        text, entities = _text(params)
        changes = {"text": text, "entities": entities, "reply_markup": params.keyboard()}
        return edited(self._cloud, chat, message, changes)

    def edit_keyboard(self, params: Params) -> Json:
        chat, message = own_message(self._cloud, params)
        return edited(self._cloud, chat, message, {"reply_markup": params.keyboard()})

    def delete(self, params: Params) -> bool:
        chat = chat_of(self._cloud, params)
        n = params.number("message_id")
        if chat.messages.pop(n, None) is None:
            raise bad_request("message to delete not found")
        self._cloud.emit(chat, "bot", "delete", "", on=n)
        return True

    def answer_query(self, params: Params) -> bool:
        toast = cleaned(params.text("text"))
        if len(toast) > MAX_TOAST:
            raise bad_request("MESSAGE_TOO_LONG")
        chat = self._cloud.answer(params.text("callback_query_id"))
        if toast:
            self._cloud.emit(chat, "bot", "toast", toast)
        return True

    def react(self, params: Params) -> bool:
        chat = chat_of(self._cloud, params)
        n = params.number("message_id")
        if n not in chat.messages:
            raise bad_request("message to react not found")
        reactions = params.objects("reaction")
        if len(reactions) > 1:
            raise bad_request("REACTIONS_TOO_MANY")
        emoji = _offered(reactions[0]) if reactions else ""
        if emoji is None:
            raise bad_request("REACTION_INVALID")
        self._cloud.react(chat, "bot", n, emoji)
        return True


def _text(params: Params) -> tuple[str, list[Json]]:
    text, entities = params.formatted("text", MAX_TEXT, TOO_LONG)
    if is_blank(text):
        raise bad_request("message text is empty")
    return text, entities


def _offered(reaction: Json) -> str | None:
    return offered(word(reaction, "emoji")) if word(reaction, "type") == "emoji" else None
