"""Files that come with a message."""

import logging
import mimetypes
from contextlib import aclosing
from dataclasses import replace
from pathlib import PurePosixPath

from telegram import Audio, Document, File, Message, PhotoSize, Video, VideoNote, Voice
from telegram.error import BadRequest

from bot.chat.desk import Visit
from bot.chat.downloads import pieces
from bot.domain.records import Kind, Media
from bot.errors import EngineError, Trouble

log = logging.getLogger(__name__)
# What is read, by its name; and what nobody takes for a text.
_TEXTS = frozenset({".txt", ".md", ".srt", ".vtt", ".docx"})
_NO_TEXT = ("image/", "audio/", "video/", "application/pdf")

# Ours: file systems take names of 255 bytes, and this is at most 64 of them.
LONGEST_SUFFIX = 16
# Where Telegram does not tell, and of a video note it never does.
_USUAL = {Voice: "audio/ogg", Audio: "audio/mpeg", Video: "video/mp4", VideoNote: "video/mp4"}
_ANY = "application/octet-stream"
# What recorders on phones and desks write; the system's own list differs between machines.
_SOUNDS = {
    **dict.fromkeys((".m4a", ".m4b"), "audio/mp4"),
    **dict.fromkeys((".ogg", ".oga", ".opus"), "audio/ogg"),
    **dict.fromkeys((".3ga", ".amr"), "audio/amr"),
    **{".mp3": "audio/mpeg", ".wav": "audio/wav", ".flac": "audio/flac", ".aac": "audio/aac"},
}
Attachment = Voice | Audio | VideoNote | Video | Document | PhotoSize


async def fetch(visit: Visit) -> tuple[Kind, Media]:
    """Store the file of a message and say what it is.

    Telegram gives bots no more than 20 MB, a Bot API server of one's own up to 2 GB; of a file
    beyond that `path` is None. Raises TelegramError when it cannot be fetched, StoreError when the
    disk does not take it.
    """
    kind, attachment = _attachment(visit.message)
    size, path = attachment.file_size or 0, None
    file = await _found(visit, attachment)
    if file is not None:
        name = f"{visit.person.id}/{visit.message.message_id}{_suffix(attachment, file.file_path)}"
        async with aclosing(pieces(file)) as content:
            path = await visit.desk.shelf.put(name, content)
        size = visit.desk.shelf.path(path).stat().st_size
    return kind, Media(
        file_id=attachment.file_id,
        path=path,
        mime=_mime(attachment),
        size=size,
        duration_s=_duration_s(attachment),
    )


async def _found(visit: Visit, attachment: Attachment) -> File | None:
    try:
        return await visit.bot.get_file(attachment.file_id)
    except BadRequest as exc:
        if "too big" in str(exc):
            return None
        raise


async def read(visit: Visit, kind: Kind, media: Media) -> tuple[Media, Trouble | None]:
    """A document with its words; and what troubles one that says of itself that it is a text. Any
    other file is kept as it is and nothing is said about it."""
    if kind is not Kind.DOCUMENT or media.path is None or media.mime.startswith(_NO_TEXT):
        return media, None
    try:
        words = await visit.desk.documents.read(visit.desk.shelf.path(media.path))
    except Exception as exc:  # nothing in a file may keep it from being kept
        if not isinstance(exc, EngineError):
            log.exception("reading a document failed")
        why = exc.trouble if isinstance(exc, EngineError) else Trouble.UNREADABLE
        trouble = why if _says_text(visit.message.document, media.mime) else None
        return replace(media, trouble=why), trouble
    return replace(media, words=words), None


def _says_text(document: Document | None, mime: str) -> bool:
    name = (document.file_name if document else None) or ""
    return mime.startswith("text/") or PurePosixPath(name.lower()).suffix in _TEXTS


def _attachment(message: Message) -> tuple[Kind, Attachment]:
    if message.photo:
        return Kind.PHOTO, message.photo[-1]  # the largest of the sizes Telegram offers
    for kind in (Kind.VOICE, Kind.AUDIO, Kind.VIDEO_NOTE, Kind.VIDEO, Kind.DOCUMENT):
        attachment = getattr(message, kind)
        if attachment:
            return kind, attachment
    raise ValueError("a message without a file")


def _mime(attachment: Attachment) -> str:
    if isinstance(attachment, PhotoSize):
        return "image/jpeg"
    known = getattr(attachment, "mime_type", None) or _USUAL.get(type(attachment), _ANY)
    if known == _ANY and isinstance(attachment, Document):  # an app that does not know recordings
        return _SOUNDS.get(PurePosixPath((attachment.file_name or "").lower()).suffix, _ANY)
    return known


def _suffix(attachment: Attachment, file_path: str | None) -> str:
    """The ending under which to keep it: Telegram's own, or one that fits the type."""
    known = PurePosixPath(file_path or "").suffix
    if len(known) > LONGEST_SUFFIX:  # a sentence with a dot in it
        known = ""
    return known or mimetypes.guess_extension(_mime(attachment)) or ".bin"


def _duration_s(attachment: Attachment) -> int | None:
    # As Telegram sent it: the attribute itself warns that its type is about to change.
    seconds: int | None = attachment.to_dict().get("duration")
    return seconds
