"""What a draft is made of: what is new since the last evening, or what belongs to its subject, or
for a newsletter both."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import excerpts, related, script
from bot.domain.drafts import Draft
from bot.domain.forms import Form
from bot.domain.records import Fragment, Language, Person
from bot.journey.ports import Material
from bot.store import digests, fragments
from bot.store.database import Database

# Ours: what a writer is given, in characters. Three hundred lines of a day fit; so much costs Opus
# some ten cents to read, a usual day less than one.
MOST_CHARS = 24_000
# Ours: so many fragments about a subject. More would not be said in one piece.
ABOUT = 40
# With fewer of the person's own since the last evening, what was said before belongs to it too.
ENOUGH, NEWEST = 4, 60


async def gather(
    db: Database, draft: Draft, form: Form, first: Collection[int] = ()
) -> tuple[Material, ...]:
    """The fragments for a draft, in order; those with the numbers in `first` come whatever else
    does."""
    async with db.read() as session:
        found = {one.n: one for one in await _found(session, draft, form)}
        found |= {one.n: one for one in await fragments.by_numbers(session, draft.person_id, first)}
    return within([found[n] for n in sorted(found)], first)


async def _found(session: AsyncSession, draft: Draft, form: Form) -> list[Fragment]:
    cut_n = await digests.newest_cut(session, draft.person_id)
    day = await fragments.since(session, draft.person_id, cut_n)
    if draft.about or form.library:
        numbers = await _near(session, draft, day)
        if form.library and not draft.about:
            numbers = sorted({*numbers, *(one.n for one in day)})
        return await fragments.by_numbers(session, draft.person_id, numbers)
    if sum(one.own for one in day) < ENOUGH:
        last = await fragments.last_number(session, draft.person_id)
        older = await fragments.since(session, draft.person_id, last - NEWEST)
        gold = await fragments.gold(session, draft.person_id)
        day = sorted({one.n: one for one in (*gold, *older)}.values(), key=lambda one: one.n)
    return day


def within(
    found: Sequence[Fragment], first: Collection[int] = (), *, older: Collection[int] = ()
) -> tuple[Material, ...]:
    """What these fragments say, in order: those numbered in `first`, then the gold and then the
    newest, as far as `MOST_CHARS` go. Those numbered in `older` are marked so."""
    worded = [one for one in found if one.has_words]
    room, chosen = MOST_CHARS, set[int]()
    for one in sorted(
        worded, key=lambda one: (one.n in first, one.gold_at is not None, one.n), reverse=True
    ):
        room -= sum(len(text) for text, _ in excerpts.material(one))
        if room < 0 and chosen:
            break
        chosen.add(one.n)
    return tuple(
        replace(said, older=one.n in older)
        for one in worded
        if one.n in chosen
        for said in _said(one)
    )


def language(material: Sequence[Material], person: Person) -> Language:
    """The language most of it is in."""
    own = "\n".join(one.text for one in material if one.own and not one.older)
    return script.language_of(own, person.language)


def _said(fragment: Fragment) -> list[Material]:
    """A fragment as a writer sees it: what the person says, without the number of a card it
    answers, and what its files say."""
    spoken = Material(
        fragment.n,
        excerpts.spoken(fragment),
        own=fragment.own,
        gold=fragment.gold_at is not None,
        answer=fragment.about is not None,
        source=fragment.source,
        after=fragment.reply_to,
    )
    beside = excerpts.material(fragment)[1:]
    return [
        spoken,
        *(Material(fragment.n, text, own, source=fragment.source) for text, own in beside),
    ]


async def _near(session: AsyncSession, draft: Draft, day: Sequence[Fragment]) -> list[int]:
    """What speaks of the draft's subject; without one, of what the day spoke of."""
    seed = draft.about or "\n".join(one.text for one in day if one.own)
    everything = await fragments.texts(session, draft.person_id)
    # Thousands of fragments take a while to compare; captures must not wait for that.
    find = partial(related.near, seed, draft.about_n, everything, most=ABOUT)
    return await asyncio.to_thread(find)
