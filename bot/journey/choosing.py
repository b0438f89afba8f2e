"""Which drafts an evening offers: what was put off to it, what is there already, what is written.

None repeats an earlier draft. A paid writer is asked once; the further drafts come from the free
one, and so does the next when what was paid for repeats something.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.changes import OtherHook
from bot.domain.digests import Came, Digest
from bot.domain.drafts import Script
from bot.domain.outcomes import REMEMBERED, Became, Learned, Outcome, became, learn
from bot.domain.records import Fragment
from bot.domain.reuse import Shelf, repeats
from bot.domain.revising import FEWEST_BEATS, apply
from bot.domain.script import fold
from bot.journey import revising
from bot.journey.assembling import assemble
from bot.journey.holding import Ground
from bot.journey.ports import DraftAsk, Material, Writer
from bot.store import earlier, heard
from bot.store.database import Database
from bot.store.earlier import Earlier

MOST_DRAFTS = 3
"""At most 3 drafts (product.md, promise 5)."""

_ATTEMPTS = 6
"""Ours: so many threads are tried at most, also when what they make was all there before."""


@dataclass(frozen=True, slots=True)
class Found:
    """A draft to offer: a new one, or one that is there (`earlier`)."""

    script: Script
    by: str
    prompt: str = ""
    came: Came = Came.NEW
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """The drafts there are already, those put off to this evening, and those made of its material
    (`today`); of the last two all are still to be filmed. `complete`: nothing was said since."""

    drafts: Sequence[Earlier] = ()
    put_off: Sequence[Earlier] = ()
    today: Sequence[Earlier] = ()
    complete: bool = False
    learned: Learned = field(default_factory=Learned)


async def before(
    db: Database, digest: Digest, day: Sequence[Fragment], *, since: datetime | None
) -> Before:
    """What there is when this digest is composed of this day, which began at `since`."""
    async with db.read() as session:
        drafts = await earlier.of(session, digest.person_id)
        gone_by = await earlier.gone_by(session, digest.person_id)
        today = _of_today(drafts, day, since)
        complete = bool(today) and not await _said_since(
            session, digest, day, today[-1].draft.created_at
        )
    learnt = await asyncio.to_thread(learned, drafts, gone_by)
    return Before(drafts, _put_off(drafts, digest.evening), today, complete, learnt)


def _put_off(drafts: Sequence[Earlier], tonight: date | None) -> list[Earlier]:
    """Those that come tonight, the longest put off first; more than there is room for come
    tomorrow."""
    due = [
        (one.draft.postponed_to, one.draft.id, one)
        for one in drafts
        if one.open and one.draft.postponed_to and tonight and one.draft.postponed_to <= tonight
    ]
    return [one for *_, one in sorted(due)][:MOST_DRAFTS]


def _of_today(
    drafts: Sequence[Earlier], day: Sequence[Fragment], since: datetime | None
) -> list[Earlier]:
    """Those made since then that stand on something of the day."""
    numbers = {one.n for one in day}
    return [
        one
        for one in drafts
        if one.open and not one.draft.postponed_to and (not since or one.draft.created_at > since)
        if numbers & {n for line in one.script.lines for n in line.sources}
    ]


async def _said_since(
    session: AsyncSession, digest: Digest, day: Sequence[Fragment], since: datetime
) -> bool:
    """Whether any of the day was said, or heard, after that."""
    upto = max(one.n for one in day)
    heard_since = await heard.late(
        session, digest.person_id, cut_n=upto, since=since, until=digest.claimed_at
    )
    return bool(heard_since) or any(one.captured_at > since for one in day)


def learned(drafts: Sequence[Earlier], gone_by: Mapping[int, bool]) -> Learned:
    """What became of those that were offered."""
    offered = [one for one in drafts if one.draft.digest_id in gone_by]
    outcomes = [
        Outcome(one.script, what)
        for one in offered[-REMEMBERED:]
        if (what := _became(one, gone_by)) is not None
    ]
    return learn(outcomes)


def _became(one: Earlier, gone_by: Mapping[int, bool]) -> Became | None:
    passed = one.draft.digest_id is not None and gone_by[one.draft.digest_id]
    return became(one.draft, changed=one.changed, gone_by=passed)


async def choose(
    writers: Sequence[Writer], ask: DraftAsk, before: Before, *, as_found: bool
) -> tuple[list[Found], str | None]:
    """What to offer, the best first, and the trouble the first writer had. `as_found` goes by the
    strength of the threads alone, whatever was learned."""
    put_off = [_there(one, Came.POSTPONED) for one in before.put_off]
    room = MOST_DRAFTS - len(put_off)
    done = [one for one in before.today if not one.draft.about and one.draft.form == ask.form.id]
    if before.complete and done:
        newest = {one.draft.family or one.draft.id: one for one in done}
        return [*put_off, *(_there(one, Came.AGAIN) for one in newest.values())][:MOST_DRAFTS], None
    if not ask.material or not room:
        return put_off, None
    likes = Learned() if as_found else before.learned
    found, trouble = await _written(writers, ask, before, likes, room)
    order = likes.order([one.script for one in found])
    return [*put_off, *(found[at] for at in order)], trouble


async def _written(
    writers: Sequence[Writer], ask: DraftAsk, before: Before, likes: Learned, room: int
) -> tuple[list[Found], str | None]:
    shelves = await asyncio.to_thread(_Shelves.of, before)
    used = (*told(before.drafts, ask), *(_texts(one.script for one in before.put_off)))
    found: list[Found] = []
    trouble: str | None = None
    for attempt in range(_ATTEMPTS):
        asked = writers[-1:] if attempt else writers
        new, wrong = await assemble(asked, replace(ask, used=used))
        trouble = trouble if attempt else wrong
        if new is None:
            break
        used = (*used, *_texts([new.script]))
        if attempt and len(new.script.beats) < FEWEST_BEATS:
            continue
        one = await asyncio.to_thread(shelves.place, Found(new.script, new.by, new.prompt), found)
        if one:
            found.append(
                one if one.earlier else replace(one, script=_opened(one.script, ask, likes))
            )
        if len(found) == room:
            break
    return found, trouble


@dataclass(frozen=True, slots=True)
class _Shelves:
    """Every version of every draft, so that a script that repeats one is known."""

    before: Before
    owners: Sequence[Earlier]
    shelf: Shelf

    @classmethod
    def of(cls, before: Before) -> "_Shelves":
        pairs = [(one, v.script) for one in before.drafts for v in one.versions if v.script]
        return cls(before, [one for one, _ in pairs], Shelf([script for _, script in pairs]))

    def place(self, new: Found, found: Sequence[Found]) -> Found | None:
        """The script as a draft; or the one of today that it repeats; None when it repeats any
        other, or what is offered already."""
        if any(repeats(new.script, one.script) for one in found):
            return None
        told = [self.owners[at] for at in self.shelf.repeated(new.script)]
        if not told:
            return new
        again = [one for one in told if one in self.before.today and not _among(one, found)]
        return _there(again[-1], Came.AGAIN) if again and all(one.open for one in told) else None


def _among(one: Earlier, found: Sequence[Found]) -> bool:
    return any(other.earlier and other.earlier.draft.id == one.draft.id for other in found)


def _there(one: Earlier, came: Came) -> Found:
    return Found(one.script, one.newest.by, came=came, earlier=one)


def told(drafts: Iterable[Earlier], ask: DraftAsk) -> tuple[str, ...]:
    """Lines of what was filmed or published that stand in this material, but for those that were
    said anew."""
    material = {one.n: fold(one.text) for one in ask.material}
    return tuple(
        line.text
        for one in drafts
        if not one.open
        for line in one.script.lines
        if any(n in material for n in line.sources)
        and not any(
            fold(line.text) in said for n, said in material.items() if n not in line.sources
        )
    )


def _texts(scripts: Iterable[Script]) -> Iterator[str]:
    return (line.text for one in scripts for line in one.lines)


def _opened(script: Script, ask: DraftAsk, likes: Learned) -> Script:
    """The script, with the opening in front that the person films most."""
    opening = likes.opening(script)
    if opening is None:
        return script
    change = OtherHook(opening=opening)
    own = Ground.of(ask).own
    made = apply(script, [change], own, picked=ask.picked, pace=ask.pace)
    return made if isinstance(made, Script) else script


def still(found: Sequence[Found], ask: DraftAsk, material: tuple[Material, ...]) -> list[Found]:
    """What of new drafts holds in the material as it is now, where enough does."""
    if material == ask.material:
        return list(found)
    return [left for one in found if (left := _still(one, replace(ask, material=material)))]


def _still(one: Found, ask: DraftAsk) -> Found | None:
    script = one.script if one.earlier else revising.still(one.script, ask)
    enough = min(FEWEST_BEATS, len(one.script.beats))
    return replace(one, script=script) if script and len(script.beats) >= enough else None
