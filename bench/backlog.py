"""How soon /pan shows its first card with 500 ideas undecided, beside an answer to a
button that does nothing else."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.measure import Row
from bench.process import running
from bench.whole import Watch, polled
from bot.sandbox.cloud import Cloud, Past
from bot.sandbox.phone import PERSON_ID, Phone
from bot.sandbox.server import serving

PEOPLE = [PERSON_ID + n for n in range(61)]
"""Each asks once, for a chat takes a message a second; the first is not counted: after it all is
warm."""
UNDECIDED, A_ROUND = 500, 10
EXPANSIONS = """
    WITH RECURSIVE number (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < :rounds)
    INSERT INTO expansions (person_id, request_id, seed, round, state, dug, duplicates, asked_at)
    SELECT people.id, i, 'seed ' || i, 0, 'dug', 0, 0, '2026-11-01 12:00:00.000000'
    FROM number, people
"""
IDEAS = """
    WITH RECURSIVE number (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < :each)
    INSERT INTO ideas
        (person_id, expansion_id, position, title, lens, move, mechanism, sources, by, prompt,
         verdict, returns_at)
    SELECT person_id, id, i, 'nobody looked at ' || id || ' ' || i, 'a nurse', 'reverse', 'm',
        '[]', 'claude', 'p', 'new', '2026-11-02 12:00:00.000000'
    FROM number, expansions
"""


async def rows() -> AsyncIterator[Row]:
    """From the update to the message or the answer, one person after another."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        await _run(folder, Past(), _say)
        _fill(folder / "goldpan.db")
        ours, theirs = await _run(folder, Past(1_000_000_000, 1_000_000), _pan, _press)
    what, against = f"/pan, {UNDECIDED} undecided", "bare answer to a button"
    yield Row(what, "ms", ours, against, theirs, more_is_better=False)


async def _run(folder: Path, past: Past, *asks: Callable[[Cloud, Phone], None]) -> list[float]:
    """The median time until each kind of question is answered, in ms."""
    cloud = Cloud(lambda: datetime.now(UTC), past=past)
    phones = [Phone(cloud, person_id=one) for one in PEOPLE]
    watch = Watch(cloud, {"text", "toast", "reaction"})
    took_ms: list[list[float]] = [[] for _ in asks]
    async with (
        serving(cloud) as address,
        running(("bot", "run"), folder, address, owners=PEOPLE),
    ):
        await polled(cloud)
        for ask, times in zip(asks, took_ms, strict=True):
            for phone in phones:
                sent, answered = perf_counter(), watch.answers
                ask(cloud, phone)
                await watch.reach(answered + 1)
                times.append((perf_counter() - sent) * 1000)
        await cloud.updates.all_confirmed()
    return [median(times[1:]) for times in took_ms]


def _say(_cloud: Cloud, phone: Phone) -> None:
    phone.send("so that I am known")


def _pan(_cloud: Cloud, phone: Phone) -> None:
    phone.send("/pan")


def _press(cloud: Cloud, phone: Phone) -> None:
    chat = cloud.chat(phone.person_id)
    message = {"message_id": 1, "date": 0, "chat": {"id": phone.person_id, "type": "private"}}
    query = {"id": cloud.ask(chat), "from": chat.person, "message": message, "data": "x"}
    query["chat_instance"] = "1"
    cloud.updates.add("callback_query", query)


def _fill(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(EXPANSIONS, {"rounds": UNDECIDED // A_ROUND})
        connection.execute(IDEAS, {"each": A_ROUND})
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
