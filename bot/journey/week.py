"""The look back at a week: with the digest that ends it, or of the running one at any time.

No model is asked: it counts, and quotes what the person said.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import weeks as domain
from bot.domain.digests import Digest
from bot.domain.parcels import Content
from bot.domain.records import Fragment, Idea, Person
from bot.domain.related import plain
from bot.domain.weeks import Found, Week, WeekBody
from bot.store import drafts, fragments, ideas, outbox, people, weeks
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class LookBack:
    """A week to be told of, and what is to be said."""

    person_id: int
    week: date
    body: WeekBody


async def ended(db: Database, digest: Digest, person: Person) -> LookBack | None:
    """The week that this evening ends, or that ended while the bot was away; None for any other
    evening, for a week told of before, and for a silent one. Keep it with `plan`."""
    week = domain.due(digest.evening, person) if digest.evening else None
    if week is None:
        return None
    async with db.read() as session:
        known = await weeks.of(session, person.id, week)
    if known and known.composed_at >= domain.closes(week, person):
        return None
    body = await _compose(db, person, week)
    return None if body.silent else LookBack(person.id, week, body)


async def plan(session: AsyncSession, back: LookBack | None, *, now: datetime) -> None:
    """Store it and plan to send it: in the transaction that ends the digest it comes with."""
    if back:
        week = await weeks.keep(session, back.person_id, back.week, back.body, now=now)
        await outbox.plan(session, back.person_id, Content.WEEK, week.id, due_at=now)


async def running(db: Database, person: Person, *, now: datetime) -> Week | None:
    """The week as far as it went; while it is silent, the last one; None when there is none."""
    week = domain.running(now, person)
    body = await _compose(db, person, week)
    if body.silent:
        async with db.read() as session:
            return await weeks.newest(session, person.id)
    async with db.write() as session:
        return await weeks.keep(session, person.id, week, body, now=now)


async def find(db: Database, person_id: int, week_id: int) -> Week | None:
    """One look back, if it is this person's."""
    async with db.read() as session:
        return await weeks.get(session, person_id, week_id)


async def choose_ground(db: Database, person_id: int, *, dark: bool) -> Person | None:
    """Draw this person's pictures on a dark ground from now on, or on a light one."""
    async with db.write() as session:
        await people.set_dark(session, person_id, dark)
        return await people.get(session, person_id)


async def _compose(db: Database, person: Person, week: date) -> WeekBody:
    until = domain.closes(week, person)
    since = domain.closes(week - timedelta(days=2 * domain.DAYS), person)
    window = {"since": since, "until": until}
    async with db.read() as session:
        sent = await fragments.between(session, person.id, **window)
        gold: list[Fragment | Idea] = [
            *await fragments.gold(session, person.id, **window),
            *await ideas.kept(session, person.id, **window),
        ]
        made = await drafts.all_of(session, person.id)
        titles = await weeks.titles(session, person.id)
        texts = await fragments.texts(session, person.id)

    def look_back() -> WeekBody:
        begins = domain.closes(week - timedelta(days=domain.DAYS), person)
        mine = {one.n for one in sent if one.captured_at > begins}
        elsewhere = plain([one.text for one in texts if one.own and one.n not in mine])
        return domain.look_back(week, person, Found(sent, gold, made, titles, elsewhere))

    # In a library of 20,000 fragments the words of a week take a while to find.
    return await asyncio.to_thread(look_back)
