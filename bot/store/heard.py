"""Looking up recordings on their way to words."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.hearing import Hearing, Stage
from bot.domain.records import Kind, Origin
from bot.errors import Trouble
from bot.store.passing import HearingMessageRow, HearingRow
from bot.store.tables import FragmentRow, MediaRow, RevisionRow

OPEN = (Stage.WAITING, Stage.HEARING)


async def get(session: AsyncSession, hearing_id: int) -> Hearing | None:
    """One hearing by its id."""
    return await _one(session, _hearings().where(HearingRow.id == hearing_id))


async def of_fragment(session: AsyncSession, fragment_id: int) -> list[Hearing]:
    """The recordings of one fragment, in the order of its files."""
    return await _all(session, _hearings().where(HearingRow.fragment_id == fragment_id))


async def finished(session: AsyncSession, person_id: int) -> list[Hearing]:
    """This person's recordings that a recogniser heard to their end."""
    whole = HearingRow.raw.is_not(None)
    return await _all(session, _hearings().where(HearingRow.person_id == person_id, whole))


async def unfinished(session: AsyncSession, person_id: int) -> list[Hearing]:
    """This person's recordings that have no words yet and may still get some."""
    unfinished = HearingRow.state.in_((*OPEN, Stage.FAILED))
    return await _all(session, _hearings().where(HearingRow.person_id == person_id, unfinished))


async def about(session: AsyncSession, person_id: int, message_id: int) -> Hearing | None:
    """The recording that a message is about, ours or a correction of the person's."""
    named = select(HearingMessageRow.hearing_id).where(
        HearingMessageRow.person_id == person_id, HearingMessageRow.message_id == message_id
    )
    return await _one(session, _hearings().where(HearingRow.id.in_(named)))


async def by_ids(session: AsyncSession, ids: Collection[int]) -> list[Hearing]:
    """These hearings, oldest first."""
    return await _all(session, _hearings().where(HearingRow.id.in_(ids))) if ids else []


async def late(
    session: AsyncSession, person_id: int, *, cut_n: int, since: datetime, until: datetime
) -> set[int]:
    """Numbers up to `cut_n` of fragments that got their words in that time: after the digest they
    would have stood in."""
    return set(
        await session.scalars(
            select(FragmentRow.n)
            .join(HearingRow, HearingRow.fragment_id == FragmentRow.id)
            .where(
                HearingRow.person_id == person_id,
                HearingRow.state == Stage.HEARD,
                HearingRow.heard_at > since,
                HearingRow.heard_at <= until,
                FragmentRow.n <= cut_n,
                FragmentRow.aside.is_(False),
            )
        )
    )


async def numbers(session: AsyncSession, person_id: int) -> set[int]:
    """The numbers of this person's fragments with a recording that we hold."""
    mine = HearingRow.person_id == person_id
    named = select(FragmentRow.n).join(HearingRow, HearingRow.fragment_id == FragmentRow.id)
    return set(await session.scalars(named.where(mine)))


async def silent(session: AsyncSession, person_id: int) -> set[int]:
    """The numbers of fragments in which nothing is to be heard."""
    return set(
        await session.scalars(
            select(FragmentRow.n)
            .join(HearingRow, HearingRow.fragment_id == FragmentRow.id)
            .where(HearingRow.person_id == person_id, HearingRow.state == Stage.NOTHING)
        )
    )


async def typed(session: AsyncSession, person_id: int, *, most: int) -> list[str]:
    """The newest texts that the person typed, or corrected: what a recogniser once got wrong must
    not be what it listens for."""
    corrected = FragmentRow.id.in_(select(RevisionRow.fragment_id))
    found = await session.scalars(
        select(FragmentRow.text)
        .where(
            FragmentRow.person_id == person_id,
            FragmentRow.origin == Origin.OWN,
            or_(FragmentRow.kind == Kind.TEXT, corrected),
        )
        .order_by(FragmentRow.n.desc())
        .limit(most)
    )
    return list(found)


async def stuck(session: AsyncSession) -> tuple[int, int]:
    """How many recordings wait or are being heard, and how many failed."""
    counts = select(HearingRow.state, func.count()).group_by(HearingRow.state)
    by_state = {row[0]: row[1] for row in await session.execute(counts)}
    return sum(by_state.get(one, 0) for one in OPEN), by_state.get(Stage.FAILED, 0)


_Found = Select[HearingRow, FragmentRow, MediaRow]


def _hearings() -> _Found:
    return (
        select(HearingRow, FragmentRow, MediaRow)
        .join(FragmentRow, FragmentRow.id == HearingRow.fragment_id)
        .join(MediaRow, MediaRow.id == HearingRow.media_id)
        .order_by(HearingRow.id)
        .execution_options(populate_existing=True)
    )


async def _one(session: AsyncSession, query: _Found) -> Hearing | None:
    found = await _all(session, query)
    return found[0] if found else None


async def _all(session: AsyncSession, query: _Found) -> list[Hearing]:
    found = await session.execute(query)
    return [_hearing(row, fragment, media) for row, fragment, media in found]


def _hearing(row: HearingRow, fragment: FragmentRow, media: MediaRow) -> Hearing:
    return Hearing(
        id=row.id,
        person_id=row.person_id,
        fragment_id=fragment.id,
        n=fragment.n,
        note=fragment.message_id,
        kind=Kind(fragment.kind),
        origin=Origin(fragment.origin),
        path=media.path or "",
        said_s=media.duration_s,
        stage=Stage(row.state),
        attempts=row.attempts,
        due_at=row.due_at,
        lease_until=row.lease_until,
        trouble=Trouble(row.trouble) if row.trouble else None,
        text=row.text or "",
        raw=row.raw or "",
        by=row.by or "",
        heard_s=row.heard_s or 0.0,
        partial=row.partial,
        nothing=row.why_empty,
        message_id=row.message_id,
    )
