"""Queries about drafts and their versions.

A version is wanted, then there: with a script, with the person's own text, or with neither, and
then its trouble or its question says why.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.drafts import Draft, Script, Status, Version
from bot.store.draft_tables import DraftRow, VersionRow
from bot.store.leases import Moment, lapsed

WANTED, THERE = "wanted", "there"

_script = TypeAdapter(Script)


@dataclass(frozen=True, slots=True)
class Wish:
    """A draft that somebody asks for."""

    person_id: int
    form: str
    about: str = ""
    about_n: int | None = None
    family: int | None = None
    take: int = 1
    digest_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A version that somebody asks for: in their words, of one line alone or of all of `base`."""

    wish: str = ""
    line: int | None = None
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a version that was wanted."""

    script: Script | None = None
    text: str = ""
    by: str = ""
    prompt: str = ""
    trouble: str | None = None
    question: str | None = None


async def open_draft(session: AsyncSession, wish: Wish, *, now: datetime) -> Draft:
    """A new draft, still without a version."""
    row = DraftRow(**asdict(wish), created_at=now, status=Status.NEW, link="", figures="")
    session.add(row)
    await session.flush()
    return as_draft(row)


async def want(
    session: AsyncSession, draft: Draft, change: Change, *, request_id: int | None, now: datetime
) -> Version:
    """The next version of a draft, for a writer to write."""
    return await _add(session, draft, change, request_id=request_id, now=now, state=WANTED)


async def add(
    session: AsyncSession,
    draft: Draft,
    written: Written,
    change: Change | None = None,
    *,
    request_id: int | None = None,
    now: datetime,
) -> Version:
    """The next version of a draft, which is there at once."""
    return await _add(
        session,
        draft,
        change or Change(),
        request_id=request_id,
        now=now,
        state=THERE,
        **_values(written),
    )


async def of_request(session: AsyncSession, person_id: int, request_id: int) -> Version | None:
    """What this request began, if it was handled before."""
    row = await session.scalar(
        select(VersionRow).where(
            VersionRow.person_id == person_id, VersionRow.request_id == request_id
        )
    )
    return as_version(row) if row else None


def to_write(now: Moment) -> ColumnElement[bool]:
    """Which versions nobody is working on, nor on another of the same person's."""
    other = aliased(VersionRow)
    busy = exists().where(
        other.person_id == VersionRow.person_id,
        other.state == WANTED,
        ~lapsed(other.lease_until, now),
    )
    return and_(VersionRow.state == WANTED, lapsed(VersionRow.lease_until, now), ~busy)


async def claim(
    session: AsyncSession,
    person_ids: Collection[int],
    *,
    most: int,
    now: datetime,
    lease_until: datetime,
) -> list[Version]:
    """The oldest version wanted by each of these people, `most` in all, ours until then."""
    oldest = (
        select(func.min(VersionRow.id))
        .where(VersionRow.person_id.in_(person_ids), to_write(now))
        .group_by(VersionRow.person_id)
        .limit(most)
    )
    rows = await session.scalars(
        update(VersionRow)
        .where(VersionRow.id.in_(oldest))
        .values(lease_until=lease_until)
        .returning(VersionRow)
    )
    return [as_version(row) for row in rows]


async def hold(session: AsyncSession, version_id: int, *, lease_until: datetime) -> None:
    """It is still being written."""
    await session.execute(
        update(VersionRow)
        .where(VersionRow.id == version_id, VersionRow.state == WANTED)
        .values(lease_until=lease_until)
    )


async def give_back(session: AsyncSession, version_id: int | None = None) -> None:
    """Nobody works any longer on this version, or on any."""
    mine = [VersionRow.id == version_id] if version_id else []
    await session.execute(
        update(VersionRow).where(VersionRow.state == WANTED, *mine).values(lease_until=None)
    )


async def pay(session: AsyncSession, version_id: int, *, now: datetime) -> bool:
    """A writer that costs something is asked for it. False when one was before."""
    changed = await session.scalar(
        update(VersionRow)
        .where(VersionRow.id == version_id, VersionRow.paid_at.is_(None))
        .values(paid_at=now)
        .returning(VersionRow.id)
    )
    return changed is not None


async def store(session: AsyncSession, version: Version, written: Written) -> bool:
    """What came of it. False when somebody else, who took us for dead, was quicker: theirs
    stands."""
    changed = await session.scalar(
        update(VersionRow)
        .where(VersionRow.id == version.id, VersionRow.state == WANTED)
        .values(state=THERE, lease_until=None, **_values(written), **_uncounted(version, written))
        .returning(VersionRow.id)
    )
    return changed is not None


