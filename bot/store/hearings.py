"""Queries about recordings on their way to words.

A hearing waits, is being heard under a lease, and ends as heard, nothing or failed. A person's are
heard in the order in which they came: one that waits for its next attempt holds up those behind it,
unless it was set aside because the recording itself may be at fault.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.heard import Heard
from bot.domain.hearing import SOUNDING, Again, Hearing, Stage
from bot.errors import Trouble
from bot.store.heard import OPEN, about, by_ids
from bot.store.leases import Moment, is_due, lapsed
from bot.store.passing import HearingMessageRow, HearingRow
from bot.store.tables import FragmentRow, MediaRow
from bot.store.types import Utc


async def open_for(session: AsyncSession, fragment_ids: Collection[int], *, now: datetime) -> None:
    """Let every recording of these fragments be heard that we hold and that is not known yet."""
    sounds = or_(
        # An album may begin with a video and go on with photos.
        and_(FragmentRow.kind.in_(SOUNDING), ~MediaRow.mime.startswith("image/")),
        MediaRow.mime.startswith("audio/"),
        MediaRow.mime.startswith("video/"),
    )
    known = exists().where(HearingRow.media_id == MediaRow.id)
    found = await session.execute(
        select(FragmentRow.person_id, FragmentRow.id, MediaRow.id)
        .join(MediaRow, MediaRow.fragment_id == FragmentRow.id)
        .where(FragmentRow.id.in_(fragment_ids), MediaRow.path.is_not(None), sounds, ~known)
        .order_by(MediaRow.id)
    )
    session.add_all(
        HearingRow(
            person_id=person_id,
            fragment_id=fragment_id,
            media_id=media_id,
            state=Stage.WAITING,
            due_at=now,
        )
        for person_id, fragment_id, media_id in found
    )
    await session.flush()


def to_hear(now: Moment) -> ColumnElement[bool]:
    """Which recordings are next and nobody is hearing."""
    earlier = aliased(HearingRow)
    held_up = exists().where(
        earlier.person_id == HearingRow.person_id,
        earlier.state.in_(OPEN),
        earlier.id < HearingRow.id,
        earlier.aside.is_(False),
    )
    waits = and_(HearingRow.state == Stage.WAITING, is_due(HearingRow.due_at, now))
    left_behind = HearingRow.state == Stage.HEARING
    return and_(or_(waits, left_behind), lapsed(HearingRow.lease_until, now), ~held_up)


async def claim(
    session: AsyncSession,
    person_ids: Collection[int],
    *,
    most: int,
    now: datetime,
    lease_until: datetime,
) -> list[Hearing]:
    """Take up to `most` of what is next for these people, oldest first; ours until
    `lease_until`."""
    following = (
        select(HearingRow.id)
        .where(to_hear(now), HearingRow.person_id.in_(person_ids))
        .order_by(HearingRow.id)
        .limit(most)
    )
    ids = await session.scalars(
        update(HearingRow)
        # The lease is looked at again: of two processes only one may take a row.
        .where(HearingRow.id.in_(following), lapsed(HearingRow.lease_until, now))
        .values(state=Stage.HEARING, lease_until=lease_until)
        .returning(HearingRow.id)
        .execution_options(synchronize_session=False)
    )
    return await by_ids(session, ids.all())


async def hold(session: AsyncSession, hearing_id: int, *, lease_until: datetime) -> None:
    """It is still being heard."""
    await session.execute(
        update(HearingRow)
        .where(HearingRow.id == hearing_id, HearingRow.state == Stage.HEARING)
        .values(lease_until=lease_until)
    )


async def give_back(session: AsyncSession, hearing_id: int) -> None:
    """Nobody hears it after all."""
    await session.execute(
        update(HearingRow)
        .where(HearingRow.id == hearing_id, HearingRow.state == Stage.HEARING)
        .values(state=Stage.WAITING, lease_until=None)
    )


async def store(session: AsyncSession, hearing_id: int, heard: Heard, *, now: datetime) -> bool:
    """What was heard. False when somebody else stored theirs before."""
    return await _end(
        session,
        hearing_id,
        state=Stage.NOTHING if heard.nothing else Stage.HEARD,
        trouble=None,
        attempts=0,
        raw=heard.raw,
        text=heard.text,
        by=heard.by,
        heard_s=heard.duration_s,
        partial=heard.partial,
        why_empty=heard.nothing,
        heard_at=now,
    )


async def put_off(
    session: AsyncSession, hearing: Hearing, trouble: Trouble, again: Again, *, due_at: datetime
) -> bool:
    """It is tried once more, from `due_at` on. False when somebody else heard it meanwhile."""
    return await _end(
        session,
        hearing.id,
        state=Stage.WAITING,
        trouble=trouble,
        attempts=hearing.attempts + 1,
        due_at=due_at,
        aside=again.aside,
    )


async def fail(session: AsyncSession, hearing: Hearing, trouble: Trouble) -> bool:
    """It is not tried again by itself. False when somebody else heard it meanwhile."""
    attempts = hearing.attempts + 1
    return await _end(session, hearing.id, state=Stage.FAILED, trouble=trouble, attempts=attempts)


async def correct(session: AsyncSession, hearing_id: int, text: str, *, now: datetime) -> None:
    """The person says what was said. What the recogniser gave stays beside it."""
    await session.execute(
        update(HearingRow)
        .where(HearingRow.id == hearing_id)
        .values(
            state=Stage.HEARD,
            text=text,
            trouble=None,
            why_empty=None,
            lease_until=None,
            heard_at=func.coalesce(HearingRow.heard_at, literal(now, Utc)),
        )
    )


async def again(session: AsyncSession, person_id: int, *, now: datetime) -> list[int]:
    """Try everything of this person's now that failed or waits; its ids."""
    ids = await session.scalars(
        update(HearingRow)
        .where(
            HearingRow.person_id == person_id,
            HearingRow.state.in_((Stage.FAILED, Stage.WAITING)),
        )
        .values(state=Stage.WAITING, due_at=now, attempts=0, aside=False, trouble=None)
        .returning(HearingRow.id)
        .execution_options(synchronize_session=False)
    )
    return list(ids)


