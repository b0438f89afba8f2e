"""From one idea to many: never from none."""

from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain import excerpts, returns, script, sieve, words
from bot.domain.hearing import Hearing
from bot.domain.parcels import Content
from bot.domain.records import Expansion, Fragment, Idea, Person
from bot.errors import EngineError
from bot.journey.ports import ExpandAsk, IdeaSketch, Material, Writer
from bot.journey.seeds import Seed
from bot.store import expansions, fragments, hearings, ideas, outbox, people
from bot.store.database import Database

# A round that gives fewer cards than this is topped up with question cards: one page is the least
# that makes sifting worthwhile (four cards a message).
ENOUGH = 4
# Longer than the slowest writer may take; a dead process's round is taken up again after it.
LEASE = timedelta(minutes=4)
# How many of the person's newest fragments a writer gets to link the seed with, and how many of
# the newest titles it is told not to repeat. The sieve compares with all of them.
MATERIAL = 40
TITLES = 40


@dataclass(frozen=True, slots=True)
class Round:
    """One finished expansion with its cards."""

    expansion: Expansion
    ideas: list[Idea]


async def begin(
    db: Database, *, person_id: int, seed: Seed, request_id: int, now: datetime
) -> Expansion:
    """Note that this seed is to be expanded; `asked` is set when it is too thin, and a question is
    sent first. The same request gives the same expansion."""
    async with db.write() as session:
        return await _begin(session, person_id, seed, request_id, now=now)


async def begin_again(
    db: Database, *, person_id: int, expansion_id: int, request_id: int, now: datetime
) -> Expansion | None:
    """Another round on the same seed, through other eyes; None when that expansion is gone."""
    async with db.read() as session:
        earlier = await expansions.get(session, expansion_id)
    if earlier is None or earlier.person_id != person_id:
        return None
    seed = Seed(earlier.seed, earlier.seed_n)
    return await begin(db, person_id=person_id, seed=seed, request_id=request_id, now=now)


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
    async with db.read() as session:
        shown = await expansions.shown_in(session, person_id, question_message)
    if shown is None or not shown.expansion.asked:
        return None
    seed = _answered(shown.expansion, fragment.text, fragment.n)
    return await begin(db, person_id=person_id, seed=seed, request_id=request_id, now=now)


async def answer_when_heard(db: Database, *, question_message: int, fragment: Fragment) -> None:
    """The same for an answer that was spoken: it waits until there are words."""
    async with db.write() as session:
        shown = await expansions.shown_in(session, fragment.person_id, question_message)
        if shown and shown.expansion.asked:
            await hearings.answers(session, fragment.id, shown.expansion.id)


async def heard(session: AsyncSession, hearing: Hearing, text: str, *, now: datetime) -> None:
    """A recording says `text`: if it answers a question of ours, expand what that was about."""
    answered = await hearings.take_answered(session, hearing.id)
    if answered and (asked := await expansions.get(session, answered)):
        seed = _answered(asked, text, hearing.n)
        # No update of Telegram's has a number below 0.
        await _begin(session, hearing.person_id, seed, -hearing.id, now=now)


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

    `seen` is told of every idea as it arrives.
    """
    ask, shown = await _ask(db, expansion, person)
    raw: list[tuple[str, IdeaSketch]] = []
    trouble: str | None = None
    for writer in writers:
        try:
            # Closing at once stops calls that are still being paid for.
            async with aclosing(writer.expand(ask)) as arriving:
                async for sketch in arriving:
                    raw.append((writer.name, sketch))
                    seen(sketch)
        except EngineError as exc:
            trouble = trouble or exc.trouble
        if len(sieve.sift([one for _, one in raw], shown).kept) >= ENOUGH:
            break
    return await _keep(db, expansion, raw, shown, trouble, now=now)


async def show(db: Database, person_id: int, expansion_id: int) -> Round | None:
    """A finished expansion with its cards, if it is this person's."""
    async with db.read() as session:
        expansion = await expansions.get(session, expansion_id)
        if expansion is None or expansion.person_id != person_id:
            return None
        return Round(expansion, await ideas.of_expansion(session, expansion_id))


async def _begin(
    session: AsyncSession, person_id: int, seed: Seed, request_id: int, *, now: datetime
) -> Expansion:
    thin = words.is_blank(seed.text) or (seed.n is None and words.is_thin(seed.text))
    opened = await expansions.open_expansion(
        session,
        person_id=person_id,
        request_id=request_id,
        seed=seed.text,
        seed_n=seed.n,
        round=await expansions.rounds_on(session, person_id, seed.text),
        state=expansions.ASKED if thin else expansions.WANTED,
        now=now,
    )
    if opened.asked:
        await outbox.plan(session, person_id, Content.EXPANSION, opened.id, due_at=now)
    return opened


def _answered(asked: Expansion, text: str, n: int) -> Seed:
    return Seed(f"{asked.seed}\n{text}", n)


async def _ask(db: Database, expansion: Expansion, person: Person) -> tuple[ExpandAsk, list[str]]:
    async with db.read() as session:
        everything = await fragments.all_of(session, person.id)
        shown = await ideas.titles(session, person.id)
    ask = ExpandAsk(
        person_id=person.id,
        seed=expansion.seed,
        seed_n=expansion.seed_n,
        language=script.language_of(expansion.seed, person.language),
        material=tuple(_material(everything)),
        round=expansion.round,
        shown=tuple(shown[-TITLES:]),
    )
    return ask, shown


def _material(everything: Sequence[Fragment]) -> list[Material]:
    spoken = [one for one in everything if one.has_words][-MATERIAL:]
    return [
        Material(one.n, text, own=own) for one in spoken for text, own in excerpts.material(one)
    ]


async def _keep(
    db: Database,
    expansion: Expansion,
    raw: Sequence[tuple[str, IdeaSketch]],
    shown: Sequence[str],
    trouble: str | None,
    *,
    now: datetime,
) -> Round:
    by = {id(sketch): name for name, sketch in raw}
    sifted = sieve.sift([sketch for _, sketch in raw], shown)
    async with db.write() as session:
        kept = await ideas.add(
            session,
            [
                _idea(expansion, position, sketch, by[id(sketch)], now)
                for position, sketch in enumerate(sifted.kept)
            ],
        )
        await expansions.store_result(
            session, expansion.id, dug=len(raw), duplicates=sifted.duplicates, trouble=trouble
        )
        await outbox.plan(session, expansion.person_id, Content.EXPANSION, expansion.id, due_at=now)
        done = await expansions.get(session, expansion.id)
    assert done is not None
    return Round(done, kept)


def _idea(expansion: Expansion, position: int, sketch: IdeaSketch, by: str, now: datetime) -> Idea:
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
        returns_at=returns.first(now),
    )
