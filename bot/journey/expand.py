"""From one idea to many: never from none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import returns
from bot.domain.hearing import Hearing
from bot.domain.parcels import Content
from bot.domain.records import Expansion, Fragment, Idea, Mode, Person
from bot.journey import digging, material, opening, seeds
from bot.journey.digging import Dig
from bot.journey.ports import IdeaSketch, Writer
from bot.journey.seeds import Seed
from bot.store import expansions, hearings, ideas, outbox, people
from bot.store.database import Database

# Longer than the slowest writer may take (two answers of two minutes each); a dead process's round
# is taken up again after it. A refill may take as long again.
LEASE = timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class Round:
    """One finished expansion with its cards."""

    expansion: Expansion
    ideas: list[Idea]


async def begin(
    db: Database,
    *,
    person_id: int,
    seed: Seed,
    request_id: int,
    mode: Mode = Mode.ANGLES,
    mix: Seed | None = None,
    now: datetime,
) -> Expansion:
    """Note that this seed is to be expanded, together with `mix` if there is one. `asked` is set
    when it is too thin, and a question is sent first; `waits` when it has to be heard first, and
    that is said. The same request gives the same expansion."""
    async with db.write() as session:
        return await opening.begin(
            session, person_id, seed, request_id, mode=mode, mix=mix, now=now
        )


async def begin_again(
    db: Database, *, person_id: int, expansion_id: int, request_id: int, now: datetime
) -> Expansion | None:
    """Another round on the same, through other eyes; None when that expansion is gone."""
    async with db.read() as session:
        earlier = await expansions.get(session, expansion_id)
    if earlier is None or earlier.person_id != person_id:
        return None
    return await begin(
        db,
        person_id=person_id,
        seed=Seed(earlier.seed, earlier.seed_n, earlier.waits),
        request_id=request_id,
        mode=earlier.mode,
        mix=Seed(earlier.mix, earlier.mix_n) if earlier.mix else None,
        now=now,
    )


async def answer(
    db: Database,
    *,
    person_id: int,
    question_message: int,
    fragment: Fragment,
    request_id: int,
    now: datetime,
) -> Expansion | None:
    """Expand a thin seed together with what the person answered to our question about it; None
    when the message answered asked no such question."""
    async with db.write() as session:
        shown = await expansions.shown_in(session, person_id, question_message)
        if shown is None or not shown.expansion.asked:
            return None
        asked = shown.expansion
        seed = _answered(asked, fragment.text, fragment.n)
        return await opening.begin(session, person_id, seed, request_id, mode=asked.mode, now=now)


async def answer_when_heard(db: Database, *, question_message: int, fragment: Fragment) -> None:
    """The same for an answer that was spoken: it waits until there are words."""
    async with db.write() as session:
        shown = await expansions.shown_in(session, fragment.person_id, question_message)
        if shown and shown.expansion.asked:
            await hearings.answers(session, fragment.id, shown.expansion.id)


async def heard(session: AsyncSession, hearing: Hearing, text: str, *, now: datetime) -> None:
    """A recording says `text`: expand it if that was waited for, and if it answers a question of
    ours, what that was about."""
    for one in await expansions.waiting_for(session, hearing.person_id, hearing.n):
        seed = seeds.beside(text, one.seed)
        round = await expansions.rounds_on(session, hearing.person_id, seed)
        await expansions.start(session, one.id, seed=seed, round=round)
    answered = await hearings.take_answered(session, hearing.id)
    if answered and (asked := await expansions.get(session, answered)):
        spoken = _answered(asked, text, hearing.n)
        # No update of Telegram's has a number below 0.
        await opening.begin(
            session, hearing.person_id, spoken, -hearing.id, mode=asked.mode, now=now
        )


async def shown_as(db: Database, expansion_id: int, message_id: int) -> None:
    """Remember which message shows the question or the cards, so that a reply to it is known."""
    async with db.write() as session:
        await expansions.shown_as(session, expansion_id, message_id)


async def claim(db: Database, admits: Callable[[int], bool], *, now: datetime) -> list[Expansion]:
    """Expansions of admitted people to work on now: new ones, and those a dead process left; none
    of people who blocked the bot."""
    async with db.write() as session:
        ours = [one for one in await people.reachable(session) if admits(one)]
        return await expansions.claim(session, ours, now=now, lease_until=now + LEASE)


async def dig(
    db: Database,
    writers: Sequence[Writer],
    expansion: Expansion,
    person: Person,
    *,
    seen: Callable[[IdeaSketch], None],
    now: datetime,
) -> Round:
    """Ask the writers in turn until there is enough, sift, keep what is left and plan to send it.

    `seen` is told of every idea as a model writes it; question cards are there at once.
    """
    ask, shown = await material.ask_for(db, expansion, person)

    async def hold() -> None:
        async with db.write() as session:
            await expansions.hold(session, expansion.id, lease_until=now + 2 * LEASE)

    found = await digging.dig(writers, ask, shown, seen=seen, before_refill=hold)
    return await _keep(db, expansion, found, now=now)


async def show(db: Database, person_id: int, expansion_id: int) -> Round | None:
    """A finished expansion with its cards, if it is this person's."""
    async with db.read() as session:
        expansion = await expansions.get(session, expansion_id)
        if expansion is None or expansion.person_id != person_id:
            return None
        return Round(expansion, await ideas.of_expansion(session, expansion_id))


async def waits_for(db: Database, person_id: int, expansion_id: int) -> Hearing | None:
    """The recording that an expansion of this person's waits for, if it does."""
    async with db.read() as session:
        return await seeds.awaited(session, person_id, expansion_id)


def _answered(asked: Expansion, text: str, n: int) -> Seed:
    """What was asked about with the answer below it. It stands in what was asked about, if that is
    a fragment: a picture, say."""
    return Seed(seeds.beside(asked.seed, text), asked.seed_n or n)


async def _keep(db: Database, expansion: Expansion, found: Dig, *, now: datetime) -> Round:
    by = {id(sketch): name for name, sketch in found.raw}
    sifted = found.sifted
    async with db.write() as session:
        kept = await ideas.add(
            session,
            [
                _idea(
                    expansion,
                    position,
                    sketch,
                    by=by[id(sketch)],
                    stack=sifted.stacks[position],
                    returns_at=returns.first(now),
                )
                for position, sketch in enumerate(sifted.kept)
            ],
        )
        await expansions.store_result(
            session,
            expansion.id,
            dug=len(found.raw),
            duplicates=sifted.duplicates,
            trouble=found.trouble,
        )
        await outbox.plan(session, expansion.person_id, Content.EXPANSION, expansion.id, due_at=now)
        done = await expansions.get(session, expansion.id)
    assert done is not None
    return Round(done, kept)


def _idea(
    expansion: Expansion,
    position: int,
    sketch: IdeaSketch,
    *,
    by: str,
    stack: int | None,
    returns_at: datetime | None,
) -> Idea:
    """What is stored of a sketch; it gets its id when it is."""
    return Idea(
        id=0,
        person_id=expansion.person_id,
        expansion_id=expansion.id,
        position=position,
        title=sketch.title,
        lens=sketch.lens,
        move=sketch.move,
        mechanism=sketch.mechanism,
        sources=sketch.sources,
        by=by,
        prompt=sketch.prompt,
        lens_id=sketch.lens_id,
        move_id=sketch.move_id,
        assumption=sketch.assumption,
        stack=stack,
        returns_at=returns_at,
    )
