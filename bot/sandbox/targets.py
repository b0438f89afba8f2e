"""What a call is about: the chat, the message, the one replied to."""

from bot.sandbox.cloud import BOT, Chat, Cloud
from bot.sandbox.params import Params
from bot.sandbox.refused import bad_request
from bot.sandbox.shapes import Json

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


def chat_of(cloud: Cloud, params: Params) -> Chat:
    """The chat named by chat_id."""
    if not params.text("chat_id"):
        raise bad_request("chat_id is empty")
    return cloud.chat(params.number("chat_id"))


def own_message(cloud: Cloud, params: Params) -> tuple[Chat, Json]:
    """The message of the bot's that is to be edited."""
    chat = chat_of(cloud, params)
    message = chat.messages.get(params.number("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != BOT["id"]:
        raise bad_request("message can't be edited")
    return chat, message


def edited(cloud: Cloud, chat: Chat, message: Json, changes: Json) -> Json:
    """Change `message`; refused when it is like that already."""
    if all((message.get(name) or None) == (new or None) for name, new in changes.items()):
        raise bad_request(NOT_MODIFIED)
    cloud.rewrite(chat, "bot", message, changes)
    return message


def replied_to(params: Params, chat: Chat) -> int | None:
    """The number of the message that the new one answers."""
    n = params.replied_to()
    if n is None or n in chat.messages:
        return n
    if params.nested(params.object("reply_parameters")).flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
