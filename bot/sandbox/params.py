"""The arguments of a Bot API call, read and checked as Telegram reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.keyboard import forced_reply, inline_keyboard
from bot.sandbox.markup import render
from bot.sandbox.refused import bad_request
from bot.sandbox.shapes import Json
from bot.sandbox.text import utf16_units
from bot.sandbox.typed import an_array, an_object, objects, read_json, whole_number


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
        """A string; a number or a yes or no is read as it would stand in a form."""
        value = self._fields.get(name, "")
        if isinstance(value, list | dict):
            raise bad_request(f"{name} must be a string")
        return str(value)

    def number(self, name: str, default: int = 0) -> int:
        number = whole_number(self._fields.get(name, default))
        if number is None:
            raise bad_request(f"{name} must be a number")
        return number

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1"}

    def object(self, name: str) -> Json:
        """An object; empty when it is missing."""
        return an_object(self._json(name, {}), name)

    def objects(self, name: str) -> list[Json]:
        """A list of objects; empty when it is missing."""
        return objects(self._json(name, []), name)

    def strings(self, name: str) -> list[str] | None:
        """A list of strings; None when it is missing."""
        if (found := self._json(name, None)) is None:
            return None
        if not all(isinstance(item, str) for item in an_array(found, name)):
            raise bad_request(f"array of strings expected as {name}")
        return list(found)

    def upload(self, name: str) -> Upload | None:
        """The file sent as part `name`, or as the part that `name` refers to as attach://PART."""
        return self._uploads.get(self.text(name).removeprefix("attach://") or name)

    def nested(self, fields: Json) -> "Params":
        """An object among the arguments, read in the same way; it may refer to the same uploads."""
        return Params(fields, self._uploads)

    def formatted(self, name: str, limit: int, too_long: str) -> tuple[str, list[Json]]:
        """Plain text and entities of the argument `name` (text or caption)."""
        given = self.objects("caption_entities" if name == "caption" else "entities")
        text, entities = render(self.text(name), self.text("parse_mode"), given)
        if utf16_units(text) > limit:
            raise bad_request(too_long)
        return text, entities

    def keyboard(self) -> Json | None:
        """The inline keyboard, checked; None without one. Telegram shows no other kind of
        reply_markup in the message itself."""
        return inline_keyboard(self.object("reply_markup"))

    def asking(self) -> str | None:
        """The placeholder of a ForceReply, "" when it has none; None without one. It is no part of
        the message (Bot API, Message: `reply_markup` holds inline keyboards)."""
        return forced_reply(self.object("reply_markup"))

    def replied_to(self) -> int | None:
        """The number of the message to reply to, if any."""
        asked = self.nested(self.object("reply_parameters"))
        return asked.number("message_id") or self.number("reply_to_message_id") or None

    def _json(self, name: str, missing: Any) -> Any:
        value = self._fields.get(name)
        if isinstance(value, str) and value:
            value = read_json(value, f"can't parse {name} JSON object")
        return missing if value in (None, "") else value
