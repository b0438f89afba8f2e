"""Queries about what was said before the last days, and which of it digests have shown."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.excerpts import MATERIAL_CHARS
from bot.domain.records import Origin
from bot.domain.related import Text
from bot.store.digests import FOLDED
from bot.store.tables import DigestRow, FragmentRow


@dataclass(frozen=True, slots=True)
class Library:
    """What a person said, in order; the numbers of what was kept of it, and of what answers a card
    or a question."""

    texts: list[Text]
    gold: frozenset[int]
    answers: frozenset[int]


async def library(
    session: AsyncSession, person_id: int, *, before: datetime, without: Collection[int] = ()
) -> Library:
    """The person's own words from before a moment, but for some numbers."""
    answer = or_(
        FragmentRow.about.is_not(None),
        FragmentRow.about_idea.is_not(None),
        FragmentRow.about_draft.is_not(None),
    )
    said = func.substr(FragmentRow.text, 1, MATERIAL_CHARS)
    rows = await session.execute(
        select(FragmentRow.n, said, FragmentRow.gold_at.is_not(None), answer)
        .where(
            FragmentRow.person_id == person_id,
            FragmentRow.captured_at < before,
            and_(FragmentRow.origin == Origin.OWN, FragmentRow.text != ""),
            not_(FragmentRow.aside),
        )
        .order_by(FragmentRow.n)
    )
    found = [row for row in rows if row[0] not in without]
    return Library(
        [Text(n, text, own=True) for n, text, _, _ in found],
        frozenset(n for n, _, kept, _ in found if kept),
        frozenset(n for n, _, _, answers in found if answers),
    )


async def shown(session: AsyncSession, person_id: int, *, digests: int) -> set[int]:
    """The older pieces that the last so many digests showed; nobody saw one that was folded."""
    number = DigestRow.body["older"]["n"].as_integer()
    rows = await session.scalars(
        select(number)
        .where(
            DigestRow.person_id == person_id,
            DigestRow.body.is_not(None),
            DigestRow.state != FOLDED,
        )
        .order_by(DigestRow.id.desc())
        .limit(digests)
    )
    return {n for n in rows if n is not None}
