"""Somebody else, and short ways to say things and to see what was kept."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest

from bot.domain.parcels import Parcel
from bot.domain.records import Fragment, Language, Person, Said
from bot.journey import outbox, people
from bot.journey.capture import capture
from bot.store import fragments
from bot.store.database import Database

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)  # in Taipei

Say = Callable[..., Awaitable[Fragment]]


def everybody(_person_id: int) -> bool:
    """Whoever writes may use the bot."""
    return True


async def kept(db: Database, person: Person) -> list[Fragment]:
    """Every fragment of this person's, in order of arrival."""
    async with db.read() as session:
        return await fragments.all_of(session, person.id)


async def send_due(db: Database, *, at: datetime) -> list[Parcel]:
    """Send what waits in the outbox, as message 900; what it was."""
    parcels = await outbox.claim(db, lambda _: True, now=at)
    for parcel in parcels:
        assert await outbox.begin(db, parcel, as_of=at, now=at)
        await outbox.sent(db, parcel, message_id=900, now=at)
    return parcels


@pytest.fixture
async def mei(db: Database, ming: Person) -> Person:
    """A second person, in Los Angeles; the first digest is due at 05:00 UTC on the 21st."""
    newcomer = Person(
        id=43,
        language=Language.EN,
        timezone="America/Los_Angeles",
        digest_at=time(21),
        digest_from=NOON + timedelta(hours=9),
    )
    return await people.welcome(db, newcomer, now=NOON)


@pytest.fixture
def say(db: Database, ming: Person) -> Say:
    """Keep a text as a fragment of Ming's, at noon unless told otherwise; each is a message of its
    own, numbered from 1."""
    message_ids = count(1)

    async def saying(text: str, *, at: datetime = NOON, by: Person = ming, **more: Any) -> Fragment:
        kept = await capture(db, Said(by.id, next(message_ids), text, at, **more))
        assert kept is not None
        return kept

    return saying
