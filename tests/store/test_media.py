"""Files on the disk: whole, or not there."""

from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.media import Shelf
from tests.fakes import whole


async def test_a_file_is_kept_under_its_name(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "media")
    assert await shelf.put("42/1.ogg", whole(b"sound")) == "42/1.ogg"
    assert shelf.path("42/1.ogg").read_bytes() == b"sound"


async def test_a_disk_that_takes_no_file_is_a_trouble_of_the_store(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("where the folder should be")
    with pytest.raises(StoreError, match="the disk did not take a file"):
        await Shelf(tmp_path / "media").put("42/1.ogg", whole(b"sound"))
