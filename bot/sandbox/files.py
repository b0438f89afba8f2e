"""Files that either side uploaded, and how a message describes them."""

import mimetypes
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any, Literal

from bot.sandbox.shapes import Json

Media = Literal["voice", "photo", "document"]

MAX_ALBUM = 10  # items (Bot API, sendMediaGroup)
PATH_VALID = timedelta(hours=1)
"""How long a file_path serves after getFile: at least this (Bot API, getFile), here no longer."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PICTURES = (b"\xff\xd8\xff", _PNG, b"GIF8", b"BM")
_LONGEST_S = 24 * 3600  # ours: no phone records for a day, so a header that says so is broken
_OPUS_RATE_HZ = 48_000  # RFC 7845: granule positions of Opus count at 48 kHz whatever was recorded
_OGG = {".ogg": "audio/ogg", ".oga": "audio/ogg"}  # mimetypes knows them on some machines only


@dataclass(frozen=True, slots=True)
class File:
    """Bytes that Telegram holds, under the id and the path it serves them by."""

    id: str
    media: Media  # what it was uploaded as, and stays
    path: str
    name: str
    mime: str
    data: bytes

    def described(self) -> Any:
        """What stands in a message under the name of its kind."""
        common: Json = {
            "file_id": self.id,
            "file_unique_id": f"u{self.id}",
            "file_size": len(self.data),
        }
        match self.media:
            case "voice":
                return common | {"duration": ogg_seconds(self.data), "mime_type": self.mime}
            case "photo":
                width, height = pixels(self.data) or (1280, 960)
                return [common | {"width": width, "height": height}]
            case "document":
                return common | {"file_name": self.name, "mime_type": self.mime}


class Files:
    """Every file by its id and by its download path."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._open: dict[str, tuple[File, datetime]] = {}

    def keep(self, media: Media, name: str, data: bytes, mime: str | None = None) -> File:
        """Store an upload. Without `mime` the name's ending decides."""
        count = len(self._by_id) + 1
        path = f"{media}s/file_{count}{PurePath(name).suffix}"
        file = File(f"file{count}", media, path, name, mime or mime_of(name), data)
        self._by_id[file.id] = file
        return file

    def find(self, file_id: str) -> File | None:
        return self._by_id.get(file_id)

    def open_path(self, file: File, now: datetime) -> None:
        """Let `file` be fetched by its path for a while."""
        self._open[file.path] = file, now + PATH_VALID

    def at(self, path: str, now: datetime) -> File | None:
        """The file behind a path that is open."""
        file, until = self._open.get(path, (None, now))
        return file if now < until else None

    def of(self, message: Json) -> tuple[Media, File] | None:
        """The file that `message` carries, if any."""
        if "voice" in message:
            return "voice", self._by_id[message["voice"]["file_id"]]
        if "photo" in message:
            return "photo", self._by_id[message["photo"][-1]["file_id"]]
        if "document" in message:
            return "document", self._by_id[message["document"]["file_id"]]
        return None


def mime_of(name: str) -> str:
    """The media type a client would send for a file of this name."""
    known = _OGG.get(PurePath(name).suffix.lower()) or mimetypes.guess_type(name)[0]
    return known or "application/octet-stream"


def is_picture(data: bytes) -> bool:
    """Whether `data` begins as a JPEG, PNG, GIF, BMP or WebP does."""
    return data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def pixels(data: bytes) -> tuple[int, int] | None:
    """Width and height as a PNG says them at its beginning; None for anything else, which nobody
    here looks into."""
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def ogg_seconds(data: bytes) -> int:
    """Length of an OGG/Opus recording in whole seconds, from its last page; 0 for anything
    else, and for a length that nobody can have recorded."""
    page = data.rfind(b"OggS")
    if page < 0 or b"OpusHead" not in data[:128]:
        return 0
    granule = int.from_bytes(data[page + 6 : page + 14], "little", signed=True)
    seconds = round(granule / _OPUS_RATE_HZ)
    return seconds if 0 <= seconds <= _LONGEST_S else 0
