"""What long work sends: each parcel once, whatever dies or is lost on the way.

A worker claims a parcel, marks it as begun before the first byte of each of its messages goes out,
and writes down what became of it. What may have arrived is not sent again; instead the person is
offered to see it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.parcels import Content, Parcel
from bot.journey import seeds, why
from bot.store import (
    card_messages,
    digest_messages,
    draft_messages,
    drafts,
    heard,
    hearings,
    outbox,
    people,
)
from bot.store.database import Database

# Longer than Telegram may take for one message (about 25 s until the client gives up). After it a
# dead process's parcel is taken up by another.
LEASE = timedelta(minutes=2)
# The first pause after a message that did not go out, and the longest; in between it is a quarter
# of its age, for whatever kept it from going may last until tomorrow.
PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
# How long Telegram may refuse a parcel before we stop trying; what never reached Telegram is tried
# for ever.
GIVE_UP_AFTER = timedelta(days=1)
# Pauses before an offer that may itself be lost is made again: twice told does no harm, but what is
# never told is lost.
OFFER_AGAIN = (timedelta(hours=1), timedelta(days=1))


async def claim(db: Database, admits: Callable[[int], bool], *, now: datetime) -> list[Parcel]:
    """What is to be sent to admitted people at `now`, ours for `LEASE`. What a dead process was
    sending becomes unknown and is offered."""
    async with db.write() as session:
        for lost in await outbox.give_up_lost(session, now=now):
            await _offer(session, lost, now=now)
        ours = [one for one in await people.reachable(session) if admits(one)]
        return await outbox.claim(session, ours, now=now, lease_until=now + LEASE)


async def find(db: Database, parcel_id: int) -> Parcel | None:
    """One parcel."""
    async with db.read() as session:
        return await outbox.get(session, parcel_id)


async def begin(db: Database, parcel: Parcel, *, as_of: datetime, now: datetime) -> bool:
    """Its next message is about to go out, in words made for the moment `as_of`. False when it is
    no longer ours: its lease ran out and another worker took it up."""
    async with db.write() as session:
        return await outbox.begin(session, parcel, begun_at=as_of, lease_until=now + LEASE)


async def go_on(
    db: Database, parcel: Parcel, *, parts_sent: int, message_id: int | None = None, now: datetime
) -> Parcel:
    """So many messages of it have arrived, the last as this one, and the next is to go out; the
    parcel as it is now."""
    further = replace(parcel, parts_sent=parts_sent, lease_until=now + LEASE)
    async with db.write() as session:
        await outbox.go_on(session, parcel.id, parts_sent=parts_sent, lease_until=now + LEASE)
        await _not_lost(session, parcel)
        if message_id:
            await _answerable(session, parcel, message_id)
    return further


async def sent(db: Database, parcel: Parcel, *, message_id: int, now: datetime) -> None:
    """All of it arrived; the last of its messages is this one, and replies to it are known."""
    async with db.write() as session:
        await outbox.sent(session, parcel.id, message_id=message_id, now=now)
        await _not_lost(session, parcel)
        await _answerable(session, parcel, message_id)
        if parcel.kind is Content.HEARING and not parcel.parts_sent:
            await hearings.shown_in(session, parcel.about, message_id)


async def not_sent(db: Database, parcel: Parcel, *, refused: bool, now: datetime) -> bool:
    """It certainly did not arrive: try again later, and later still each time, unless Telegram
    itself `refused` it for so long that it always will. Whether it is given up."""
    age = now - parcel.planned_at
    async with db.write() as session:
        if refused and age > GIVE_UP_AFTER:
            await outbox.end(session, parcel.id, outbox.FAILED)
            return True
        again_at = now + min(max(PAUSE, age / 4), LONGEST_PAUSE)
        await outbox.put_off(session, parcel.id, losses=parcel.losses, again_at=again_at)
        return False


async def nothing_left(db: Database, parcel: Parcel) -> None:
    """What it holds is gone, so there is nothing to send."""
    async with db.write() as session:
        await outbox.drop(session, parcel.id)


async def lost(db: Database, parcel: Parcel, *, now: datetime) -> None:
    """Nobody knows whether it arrived: it is not sent again but offered."""
    async with db.write() as session:
        await outbox.end(session, parcel.id, outbox.UNKNOWN)
        await _offer(session, parcel, now=now)


async def blocked(db: Database, parcel: Parcel, *, now: datetime) -> None:
    """The person does not want to hear from us; it waits until they write again."""
    async with db.write() as session:
        await people.block(session, [parcel.person_id], now=now)
        await outbox.put_off(session, parcel.id, losses=parcel.losses, again_at=now)


async def stuck(db: Database, *, person_id: int | None = None) -> tuple[int, int]:
    """How many parcels, of one person or of all, failed, and of how many nobody knows whether they
    arrived."""
    async with db.read() as session:
        return await outbox.stuck(session, person_id)


async def _not_lost(session: AsyncSession, parcel: Parcel) -> None:
    """It was only written down so late that others took its sender for dead."""
    await outbox.withdraw(session, Content.OFFER, parcel.id)


async def _answerable(session: AsyncSession, parcel: Parcel, message_id: int) -> None:
    """Let a reply to this message of it be known for what it is."""
    match parcel.kind:
        case Content.EXPANSION:
            await card_messages.shown_as(session, parcel.about, message_id)
        case Content.WAITS:
            hearing = await seeds.awaited(session, parcel.person_id, parcel.about)
            await hearings.note_message(session, hearing, message_id)
        case Content.WHY:
            await why.shown_in(session, parcel.about, message_id)
        case Content.DIGEST:
            await digest_messages.shown_as(session, parcel.person_id, parcel.about, message_id)
        case Content.DRAFT:
            if version := await drafts.version(session, parcel.person_id, parcel.about):
                await draft_messages.shown_as(session, version, message_id)
        case Content.HEARING | Content.UNHEARD:
            hearing = await heard.get(session, parcel.about)
            await hearings.note_message(session, hearing, message_id)


async def _offer(session: AsyncSession, lost: Parcel, *, now: datetime) -> None:
    """Plan to tell the person of a parcel that may not have arrived. A lost offer is repeated."""
    if lost.kind is not Content.OFFER:
        await outbox.plan(session, lost.person_id, Content.OFFER, lost.id, due_at=now + PAUSE)
    elif lost.losses < len(OFFER_AGAIN):
        again_at = now + OFFER_AGAIN[lost.losses]
        await outbox.put_off(session, lost.id, losses=lost.losses + 1, again_at=again_at)
