"""A played month: what thirty evenings bring in three languages, with the writer that costs nothing
and with a paid one that strays, fails and repeats itself.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.text import month_days
from bench.text.month_judge import Figures, judge
from bench.text.month_life import Life
from bench.text.month_writer import PaidWriter
from bot import resources
from bot.domain.records import Language
from bot.engines.offline import OfflineWriter
from bot.engines.prompts import PromptLibrary
from bot.settings import sqlite_in
from bot.store.database import Database
from bot.store.migrate import migrate

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # no disk to wait for
WRITERS = ("offline", "paid")

ROWS: Sequence[tuple[str, Callable[[Figures], object], str]] = (
    ("digests sent once, of evenings to be sent", lambda one: one.sent, "all"),
    ("digests on paused or wrong evenings, or twice", lambda one: one.unwanted, "0"),
    ("drafts offered anew", lambda one: one.drafts, ""),
    ("full days that had one", lambda one: one.full, ""),
    ("most in one digest", lambda one: one.most, "3"),
    ("drafts that repeat an earlier one", lambda one: one.repeats, "0"),
    ("lines laid beside their fragments", lambda one: one.lines, ""),
    ("  refused", lambda one: one.refused, "0"),
    ("lines meant to deceive that were shown", lambda one: one.deceived, "0"),
    ("thin days: a question, no filler", lambda one: one.thin, "all"),
    ("silent days: nothing", lambda one: one.silent, "all"),
    ("put off and back on their evening", lambda one: one.back, "all"),
    ("paid attempts in all, repairs", lambda one: one.paid, ""),
    ("  most in one digest", lambda one: one.most_paid, "1 + 1"),
    ("  on evenings without anything new", lambda one: one.needless, "0"),
    ("older pieces found, of those planted", lambda one: one.found, ".9"),
    ("  made up", lambda one: one.made_up, "0"),
    ("times asked whether to come otherwise", lambda one: one.asks, "1"),
)


def table() -> Iterator[str]:
    """The figures side by side, then each that falls short with its day."""
    runs = [(language, writer) for language in month_days.LANGUAGES for writer in WRITERS]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(figures, *zip(*runs, strict=True)))
    for what, heads in zip(
        ("a played month of 30 evenings", ""), zip(*runs, strict=True), strict=True
    ):
        yield f"{what:<48}" + "".join(f"{head:>10}" for head in heads) + ("" if what else "  goal")
    for name, cell, goal in ROWS:
        yield f"  {name:<46}" + "".join(f"{cell(one)!s:>10}" for one in found) + f"  {goal}"
    for (language, writer), one in zip(runs, found, strict=True):
        yield from (f"  {language} {writer}: {what}" for what in one.short)


def figures(language: Language, writer: str) -> Figures:
    """One person's month with this writer."""
    return asyncio.run(played(language, writer))


async def played(language: Language, writer: str) -> Figures:
    """The same, for who has a loop already."""
    async with lived(language, writer) as life:
        return await judge(life)


@asynccontextmanager
async def lived(language: Language, writer: str) -> AsyncIterator[Life]:
    """The month, over, with its database still open."""
    with TemporaryDirectory(dir=MEMORY) as name:
        url = sqlite_in(Path(name))
        await migrate(url)
        db = Database(url)
        library = PromptLibrary(resources.folder("prompts"))
        paid, free = PaidWriter(), OfflineWriter(library)
        writers = (paid, free) if writer == paid.name else (free,)
        life = Life(db, month_days.read(language), paid, writers, library)
        try:
            await life.live()
            yield life
        finally:
            await db.close()
