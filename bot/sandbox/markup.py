"""Formatted text as Telegram takes it: HTML becomes plain text with entities, within limits."""

import html
import re
import unicodedata
from html.parser import HTMLParser
from typing import NoReturn

from bot.sandbox.refused import bad_request
from bot.sandbox.shapes import Json, present

Attributes = list[tuple[str, str | None]]

MAX_TEXT = 4096  # UTF-16 units after entities (Bot API, sendMessage)
MAX_CAPTION = 1024  # UTF-16 units after entities (Bot API, sendPhoto)

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "code": "code", "pre": "pre",
}  # fmt: skip
# Telegram decodes these four names and numbers; any other "&" is a plain character.
_PLAIN_AMPERSAND = re.compile(r"&(?!(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-f]+);)", re.IGNORECASE)
_CUT_TAG = re.compile(r"<[^>]*\Z")
_COMMAND = re.compile(
    r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"
)  # what a client underlines as a command: never with a letter of any script right behind it
# Seen as nothing though Unicode calls them letters, symbols or marks.
_EMPTY_LOOKING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0e\ufe0f")


def utf16_units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_blank(text: str) -> bool:
    """Whether nothing of `text` can be seen: white space and invisible format characters only."""
    return all(
        unicodedata.category(char) in {"Zs", "Zl", "Zp", "Cc", "Cf"} or char in _EMPTY_LOOKING
        for char in text
    )


def commands_in(text: str) -> list[Json]:
    """The bot_command entities that a client's text carries."""
    return [
        {
            "type": "bot_command",
            "offset": utf16_units(text[: found.start()]),
            "length": utf16_units(found[0]),
        }
        for found in _COMMAND.finditer(text)
    ]


def render(text: str, parse_mode: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Plain text and its entities, from either of the two forms a bot may send."""
    match parse_mode.lower():
        case "":
            return text, entities
        case "html":
            return render_html(text)
        case _:
            raise bad_request("unsupported parse_mode")


def render_html(markup: str) -> tuple[str, list[Json]]:
    """Plain text and entities of Telegram's HTML. Raises `Refused` as Telegram would: it takes
    a dozen tags, all of them closed, and nothing else that looks like one."""
    if cut := _CUT_TAG.search(markup):
        _unparsable(f"Unclosed start tag at byte offset {len(markup[: cut.start()].encode())}")
    reader = _Reader()
    reader.feed(_PLAIN_AMPERSAND.sub("&amp;", markup))
    reader.close()
    return reader.finished()


def _unparsable(why: str) -> NoReturn:
    raise bad_request(f"can't parse entities: {why}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)  # else "&lt;" and a stray "<" look the same
        self._text: list[str] = []
        self._units = 0
        self._open: list[tuple[str, Json]] = []
        self._entities: list[Json] = []

    def finished(self) -> tuple[str, list[Json]]:
        if self._open:
            tag = self._open[-1][0]
            _unparsable(f'Can\'t find end tag corresponding to start tag "{tag}"')
        shown = [entity for entity in self._entities if entity["length"]]
        return "".join(self._text), sorted(shown, key=lambda e: (e["offset"], -e["length"]))

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        entity = _entity(tag, dict(attrs))
        if entity is None:
            self._unsupported(tag)
        self._open.append((tag, entity | {"offset": self._units}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            _unparsable(f"Unexpected end tag at byte offset {self._byte()}")
        expected, entity = self._open.pop()
        if tag != expected:
            _unparsable(
                f"Unmatched end tag at byte offset {self._byte()}, "
                f'expected "</{expected}>", found "</{tag}>"'
            )
        entity["length"] = self._units - entity["offset"]
        self._close(tag, entity)

    def handle_data(self, data: str) -> None:
        if "<" in data:
            self._unsupported("")
        self._text.append(data)
        self._units += utf16_units(data)

    def handle_entityref(self, name: str) -> None:
        self._add_decoded(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add_decoded(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._unsupported("!--")

    def handle_decl(self, decl: str) -> None:
        self._unsupported("!")

    def unknown_decl(self, data: str) -> None:
        self._unsupported("!")

    def handle_pi(self, data: str) -> None:
        self._unsupported("?")

    def _close(self, tag: str, entity: Json) -> None:
        if tag == "code":
            language = entity.pop("language", None)
            if self._open and self._open[-1][0] == "pre":  # code within pre only names a language
                self._open[-1][1].update(present(language=language))
                return
        self._entities.append(entity)

    def _add_decoded(self, reference: str) -> None:
        char = html.unescape(reference)
        self._text.append(char)
        self._units += utf16_units(char)

    def _unsupported(self, tag: str) -> NoReturn:
        _unparsable(f'Unsupported start tag "{tag}" at byte offset {self._byte()}')

    def _byte(self) -> int:
        line, column = self.getpos()
        before = self.rawdata.split("\n")
        return len("\n".join([*before[: line - 1], before[line - 1][:column]]).encode())


def _entity(tag: str, attributes: dict[str, str | None]) -> Json | None:
    match tag:
        case "code" if (css := attributes.get("class") or "").startswith("language-"):
            return {"type": "code", "language": css.removeprefix("language-")}
        case "blockquote":
            collapsed = "expandable" in attributes
            return {"type": "expandable_blockquote" if collapsed else "blockquote"}
        case "a":
            return {"type": "text_link", "url": attributes.get("href") or ""}
        case "span" if attributes.get("class") == "tg-spoiler":
            return {"type": "spoiler"}
        case "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id") or ""}
        case _:
            return {"type": _SIMPLE[tag]} if tag in _SIMPLE else None
