"""Telegram's HTML: a dozen tags, read into plain text and entities.

It is not a browser's HTML, and the wording of its refusals is part of what a bot meets, so the
rules here follow what the Bot API server does (tdlib/td, td/telegram/MessageEntity.cpp).
"""

import re
from dataclasses import dataclass
from typing import NoReturn

from bot.sandbox.refused import bad_request
from bot.sandbox.shapes import Json, present
from bot.sandbox.text import utf16_units

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "code": "code", "pre": "pre",
}  # fmt: skip
_TAGS = frozenset(_SIMPLE) | {"a", "blockquote", "tg-emoji"}

_SPACE = " \t\n\v\r\0"
_PLAIN = re.compile(r"[^<&]+")
_NAME = re.compile(rf"[^>{_SPACE}]*")
_ATTRIBUTE = re.compile(rf"[^=>/\"'{_SPACE}]*")
_TOKEN = re.compile(r"[0-9A-Za-z.-]*")
# Telegram decodes these four names and numbers, with or without the semicolon.
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LINK = re.compile(
    r"(?:(?P<scheme>https?|ftp)://)?(?P<host>[^\s/?#]+\.[^\s/?#.]{2,})(?P<rest>[/?#]\S*)?\Z",
    re.IGNORECASE,
)
_APP_LINK = re.compile(r"(?:tg|ton|tonsite)://", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int  # UTF-16 units
    begins: int  # index among the pieces of plain text


def read_tags(markup: str) -> tuple[str, list[Json]]:
    """Plain text and entities. Raises `Refused` as Telegram would: every tag is known and closed,
    and nothing else looks like one."""
    reader = _Reader(markup)
    reader.read()
    for entity in reader.entities:
        if entity["type"] == "code":
            entity.pop("language", None)  # only a block can name one
    if any("\ud800" <= char <= "\udfff" for piece in reader.text for char in piece):
        raise bad_request(
            "text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    entities = sorted(reader.entities, key=lambda e: (e["offset"], -e["length"]))
    return "".join(reader.text), entities


class _Reader:
    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._at = 0
        self._units = 0
        self._open: list[_Open] = []
        self.text: list[str] = []
        self.entities: list[Json] = []

    def read(self) -> None:
        while self._at < len(self._markup):
            if plain := _PLAIN.match(self._markup, self._at):
                self._add(plain[0], until=plain.end())
            elif self._markup[self._at] == "&":
                self._add(*self._decoded())
            elif self._markup.startswith("</", self._at):
                self._end()
            else:
                self._begin()
        if self._open:
            tag = self._open[-1].tag
            _unparsable(f'Can\'t find end tag corresponding to start tag "{tag}"')

    def _add(self, text: str, until: int) -> None:
        self.text.append(text)
        self._units += utf16_units(text)
        self._at = until

    def _decoded(self) -> tuple[str, int]:
        found = _REFERENCE.match(self._markup, self._at)
        if found is None or (char := _character(found)) is None:
            return "&", self._at + 1
        return char, found.end()

    def _begin(self) -> None:
        start = self._byte()
        name = self._take(_NAME, after=1).lower()
        if self._done:
            _unparsable(f"Unclosed start tag at byte offset {start}")
        if name not in _TAGS:
            _unparsable(f'Unsupported start tag "{name}" at byte offset {start}')
        argument = self._attributes(name, start)
        if name == "span" and argument != "spoiler":
            _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {start}')
        self._open.append(_Open(name, argument, self._units, len(self.text)))

    def _attributes(self, tag: str, start: int) -> str:
        """Read up to the end of the tag; the one argument that the tag makes something of."""
        argument = ""
        while True:
            self._skip_space()
            if not self._done and self._markup[self._at] == ">":
                self._at += 1
                return argument
            name = self._take(_ATTRIBUTE)
            if not name and not self._done:
                _unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {start}')
            self._skip_space()
            if self._done:
                _unparsable(f'Unclosed start tag "{tag}" at byte offset {start}')
            argument = _argument(tag, name, self._value(tag, start)) or argument

    def _value(self, tag: str, start: int) -> str:
        if self._markup[self._at] != "=":
            return ""
        self._at += 1
        self._skip_space()
        if self._done:
            _unparsable(f'Unclosed start tag "{tag}" at byte offset {start}')
        quote = self._markup[self._at]
        if quote not in "\"'":
            return self._token()
        end = self._markup.find(quote, self._at + 1)
        if end < 0 or end + 1 == len(self._markup):
            _unparsable(f"Unclosed start tag at byte offset {start}")
        value = self._markup[self._at + 1 : end]
        self._at = end + 1
        return _REFERENCE.sub(lambda found: _character(found) or found[0], value)

    def _token(self) -> str:
        start = self._byte()
        value = self._take(_TOKEN).lower()
        if not self._done and self._markup[self._at] not in f">{_SPACE}":
            _unparsable(f"Unexpected end of name token at byte offset {start}")
        return value

    def _end(self) -> None:
        start = self._byte()
        if not self._open:
            _unparsable(f"Unexpected end tag at byte offset {start}")
        name = self._take(_NAME, after=2).lower()
        self._skip_space()
        if self._done or self._markup[self._at] != ">":
            _unparsable(f"Unclosed end tag at byte offset {start}")
        self._at += 1
        opened = self._open.pop()
        if name and name != opened.tag:  # "</>" ends whatever is open
            _unparsable(
                f"Unmatched end tag at byte offset {start}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self._units > opened.offset:
            self._keep(opened)

    def _keep(self, opened: _Open) -> None:
        span = {"offset": opened.offset, "length": self._units - opened.offset}
        last = self.entities[-1] if self.entities else {}
        match opened.tag, last if span.items() <= last.items() else {}:
            case "pre", {"type": "code", "language": _}:
                last["type"] = "pre"  # code within pre names its language, and the other way round
            case "code", {"type": "pre"} if opened.argument:
                last["language"] = opened.argument
            case _:
                entity = _entity(opened, "".join(self.text[opened.begins :]))
                self.entities += [entity | span] if entity else []

    def _take(self, pattern: re.Pattern[str], after: int = 0) -> str:
        found = pattern.match(self._markup, self._at + after)
        assert found is not None, "these patterns match nothing too"
        self._at = found.end()
        return found[0]

    def _skip_space(self) -> None:
        while not self._done and self._markup[self._at] in _SPACE:
            self._at += 1

    @property
    def _done(self) -> bool:
        return self._at >= len(self._markup)

    def _byte(self) -> int:
        return len(self._markup[: self._at].encode())


def _unparsable(why: str) -> NoReturn:
    raise bad_request(f"can't parse entities: {why}")


def _character(found: re.Match[str]) -> str | None:
    """What a reference stands for; None for one that Telegram leaves as it is."""
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else None


def _argument(tag: str, name: str, value: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "blockquote", "expandable":
            return "expandable"
        case _:
            return ""


def _entity(opened: _Open, words: str) -> Json | None:
    match opened.tag:
        case "code":
            return {"type": "code"} | present(language=opened.argument)
        case "blockquote":
            return {"type": "expandable_blockquote" if opened.argument else "blockquote"}
        case "a":
            url = address(opened.argument or words)
            return {"type": "text_link", "url": url} if url else None
        case "tg-emoji":
            if not opened.argument.isdecimal():
                raise bad_request("invalid custom emoji identifier specified")
            return {"type": "custom_emoji", "custom_emoji_id": opened.argument}
        case _:
            return {"type": _SIMPLE[opened.tag]}


def address(url: str) -> str | None:
    """The address as Telegram passes it on; None for one that it drops without a word."""
    if _APP_LINK.match(url):
        return url
    if (found := _LINK.match(url)) is None:
        return None
    scheme, rest = (found["scheme"] or "http").lower(), found["rest"] or "/"
    return f"{scheme}://{found['host'].lower()}{rest if rest[0] == '/' else '/' + rest}"
