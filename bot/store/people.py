"""Queries about people."""

from collections.abc import Collection, Mapping
from datetime import datetime, time

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Language, Person
from bot.store.tables import PersonRow


async def add(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """Let a new person in."""
    session.add(
        PersonRow(
            id=person.id,
            language=person.language,
            timezone=person.timezone,
            digest_at=person.digest_at,
            digest_from=person.digest_from,
            day_starts=person.day_starts,
            weekdays_only=person.weekdays_only,
            paused_until=person.paused_until,
            zone_from=person.zone_from,
            digest_form=person.digest_form,
            dark=person.dark,
            joined_at=now,
        )
    )
    await session.flush()


async def get(session: AsyncSession, person_id: int) -> Person | None:
    """The person, or None for a stranger."""
    row = await session.get(PersonRow, person_id)
    return as_person(row) if row else None


async def everyone(session: AsyncSession) -> list[Person]:
    """All allowed people, in the order of their ids."""
    rows = await session.scalars(select(PersonRow).order_by(PersonRow.id))
    return [as_person(row) for row in rows]


async def reachable(session: AsyncSession) -> list[int]:
    """The ids of everyone who did not block the bot."""
    here = select(PersonRow.id).where(PersonRow.blocked_at.is_(None))
    return list(await session.scalars(here.order_by(PersonRow.id)))


async def set_language(session: AsyncSession, person_id: int, language: Language) -> None:
    """The language this person chose."""
    await _set(session, person_id, language=language)


async def set_evenings(session: AsyncSession, before: Person, after: Person) -> None:
    """When the evening digest comes, in which zone and which form. Once it is off, the hour it had
    stays known."""
    was = {"digest_was_at": before.digest_at} if before.digest_at else {}
    await _set(
        session,
        after.id,
        timezone=after.timezone,
        zone_from=after.zone_from,
        digest_at=after.digest_at,
        digest_from=after.digest_from,
        weekdays_only=after.weekdays_only,
        paused_until=after.paused_until,
        digest_form=after.digest_form,
        **was,
    )


async def hour_before(session: AsyncSession, person_id: int) -> time | None:
    """The last hour the digest had before this one, or before it was off."""
    return await session.scalar(select(PersonRow.digest_was_at).where(PersonRow.id == person_id))


async def set_dark(session: AsyncSession, person_id: int, dark: bool) -> None:
    """The ground this person likes pictures on."""
    await _set(session, person_id, dark=dark)


async def block(session: AsyncSession, person_ids: Collection[int], *, now: datetime) -> None:
    """These people do not want to hear from the bot."""
    await session.execute(
        update(PersonRow).where(PersonRow.id.in_(person_ids)).values(blocked_at=now)
    )


async def come_back(session: AsyncSession, person_ids: Collection[int]) -> None:
    """These people wrote, so they may be written to."""
    await session.execute(
        update(PersonRow)
        .where(PersonRow.id.in_(person_ids), PersonRow.blocked_at.is_not(None))
        .values(blocked_at=None)
        .execution_options(synchronize_session=False)
    )


async def blocked(session: AsyncSession) -> int:
    """How many people blocked the bot."""
    count = select(func.count()).select_from(PersonRow).where(PersonRow.blocked_at.is_not(None))
    return await session.scalar(count) or 0


async def lock(session: AsyncSession, *person_ids: int) -> dict[int, int]:
    """Let nobody else look-then-write about these people until the transaction ends; the last
    fragment number given to each. SQLite's write lock does the first already, PostgreSQL needs it.
    """
    counted = select(PersonRow.id, PersonRow.fragments_counted).where(PersonRow.id.in_(person_ids))
    # In one order for everybody, so that no two transactions wait for each other.
    rows = await session.execute(counted.order_by(PersonRow.id).with_for_update())
    return {row.id: row.fragments_counted for row in rows}


async def count_fragments(session: AsyncSession, counted: Mapping[int, int]) -> None:
    """Set the last fragment number given to each of these people."""
    await session.execute(
        update(PersonRow), [{"id": one, "fragments_counted": n} for one, n in counted.items()]
    )


async def _set(session: AsyncSession, person_id: int, **values: object) -> None:
    await session.execute(update(PersonRow).where(PersonRow.id == person_id).values(**values))


def as_person(row: PersonRow) -> Person:
    """The record behind a row."""
    return Person(
        id=row.id,
        language=Language(row.language),
        timezone=row.timezone,
        digest_at=row.digest_at,
        digest_from=row.digest_from,
        day_starts=row.day_starts,
        weekdays_only=row.weekdays_only,
        paused_until=row.paused_until,
        zone_from=row.zone_from,
        digest_form=row.digest_form,
        dark=row.dark,
    )
