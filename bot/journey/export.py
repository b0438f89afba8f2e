"""Everything a person has here, as files anybody can read."""

import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.domain.records import Fragment, Person
from bot.domain.tags import tags
from bot.store import drafts, fragments, heard, ideas, people
from bot.store.database import Database
from bot.store.media import Shelf


async def export(db: Database, shelf: Shelf, folder: Path) -> int:
    """Write every person's fragments, ideas, drafts and files; how many fragments there were.

    One person's files stand in `folder` itself; with several, each has a folder named by id.
    """
    async with db.read() as session:
        everyone = await people.everyone(session)
    if not everyone:
        _write(folder / "fragments.jsonl", [])
    return sum(
        [
            await _export_person(db, shelf, person, _home(folder, person, everyone))
            for person in everyone
        ]
    )


def _home(folder: Path, person: Person, everyone: list[Person]) -> Path:
    return folder if len(everyone) == 1 else folder / str(person.id)


async def _export_person(db: Database, shelf: Shelf, person: Person, folder: Path) -> int:
    async with db.read() as session:
        sent = await fragments.all_of(session, person.id)
        raw: dict[int, list[str]] = {}
        for one in await heard.finished(session, person.id):
            raw.setdefault(one.n, []).append(one.raw)
        kept = await ideas.kept(session, person.id)
        scripts = await drafts.newest_scripts(session, person.id)
    _write(folder / "fragments.jsonl", (_fragment(one, person, raw.get(one.n)) for one in sent))
    _write(
        folder / "ideas.jsonl",
        ({"title": one.title, "sources": list(one.sources), "by": one.by} for one in kept),
    )
    _write(
        folder / "drafts.jsonl",
        (
            {
                "title": one.title,
                "seconds": one.seconds,
                "lines": [
                    {"role": line.role, "text": line.text, "sources": list(line.sources)}
                    for line in one.lines
                ],
            }
            for one in scripts
        ),
    )
    for path in (one.path for fragment in sent for one in fragment.media if one.path):
        target = folder / "media" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # one lost file must not keep the others from coming
            shutil.copyfile(shelf.path(path), target)
    return len(sent)


def _fragment(one: Fragment, person: Person, raw: list[str] | None) -> dict[str, Any]:
    """`raw` is what a recogniser gave for its recordings, before script and corrections."""
    return {
        "n": one.n,
        "at": one.captured_at.astimezone(person.zone).isoformat(),
        "kind": one.kind,
        "origin": one.whose,
        "text": one.shown,
        "revisions": list(one.revisions),
        "reply_to": one.reply_to,
        "gold": one.gold_at is not None,
        "files": [f"media/{file.path}" for file in one.media if file.path],
    } | {name: value for name, value in _more(one, raw).items() if value}


def _more(one: Fragment, raw: list[str] | None) -> dict[str, Any]:
    """What few fragments have."""
    return {
        "source": one.source,
        "source_at": one.source_at.isoformat() if one.source_at else None,
        "tags": list(tags(one.text)),
        "heard": raw,
        "read": one.read if one.text.strip() else "",
        "described_by": one.described_by,
    }


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
