"""Worn phrases of a draft: found, kept, and seen again.

Nothing is marked that the person says themselves, and nothing is hidden but what they keep.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import cliche
from bot.domain.cliche import Mark, Worn
from bot.domain.drafts import Kept, Line, LineKind, Role, Version
from bot.domain.grounding import check
from bot.domain.records import Origin
from bot.journey import rewording
from bot.store import drafts, fragments, phrases
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Found:
    """A worn phrase: `mark` of `text`, which has this place among `rewording.texts`."""

    place: int
    text: str
    mark: Mark

    @property
    def at(self) -> tuple[int, int]:
        """What a button names it by: the place of its text, and where it begins in that."""
        return self.place, self.mark.start


async def find(
    db: Database, worn: Callable[[], Worn], version: Version, *, kept_too: bool = False
) -> tuple[Found, ...]:
    """The worn phrases of a version, in order; those that the person keeps only if `kept_too`.

    The library is asked only for what is marked without it: among 20,000 fragments that takes
    0.05 s, where looking into every one took 1.6 s on the same machine.
    """
    texts = dict(enumerate(rewording.texts(version)))
    async with db.read() as session:
        kept = () if kept_too else await phrases.all_of(session, version.person_id)
        cited = await cited_by(session, version)
    words = [one.phrase for one in kept]
    # The list is read at first use, and a long text takes a while: captures must not wait for it.
    found = await asyncio.to_thread(_look, texts, worn, (), words)
    found = [one for one in found if not _copied(one, version, cited)]
    if not found:
        return ()
    async with db.read() as session:
        said = await phrases.said(session, version.person_id, {one.mark.text for one in found})
    # A final text is a message of the person's too, and would exempt itself.
    said = [one for one in said if one.strip() != version.text.strip()]
    marked = {one.place: one.text for one in found}
    still = {one.at for one in await asyncio.to_thread(_look, marked, worn, said, words)}
    return tuple(one for one in found if one.at in still)


async def of_version(
    db: Database,
    worn: Callable[[], Worn],
    person_id: int,
    version_id: int,
    *,
    kept_too: bool = False,
) -> tuple[Found, ...] | None:
    """The same by its id; None when it is gone, or says nothing."""
    async with db.read() as session:
        version = await drafts.version(session, person_id, version_id)
    if version is None or not rewording.texts(version):
        return None
    return await find(db, worn, version, kept_too=kept_too)


async def keep(db: Database, person_id: int, phrase: str, *, now: datetime) -> Kept:
    """No mark on these words again."""
    async with db.write() as session:
        return await phrases.keep(session, person_id, phrase, now=now)


async def kept(db: Database, person_id: int) -> list[Kept]:
    """The phrases that the person keeps, the newest first."""
    async with db.read() as session:
        return await phrases.all_of(session, person_id)


async def take_back(db: Database, person_id: int, phrase_id: int) -> str | None:
    """Mark it again; the phrase, None when it was not kept."""
    async with db.write() as session:
        return await phrases.take_back(session, person_id, phrase_id)


async def cited_by(session: AsyncSession, version: Version) -> dict[int, str]:
    """The person's own words in the fragments that a version cites, earlier ones too, by number."""
    lines = rewording.all_lines(version.script) if version.script else ()
    numbers = {n for line in lines for n in line.sources}
    return {
        one.n: "\n".join((one.text, *one.revisions))
        for one in await fragments.by_numbers(session, version.person_id, numbers)
        if one.origin is Origin.OWN
    }


def _look(
    texts: Mapping[int, str],
    worn: Callable[[], Worn],
    own: Sequence[str],
    kept: Collection[str],
) -> list[Found]:
    return [
        Found(place, text, mark)
        for place, text in texts.items()
        for mark in cliche.look(text, worn(), own, kept).marks
    ]


def _copied(found: Found, version: Version, cited: Mapping[int, str]) -> bool:
    """Whether these are words of the fragments that their line cites, perhaps with some left out
    between them."""
    script = version.script
    lines = [one for one in rewording.all_lines(script) if one.text == found.text] if script else []
    sources = tuple(n for line in lines if _claims(line) for n in line.sources if n in cited)
    if not sources:
        return False
    return check([Line(Role.TURN, found.mark.text, sources)], cited).findings[0].coverage == 1


def _claims(line: Line) -> bool:
    return line.kind is LineKind.YOURS
