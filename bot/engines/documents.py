"""The words in a document: plain text, Markdown, subtitles (SRT, WebVTT) and Word files.

What a file is, its content says and not its name. Nothing in it is trusted: neither its encoding,
nor its sizes, nor its XML.
"""

import asyncio
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

import charset_normalizer

from bot.domain.words import is_blank
from bot.engines import apart
from bot.errors import EngineError, Trouble

# Ours: 100,000 characters are a long book's half, and more than a search should fold each time.
MOST_CHARS = 100_000
# Four bytes a character at most; subtitles are half numbers and times.
MOST_BYTES = 8 * MOST_CHARS
# Word spends about 10 to 50 bytes of XML on a character; what unpacks to more is a bomb.
MOST_XML_BYTES = 100 * MOST_CHARS
# A Word file has some dozen entries. Reading the list of a million takes more than the rest of it.
MOST_ENTRIES = 5_000
CHUNK = 64 * 1024
# A Word file is mostly pictures; what Telegram itself gives to bots is no larger.
MOST_FILE_BYTES = 20 * 1024 * 1024
# Ours: 9 MB of XML, the slowest tried, take 0.7 s on two cores; what takes this long is stuck.
WITHIN_S = 30.0

BODY = "word/document.xml"
# The others unpack any amount at once.
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ZIP, _ZIP_ENTRY, _PDF = b"PK\x03\x04", b"PK\x01\x02", b"%PDF-"
# What people's files are in: Unicode, mainland China, Taiwan and Hong Kong, the West.
_ENCODINGS = ["utf_8", "utf_16", "utf_16_le", "utf_16_be", "gb18030", "big5", "cp1252"]
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_TIMES = re.compile(
    # No blank here may be the end of a line: a file of them would be tried from each to the last.
    r"^[^\S\n]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[^\S\n]*-->"
    r"[^\S\n]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}.*$",
    re.MULTILINE,
)
_MARKUP = re.compile(r"</?[A-Za-z][^>\n]{0,200}>|<[\d:.]+>|\{\\[^}\n]{0,200}\}")
_NOT_SPOKEN = re.compile(r"^(?:WEBVTT|NOTE|STYLE|REGION)\b")


class Documents:
    """Implements `bot.journey.ports.DocumentReader`."""

    def __init__(self, *, within_s: float = WITHIN_S) -> None:
        self._within_s = within_s

    async def read(self, file: Path) -> str:
        """All words of a document, at most `MOST_CHARS`. Raises EngineError: EMPTY, TOO_LARGE or
        UNREADABLE, also when it takes too long."""
        try:
            async with asyncio.timeout(self._within_s):
                found = await apart.ask(__name__, _place(file))
        except TimeoutError as exc:
            raise EngineError(Trouble.UNREADABLE, "takes too long") from exc
        return found["words"]


def _place(file: Path) -> str:
    return str(file.absolute())  # the reader works in another folder


def words_of(file: Path) -> str:
    """The words of a file. Raises EngineError: EMPTY, TOO_LARGE or UNREADABLE."""
    if (size := file.stat().st_size) > MOST_FILE_BYTES:
        raise EngineError(Trouble.TOO_LARGE, f"{size} bytes")
    return words_in(file.read_bytes())


def words_in(content: bytes) -> str:
    """The words of a document. Raises EngineError: EMPTY, TOO_LARGE or UNREADABLE."""
    text = _word(content) if content.startswith(_ZIP) else _plain(content)
    if is_blank(text):
        raise EngineError(Trouble.EMPTY)
    if len(text) > MOST_CHARS:
        raise EngineError(Trouble.TOO_LARGE, f"{len(text)} characters")
    return text


def _plain(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise EngineError(Trouble.TOO_LARGE, f"{len(content)} bytes")
    if content.startswith(_PDF):
        raise EngineError(Trouble.UNREADABLE, "a PDF")
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    if len(_CONTROL.findall(text)) > len(text) // 200:
        raise EngineError(Trouble.UNREADABLE, "not a text")
    text = _CONTROL.sub("", text)
    return _spoken(text) if _TIMES.search(text) else text.strip()


def decoded(content: bytes) -> str:
    """Bytes as text, in the encoding their content speaks for. Raises EngineError (UNREADABLE)."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = charset_normalizer.from_bytes(content, cp_isolation=_ENCODINGS).best()
    if found is None:
        raise EngineError(Trouble.UNREADABLE, "no encoding fits")
    return str(found).removeprefix("\ufeff")


def _spoken(subtitles: str) -> str:
    """Subtitles without numbers, times and markup. A line said twice in a row is a rolling caption
    and stands once."""
    lines: list[str] = []
    for block in re.split(r"\n[^\S\n]*\n", subtitles):
        for line in _cue(block):
            if line and lines[-1:] != [line]:
                lines.append(line)
    return "\n".join(lines)


def _cue(block: str) -> Iterator[str]:
    """The lines of one cue after its times; none of a block that has none, such as a comment."""
    times = _TIMES.search(block)
    if times:
        yield from (_MARKUP.sub("", line).strip() for line in block[times.end() :].split("\n"))
    elif not _NOT_SPOKEN.match(block.strip()):
        yield from (_MARKUP.sub("", line).strip() for line in block.split("\n"))


def _word(content: bytes) -> str:
    if content.count(_ZIP_ENTRY) > MOST_ENTRIES:
        raise EngineError(Trouble.UNREADABLE, "too many entries")
    paragraphs = _Paragraphs()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(BODY).compress_type not in _PACKINGS:
                raise zipfile.BadZipFile
            with archive.open(BODY) as body:
                paragraphs.feed(body)
    except EngineError:
        raise
    except Exception as exc:  # nobody can list what damage, a password, an odd packing raise
        raise EngineError(Trouble.UNREADABLE, f"no Word file: {type(exc).__name__}") from exc
    return "".join(paragraphs.text).strip()


class _Paragraphs:
    """Takes XML as it is unpacked and keeps the words only; stops as soon as it is too much."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self._chars = 0
        self._inside = 0  # within how many <w:t>
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse  # entities: no Word file has any
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words

    def feed(self, body: IO[bytes]) -> None:
        unpacked = 0
        while chunk := body.read(CHUNK):
            unpacked += len(chunk)
            if unpacked > MOST_XML_BYTES:
                raise EngineError(Trouble.TOO_LARGE, "unpacks to too much")
            self._parser.Parse(chunk, False)
        self._parser.Parse(b"", True)

    def _refuse(self, *_about: object) -> None:
        raise EngineError(Trouble.UNREADABLE, "declares entities")

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        match name:
            case "w:t":
                self._inside += 1
            case "w:tab":
                self._keep("\t")
            case "w:br" | "w:cr":
                self._keep("\n")

    def _end(self, name: str) -> None:
        if name == "w:t":
            self._inside -= 1
        elif name == "w:p":
            self._keep("\n")

    def _words(self, words: str) -> None:
        if self._inside:
            self._keep(words)

    def _keep(self, text: str) -> None:
        self._chars += len(text)
        if self._chars > MOST_CHARS:
            raise EngineError(Trouble.TOO_LARGE, "too many words")
        self.text.append(text)


if __name__ == "__main__":
    apart.answer(lambda: {"words": words_of(Path(sys.argv[1]))})
