"""Keyboards as Telegram takes them from a bot: known kinds of buttons, within its limits."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.refused import bad_request
from bot.sandbox.shapes import Json, present
from bot.sandbox.tags import address
from bot.sandbox.text import cleaned, utf16_units
from bot.sandbox.typed import an_array, an_object, objects, word

MAX_CALLBACK_DATA = 64  # bytes (Bot API, InlineKeyboardButton)
MAX_COPIED = 256  # characters (Bot API, CopyTextButton)
MAX_ROW, MAX_BUTTONS = 8, 100
"""Buttons in a row and in all. The Bot API names neither number; both were found by trying."""
MAX_PLACEHOLDER = 64  # characters (Bot API, ForceReply)
_STYLES = frozenset({"", "primary", "success", "danger"})  # Bot API, InlineKeyboardButton


def inline_keyboard(markup: Json) -> Json | None:
    """The inline keyboard of a reply_markup, with the fields that are known; None without one.
    Raises `Refused` for what Telegram would not show."""
    given = an_array(markup.get("inline_keyboard") or [], "inline keyboard")
    rows = [[_button(one) for one in objects(row, "inline keyboard row")] for row in given if row]
    if any(len(row) > MAX_ROW for row in rows) or sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows} if rows else None


def forced_reply(markup: Json) -> str | None:
    """What a reply_markup that opens a reply puts into the empty field; None for any other."""
    if markup.get("force_reply") is not True or markup.get("inline_keyboard"):
        return None
    placeholder = cleaned(word(markup, "input_field_placeholder"))
    if utf16_units(placeholder) > MAX_PLACEHOLDER:  # the words are ours, the limit is not
        raise bad_request("input_field_placeholder is too long")
    return placeholder


def _button(given: Json) -> Json:
    text, style = cleaned(word(given, "text")), word(given, "style")
    if not text:
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if style not in _STYLES:
        raise bad_request("BUTTON_STYLE_INVALID")
    icon = word(given, "icon_custom_emoji_id")
    for kind, read in _KINDS.items():
        if given.get(kind) is not None:
            return {"text": text, kind: read(given, kind)} | present(
                style=style, icon_custom_emoji_id=icon
            )
    raise bad_request("Text buttons are unallowed in the inline keyboard")


def _data(given: Json, kind: str) -> str:
    data = word(given, kind)
    if not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _url(given: Json, kind: str) -> str:
    asked = word(given, kind)
    if (url := address(asked)) is None:
        raise bad_request(f"inline keyboard button URL '{asked}' is invalid: Wrong HTTP URL")
    return url


def _web_app(given: Json, kind: str) -> Json:
    asked = word(an_object(given[kind], "Web App"), "url")
    url = address(asked) or ""
    if not url.startswith("https://"):
        raise bad_request(
            f"inline keyboard button Web App URL '{asked}' is invalid: Only HTTPS links are allowed"
        )
    return {"url": url}


def _copied(given: Json, kind: str) -> Json:
    text = word(an_object(given[kind], "copied text"), "text")
    if not 1 <= utf16_units(text) <= MAX_COPIED:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {"text": text}


# In the order in which the Bot API server looks; it takes the first it finds. Games, payments and
# logins have nowhere to lead here and count as unknown.
_KINDS: dict[str, Callable[[Json, str], Any]] = {
    "url": _url,
    "callback_data": _data,
    "web_app": _web_app,
    "copy_text": _copied,
    "switch_inline_query": word,
    "switch_inline_query_current_chat": word,
}
