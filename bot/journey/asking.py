"""What belongs to a version whatever else its draft is made of: the script it starts from, and the
fragments that stand in it, that are named, or that answer a question about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import taps, wishes
from bot.domain.changes import Back
from bot.domain.drafts import Draft, Script, Version
from bot.journey.meaning import script_of
from bot.store import drafts, fragments

_BORDER = re.compile(r"[,，:：;；。\n]|\.\s")
_NAMED = re.compile(r"[#＃](\d{1,9})")


@dataclass(frozen=True, slots=True)
class Start:
    """The script a version starts from, who wrote that, and what is wished of it."""

    script: Script | None
    by: str
    wish: str


async def start(session: AsyncSession, version: Version) -> Start | None:
    """Where a version starts; None for the first of a draft. A wish may name an earlier one."""
    if version.base is None:
        return None
    back, wish = _recalled(version.wish)
    there = await drafts.versions(session, version.draft_id)
    earlier = [one.number for one in there if one.number < version.base]
    number = version.base
    if back:
        number = back.version or max(earlier, default=version.base)
    base = next((one for one in there if one.number == number), None)
    if base is None:
        return Start(None, "", version.wish)
    return Start(await script_of(session, base), base.by, wish)


def _recalled(wish: str) -> tuple[Back | None, str]:
    """The version a wish goes back to, and what it wishes of that. Code reads over the way back; a
    model is told the rest alone."""
    for back in taps.read(wish) or wishes.read(wish) or ():
        if isinstance(back, Back):
            return back, wish
    head, *rest = _BORDER.split(wish, maxsplit=1)
    match wishes.read(head) if rest else None:
        case (Back() as back,):
            return back, rest[0].strip()
    return None, wish


async def belonging(
    session: AsyncSession, draft: Draft, version: Version, base: Script | None
) -> set[int]:
    """The numbers of fragments that must be among the material."""
    answers = await fragments.about_draft(session, draft.person_id, draft.id)
    numbers = {one.n for one in answers} | {int(n) for n in _NAMED.findall(version.wish)}
    scripts = [base] if base else await _family(session, draft)
    return numbers | cited(scripts)


def cited(scripts: Iterable[Script]) -> set[int]:
    """The numbers that any line of these cites, those to choose from included."""
    found: set[int] = set()
    for script in scripts:
        lines = [*script.lines, *script.other_hooks, *([script.caption] if script.caption else [])]
        found |= {n for line in lines for n in line.sources}
    return found


async def _family(session: AsyncSession, draft: Draft) -> list[Script]:
    """The scripts of the draft whose material this one shares; none for a first."""
    if draft.family is None:
        return []
    found = []
    for one in await drafts.of_family(session, draft):
        found += [v.script for v in await drafts.versions(session, one.id) if v.script][-1:]
    return found
