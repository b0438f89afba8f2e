"""Everything a person has here, as files anybody can read."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.domain import takeaway
from bot.domain.drafts import Draft, Line, Script, Version
from bot.domain.filenames import file_name
from bot.domain.forms import Form
from bot.domain.markdown import markdown
from bot.domain.papers import Labels, Paper
from bot.domain.records import Fragment, Language, Person
from bot.domain.tags import tags
from bot.store import drafts, fragments, heard, ideas, people
from bot.store.database import Database
from bot.store.media import Shelf


@dataclass(frozen=True, slots=True)
class Looks:
    """How drafts are written down: the forms they have, and what stands around their words."""

    forms: Mapping[str, Form]
    labels: Callable[[Language], Labels]


async def export(db: Database, shelf: Shelf, folder: Path, looks: Looks) -> int:
    """Write every person's fragments, ideas, drafts and files; how many fragments there were.

    One person's files stand in `folder` itself; with several, each has a folder named by id.
    """
    async with db.read() as session:
        everyone = await people.everyone(session)
    if not everyone:
        _write(folder / "fragments.jsonl", [])
    return sum(
        [
            await _export_person(db, shelf, person, _home(folder, person, everyone), looks)
            for person in everyone
        ]
    )


def _home(folder: Path, person: Person, everyone: list[Person]) -> Path:
    return folder if len(everyone) == 1 else folder / str(person.id)


async def _export_person(
    db: Database, shelf: Shelf, person: Person, folder: Path, looks: Looks
) -> int:
    async with db.read() as session:
        sent = await fragments.all_of(session, person.id)
        raw: dict[int, list[str]] = {}
        for one in await heard.finished(session, person.id):
            raw.setdefault(one.n, []).append(one.raw)
        kept = await ideas.kept(session, person.id)
        made = [
            (one, await drafts.versions(session, one.id))
            for one in await drafts.all_of(session, person.id)
        ]
    _write(folder / "fragments.jsonl", (_fragment(one, person, raw.get(one.n)) for one in sent))
    _write(
        folder / "ideas.jsonl",
        ({"title": one.title, "sources": list(one.sources), "by": one.by} for one in kept),
    )
    # All of them before the first line is written: the list from last time is read for it.
    rows = list(_drafts(folder / "drafts", person, made, looks))
    _write(folder / "drafts.jsonl", rows)
    for path in (one.path for fragment in sent for one in fragment.media if one.path):
        target = folder / "media" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # one lost file must not keep the others from coming
            shutil.copyfile(shelf.path(path), target)
    return len(sent)


def _drafts(
    folder: Path, person: Person, made: Iterable[tuple[Draft, list[Version]]], looks: Looks
) -> Iterator[Mapping[str, Any]]:
    """Write each draft as Markdown, and give its row. One of which nothing came has neither."""
    _remove_last_ones(folder)
    names: set[str] = set()
    for draft, versions in made:
        papers = _papers(person, draft, versions, looks)
        if not papers:
            continue
        newest, *earlier = papers
        name = file_name(newest.title, newest.day, "md", taken=names)
        names.add(name.casefold())
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(markdown(newest, earlier), encoding="utf-8")
        yield _draft(draft, versions, person) | {"file": f"{folder.name}/{name}"}


def _remove_last_ones(folder: Path) -> None:
    """An earlier export named its files by titles that may have changed since. Only what it wrote
    goes; whatever else lies there is none of ours."""
    rows = folder.with_suffix(".jsonl")
    written = rows.read_text("utf-8").splitlines() if rows.is_file() else []
    for name in (json.loads(row).get("file", "") for row in written):
        if name:
            (folder / Path(name).name).unlink(missing_ok=True)


def _papers(person: Person, draft: Draft, versions: list[Version], looks: Looks) -> list[Paper]:
    """Every version that came to something, the newest first."""
    each = (takeaway.taken(draft, one, versions) for one in reversed(versions))
    return [
        takeaway.paper(
            one,
            looks.forms.get(draft.form),
            looks.labels(person.language),
            language=person.language,
            zone=person.zone,
        )
        for one in each
        if one
    ]


def _draft(one: Draft, versions: list[Version], person: Person) -> dict[str, Any]:
    """`title`, `seconds` and `lines` are of the newest script; a person's own text stands in
    `versions`."""
    script = next((one.script for one in reversed(versions) if one.script), None)
    return (_script(script) if script else {}) | {
        "form": one.form,
        "at": one.created_at.astimezone(person.zone).isoformat(),
        "status": one.status,
        "link": one.link,
        "figures": one.figures,
        "versions": [_version(version, person) for version in versions],
    }


def _version(one: Version, person: Person) -> dict[str, Any]:
    facts = {
        "number": one.number,
        "at": one.created_at.astimezone(person.zone).isoformat(),
        "by": one.by,
    }
    more = {"wish": one.wish, "base": one.base, "text": one.text, "question": one.question}
    return (
        facts
        | {name: value for name, value in more.items() if value}
        | (_script(one.script) if one.script else {})
    )


def _script(one: Script) -> dict[str, Any]:
    more = {
        "yours": one.yours,
        "other_hooks": [_line(line) for line in one.other_hooks],
        "caption": _line(one.caption) if one.caption else None,
        "tags": one.tags,
        "gaps": one.gaps,
        "cut": one.cut,
    }
    return {
        "title": one.title,
        "seconds": one.seconds,
        "lines": [_line(line) for line in one.lines],
    } | {name: value for name, value in more.items() if value}


def _line(one: Line) -> dict[str, Any]:
    always = {"role": one.role, "text": one.text, "sources": one.sources}
    return always | {name: value for name, value in asdict(one).items() if value}


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
