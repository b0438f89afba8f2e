"""Plays a day through the real application and gives what happened."""

import json
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import tryout
from bot.journey.export import export
from bot.journey.ports import Listener
from bot.parts import looks
from bot.settings import Settings, sqlite_in
from bot.store.database import Database
from bot.store.media import Shelf
from tests.witness import Witness


@dataclass(frozen=True)
class Day:
    """A played day: its events as --json prints them, and its data folder."""

    events: list[dict[str, object]]
    data: Path

    def said(self, *kinds: str) -> list[str]:
        """The texts of the bot's events of these kinds (messages alone unless others are named)."""
        wanted = kinds or ("text",)
        return [
            str(one["text"])
            for one in self.events
            if one["from"] == "bot" and one["kind"] in wanted
        ]

    def digests(self) -> list[str]:
        """The evening messages."""
        return [text for text in self.said() if text.startswith("🌙")]

    async def fragments(self) -> list[dict[str, object]]:
        """What `goldpan export` writes of this day."""
        db = Database(sqlite_in(self.data))
        await export(db, Shelf(self.data / "media"), self.data / "export", looks())
        await db.close()
        lines = (self.data / "export" / "fragments.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]


Play = Callable[..., Awaitable[Day]]


@pytest.fixture
def play(template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Play:
    """Play a file, or lines after the usual head of a day in Taipei, with these settings. Whatever
    the application asks of Telegram meanwhile has the Bot API's shape."""

    async def playing(
        *lines: str, file: Path | None = None, listener: Listener | None = None, **environ: str
    ) -> Day:
        if file is None:
            file = tmp_path / "play.txt"
            head = [] if lines[0].startswith("@date") else ["@date 2026-11-20"]
            head += ["@tz Asia/Taipei", "@digest 21:00"]
            file.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
        data = tmp_path / "data"
        if not data.exists():  # else it goes on where another day ended
            data.mkdir()
            shutil.copy(template, data)
        settings = Settings.load(environ)
        capsys.readouterr()
        witness = Witness()
        await tryout.play(
            settings, file, data=data, as_json=True, overhear=witness, listener=listener
        )
        assert witness.calls, "the application said nothing at all"
        assert witness.problems == []
        printed = capsys.readouterr().out.splitlines()
        return Day([json.loads(line) for line in printed], data)

    return playing
