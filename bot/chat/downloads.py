"""The bytes of a file, piece by piece: one may have 2 GB, and memory is for other things."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from functools import cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, urlsplit, urlunsplit

import httpx
from telegram import File
from telegram.error import NetworkError, TelegramError

PIECE = 1 << 20  # bytes
# Ours: a connection on which nothing comes for so long is dead, however large the file is.
TIMEOUT = httpx.Timeout(20)


def pieces(file: File) -> AsyncGenerator[bytes]:
    """The content of a file, up to `PIECE` bytes at a time.

    A Bot API server that runs with `--local` names a path on this machine, any other one an
    address. Raises NetworkError when it may come another time, TelegramError when it is not there.
    """
    place = file.file_path or ""
    return _read(Path(place)) if Path(place).is_absolute() else _fetch(place)


async def _read(path: Path) -> AsyncGenerator[bytes]:
    try:
        opened: BinaryIO = await asyncio.to_thread(path.open, "rb")
    except OSError as exc:
        raise TelegramError(f"the Bot API server's file cannot be read ({exc.strerror})") from exc
    with opened:
        while piece := await asyncio.to_thread(opened.read, PIECE):
            yield piece


async def _fetch(url: str) -> AsyncGenerator[bytes]:
    # No error of httpx goes on as it is: its words hold the address, and that holds the token.
    try:
        async with (
            httpx.AsyncClient(verify=_certificates(), timeout=TIMEOUT) as client,
            client.stream("GET", _quoted(url)) as answer,
        ):
            if answer.status_code >= 500:
                raise NetworkError(f"a file could not be fetched ({answer.status_code})")
            if answer.status_code != 200:
                raise TelegramError(f"a file is not there to be fetched ({answer.status_code})")
            async for piece in answer.aiter_bytes(PIECE):
                yield piece
    except httpx.HTTPError as exc:
        raise NetworkError(f"a file could not be fetched ({type(exc).__name__})") from None


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _quoted(url: str) -> str:
    """Names of files may hold anything."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=quote(parts.path)))
