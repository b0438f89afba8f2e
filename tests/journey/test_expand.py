"""From one idea to many: what is expanded, who is asked, what stands when a writer fails."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from bot.domain import related
from bot.domain.excerpts import MATERIAL_CHARS
from bot.domain.records import Expansion, Fragment, Kind, Language, Mode, Origin, Person, Verdict
from bot.domain.taste import Tally, Taste
from bot.errors import EngineError, Trouble
from bot.journey import expand, intake, material, pan, people, seeds, work
from bot.journey.capture import revise
from bot.journey.expand import LEASE, Round
from bot.journey.ports import ExpandAsk, IdeaSketch, Material
from bot.journey.seeds import Seed
from bot.store import expansions
from bot.store.database import Database
from tests.fakes import ScriptedWriter, sketches
from tests.journey.conftest import NOON, Say, everybody, send_due

FOUR = ("nurses write on gloves", "the lift goes one way", "a driver repeats it", "lost property")
MORE = ("say it to a stranger", "three stops only", "grandmother's list", "the last train")
METRO = Seed("ideas come on the metro")
A_MOMENT = timedelta(microseconds=1)


async def begin(db: Database, person: Person, seed: Seed = METRO, request_id: int = 1) -> Expansion:
    return await expand.begin(db, person_id=person.id, seed=seed, request_id=request_id, now=NOON)


async def dig(db: Database, person: Person, begun: Expansion, *writers: ScriptedWriter) -> Round:
    return await expand.dig(db, writers, begun, person, seen=lambda _: None, now=NOON)


async def cards(
    db: Database,
    person: Person,
    *titles: str,
    seed: Seed = METRO,
    request_id: int = 1,
    message_id: int = 500,
) -> Round:
    """Cards with these titles, shown as this message of the bot."""
    begun = await begin(db, person, seed, request_id)
    round = await dig(db, person, begun, ScriptedWriter(ideas=sketches(*titles)))
    await expand.shown_as(db, begun.id, message_id)
    return round


def titles(round: Round) -> tuple[str, ...]:
    return tuple(one.title for one in round.ideas)


class TestSeeds:
    async def chosen(
        self, db: Database, person: Person, text: str = "", *, reply: int | None = None
    ) -> Seed | None:
        return await seeds.choose(db, person_id=person.id, text=text, reply_to_message=reply)

    async def test_words_of_their_own_are_the_seed(self, db: Database, ming: Person) -> None:
        assert await self.chosen(db, ming, "ideas on the metro") == Seed("ideas on the metro")

    async def test_words_that_stand_in_a_fragment_grow_from_the_newest_such(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        await say("靈感都在捷運上")
        newer = await say("我的靈感是別人的")
        await say("早餐店")
        await say("靈感", by=mei)
        assert await self.chosen(db, ming, " 灵感 ") == Seed(" 灵感 ", newer.n)

    async def test_alone_it_is_the_last_thing_said_in_the_persons_own_words(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        await say("the lid")
        last = await say("the plants")
        await say("copied from a book", origin=Origin.FORWARDED)
        await say("", kind=Kind.VOICE)
        await say("hers", by=mei)
        assert await self.chosen(db, ming) == Seed("the plants", last.n)

    async def test_from_nothing_nothing_is_expanded(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        assert await self.chosen(db, ming) is None
        assert await self.chosen(db, ming, "\u200b ") is None
        await say("", kind=Kind.VOICE)
        assert await self.chosen(db, ming) is None
        assert await self.chosen(db, ming, reply=777) is None

    async def test_a_reply_to_a_fragment_expands_it(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        lid = await say("the lid")
        await say("the plants")
        assert await self.chosen(db, ming, reply=lid.message_id) == Seed("the lid", lid.n)

    async def test_words_beside_a_reply_steer_it(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        lid = await say("the lid")
        assert await self.chosen(db, ming, "as a letter", reply=lid.message_id) == Seed(
            "the lid\nas a letter", lid.n
        )

    async def test_words_in_a_reply_to_anything_else_stand_in_their_fragment_too(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        said = await say("the rain on the umbrella shop")
        assert await self.chosen(db, ming, "rain", reply=777) == Seed("rain", said.n)
        assert await self.chosen(db, ming, "snow", reply=777) == Seed("snow")

    async def test_an_edited_fragment_is_expanded_as_it_reads_now(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        lid = await say("the lid")
        await revise(db, person_id=ming.id, message_id=lid.message_id, text="the pedal", now=NOON)
        assert await self.chosen(db, ming) == Seed("the pedal", lid.n)

    @pytest.mark.parametrize("number", ["2", " 2 ", "２"])
    async def test_a_number_in_a_reply_to_cards_means_that_card(
        self, db: Database, ming: Person, say: Say, number: str
    ) -> None:
        seed = await say("ideas come on the metro")
        await cards(db, ming, *FOUR, seed=Seed(seed.text, seed.n))
        assert await self.chosen(db, ming, number, reply=500) == Seed(FOUR[1], seed.n)

    async def test_a_number_means_the_card_on_the_page_that_is_shown_now(
        self, db: Database, ming: Person
    ) -> None:
        round = await cards(db, ming, *FOUR, *MORE)
        assert await self.chosen(db, ming, "2", reply=500) == Seed(FOUR[1])
        async with db.write() as session:
            await expansions.shown_as(session, round.expansion.id, 500, page=1)
        assert await self.chosen(db, ming, "2", reply=500) == Seed(MORE[1])
        assert await self.chosen(db, ming, "6", reply=500) == METRO

    async def test_a_reply_to_a_single_card_means_that_idea(
        self, db: Database, ming: Person
    ) -> None:
        round = await cards(db, ming, *FOUR)
        async with db.write() as session:
            third = round.ideas[2].id
            await expansions.shown_as(session, round.expansion.id, 501, idea_id=third)
        assert await self.chosen(db, ming, reply=501) == Seed(FOUR[2])
        assert await self.chosen(db, ming, "as a letter", reply=501) == Seed(
            f"{FOUR[2]}\nas a letter"
        )

    @pytest.mark.parametrize("words", ["", "0", "5", "99"])
    async def test_any_other_reply_to_cards_means_what_they_grew_from(
        self, db: Database, ming: Person, words: str
    ) -> None:
        seed = Seed("ideas come on the metro", 3)
        await cards(db, ming, *FOUR, seed=seed)
        assert await self.chosen(db, ming, words, reply=500) == seed

    async def test_words_in_a_reply_to_cards_steer_what_they_grew_from(
        self, db: Database, ming: Person
    ) -> None:
        await cards(db, ming, *FOUR)
        steered = Seed(f"{METRO.text}\nas a letter")
        assert await self.chosen(db, ming, "as a letter", reply=500) == steered

    async def test_a_reply_to_another_persons_cards_shows_nothing_of_them(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        await cards(db, ming, *FOUR)
        assert await self.chosen(db, mei, reply=500) is None
        assert await self.chosen(db, mei, "my own words", reply=500) == Seed("my own words")

    async def test_a_kept_idea_and_a_fragment_are_seeds_as_long_as_they_are_there(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        lid = await say("the lid")
        voice = await say("", kind=Kind.VOICE)
        sketch = IdeaSketch("a driver repeats it", "a driver", "analogy", "echo", (2, 1))
        writer = ScriptedWriter(ideas=[sketch, *sketches(*FOUR[:1])])
        idea, unsourced = (await dig(db, ming, await begin(db, ming), writer)).ideas
        grown = {
            idea.id: Seed("a driver repeats it", 2),
            unsourced.id: Seed(FOUR[0]),
            999: None,
        }
        for idea_id, seed in grown.items():
            assert await seeds.find(db, person_id=ming.id, idea_id=idea_id) == seed
            assert await seeds.find(db, person_id=mei.id, idea_id=idea_id) is None
        assert await seeds.find(db, person_id=ming.id, n=lid.n) == Seed("the lid", lid.n)
        for person, n in ((ming, voice.n), (ming, 999), (mei, lid.n)):
            assert await seeds.find(db, person_id=person.id, n=n) is None


class TestThinSeeds:
    async def test_a_seed_of_one_word_is_asked_about_and_waits(
        self, db: Database, ming: Person
    ) -> None:
        begun = await begin(db, ming, Seed("rain"))
        assert begun.asked
        assert await expand.claim(db, everybody, now=NOON) == []

    async def test_a_seed_without_words_is_asked_about_wherever_it_stands(
        self, db: Database, ming: Person
    ) -> None:
        assert (await begin(db, ming, Seed(" ", 3))).asked

    async def test_a_seed_of_one_word_that_stands_in_a_fragment_is_expanded(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        said = await say("the rain on the umbrella shop")
        begun = await begin(db, ming, Seed("rain", said.n))
        assert not begun.asked
        assert await expand.claim(db, everybody, now=NOON) == [begun]

    async def answer(self, db: Database, fragment: Fragment, question: int) -> Expansion | None:
        return await expand.answer(
            db,
            person_id=fragment.person_id,
            question_message=question,
            fragment=fragment,
            request_id=2,
            now=NOON,
        )

    async def test_the_answer_to_a_question_is_expanded_with_what_it_was_asked_about(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        asked = await begin(db, ming, Seed("rain"))
        await expand.shown_as(db, asked.id, 300)
        said = await say("the umbrella repairman", reply_to_message=300)
        grown = await self.answer(db, said, 300)
        assert grown is not None
        assert (grown.seed, grown.seed_n) == ("rain\nthe umbrella repairman", said.n)
        assert not grown.asked
        assert await self.answer(db, said, 300) == grown
        assert await expand.claim(db, everybody, now=NOON) == [grown]
        assert await self.answer(db, said, 301) is None
        hers = await say("hers", by=mei)
        assert await self.answer(db, hers, 300) is None

    async def test_a_reply_to_cards_answers_no_question(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await cards(db, ming, *FOUR)
        assert await self.answer(db, await say("two of them"), 500) is None

    async def test_a_question_is_no_round_of_its_seed(self, db: Database, ming: Person) -> None:
        await begin(db, ming, Seed("rain"), request_id=1)
        assert (await begin(db, ming, Seed("rain", 1), request_id=2)).round == 0


class TestRounds:
    async def test_the_same_request_gives_the_same_expansion(
        self, db: Database, ming: Person
    ) -> None:
        begun = await begin(db, ming, request_id=7)
        assert await begin(db, ming, request_id=7) == begun
        assert len(await expand.claim(db, everybody, now=NOON)) == 1

    async def test_the_same_request_of_two_people_is_two_expansions(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        assert (await begin(db, ming)).id != (await begin(db, mei)).id

    async def test_each_round_on_the_same_seed_looks_through_other_eyes(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        await begin(db, mei, request_id=1)
        rounds = [(await begin(db, ming, request_id=i)).round for i in range(3)]
        other = await begin(db, ming, Seed("another seed of mine"), request_id=4)
        assert [*rounds, other.round] == [0, 1, 2, 0]

    async def test_other_eyes_keep_the_seed_and_its_fragment(
        self, db: Database, ming: Person
    ) -> None:
        first = await begin(db, ming, Seed("ideas on the metro", 3))
        again = await expand.begin_again(
            db, person_id=ming.id, expansion_id=first.id, request_id=2, now=NOON
        )
        assert again is not None
        assert (again.seed, again.seed_n, again.round) == ("ideas on the metro", 3, 1)

    async def test_other_eyes_look_for_the_same_kind_and_at_the_same_mix(
        self, db: Database, ming: Person
    ) -> None:
        first = await expand.begin(
            db,
            person_id=ming.id,
            seed=METRO,
            request_id=1,
            mode=Mode.TITLES,
            mix=Seed("the piano", 4),
            now=NOON,
        )
        again = await expand.begin_again(
            db, person_id=ming.id, expansion_id=first.id, request_id=2, now=NOON
        )
        assert again is not None
        assert (again.mode, again.mix, again.mix_n) == (Mode.TITLES, "the piano", 4)

    async def test_other_eyes_on_what_is_gone_or_not_theirs_is_nothing(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        first = await begin(db, ming)
        for person, number in ((ming, 999), (mei, first.id)):
            again = await expand.begin_again(
                db, person_id=person.id, expansion_id=number, request_id=2, now=NOON
            )
            assert again is None
        assert len(await expand.claim(db, everybody, now=NOON)) == 1

    async def test_only_ones_own_round_is_shown(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        round = await cards(db, ming, *FOUR)
        shown = await expand.show(db, ming.id, round.expansion.id)
        assert shown is not None
        assert titles(shown) == FOUR
        assert await expand.show(db, mei.id, round.expansion.id) is None
        assert await expand.show(db, ming.id, 999) is None


class TestClaims:
    async def test_a_claimed_round_is_nobody_elses_until_the_lease_ends(
        self, db: Database, ming: Person
    ) -> None:
        begun = await begin(db, ming)
        assert await work.waits(db, everybody, now=NOON)
        assert await expand.claim(db, everybody, now=NOON) == [begun]
        assert await expand.claim(db, everybody, now=NOON + LEASE - A_MOMENT) == []
        assert not await work.waits(db, everybody, now=NOON + LEASE - A_MOMENT)
        assert await work.waits(db, everybody, now=NOON + LEASE)
        assert await expand.claim(db, everybody, now=NOON + LEASE) == [begun]
        assert await expand.claim(db, everybody, now=NOON + LEASE + A_MOMENT) == []

    async def test_five_claims_at_once_give_each_round_to_one_worker(
        self, db: Database, ming: Person
    ) -> None:
        begun = [(await begin(db, ming, request_id=i)).id for i in range(3)]
        claims = await asyncio.gather(*(expand.claim(db, everybody, now=NOON) for _ in range(5)))
        assert sorted(one.id for claim in claims for one in claim) == begun

    async def test_cards_are_sent_once_and_dug_no_more(self, db: Database, ming: Person) -> None:
        begun = await begin(db, ming)
        await expand.claim(db, everybody, now=NOON)
        await dig(db, ming, begun, ScriptedWriter(ideas=sketches(*FOUR)))
        assert await expand.claim(db, everybody, now=NOON + 9 * LEASE) == []
        assert [one.about for one in await send_due(db, at=NOON)] == [begun.id]
        assert await send_due(db, at=NOON + 9 * LEASE) == []
        assert not await work.waits(db, everybody, now=NOON + 9 * LEASE)
        assert await seeds.choose(db, person_id=ming.id, text="2", reply_to_message=900) == Seed(
            FOUR[1]
        )

    async def test_a_question_about_a_thin_seed_is_sent_once(
        self, db: Database, ming: Person
    ) -> None:
        for _ in range(2):
            await begin(db, ming, Seed("rain"))
        assert len(await send_due(db, at=NOON)) == 1

    async def test_nothing_is_dug_for_who_blocked_the_bot(self, db: Database, ming: Person) -> None:
        begun = await begin(db, ming)
        await people.block(db, [ming.id], now=NOON)
        assert await expand.claim(db, everybody, now=NOON) == []
        assert not await work.waits(db, everybody, now=NOON)
        await intake.keep(db, [intake.Waiting(1, ming.id, "{}", 0)], now=NOON)
        assert [one.id for one in await expand.claim(db, everybody, now=NOON)] == [begun.id]

    async def test_who_is_not_admitted_here_is_left_to_whoever_admits_them(
        self, db: Database, ming: Person
    ) -> None:
        begun = await begin(db, ming)
        assert await expand.claim(db, lambda _: False, now=NOON) == []
        assert not await work.waits(db, lambda _: False, now=NOON)
        assert [one.id for one in await expand.claim(db, everybody, now=NOON)] == [begun.id]


class TestDigging:
    async def test_ideas_become_cards_in_the_order_they_came(
        self, db: Database, ming: Person
    ) -> None:
        sketch = IdeaSketch("a driver repeats it", "a driver", "analogy", "echo", (2, 1), "p@1")
        writer = ScriptedWriter(name="claude", ideas=[sketch, *sketches(*MORE)])
        round = await dig(db, ming, await begin(db, ming), writer)
        assert titles(round) == (sketch.title, *MORE)
        assert [one.position for one in round.ideas] == [0, 1, 2, 3, 4]
        first = round.ideas[0]
        assert (first.lens, first.move, first.mechanism) == ("a driver", "analogy", "echo")
        assert (first.sources, first.by) == ((2, 1), "claude")
        assert await expand.show(db, ming.id, round.expansion.id) == round

    async def test_each_idea_is_seen_as_it_arrives(self, db: Database, ming: Person) -> None:
        seen: list[str] = []
        writer = ScriptedWriter(ideas=sketches(*FOUR), fails=EngineError(Trouble.BUSY))
        begun = await begin(db, ming)

        def see(sketch: IdeaSketch) -> None:
            seen.append(sketch.title)

        await expand.dig(db, [writer], begun, ming, seen=see, now=NOON)
        assert tuple(seen) == FOUR

    async def test_near_duplicates_are_left_out_and_counted(
        self, db: Database, ming: Person
    ) -> None:
        ideas = sketches(*FOUR, FOUR[0] + "!", *MORE)
        round = await dig(db, ming, await begin(db, ming), ScriptedWriter(ideas=ideas))
        assert titles(round) == (*FOUR, *MORE)
        assert (round.expansion.dug, round.expansion.duplicates) == (9, 1)
        assert round.expansion.trouble is None

    async def test_what_was_shown_before_is_never_dealt_again(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        await cards(db, ming, *FOUR)
        writer = ScriptedWriter(ideas=sketches(*FOUR[:2], *MORE))
        round = await dig(db, ming, await begin(db, ming, request_id=2), writer)
        assert titles(round) == MORE
        assert writer.expansions_asked[0].shown == FOUR
        hers = await dig(db, mei, await begin(db, mei), ScriptedWriter(ideas=sketches(*FOUR)))
        assert titles(hers) == FOUR

    async def test_a_writer_gets_the_seed_and_whose_words_the_material_is(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        await say("the lid")
        await say("copied", origin=Origin.FORWARDED)
        await say("", kind=Kind.VOICE)
        await say("hers", by=mei)
        writer = ScriptedWriter(ideas=sketches(*FOUR))
        await begin(db, ming, Seed("the lid", 1), request_id=1)
        await dig(db, ming, await begin(db, ming, Seed("the lid", 1), request_id=2), writer)
        ask = writer.expansions_asked[0]
        assert (ask.person_id, ask.seed, ask.seed_n, ask.round) == (ming.id, "the lid", 1, 1)
        assert ask.material == (Material(1, "the lid"), Material(2, "copied", own=False))
        assert ask.language is Language.EN

    async def test_a_writer_gets_the_newest_titles_when_many_were_shown(
        self, db: Database, ming: Person
    ) -> None:
        many = [chr(ord("一") + 97 * i) * 5 for i in range(48)]
        for i in range(0, 48, 12):
            await cards(db, ming, *many[i : i + 12], request_id=9 + i)
        writer = ScriptedWriter(ideas=sketches(*FOUR))
        await dig(db, ming, await begin(db, ming, request_id=2), writer)
        assert writer.expansions_asked[0].shown == tuple(many[-material.TITLES :])


class TestWhatAWriterKnows:
    async def asked(self, db: Database, person: Person, **kind: Any) -> ExpandAsk:
        """What a writer is asked about the metro."""
        writer = ScriptedWriter(ideas=sketches(*FOUR, *MORE))
        request_id = next(self.requests)
        begun = await expand.begin(
            db, person_id=person.id, seed=METRO, request_id=request_id, now=NOON, **kind
        )
        await dig(db, person, begun, writer)
        return writer.expansions_asked[0]

    requests = count(100)

    async def test_it_is_told_what_is_asked_for_and_what_to_mix(
        self, db: Database, ming: Person
    ) -> None:
        ask = await self.asked(db, ming, mode=Mode.HOOKS, mix=Seed("the piano", 4))
        assert (ask.mode, ask.mix, ask.mix_n, ask.looks) == (Mode.HOOKS, "the piano", 4, 4)

    async def test_it_knows_which_eyes_the_seed_has_met_round_by_round(
        self, db: Database, ming: Person
    ) -> None:
        for titles in (FOUR, MORE):
            nurse = [replace(one, lens_id="nurse") for one in sketches(*titles)]
            begun = await begin(db, ming, request_id=next(self.requests))
            await dig(db, ming, begun, ScriptedWriter(ideas=nurse))
        assert (await self.asked(db, ming)).used == ("nurse", "nurse")

    async def test_it_knows_what_this_person_keeps_and_no_title_of_it(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        ideas = [
            replace(one, lens_id=lens, move_id="reverse")
            for one, lens in zip(sketches(*FOUR), ("nurse", "nurse", "rider", "rider"), strict=True)
        ]
        begun = await begin(db, ming)
        made = (await dig(db, ming, begun, ScriptedWriter(ideas=ideas))).ideas
        verdicts = (Verdict.KEPT, Verdict.MAYBE, Verdict.DROPPED)
        for idea, verdict in zip(made, verdicts, strict=False):
            await pan.decide(
                db, person_id=ming.id, idea_id=idea.id, verdict=verdict, request_id=9, now=NOON
            )
        taste = (await self.asked(db, ming)).taste
        assert taste.lenses == {"nurse": Tally(1, 2), "rider": Tally(0, 1)}
        assert taste.moves == {"reverse": Tally(1, 3)}
        assert taste.modes == {"angles": Tally(1, 3)}
        assert (await self.asked(db, mei)).taste == Taste()

    async def test_a_text_too_long_for_a_prompt_goes_up_as_its_beginning(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("雨" * 20_000)
        (said,) = (await self.asked(db, ming)).material
        assert said.text == "雨" * MATERIAL_CHARS + "…"

    async def test_what_belongs_to_the_seed_is_found_however_long_ago(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        old = await say("the metro door closed on my idea")
        for i in range(100):
            await say(f"nothing to do with it {i}")
        numbers = [one.n for one in (await self.asked(db, ming)).material]
        assert old.n in numbers
        assert len(numbers) <= related.MOST


class TestRefill:
    async def test_fewer_than_two_pages_get_one_more_look_past_what_came(
        self, db: Database, ming: Person
    ) -> None:
        ideas = [replace(one, lens_id="nurse") for one in sketches(*FOUR)]
        writer = ScriptedWriter(ideas=ideas, more=sketches(FOUR[0], *MORE))
        round = await dig(db, ming, await begin(db, ming), writer)
        first, more = writer.expansions_asked
        assert (first.looks, more.looks) == (4, 1)
        assert (more.shown, more.used) == (FOUR, ("nurse",))
        assert titles(round) == (*FOUR, *MORE)
        assert (round.expansion.dug, round.expansion.duplicates) == (9, 1)

    async def test_two_pages_are_enough_and_one_more_look_is_all(
        self, db: Database, ming: Person
    ) -> None:
        plenty = ScriptedWriter(ideas=sketches(*FOUR, *MORE))
        await dig(db, ming, await begin(db, ming), plenty)
        assert len(plenty.expansions_asked) == 1
        few = ScriptedWriter(ideas=sketches("a heron", "a key", "a coat", "a bell"))
        next_one = ScriptedWriter()
        await dig(db, ming, await begin(db, ming, request_id=2), few, next_one)
        assert (len(few.expansions_asked), next_one.expansions_asked) == (2, [])

    async def test_nobody_takes_the_round_while_a_refill_is_awaited(
        self, db: Database, ming: Person
    ) -> None:
        claims: list[Expansion] = []

        class Slow(ScriptedWriter):
            async def expand(self, ask: ExpandAsk) -> AsyncGenerator[IdeaSketch, None]:
                if ask.looks == 1:
                    claims.extend(await expand.claim(db, everybody, now=NOON + LEASE))
                async for idea in super().expand(ask):
                    yield idea

        begun = await begin(db, ming)
        await expand.claim(db, everybody, now=NOON)
        await dig(db, ming, begun, Slow(ideas=sketches(*FOUR), more=sketches(*MORE)))
        assert claims == []

    async def test_no_round_has_more_than_three_pages(self, db: Database, ming: Person) -> None:
        many = sketches(*(chr(ord("一") + 97 * i) * 5 for i in range(100)))
        round = await dig(db, ming, await begin(db, ming), ScriptedWriter(ideas=many))
        assert (len(round.ideas), round.expansion.dug) == (12, 100)

    async def test_a_card_that_resembles_an_earlier_one_stands_behind_it_and_says_which(
        self, db: Database, ming: Person
    ) -> None:
        first, akin = "凌晨三點的便利商店店員最懂寂寞", "便利商店的微波爐聽過多少寂寞"
        round = await cards(db, ming, FOUR[0], first, FOUR[1], akin)
        assert titles(round) == (FOUR[0], first, akin, FOUR[1])
        assert [one.stack for one in round.ideas] == [None, None, 1, None]

    async def test_what_is_not_decided_about_comes_back_after_a_day(
        self, db: Database, ming: Person
    ) -> None:
        round = await cards(db, ming, *FOUR)
        assert {one.returns_at for one in round.ideas} == {NOON + timedelta(days=1)}


class TestFailures:
    def broken(self, *titles: str) -> ScriptedWriter:
        """A writer that fails after these ideas."""
        return ScriptedWriter(
            name="broken", ideas=sketches(*titles), fails=EngineError(Trouble.TIMEOUT)
        )

    async def dug(
        self, db: Database, person: Person, *writers: ScriptedWriter
    ) -> tuple[Round, Sequence[str]]:
        """The round, and who wrote each of its cards."""
        round = await dig(db, person, await begin(db, person), *writers)
        return round, [one.by for one in round.ideas]

    async def test_what_arrived_before_a_failure_stands_and_is_topped_up(
        self, db: Database, ming: Person
    ) -> None:
        offline = ScriptedWriter(name="offline", ideas=sketches(*MORE))
        round, by = await self.dug(db, ming, self.broken(*FOUR[:3]), offline)
        assert titles(round) == (*FOUR[:3], *MORE)
        assert by == ["broken"] * 3 + ["offline"] * 4
        assert round.expansion.trouble == Trouble.TIMEOUT
        assert round.expansion.dug == 7

    async def test_enough_before_a_failure_is_enough(self, db: Database, ming: Person) -> None:
        offline = ScriptedWriter(name="offline", ideas=sketches(*MORE))
        round, _ = await self.dug(db, ming, self.broken(*FOUR), offline)
        assert titles(round) == FOUR
        assert round.expansion.trouble == Trouble.TIMEOUT
        assert offline.expansions_asked == []

    async def test_a_writer_with_too_few_ideas_is_topped_up_without_trouble(
        self, db: Database, ming: Person
    ) -> None:
        few = ScriptedWriter(name="few", ideas=sketches(*FOUR[:3]))
        offline = ScriptedWriter(name="offline", ideas=sketches(*MORE))
        round, by = await self.dug(db, ming, few, offline)
        assert by == ["few"] * 3 + ["offline"] * 4
        assert round.expansion.trouble is None

    async def test_duplicates_do_not_count_as_enough(self, db: Database, ming: Person) -> None:
        alike = ScriptedWriter(name="alike", ideas=sketches(*(FOUR[0] + "!" * i for i in range(6))))
        offline = ScriptedWriter(name="offline", ideas=sketches(*MORE))
        round, by = await self.dug(db, ming, alike, offline)
        assert by == ["alike"] + ["offline"] * 4
        assert (round.expansion.dug, round.expansion.duplicates) == (10, 5)

    async def test_the_first_trouble_is_the_one_that_is_told(
        self, db: Database, ming: Person
    ) -> None:
        second = ScriptedWriter(fails=EngineError(Trouble.REFUSED))
        round, _ = await self.dug(db, ming, self.broken(), second)
        assert round.ideas == []
        assert round.expansion.trouble == Trouble.TIMEOUT

    async def test_a_fault_of_our_own_is_not_hidden_and_stores_nothing(
        self, db: Database, ming: Person
    ) -> None:
        begun = await begin(db, ming)
        writer = ScriptedWriter(ideas=sketches(*FOUR), fails=ZeroDivisionError())
        with pytest.raises(ZeroDivisionError):
            await dig(db, ming, begun, writer)
        round = await dig(db, ming, begun, ScriptedWriter(ideas=sketches(*FOUR)))
        assert titles(round) == FOUR

    async def test_a_writer_is_hung_up_on_at_once_when_nobody_listens_any_more(
        self, db: Database, ming: Person
    ) -> None:
        class Telephone(ScriptedWriter):
            open = True

            async def expand(self, ask: ExpandAsk) -> AsyncGenerator[IdeaSketch, None]:
                try:
                    yield sketches("one")[0]
                finally:
                    self.open = False

        def leave(_sketch: IdeaSketch) -> None:
            raise InterruptedError

        writer = Telephone()
        with pytest.raises(InterruptedError):
            await expand.dig(db, [writer], await begin(db, ming), ming, seen=leave, now=NOON)
        assert not writer.open