async def at_once(session: AsyncSession, *, now: datetime) -> None:
    """Nothing waits for its next attempt any longer: another listener may be there."""
    await session.execute(
        update(HearingRow)
        .where(HearingRow.state == Stage.WAITING, HearingRow.due_at > now)
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )


async def answers(session: AsyncSession, fragment_id: int, expansion_id: int) -> None:
    """What is still to be heard in this fragment answers that expansion's question."""
    await session.execute(
        update(HearingRow)
        .where(HearingRow.fragment_id == fragment_id, HearingRow.state.in_((*OPEN, Stage.FAILED)))
        .values(answers=expansion_id)
    )


async def take_answered(session: AsyncSession, hearing_id: int) -> int | None:
    """The expansion whose question this recording answers; once."""
    mine = HearingRow.id == hearing_id
    found = await session.scalar(select(HearingRow.answers).where(mine))
    await session.execute(update(HearingRow).where(mine).values(answers=None))
    return found


async def changes(session: AsyncSession, fragment_id: int, version_id: int) -> None:
    """What is still to be heard in this fragment is about that version of a draft."""
    await session.execute(
        update(HearingRow)
        .where(HearingRow.fragment_id == fragment_id, HearingRow.state.in_((*OPEN, Stage.FAILED)))
        .values(changes=version_id)
    )


async def take_changed(session: AsyncSession, hearing_id: int) -> int | None:
    """The version of a draft that this recording is about; once."""
    mine = HearingRow.id == hearing_id
    found = await session.scalar(select(HearingRow.changes).where(mine))
    await session.execute(update(HearingRow).where(mine).values(changes=None))
    return found


async def note_message(session: AsyncSession, hearing: Hearing | None, message_id: int) -> None:
    """This message is about that recording; noted once."""
    if hearing is None or await about(session, hearing.person_id, message_id):
        return
    session.add(
        HearingMessageRow(person_id=hearing.person_id, message_id=message_id, hearing_id=hearing.id)
    )
    await session.flush()


async def shown_in(session: AsyncSession, hearing_id: int, message_id: int | None) -> None:
    """Our message that holds all of the words; None when it takes several."""
    await session.execute(
        update(HearingRow).where(HearingRow.id == hearing_id).values(message_id=message_id)
    )


async def _end(session: AsyncSession, hearing_id: int, **values: object) -> bool:
    changed = await session.scalar(
        update(HearingRow)
        .where(HearingRow.id == hearing_id, HearingRow.state.in_((*OPEN, Stage.FAILED)))
        .values(lease_until=None, **values)
        .returning(HearingRow.id)
    )
    return changed is not None
