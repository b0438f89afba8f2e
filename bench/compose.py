"""How long an evening takes to compose, without a model's time: a long day, years of fragments and
of drafts. Beside it, what looking for repetition alone costs with the standard library."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, time, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.measure import Row
from bench.text.own_words import BUILT_ON
from bot import resources
from bot.domain.drafts import Line, Opening, Role, Script
from bot.domain.records import Fragment, Kind, Language, Origin, Person
from bot.domain.words import clauses
from bot.engines.forms import read_forms
from bot.engines.offline import OfflineWriter
from bot.engines.prompts import PromptLibrary
from bot.journey import digest, outbox, people
from bot.settings import sqlite_in
from bot.store import drafts, keep
from bot.store import people as store
from bot.store.database import Database
from bot.store.migrate import migrate

SEED = 8
TODAY, LIBRARY, DRAFTS = 300, 20_000, 300
NINE = datetime(2026, 11, 20, 13, tzinfo=UTC)  # 21:00 in Taipei
A_DAY = timedelta(days=1)
TIMES = 5
"""Evenings; the first is cold, and the median counts."""
MING = Person(1, Language.ZH_HANT, "Asia/Taipei", time(21), NINE - 3 * A_DAY)


async def rows() -> AsyncIterator[Row]:
    """From the claim to the stored body."""
    random = Random(SEED)
    said = _said(random, LIBRARY + TODAY * TIMES)
    scripts = [_script(random, said[:LIBRARY]) for _ in range(DRAFTS)]
    with TemporaryDirectory() as name:
        await migrate(sqlite_in(Path(name)))
        db = Database(sqlite_in(Path(name)))
        await people.welcome(db, MING, now=NINE - 3 * A_DAY)
        await _keep(db, said[:LIBRARY], first=1, at=NINE - 2 * A_DAY)
        await _evening(db, NINE - A_DAY)
        await _offer(db, scripts)
        took = []
        for n in range(TIMES):
            start, at = LIBRARY + n * TODAY, NINE + n * A_DAY
            await _keep(db, said[start : start + TODAY], first=start + 1, at=at)
            took.append(await _evening(db, at))
        await db.close()
    theirs = _difflib(scripts)
    what = f"an evening of {TODAY}, {LIBRARY:,} kept"
    yield Row(what, "s", median(took), f"difflib beside {DRAFTS}", theirs, more_is_better=False)


def _said(random: Random, how_many: int) -> list[str]:
    """Lines of two clauses that people wrote, mixed."""
    cases = map(json.loads, BUILT_ON.read_text(encoding="utf-8").splitlines())
    chinese = [case["fragments"].values() for case in cases if case["lang"] == "zh-Hant"]
    texts = [text for texts in chinese for text in texts]
    pool = sorted({clause for text in texts for clause in clauses(text)})
    return ["，".join(random.sample(pool, 2)) for _ in range(how_many)]


def _script(random: Random, said: Sequence[str]) -> Script:
    places = random.sample(range(len(said)), 7)
    kinds = list(Opening)
    hook, *beats, close = (Line(Role.TURN, said[at], (at + 1,)) for at in places)
    hook = Line(Role.HOOK, hook.text, hook.sources, opening=random.choice(kinds))
    return Script(hook.text, hook, tuple(beats), close, random.randrange(20, 70), 1.0)


async def _keep(db: Database, said: Sequence[str], *, first: int, at: datetime) -> None:
    rows = [
        Fragment(0, MING.id, n, Kind.TEXT, Origin.OWN, text, n, at - timedelta(hours=1))
        for n, text in enumerate(said, start=first)
    ]
    async with db.write() as session:
        await keep.add(session, rows)
        await store.count_fragments(session, {MING.id: rows[-1].n})


async def _offer(db: Database, scripts: Sequence[Script]) -> None:
    """As drafts of the evening before."""
    async with db.write() as session:
        for script in scripts:
            wish = drafts.Wish(MING.id, script.form, digest_id=1)
            draft = await drafts.open_draft(session, wish, now=NINE - A_DAY)
            await drafts.add(session, draft, drafts.Written(script, by="offline"), now=NINE - A_DAY)


async def _evening(db: Database, at: datetime) -> float:
    library = PromptLibrary(resources.folder("prompts"))
    writer, forms = OfflineWriter(library), read_forms(library)
    (claimed,) = await digest.claim_due(db, lambda _: True, now=at)
    begun = perf_counter()
    await digest.compose(db, [writer], writer, claimed, MING, forms=forms, now=at)
    took = perf_counter() - begun
    for parcel in await outbox.claim(db, lambda _: True, now=at):  # else it folds into the next
        await outbox.begin(db, parcel, as_of=at, now=at)
        await outbox.sent(db, parcel, message_id=1, now=at)
    return took


def _difflib(scripts: Sequence[Script]) -> float:
    """One script beside all the others, as anybody would do it first."""
    texts = ["\n".join(line.text for line in one.lines) for one in scripts]
    begun = perf_counter()
    for other in texts[1:]:
        SequenceMatcher(None, texts[0], other, autojunk=False).ratio()
    return perf_counter() - begun
