"""What the bot can ask of the cloud: one method here for each method of the Bot API."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.cloud import BOT, Chat, Cloud
from bot.sandbox.files import File, Media
from bot.sandbox.markup import MAX_CAPTION, MAX_TEXT, is_blank
from bot.sandbox.params import Params
from bot.sandbox.reactions import offered
from bot.sandbox.refused import Refused, bad_request
from bot.sandbox.shapes import Json, present

MAX_TOAST = 200  # characters (Bot API, answerCallbackQuery)
TOO_LONG = "message is too long"
CAPTION_TOO_LONG = "message caption is too long"
MAX_DOWNLOAD = 20 * 1024 * 1024  # bytes (Bot API, getFile)


class BotApi:
    """The methods a bot may call. `call` raises `Refused` where Telegram would."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._methods: dict[str, Callable[[Params], Any]] = {
            "getme": self._get_me,
            "getwebhookinfo": self._get_webhook_info,
            "deletewebhook": self._delete_webhook,
            "setmycommands": self._set_my_commands,
            "getmycommands": self._get_my_commands,
            "sendmessage": self._send_message,
            "sendmessagedraft": self._send_message_draft,
            "sendchataction": self._send_chat_action,
            "senddocument": self._send_document,
            "sendphoto": self._send_photo,
            "editmessagetext": self._edit_message_text,
            "editmessagereplymarkup": self._edit_message_reply_markup,
            "deletemessage": self._delete_message,
            "answercallbackquery": self._answer_callback_query,
            "setmessagereaction": self._set_message_reaction,
            "getfile": self._get_file,
        }

    async def call(self, method: str, params: Params) -> Any:
        """The result of `method`, whose name may be in any case."""
        if method.lower() == "getupdates":
            return await self._get_updates(params)
        if (answer := self._methods.get(method.lower())) is None:
            raise Refused(404, "Not Found")
        return answer(params)

    def _get_updates(self, params: Params) -> Awaitable[list[Json]]:
        return self._cloud.updates.take(
            offset=params.number("offset"),
            limit=min(max(params.number("limit", 100), 1), 100),
            timeout_s=params.number("timeout"),
            allowed=params.json("allowed_updates"),
        )

    def _get_me(self, _: Params) -> Json:
        return BOT | {
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def _get_webhook_info(self, _: Params) -> Json:
        waiting = self._cloud.updates.unconfirmed
        return {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}

    def _delete_webhook(self, params: Params) -> bool:
        if params.flag("drop_pending_updates"):
            self._cloud.updates.forget()
        return True

    def _set_my_commands(self, params: Params) -> bool:
        self._cloud.commands[_audience(params)] = params.json("commands")
        return True

    def _get_my_commands(self, params: Params) -> Any:
        return self._cloud.commands.get(_audience(params), [])

    def _send_message(self, params: Params) -> Json:
        chat = self._chat(params)
        text, entities = _text(params)
        content = present(text=text, entities=entities, reply_markup=params.keyboard())
        return self._cloud.write(chat, "bot", content, _replied_to(params, chat))

    def _send_message_draft(self, params: Params) -> bool:
        chat = self._chat(params)
        if not params.number("draft_id"):
            raise bad_request("draft_id must be non-zero")
        text, entities = params.formatted("text", MAX_TEXT, TOO_LONG)
        self._cloud.emit(chat, "bot", "preview", text, entities=entities)
        return True

    def _send_chat_action(self, params: Params) -> bool:
        self._chat(params)  # nobody here looks at "typing…"
        return True

    def _send_document(self, params: Params) -> Json:
        return self._send_media(params, "document")

    def _send_photo(self, params: Params) -> Json:
        return self._send_media(params, "photo")

    def _send_media(self, params: Params, media: Media) -> Json:
        chat = self._chat(params)
        caption, entities = params.formatted("caption", MAX_CAPTION, CAPTION_TOO_LONG)
        file = self._file(params, media)
        content = {media: file.described(media)} | present(
            caption=caption, caption_entities=entities, reply_markup=params.keyboard()
        )
        return self._cloud.write(chat, "bot", content, _replied_to(params, chat))

    def _edit_message_text(self, params: Params) -> Json:
        chat, message = self._own_message(params)
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        text, entities = _text(params)
        changes = {"text": text, "entities": entities, "reply_markup": params.keyboard()}
        return self._edited(chat, message, changes)

    def _edit_message_reply_markup(self, params: Params) -> Json:
        chat, message = self._own_message(params)
        return self._edited(chat, message, {"reply_markup": params.keyboard()})

    def _edited(self, chat: Chat, message: Json, changes: Json) -> Json:
        if all((message.get(name) or None) == (new or None) for name, new in changes.items()):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        self._cloud.rewrite(chat, "bot", message, changes)
        return message

    def _delete_message(self, params: Params) -> bool:
        chat = self._chat(params)
        n = params.number("message_id")
        if chat.messages.pop(n, None) is None:
            raise bad_request("message to delete not found")
        self._cloud.emit(chat, "bot", "delete", "", on=n)
        return True

    def _answer_callback_query(self, params: Params) -> bool:
        toast = params.text("text")
        if len(toast) > MAX_TOAST:
            raise bad_request("MESSAGE_TOO_LONG")
        chat = self._cloud.answer(params.text("callback_query_id"))
        if toast:
            self._cloud.emit(chat, "bot", "toast", toast)
        return True

    def _set_message_reaction(self, params: Params) -> bool:
        chat = self._chat(params)
        n = params.number("message_id")
        if n not in chat.messages:
            raise bad_request("message to react not found")
        reactions = params.json("reaction") or []
        if len(reactions) > 1:
            raise bad_request("REACTIONS_TOO_MANY")
        emoji = offered(reactions[0].get("emoji", "")) if reactions else ""
        if emoji is None:
            raise bad_request("REACTION_INVALID")
        self._cloud.react(chat, "bot", n, emoji)
        return True

    def _get_file(self, params: Params) -> Json:
        file = self._cloud.files.find(params.text("file_id"))
        if file is None:
            raise bad_request("invalid file_id")
        if len(file.data) > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        return {
            "file_id": file.id,
            "file_unique_id": f"u{file.id}",
            "file_size": len(file.data),
            "file_path": file.path,
        }

    def _chat(self, params: Params) -> Chat:
        if not params.text("chat_id"):
            raise bad_request("chat_id is empty")
        return self._cloud.chat(params.number("chat_id"))

    def _own_message(self, params: Params) -> tuple[Chat, Json]:
        chat = self._chat(params)
        message = chat.messages.get(params.number("message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if message["from"]["id"] != BOT["id"]:
            raise bad_request("message can't be edited")
        return chat, message

    def _file(self, params: Params, media: Media) -> File:
        if upload := params.upload(media):
            return self._cloud.files.keep(media, upload.name, upload.data, upload.mime)
        if file := self._cloud.files.find(params.text(media)):
            return file
        raise bad_request("wrong file identifier/HTTP URL specified")


def _text(params: Params) -> tuple[str, list[Json]]:
    text, entities = params.formatted("text", MAX_TEXT, TOO_LONG)
    if is_blank(text):
        raise bad_request("message text is empty")
    return text, entities


def _replied_to(params: Params, chat: Chat) -> int | None:
    n = params.replied_to()
    if n is None or n in chat.messages:
        return n
    if (params.json("reply_parameters") or {}).get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _audience(params: Params) -> tuple[str, str]:
    return str(params.json("scope")), params.text("language_code")
