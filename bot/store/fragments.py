"""Queries about fragments, their revisions and their files."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import Select, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Fragment, Kind, Media, Origin
from bot.store.passing import ParcelRow
from bot.store.tables import ExpansionRow, FragmentRow, MediaRow, RevisionRow

COLUMNS = (
    *("person_id", "n", "kind", "origin", "text", "message_id", "captured_at"),
    *("reply_to", "about", "gold_at"),
)


async def add(session: AsyncSession, new: Sequence[Fragment]) -> list[Fragment]:
    """Keep fragments, in few statements however many they are; the same with the ids they got."""
    ids = await session.scalars(
        insert(FragmentRow).returning(FragmentRow.id, sort_by_parameter_order=True),
        [{name: getattr(one, name) for name in COLUMNS} for one in new],
    )
    kept = [replace(one, id=id) for one, id in zip(new, ids, strict=True)]
    files = [{"fragment_id": one.id} | asdict(file) for one in kept for file in one.media]
    if files:
        await session.execute(insert(MediaRow), files)
    return kept


async def by_messages(
    session: AsyncSession, sent: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], Fragment]:
    """The fragments that were sent as these messages, each named by person and message."""
    named = tuple_(FragmentRow.person_id, FragmentRow.message_id)
    found = await _all(session, select(FragmentRow).where(named.in_(list(sent))))
    return {(one.person_id, one.message_id): one for one in found}


async def by_message(session: AsyncSession, person_id: int, message_id: int) -> Fragment | None:
    """The fragment that was sent as this message."""
    return await _one(session, _of(person_id).where(FragmentRow.message_id == message_id))


async def by_number(session: AsyncSession, person_id: int, n: int) -> Fragment | None:
    """The fragment with this number."""
    return await _one(session, _of(person_id).where(FragmentRow.n == n))


async def last_with_words(session: AsyncSession, person_id: int) -> Fragment | None:
    """The newest fragment of the person's own that has words."""
    own = _of(person_id).where(FragmentRow.origin == Origin.OWN, FragmentRow.text != "")
    newest = own.order_by(None).order_by(FragmentRow.n.desc()).limit(1)
    return await _one(session, newest)


async def since(session: AsyncSession, person_id: int, cut_n: int) -> list[Fragment]:
    """All fragments with a number above `cut_n`, in order."""
    return await _all(session, _of(person_id).where(FragmentRow.n > cut_n))


async def all_of(session: AsyncSession, person_id: int) -> list[Fragment]:
    """Everything this person ever sent, in order of arrival."""
    return await _all(session, _of(person_id))


async def gold(
    session: AsyncSession,
    person_id: int,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Fragment]:
    """Fragments kept as gold, in the order they were kept; only those kept after `since` and not
    after `until`."""
    kept = _of(person_id).where(FragmentRow.gold_at.is_not(None))
    if since:
        kept = kept.where(FragmentRow.gold_at > since)
    if until:
        kept = kept.where(FragmentRow.gold_at <= until)
    return sorted(await _all(session, kept), key=lambda one: (one.gold_at, one.n))


async def newest_message(session: AsyncSession) -> int:
    """The highest message number anything kept refers to, 0 before the first."""
    highest = [
        await session.scalar(select(func.max(column)))
        for column in (FragmentRow.message_id, ExpansionRow.message_id, ParcelRow.message_id)
    ]
    return max(one or 0 for one in highest)


async def last_number(session: AsyncSession, person_id: int) -> int:
    """The highest number given so far, 0 before the first fragment."""
    highest = select(func.max(FragmentRow.n)).where(FragmentRow.person_id == person_id)
    return await session.scalar(highest) or 0


async def revise(session: AsyncSession, fragment: Fragment, text: str, *, now: datetime) -> None:
    """Give a fragment a new text and keep the one it had."""
    session.add(RevisionRow(fragment_id=fragment.id, text=fragment.text, replaced_at=now))
    await _set(session, fragment.id, text=text)


async def set_gold(session: AsyncSession, fragment_id: int, at: datetime | None) -> None:
    """Mark a fragment as gold, or take the mark away."""
    await _set(session, fragment_id, gold_at=at)


async def disown(session: AsyncSession, fragment_id: int) -> None:
    """The words of this fragment are somebody else's, says the person."""
    await session.execute(
        update(FragmentRow)
        .where(FragmentRow.id == fragment_id, FragmentRow.origin == Origin.OWN)
        .values(origin=Origin.FORWARDED, disowned=True)
    )


async def own_again(session: AsyncSession, fragment_id: int) -> None:
    """Take that back. A forward stays a forward, whatever is said of it."""
    await session.execute(
        update(FragmentRow)
        .where(FragmentRow.id == fragment_id, FragmentRow.disowned)
        .values(origin=Origin.OWN, disowned=False)
    )


def _of(person_id: int) -> Select[FragmentRow]:
    return select(FragmentRow).where(FragmentRow.person_id == person_id).order_by(FragmentRow.n)


async def _set(session: AsyncSession, fragment_id: int, **values: object) -> None:
    await session.execute(update(FragmentRow).where(FragmentRow.id == fragment_id).values(**values))


async def _one(session: AsyncSession, query: Select[FragmentRow]) -> Fragment | None:
    found = await _all(session, query)
    return found[0] if found else None


async def _all(session: AsyncSession, query: Select[FragmentRow]) -> list[Fragment]:
    rows = (await session.scalars(query)).all()
    if not rows:
        return []
    ids = select(query.subquery().c.id)
    revisions = await session.scalars(
        select(RevisionRow).where(RevisionRow.fragment_id.in_(ids)).order_by(RevisionRow.id)
    )
    media = await session.scalars(
        select(MediaRow).where(MediaRow.fragment_id.in_(ids)).order_by(MediaRow.id)
    )
    texts: dict[int, list[str]] = {}
    files: dict[int, list[MediaRow]] = {}
    for revision in revisions:
        texts.setdefault(revision.fragment_id, []).append(revision.text)
    for one in media:
        files.setdefault(one.fragment_id, []).append(one)
    return [_fragment(row, texts.get(row.id, []), files.get(row.id, [])) for row in rows]


def _fragment(row: FragmentRow, revisions: Sequence[str], files: Sequence[MediaRow]) -> Fragment:
    return Fragment(
        id=row.id,
        person_id=row.person_id,
        n=row.n,
        kind=Kind(row.kind),
        origin=Origin(row.origin),
        text=row.text,
        message_id=row.message_id,
        captured_at=row.captured_at,
        reply_to=row.reply_to,
        about=row.about,
        gold_at=row.gold_at,
        revisions=tuple(revisions),
        media=tuple(
            Media(
                file_id=one.file_id,
                path=one.path,
                mime=one.mime,
                size=one.size,
                duration_s=one.duration_s,
            )
            for one in files
        ),
    )