def _uncounted(version: Version, written: Written) -> dict[str, int]:
    """A wish of which nothing came takes no number: the next one has it."""
    return {} if version.base is None or written.script else {"number": -version.id}


async def numbered(session: AsyncSession, draft_id: int, number: int) -> Version | None:
    """One version of a draft by its number."""
    row = await session.scalar(
        select(VersionRow).where(VersionRow.draft_id == draft_id, VersionRow.number == number)
    )
    return as_version(row) if row else None


async def get(session: AsyncSession, person_id: int, draft_id: int) -> Draft | None:
    """One draft, if it is this person's."""
    row = await session.get(DraftRow, draft_id)
    return as_draft(row) if row and row.person_id == person_id else None


async def version(session: AsyncSession, person_id: int, version_id: int) -> Version | None:
    """One version by its id, if it is this person's."""
    row = await session.get(VersionRow, version_id, populate_existing=True)
    return as_version(row) if row and row.person_id == person_id else None


async def versions(session: AsyncSession, draft_id: int) -> list[Version]:
    """Every version of a draft that is there, oldest first; none that came to nothing."""
    rows = await session.scalars(
        select(VersionRow)
        .where(VersionRow.draft_id == draft_id, VersionRow.state == THERE, VersionRow.number > 0)
        .order_by(VersionRow.number)
    )
    return [as_version(row) for row in rows]


async def of_family(session: AsyncSession, draft: Draft) -> list[Draft]:
    """This draft and the other takes on the same material, the first one first."""
    first = draft.family or draft.id
    rows = await session.scalars(
        select(DraftRow)
        .where((DraftRow.id == first) | (DraftRow.family == first))
        .order_by(DraftRow.take, DraftRow.id)
    )
    return [as_draft(row) for row in rows]


async def all_of(session: AsyncSession, person_id: int) -> list[Draft]:
    """Every draft of this person's, oldest first."""
    rows = await session.scalars(
        select(DraftRow).where(DraftRow.person_id == person_id).order_by(DraftRow.id)
    )
    return [as_draft(row) for row in rows]


async def set_status(
    session: AsyncSession,
    draft_id: int,
    *,
    status: Status | None = None,
    link: str | None = None,
    figures: str | None = None,
    now: datetime,
) -> None:
    """What became of it; what is left out stays as it is."""
    given = {"status": status, "link": link, "figures": figures}
    values = {name: value for name, value in given.items() if value is not None}
    await session.execute(
        update(DraftRow).where(DraftRow.id == draft_id).values(status_at=now, **values)
    )


async def _add(
    session: AsyncSession,
    draft: Draft,
    change: Change,
    *,
    request_id: int | None,
    now: datetime,
    **values: object,
) -> Version:
    highest = select(func.max(VersionRow.number)).where(VersionRow.draft_id == draft.id)
    row = VersionRow(
        draft_id=draft.id,
        person_id=draft.person_id,
        number=max(await session.scalar(highest) or 0, 0) + 1,
        request_id=request_id,
        created_at=now,
        **asdict(change),
        **values,
    )
    session.add(row)
    await session.flush()
    return as_version(row)


def _values(written: Written) -> dict[str, object]:
    script = _script.dump_python(written.script, mode="json") if written.script else None
    others = ("text", "by", "prompt", "trouble", "question")
    return {"script": script} | {name: getattr(written, name) for name in others}


def as_draft(row: DraftRow) -> Draft:
    """The record behind a row."""
    return Draft(
        id=row.id,
        person_id=row.person_id,
        form=row.form,
        created_at=row.created_at,
        about=row.about,
        about_n=row.about_n,
        family=row.family,
        take=row.take,
        status=Status(row.status),
        link=row.link,
        figures=row.figures,
        digest_id=row.digest_id,
        opened_at=row.opened_at,
        postponed_to=row.postponed_to,
        postponements=row.postponements,
        film_at=row.film_at,
        film_changes=row.film_changes,
        status_at=row.status_at,
    )


def as_version(row: VersionRow) -> Version:
    """The record behind a row."""
    return Version(
        id=row.id,
        draft_id=row.draft_id,
        person_id=row.person_id,
        number=row.number,
        created_at=row.created_at,
        script=_script.validate_python(row.script) if row.script else None,
        text=row.text or "",
        wish=row.wish or "",
        line=row.line,
        base=row.base,
        by=row.by or "",
        prompt=row.prompt or "",
        trouble=row.trouble,
        question=row.question,
        lease_until=row.lease_until,
    )
