"""Queries about worn phrases: which ones a person keeps, and where they said one themselves."""

import re
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.drafts import Kept
from bot.domain.records import Origin
from bot.domain.script import HAN, simplified, traditional
from bot.store.draft_tables import KeptPhraseRow
from bot.store.tables import FragmentRow

# Ours: so many fragments that may hold a phrase are looked at closely; one that does is enough.
MOST = 200

_RUNS = re.compile(f"[{HAN}]+|[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_HAN = re.compile(f"[{HAN}]")


async def keep(session: AsyncSession, person_id: int, phrase: str, *, now: datetime) -> Kept:
    """Keep a phrase for good; the same one again is kept once."""
    mine = KeptPhraseRow.person_id == person_id, KeptPhraseRow.phrase == phrase
    row = await session.scalar(select(KeptPhraseRow).where(*mine))
    if row is None:
        row = KeptPhraseRow(person_id=person_id, phrase=phrase, kept_at=now)
        session.add(row)
        await session.flush()
    return Kept(row.id, row.phrase)


async def take_back(session: AsyncSession, person_id: int, phrase_id: int) -> str | None:
    """Keep it no longer; the phrase, None when it was not kept."""
    mine = KeptPhraseRow.person_id == person_id, KeptPhraseRow.id == phrase_id
    gone = delete(KeptPhraseRow).where(*mine).returning(KeptPhraseRow.phrase)
    return await session.scalar(gone)


async def all_of(session: AsyncSession, person_id: int) -> list[Kept]:
    """What this person keeps, the newest first."""
    rows = await session.scalars(
        select(KeptPhraseRow)
        .where(KeptPhraseRow.person_id == person_id)
        .order_by(KeptPhraseRow.id.desc())
    )
    return [Kept(row.id, row.phrase) for row in rows]


async def said(session: AsyncSession, person_id: int, phrases: Collection[str]) -> list[str]:
    """Fragments in the person's own words that may hold one of these phrases, in either Chinese
    script: every one that does, as far as `MOST` go, and few others. What they say about a draft is
    left out."""
    holding = [_holds(phrase) for phrase in phrases]
    rows = await session.scalars(
        select(FragmentRow.text)
        .where(
            FragmentRow.person_id == person_id,
            FragmentRow.origin == Origin.OWN,
            ~FragmentRow.aside,
            or_(false(), *holding),
        )
        .order_by(FragmentRow.n.desc())
        .limit(MOST)
    )
    return list(rows)


def _holds(phrase: str) -> ColumnElement[bool]:
    """Whether a fragment has all that stands between the marks of a phrase."""
    runs = [found.group() for found in _RUNS.finditer(phrase)]
    if not runs:
        return false()
    return and_(*(FragmentRow.text.ilike(f"%{_in_either_script(run)}%") for run in runs))


def _in_either_script(run: str) -> str:
    """The run as LIKE takes it, with a blank for what the two scripts write differently."""
    return "".join(
        "_" if char == " " or (_HAN.match(char) and _differs(char)) else char for char in run
    )


def _differs(char: str) -> bool:
    return simplified(char) != char or traditional(char) != char
