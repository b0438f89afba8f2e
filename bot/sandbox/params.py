"""The arguments of a Bot API call, read and checked as Telegram reads them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.markup import render
from bot.sandbox.refused import bad_request
from bot.sandbox.shapes import Json
from bot.sandbox.text import utf16_units

MAX_CALLBACK_DATA = 64  # bytes (Bot API, InlineKeyboardButton)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a multipart request."""

    name: str
    data: bytes
    mime: str


class Params:
    """What came with a call, be it JSON or the strings of a form. A missing argument reads as
    empty; a senseless one raises `Refused`."""

    def __init__(self, fields: Mapping[str, Any], uploads: Mapping[str, Upload]) -> None:
        self._fields = {name: value for name, value in fields.items() if value is not None}
        self._uploads = uploads

    @property
    def all(self) -> Json:
        """Every argument as it was sent; of a file, its name."""
        referred = "".join(value for value in self._fields.values() if isinstance(value, str))
        files = {
            name: upload.name
            for name, upload in self._uploads.items()
            if f"attach://{name}" not in referred
        }
        return files | self._fields

    def text(self, name: str) -> str:
        return str(self._fields.get(name, ""))

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self._fields.get(name, default))
        except (TypeError, ValueError):
            raise bad_request(f"{name} must be a number") from None

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1"}

    def json(self, name: str) -> Any:
        """A list or an object; None when it is missing."""
        value = self._fields.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file sent as part `name`, or as the part that `name` refers to as attach://PART."""
        return self._uploads.get(self.text(name).removeprefix("attach://") or name)

    def nested(self, fields: Json) -> "Params":
        """An object among the arguments, read in the same way; it may refer to the same uploads."""
        return Params(fields, self._uploads)

    def formatted(self, name: str, limit: int, too_long: str) -> tuple[str, list[Json]]:
        """Plain text and entities of the argument `name` (text or caption)."""
        given = self.json("caption_entities" if name == "caption" else "entities") or []
        text, entities = render(self.text(name), self.text("parse_mode"), given)
        if utf16_units(text) > limit:
            raise bad_request(too_long)
        return text, entities

    def keyboard(self) -> Json | None:
        """The inline keyboard, checked; None without one. Telegram shows no other kind of
        reply_markup in the message itself."""
        rows = (self.json("reply_markup") or {}).get("inline_keyboard") or []
        for button in (button for row in rows for button in row):
            _check_button(button)
        return {"inline_keyboard": rows} if any(rows) else None

    def replied_to(self) -> int | None:
        """The number of the message to reply to, if any."""
        asked = self.json("reply_parameters") or {}
        return asked.get("message_id") or self.number("reply_to_message_id") or None


def _check_button(button: Json) -> None:
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if len(button) < 2:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data", "-")
    if not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
