"""Queries about what shows how a person speaks and writes: their texts, samples and notes."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.drafts import Script
from bot.domain.hearing import Stage
from bot.domain.records import Kind, Origin
from bot.domain.voice import Manner, Said
from bot.store import drafts
from bot.store.draft_tables import DraftRow, SampleRow, VersionRow
from bot.store.passing import HearingRow
from bot.store.tables import FragmentRow

# An added one that was removed stays, so that it can be brought back; the last is a fragment, or a
# final text, that does not count.
ADDED, REMOVED, LEFT_OUT = "added", "removed", "left_out"

_SPOKEN = (Kind.VOICE, Kind.AUDIO, Kind.VIDEO, Kind.VIDEO_NOTE)
_MANNERS = {str(kind): Manner.SPOKEN for kind in _SPOKEN} | {str(Kind.TEXT): Manner.WRITTEN}
_MINE = (
    FragmentRow.origin == Origin.OWN,
    FragmentRow.disowned.is_(False),
    FragmentRow.aside.is_(False),
)
# The newest so many notes tell how fast somebody speaks these days. Ours.
_NOTES = 200


@dataclass(frozen=True, slots=True)
class Final:
    """A final text of the person's: which version of which draft, and the one it was made from."""

    version_id: int
    draft_id: int
    number: int
    base: int | None
    form: str
    text: str
    at: datetime


async def said(session: AsyncSession, person_id: int, left_out: Container[int] = ()) -> list[Said]:
    """What the person said and typed themselves, oldest first; those with these numbers do not
    count. Instructions about drafts are no example of how they speak."""
    rows = await session.execute(
        select(FragmentRow.n, FragmentRow.kind, FragmentRow.text, FragmentRow.captured_at)
        .where(
            FragmentRow.person_id == person_id,
            FragmentRow.kind.in_((*_SPOKEN, Kind.TEXT)),
            FragmentRow.text != "",
            *_MINE,
        )
        .order_by(FragmentRow.n)
    )
    return [
        Said(text, _MANNERS[kind], at, n, counts=n not in left_out) for n, kind, text, at in rows
    ]


async def added(session: AsyncSession, person_id: int) -> list[Said]:
    """The samples that the person added, oldest first, left out or not."""
    rows = await session.scalars(
        select(SampleRow)
        .where(SampleRow.person_id == person_id, SampleRow.source.in_((ADDED, REMOVED)))
        .order_by(SampleRow.id)
    )
    return [
        Said(
            row.text,
            Manner(row.manner),
            row.added_at,
            sample=row.id,
            counts=row.source == ADDED,
        )
        for row in rows
    ]


async def finals(session: AsyncSession, person_id: int) -> list[Final]:
    """The newest final text of each draft, oldest first."""
    rows = await session.execute(
        select(VersionRow, DraftRow.form)
        .join(DraftRow, DraftRow.id == VersionRow.draft_id)
        .where(VersionRow.person_id == person_id, VersionRow.by == "person", VersionRow.text != "")
        .order_by(VersionRow.id)
    )
    newest = {
        row.draft_id: Final(
            row.id, row.draft_id, row.number, row.base, form, row.text, row.created_at
        )
        for row, form in rows
    }
    return sorted(newest.values(), key=lambda one: one.version_id)


async def made_from(session: AsyncSession, final: Final) -> Script | None:
    """The script that a final text was made from: the one it names, or else the last before it."""
    before = [
        one
        for one in await drafts.versions(session, final.draft_id)
        if one.script and one.number < final.number
    ]
    named = [one.script for one in before if one.number == final.base]
    return next(iter(named), before[-1].script if before else None)


async def left_out(session: AsyncSession, person_id: int) -> tuple[set[int], set[int]]:
    """The numbers of fragments, and the ids of versions, that are not to count."""
    rows = await session.execute(
        select(SampleRow.fragment_n, SampleRow.version_id).where(
            SampleRow.person_id == person_id, SampleRow.source == LEFT_OUT
        )
    )
    pairs = list(rows)
    return {n for n, _ in pairs if n}, {id for _, id in pairs if id}


async def add_sample(
    session: AsyncSession, person_id: int, manner: Manner, text: str, *, now: datetime
) -> int:
    """A sample, or the one with the same text; its id."""
    row = await session.scalar(
        select(SampleRow).where(
            SampleRow.person_id == person_id,
            SampleRow.source.in_((ADDED, REMOVED)),
            SampleRow.text == text,
        )
    )
    if row is None:
        row = SampleRow(person_id=person_id, text=text, added_at=now)
        session.add(row)
    row.manner, row.source = manner, ADDED
    await session.flush()
    return row.id


async def set_manner(session: AsyncSession, person_id: int, sample_id: int, manner: Manner) -> None:
    """A sample was spoken after all, or written."""
    await session.execute(
        update(SampleRow)
        .where(SampleRow.person_id == person_id, SampleRow.id == sample_id)
        .values(manner=manner)
    )


async def set_counts(
    session: AsyncSession, person_id: int, sample_id: int, *, counts: bool
) -> None:
    """A sample that was added counts, or no longer."""
    await session.execute(
        update(SampleRow)
        .where(
            SampleRow.person_id == person_id,
            SampleRow.id == sample_id,
            SampleRow.source.in_((ADDED, REMOVED)),
        )
        .values(source=ADDED if counts else REMOVED)
    )


async def leave_out(
    session: AsyncSession,
    person_id: int,
    *,
    n: int | None = None,
    version_id: int | None = None,
    now: datetime,
) -> None:
    """A fragment, or a final text, does not count. Twice is the same as once."""
    await count_again(session, person_id, n=n, version_id=version_id)
    session.add(
        SampleRow(
            person_id=person_id,
            manner="",
            text="",
            source=LEFT_OUT,
            fragment_n=n,
            version_id=version_id,
            added_at=now,
        )
    )
    await session.flush()


async def count_again(
    session: AsyncSession, person_id: int, *, n: int | None = None, version_id: int | None = None
) -> None:
    """It counts again."""
    await session.execute(
        delete(SampleRow).where(
            SampleRow.person_id == person_id,
            SampleRow.source == LEFT_OUT,
            SampleRow.fragment_n.is_(None) if n is None else SampleRow.fragment_n == n,
            SampleRow.version_id.is_(None)
            if version_id is None
            else SampleRow.version_id == version_id,
        )
    )


async def notes(session: AsyncSession, person_id: int) -> list[tuple[str, float]]:
    """The words of the person's newest voice and video notes that were heard to their end, each
    with its seconds."""
    rows = await session.execute(
        select(HearingRow.text, HearingRow.heard_s)
        .join(FragmentRow, FragmentRow.id == HearingRow.fragment_id)
        .where(
            HearingRow.person_id == person_id,
            HearingRow.state == Stage.HEARD,
            HearingRow.partial.is_(None),
            HearingRow.text.is_not(None),
            HearingRow.heard_s.is_not(None),
            FragmentRow.kind.in_((Kind.VOICE, Kind.VIDEO_NOTE)),
            *_MINE,
        )
        .order_by(HearingRow.id.desc())
        .limit(_NOTES)
    )
    return [(text or "", seconds or 0.0) for text, seconds in rows]
