"""Files come piece by piece, from an address or from a path."""

import tracemalloc
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import File
from telegram.error import NetworkError, TelegramError

from bot.chat.downloads import PIECE, pieces
from bot.sandbox import cloud as clouds
from bot.sandbox.cloud import Cloud
from bot.sandbox.server import serving
from bot.store.media import Shelf


def at(place: str) -> File:
    """A file as getFile describes it."""
    return File("1", "u1", file_path=place)


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """Where the stand-in serves files."""
    async with serving(Cloud(lambda: datetime.now(UTC))) as address:
        yield f"{address}/file/bot{clouds.TOKEN}"


async def test_a_file_on_this_machine_is_read_from_its_path(tmp_path: Path) -> None:
    large = tmp_path / "a file.bin"
    large.write_bytes(b"x" * PIECE + b"y")
    found = [piece async for piece in pieces(at(str(large)))]
    assert [len(piece) for piece in found] == [PIECE, 1]


async def test_a_path_that_is_not_here_is_no_trouble_that_passes(tmp_path: Path) -> None:
    with pytest.raises(TelegramError, match="cannot be read") as failure:
        await anext(pieces(at(str(tmp_path / "elsewhere"))))
    assert not isinstance(failure.value, NetworkError)


async def test_an_address_where_nothing_is_does_not_show_the_token(site: str) -> None:
    with pytest.raises(TelegramError, match="404") as failure:
        await anext(pieces(at(f"{site}/voices/gone.ogg")))
    assert not isinstance(failure.value, NetworkError)
    assert clouds.TOKEN not in str(failure.value)


async def test_a_server_that_is_away_may_come_back_and_does_not_see_the_token_shown() -> None:
    with pytest.raises(NetworkError) as failure:
        await anext(pieces(at(f"http://127.0.0.1:1/file/bot{clouds.TOKEN}/voices/1.ogg")))
    assert clouds.TOKEN not in str(failure.value)
    assert failure.value.__suppress_context__


async def test_a_large_file_is_never_in_memory(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(64 * PIECE)
    tracemalloc.start()
    try:
        await Shelf(tmp_path / "media").put("42/1.mp4", pieces(at(str(large))))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "media/42/1.mp4").stat().st_size == 64 * PIECE
    assert most < 8 * PIECE


async def test_what_broke_off_leaves_nothing_behind(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"the beginning"
        raise NetworkError("gone")

    with pytest.raises(NetworkError):
        await Shelf(tmp_path).put("42/1.mp4", broken())
    assert list((tmp_path / "42").iterdir()) == []
