"""What a person keeps, counted by lens, by move and by what an expansion was asked for."""

from collections.abc import Iterable

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.records import Verdict
from bot.domain.taste import Tally, Taste
from bot.store.tables import ExpansionRow, IdeaRow

_DECIDED = (Verdict.KEPT, Verdict.MAYBE, Verdict.DROPPED)


async def of(session: AsyncSession, person_id: int) -> Taste:
    """The tallies of everything this person decided about; question cards tell nothing of eyes and
    moves."""
    kept = func.sum(case((IdeaRow.verdict == Verdict.KEPT, 1), else_=0))
    kinds = (IdeaRow.lens_id, IdeaRow.move_id, ExpansionRow.mode)
    rows = await session.execute(
        select(*kinds, kept, func.count())
        .join(ExpansionRow, ExpansionRow.id == IdeaRow.expansion_id)
        .where(IdeaRow.person_id == person_id, IdeaRow.verdict.in_(_DECIDED), IdeaRow.lens_id != "")
        .group_by(*kinds)
    )
    counted = [(row[:3], Tally(row[3], row[4])) for row in rows]
    lenses, moves, modes = (_summed((kind[i], one) for kind, one in counted) for i in range(3))
    return Taste(lenses, moves, modes)


def _summed(tallies: Iterable[tuple[str, Tally]]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for name, more in tallies:
        so_far = found.get(name, Tally(0, 0))
        found[name] = Tally(so_far.kept + more.kept, so_far.decided + more.decided)
    return found
