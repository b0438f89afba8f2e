"""The Bot API's methods about files: sending them, albums of them, fetching them."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.cloud import Cloud
from bot.sandbox.files import MAX_ALBUM, File, Media, is_picture, pixels
from bot.sandbox.params import Params
from bot.sandbox.refused import Refused, bad_request
from bot.sandbox.shapes import Json, present
from bot.sandbox.targets import chat_of, edited, own_message, replied_to
from bot.sandbox.text import MAX_CAPTION
from bot.sandbox.typed import word

MIB = 1024 * 1024
MAX_DOWNLOAD = 20 * MIB  # bytes (Bot API, getFile)
MAX_UPLOAD = 50 * MIB  # bytes (Bot API, sending files)
MAX_PHOTO = 10 * MIB  # bytes (Bot API, sending files)
MAX_SIDES, MAX_RATIO = 10_000, 20  # pixels, and times (Bot API, sendPhoto)
CAPTION_TOO_LONG = "message caption is too long"
_KINDS: dict[Media, str] = {"document": "Document", "photo": "Photo", "voice": "VoiceNote"}


class Attachments:
    """Each method takes the arguments of its namesake and gives its result."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._albums = 0
        self.methods: dict[str, Callable[[Params], Any]] = {
            "senddocument": lambda params: self.send(params, "document"),
            "sendphoto": lambda params: self.send(params, "photo"),
            "sendvoice": lambda params: self.send(params, "voice"),
            "sendmediagroup": self.send_album,
            "editmessagecaption": self.edit_caption,
            "editmessagemedia": self.edit_media,
            "getfile": self.get_file,
        }

    def send(self, params: Params, media: Media) -> Json:
        chat = chat_of(self._cloud, params)
        content = self._content(params, media, media) | present(reply_markup=params.keyboard())
        return self._cloud.write(chat, "bot", content, replied_to(params, chat))

    def send_album(self, params: Params) -> list[Json]:
        chat = chat_of(self._cloud, params)
        items = params.objects("media")
        _check_album(items)
        contents = [self._content(params.nested(item), item["type"], "media") for item in items]
        self._albums += 1
        group = {"media_group_id": f"{chat.id}{self._albums:04}"}
        reply = replied_to(params, chat)
        return [self._cloud.write(chat, "bot", content | group, reply) for content in contents]

    def edit_caption(self, params: Params) -> Json:
        chat, message = own_message(self._cloud, params)
        if self._cloud.files.of(message) is None:
            raise bad_request("there is no caption in the message to edit")
        caption, entities = params.formatted("caption", MAX_CAPTION, CAPTION_TOO_LONG)
        changes = {
            "caption": caption,
            "caption_entities": entities,
            "reply_markup": params.keyboard(),
        }
        return edited(self._cloud, chat, message, changes)

    def edit_media(self, params: Params) -> Json:
        """Another file, with its own caption, in place of what the message holds."""
        chat, message = own_message(self._cloud, params)
        given = params.object("media")
        _check_kind(word(given, "type"))
        gone = dict.fromkeys(("text", "entities", "caption", "caption_entities", *_KINDS))
        content = self._content(params.nested(given), given["type"], "media")
        return edited(
            self._cloud, chat, message, gone | content | {"reply_markup": params.keyboard()}
        )

    def get_file(self, params: Params) -> Json:
        file = self._cloud.files.find(params.text("file_id"))
        if file is None:
            raise bad_request("invalid file_id")
        if len(file.data) > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        self._cloud.files.open_path(file, self._cloud.now())
        return {
            "file_id": file.id,
            "file_unique_id": f"u{file.id}",
            "file_size": len(file.data),
            "file_path": file.path,
        }

    def _content(self, params: Params, media: Media, name: str) -> Json:
        caption, entities = params.formatted("caption", MAX_CAPTION, CAPTION_TOO_LONG)
        file = self._file(params, media, name)
        return {media: file.described()} | present(caption=caption, caption_entities=entities)

    def _file(self, params: Params, media: Media, name: str) -> File:
        if upload := params.upload(name):
            _check_upload(media, upload.data)
            return self._cloud.files.keep(media, upload.name, upload.data, upload.mime)
        if (file := self._cloud.files.find(params.text(name))) is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if file.media != media:
            kinds = f"{_KINDS[file.media]} as {_KINDS[media]}"
            raise bad_request(f"can't use file of type {kinds}")
        return file


def _check_upload(media: Media, data: bytes) -> None:
    if len(data) > MAX_UPLOAD:
        raise Refused(413, "Request Entity Too Large")
    if not data:
        raise bad_request("file must be non-empty")
    if media == "photo" and len(data) > MAX_PHOTO:
        raise bad_request(
            f"file of size {len(data)} bytes is too big for a photo; "
            f"the maximum size is {MAX_PHOTO} bytes"
        )
    if media == "photo" and not is_picture(data):
        raise bad_request("IMAGE_PROCESS_FAILED")
    if media == "photo" and (size := pixels(data)) and not _fits(*size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _fits(width: int, height: int) -> bool:
    longer, shorter = max(width, height), min(width, height)
    return width + height <= MAX_SIDES and 0 < longer <= MAX_RATIO * shorter


def _check_kind(kind: str) -> None:
    if kind not in {"photo", "document"}:
        raise bad_request("invalid message content type")


def _check_album(items: list[Json]) -> None:
    """Worded as in tdlib/td, check_message_group_message_contents."""
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = {word(item, "type") for item in items}
    for kind in kinds:
        _check_kind(kind)
    if len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
