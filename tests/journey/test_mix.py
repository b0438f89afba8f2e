"""Two kept things forced together; a kept thing in another form."""

from itertools import count

import pytest

from bot.domain.marks import Mark
from bot.domain.records import Expansion, Fragment, Idea, Mode, Person, Verdict
from bot.journey import capture, expand, gold, mix, pan
from bot.journey.ports import IdeaSketch
from bot.journey.seeds import Seed
from bot.store.database import Database
from tests.fakes import ScriptedWriter, sketches
from tests.journey.conftest import NOON, Say

requests = count(3_000)


async def deal(db: Database, person: Person, *titles: str, name: str = "scripted") -> list[Idea]:
    begun = await expand.begin(
        db,
        person_id=person.id,
        seed=Seed("ideas come on the metro"),
        request_id=next(requests),
        now=NOON,
    )
    ideas: list[IdeaSketch] = sketches(*titles)
    writer = ScriptedWriter(name=name, ideas=ideas)
    return (await expand.dig(db, [writer], begun, person, seen=lambda _: None, now=NOON)).ideas


async def keep(db: Database, item: Idea | Fragment) -> None:
    named = (item.id, 0) if isinstance(item, Idea) else (0, item.n)
    await gold.star(db, item.person_id, *named, keep=True, request_id=next(requests), now=NOON)


async def begin(
    db: Database,
    person: Person,
    first: tuple[int, int],
    second: tuple[int, int],
    request_id: int | None = None,
) -> Expansion | None:
    request = request_id or next(requests)
    return await mix.begin(db, person.id, first, second, request_id=request, now=NOON)


async def test_an_idea_and_a_fragment_are_mixed_and_nothing_is_kept_by_that(
    db: Database, ming: Person, say: Say
) -> None:
    lid = await say("the lid of the piano")
    (gloves,) = await deal(db, ming, "gloves on the seat")
    begun = await begin(db, ming, (gloves.id, 0), (0, lid.n))
    assert begun is not None
    assert (begun.seed, begun.mix, begun.mix_n) == (gloves.title, lid.text, lid.n)
    assert await pan.gold(db, person_id=ming.id) == []


async def test_a_redelivered_choice_mixes_once(db: Database, ming: Person, say: Say) -> None:
    one, two = await say("the lid of the piano"), await say("the pedal squeaks")
    first = await begin(db, ming, (0, one.n), (0, two.n), 7)
    assert first is not None
    assert await begin(db, ming, (0, one.n), (0, two.n), 7) == first


async def test_a_question_is_mixed_by_what_it_asks_about(
    db: Database, ming: Person, say: Say
) -> None:
    lid = await say("the lid of the piano")
    asks = await deal(db, ming, "who hears it?", "what if not?", name="offline")
    begun = await begin(db, ming, (asks[0].id, 0), (0, lid.n))
    assert begun is not None
    assert begun.seed == "ideas come on the metro"
    both = await begin(db, ming, (asks[0].id, 0), (asks[1].id, 0))
    assert both is not None
    assert (both.seed, both.mix) == ("ideas come on the metro", asks[1].title)


async def test_what_is_gone_or_somebody_elses_is_not_mixed(
    db: Database, ming: Person, mei: Person, say: Say
) -> None:
    lid = await say("the lid of the piano")
    (gloves,) = await deal(db, ming, "gloves on the seat")
    assert await begin(db, ming, (gloves.id, 0), (0, 99)) is None
    assert await begin(db, mei, (gloves.id, 0), (0, lid.n)) is None


async def test_partners_are_the_newest_other_kept_things_with_words(
    db: Database, ming: Person, say: Say
) -> None:
    cards = await deal(db, ming, "gloves", "escalator", "driver")
    said = [await say(f"thought number {n}") for n in range(9)]
    for item in [*cards[:2], *said]:
        await keep(db, item)
    partners = await mix.partners(db, cards[0])
    assert len(partners) == mix.MOST_PARTNERS
    assert cards[0].id not in [one.id for one in partners if isinstance(one, Idea)]
    assert [one.n for one in await mix.partners(db, said[0]) if isinstance(one, Fragment)][:2]


@pytest.mark.parametrize("mode", list(Mode))
async def test_a_kept_thing_is_expanded_in_every_form(
    db: Database, ming: Person, say: Say, mode: Mode
) -> None:
    lid = await say("the lid of the piano")
    begun = await mix.grow(db, ming.id, 0, lid.n, mode=mode, request_id=next(requests), now=NOON)
    assert begun is not None
    assert (begun.seed, begun.seed_n, begun.mode) == (lid.text, lid.n, mode)
    gone = await mix.grow(db, ming.id, 99, 0, mode=mode, request_id=next(requests), now=NOON)
    assert gone is None


async def test_a_star_is_set_and_taken_away_however_often_it_is_asked_for(
    db: Database, ming: Person, say: Say
) -> None:
    (gloves,) = await deal(db, ming, "gloves")
    lid = await say("the lid")
    for keeping, many in ((True, 2), (True, 2), (False, 0), (False, 0)):
        for named in ((gloves.id, 0), (0, lid.n)):
            star = await gold.star(
                db, ming.id, *named, keep=keeping, request_id=next(requests), now=NOON
            )
            assert star is not None
        assert len(await pan.gold(db, person_id=ming.id)) == many
    found = await gold.find(db, ming.id, gloves.id, 0)
    assert isinstance(found, Idea)
    assert found.verdict is Verdict.NEW


async def test_a_star_set_again_keeps_its_moment(db: Database, ming: Person, say: Say) -> None:
    lid = await say("the lid")
    await capture.mark(db, person_id=ming.id, message_id=lid.message_id, mark=Mark.GOLD, now=NOON)
    again = await gold.star(db, ming.id, 0, 1, keep=True, request_id=9, now=NOON.replace(hour=9))
    assert isinstance(again, Fragment)
    assert again.gold_at == NOON


async def test_nobody_opens_or_stars_what_is_somebody_elses(
    db: Database, ming: Person, mei: Person
) -> None:
    (gloves,) = await deal(db, ming, "gloves")
    assert await gold.find(db, mei.id, gloves.id, 0) is None
    star = await gold.star(db, mei.id, gloves.id, 0, keep=True, request_id=9, now=NOON)
    assert star is None
