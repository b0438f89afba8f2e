"""The folder for voice notes, photos and files."""

import asyncio
import os
from pathlib import Path

from bot.errors import StoreError


class Shelf:
    """Keeps files under one folder; a file is either whole or not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def put(self, name: str, content: bytes) -> str:
        """Write a file and return its path below the folder. The same name overwrites.

        Raises StoreError when the disk does not take it.
        """
        try:
            await asyncio.to_thread(self._write, name, content)
        except OSError as exc:
            raise StoreError(f"the disk did not take a file ({exc.strerror})") from exc
        return name

    async def get(self, name: str) -> bytes:
        """The content of a file. Raises OSError when it is gone."""
        return await asyncio.to_thread(self.path(name).read_bytes)

    def path(self, name: str) -> Path:
        """Where a file lies."""
        return self.folder / name

    def _write(self, name: str, content: bytes) -> None:
        target = self.path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            # Acknowledged means kept: the bytes must be on the disk before the row that names them.
            os.fsync(file.fileno())
        part.replace(target)
