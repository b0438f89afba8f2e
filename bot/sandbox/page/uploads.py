"""Files from the page and back to it."""

import asyncio
import re
from typing import Any, get_args
from urllib.parse import quote

from tornado.web import HTTPError, stream_request_body

from bot.errors import PlayError
from bot.sandbox.cloud import Cloud
from bot.sandbox.files import MAX_ALBUM, Media
from bot.sandbox.guard import ForThePage
from bot.sandbox.page.recording import MAX_RECORDING_S, TooLong, voice_note
from bot.sandbox.page.view import served_as
from bot.sandbox.phone import Phone
from bot.sandbox.shapes import Json
from bot.sandbox.text import MAX_TEXT

# Telegram's apps send 2 GB; here it lies in memory. A bot may fetch 20 MB of it (Bot API, getFile).
MAX_UPLOAD = 512_000_000
MAX_RECORDING = 50_000_000  # bytes; an hour as the page records it has 15 MB
_NUMBER = re.compile(r"[0-9]{1,15}")


def limits() -> Json:
    """What the page looks at before it sends: bytes, seconds, files, UTF-16 units."""
    return {
        "upload": MAX_UPLOAD,
        "recording": MAX_RECORDING,
        "recording_s": MAX_RECORDING_S,
        "album": MAX_ALBUM,
        "text": MAX_TEXT,
    }


@stream_request_body
class Upload(ForThePage):
    """POST page/upload?kind=voice|photo|document&name=…, the file as the body; caption, reply (a
    number) and album (what the files of one album share) as they come."""

    def initialize(self, phone: Phone) -> None:
        self._phone = phone
        self._parts: list[bytes] = []

    def prepare(self) -> None:
        """As for every request of the page; and the body may be long."""
        super().prepare()
        most = MAX_RECORDING if self.get_query_argument("kind") == "voice" else MAX_UPLOAD
        length = self.request.headers.get("Content-Length", "0")
        if not _NUMBER.fullmatch(length):
            raise HTTPError(400)
        if int(length) > most:
            raise HTTPError(413)
        connection: Any = self.request.connection
        connection.set_max_body_size(most)

    def data_received(self, chunk: bytes) -> None:
        self._parts.append(chunk)

    async def post(self) -> None:
        try:
            self.write({"n": await self._attach(b"".join(self._parts))})
        except PlayError as problem:
            self.set_status(413 if isinstance(problem, TooLong) else 422)
            self.write({"error": str(problem), "code": problem.code})

    async def _attach(self, data: bytes) -> int:
        media = self.get_query_argument("kind")
        name = self.get_query_argument("name").replace("/", "_") or "file"
        reply = self.get_query_argument("reply", "")
        if reply and not _NUMBER.fullmatch(reply):
            raise PlayError(f"{reply[:20]} is no message's number")
        if media == "voice":
            data, name = await asyncio.to_thread(voice_note, data), "voice.ogg"
        return self._phone.attach(
            _media(media),
            name,
            data,
            self.get_query_argument("caption", ""),
            reply_to=int(reply) if reply else None,
            album=self.get_query_argument("album", ""),
        )


class Held(ForThePage):
    """GET page/files/ID: a picture or a sound as such, everything else only to be saved."""

    def initialize(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def get(self, file_id: str) -> None:
        file = self._cloud.files.find(file_id)
        if file is None:
            raise HTTPError(404)
        media: Media = "document" if file.path.startswith("document") else "photo"
        shown = served_as(media, file)
        self.set_header("Content-Type", shown or "application/octet-stream")
        if not shown:
            self.set_header(
                "Content-Disposition", f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
            )
        self.write(file.data)


def _media(name: str) -> Media:
    known: dict[str, Media] = {media: media for media in get_args(Media)}
    if name not in known:
        raise PlayError(f"a file is sent as one of {', '.join(known)}, not as {name}")
    return known[name]
