"""The folder for voice notes, photos and files."""

import asyncio
import os
from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bot.errors import StoreError


class Shelf:
    """Keeps files under one folder; a file is either whole or not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def put(self, name: str, pieces: AsyncIterable[bytes]) -> str:
        """Write a file, never holding more of it than one piece, and return its path below the
        folder. The same name overwrites.

        Raises StoreError when the disk does not take it, and whatever the pieces raise; then
        nothing of it stays.
        """
        target = self.path(name)
        part = target.with_name(target.name + ".part")
        try:
            with _told(), await asyncio.to_thread(_opened, part) as file:
                async for piece in pieces:
                    await asyncio.to_thread(file.write, piece)
                await asyncio.to_thread(_settle, file)
                part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        return name

    async def get(self, name: str) -> bytes:
        """The content of a file. Raises OSError when it is gone."""
        return await asyncio.to_thread(self.path(name).read_bytes)

    def path(self, name: str) -> Path:
        """Where a file lies."""
        return self.folder / name


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise StoreError(f"the disk did not take a file ({exc.strerror})") from exc


def _opened(part: Path) -> BinaryIO:
    part.parent.mkdir(parents=True, exist_ok=True)
    return part.open("wb")


def _settle(file: BinaryIO) -> None:
    file.flush()
    # Acknowledged means kept: the bytes must be on the disk before the row that names them.
    os.fsync(file.fileno())
