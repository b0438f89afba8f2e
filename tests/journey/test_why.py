"""After a round: one question about the best two, once, and an answer that is kept with them."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from bot.domain.parcels import Content, Parcel
from bot.domain.records import Fragment, Idea, Person, Verdict
from bot.journey import expand, outbox, pan, why
from bot.store.database import Database
from tests.journey.conftest import NOON, Say, everybody, send_due
from tests.journey.test_pan import DROPPED, KEPT, MAYBE, NEW, deal, minutes, sweep, tap

FOUR = ("gloves", "escalator", "driver", "lost property")


@pytest.fixture
async def dealt(db: Database, ming: Person) -> list[Idea]:
    """One page of four cards, which has been shown as message 900."""
    cards = await deal(db, ming, *FOUR)
    await send_due(db, at=NOON)
    return cards


async def decide(db: Database, dealt: Sequence[Idea], *verdicts: Verdict) -> None:
    """Decide about the cards in their order, a minute after one another."""
    for n, (idea, verdict) in enumerate(zip(dealt, verdicts, strict=False)):
        await tap(db, idea, verdict, at=minutes(n))


async def due(db: Database, *, at: datetime = NOON) -> list[Parcel]:
    """What is sent of the question, as message 900."""
    return [one for one in await send_due(db, at=max(at, minutes(9))) if one.kind is Content.WHY]


async def titles(db: Database, dealt: Sequence[Idea]) -> list[str]:
    kept = await why.kept(db, dealt[0].person_id, dealt[0].expansion_id)
    return [one.title for one in kept]


async def test_a_round_is_over_when_nothing_in_it_is_undecided(
    db: Database, dealt: list[Idea]
) -> None:
    await decide(db, dealt, KEPT, MAYBE, KEPT)
    assert await due(db) == []
    await sweep(db, 0, dealt[0])
    assert [one.about for one in await due(db)] == [dealt[0].expansion_id]


@pytest.mark.parametrize("last", [MAYBE, DROPPED])
async def test_where_nothing_is_kept_nothing_is_asked(
    db: Database, dealt: list[Idea], last: Verdict
) -> None:
    await decide(db, dealt, MAYBE, DROPPED, DROPPED, last)
    assert await due(db) == []


async def test_it_is_about_what_was_starred_first(db: Database, dealt: list[Idea]) -> None:
    for n, place in enumerate((2, 0, 3)):
        await tap(db, dealt[place], KEPT, at=minutes(n))
    assert await titles(db, dealt) == ["driver", "gloves", "lost property"]


async def test_stars_of_one_moment_stand_in_the_order_they_were_given(
    db: Database, dealt: list[Idea]
) -> None:
    for place in (3, 1):
        await tap(db, dealt[place], KEPT)
    assert await titles(db, dealt) == ["lost property", "escalator"]


async def test_it_goes_out_once_whatever_is_decided_later(db: Database, dealt: list[Idea]) -> None:
    await decide(db, dealt, *[KEPT] * 4)
    assert len(await due(db)) == 1
    await tap(db, dealt[0], NEW)
    await tap(db, dealt[0], KEPT)
    assert await due(db) == []


async def test_a_star_taken_back_in_time_takes_the_question_back(
    db: Database, dealt: list[Idea]
) -> None:
    await decide(db, dealt, KEPT, DROPPED, DROPPED, DROPPED)
    await tap(db, dealt[0], DROPPED)
    assert await due(db) == []
    await tap(db, dealt[0], KEPT)
    assert len(await due(db)) == 1


async def test_cards_brought_back_open_the_round_again(db: Database, dealt: list[Idea]) -> None:
    await tap(db, dealt[0], KEPT)
    await sweep(db, 0, dealt[0], request_id=900)
    await pan.bring_back(
        db,
        person_id=dealt[0].person_id,
        expansion_id=dealt[0].expansion_id,
        page=0,
        dropped_by=900,
        request_id=901,
        now=NOON,
    )
    assert await due(db) == []


async def test_a_question_being_sent_when_its_star_is_taken_back_is_not_begun(
    db: Database, dealt: list[Idea]
) -> None:
    await decide(db, dealt, KEPT, DROPPED, DROPPED, DROPPED)
    (parcel,) = await outbox.claim(db, everybody, now=minutes(9))
    await tap(db, dealt[0], DROPPED)
    assert not await outbox.begin(db, parcel, as_of=minutes(9), now=minutes(9))


async def test_each_round_has_a_question_of_its_own(db: Database, ming: Person) -> None:
    for request_id, word in enumerate(("gloves", "siren"), start=1):
        (only,) = await deal(db, ming, word, request_id=request_id)
        await tap(db, only, KEPT)
    assert len(await due(db)) == 2


async def test_nobody_sees_what_another_person_kept(
    db: Database, mei: Person, dealt: list[Idea]
) -> None:
    await tap(db, dealt[0], KEPT)
    assert await why.kept(db, mei.id, dealt[0].expansion_id) == []
    assert await why.kept(db, mei.id, 999) == []


class TestAnswers:
    def about(self, said: Fragment) -> tuple[int | None, int | None]:
        return said.about, said.about_idea

    async def test_an_answer_is_about_the_one_whose_number_it_begins_with(
        self, db: Database, dealt: list[Idea], say: Say
    ) -> None:
        await tap(db, dealt[2], KEPT)
        await tap(db, dealt[0], KEPT, at=minutes(1))
        await sweep(db, 0, dealt[0])
        await due(db)
        round = dealt[0].expansion_id
        second = await say("2 I wore them", reply_to_message=900)
        assert self.about(second) == (round, dealt[0].id)
        first = await say("1. 我就是司機", reply_to_message=900)
        assert self.about(first) == (round, dealt[2].id)
        for neither in ("3. nothing there", "both, really", "2 days in a row"):
            assert self.about(await say(neither, reply_to_message=900)) == (round, None)

    async def test_an_answer_about_the_only_one_needs_no_number(
        self, db: Database, dealt: list[Idea], say: Say
    ) -> None:
        await decide(db, dealt, DROPPED, KEPT, DROPPED, DROPPED)
        await due(db)
        for words in ("I rode it for ten years", "3. still that one"):
            said = await say(words, reply_to_message=900)
            assert self.about(said) == (dealt[0].expansion_id, dealt[1].id)

    async def test_an_answer_to_one_that_was_shown_again_is_known_too(
        self, db: Database, dealt: list[Idea], say: Say
    ) -> None:
        await tap(db, dealt[1], KEPT)
        await why.shown_again(db, dealt[0].expansion_id, 901)
        said = await say("ten years", reply_to_message=901)
        assert self.about(said) == (dealt[0].expansion_id, dealt[1].id)


class TestRepliesToCards:
    """What is said about a page of cards."""

    @pytest.fixture
    async def pages(self, db: Database, ming: Person) -> list[Idea]:
        """Two pages, of four cards and of two, shown as message 900."""
        cards = await deal(db, ming, *FOUR, "stranger", "siren")
        await send_due(db, at=NOON)
        return cards

    async def turn(self, db: Database, cards: Sequence[Idea], page: int, *, by: int = 0) -> None:
        await pan.turned(
            db,
            person_id=by or cards[0].person_id,
            expansion_id=cards[0].expansion_id,
            message_id=900,
            page=page,
        )

    async def test_a_number_is_that_of_a_card_on_the_page_shown_now(
        self, db: Database, pages: list[Idea], say: Say
    ) -> None:
        for page, idea in ((0, pages[1]), (1, pages[5]), (0, pages[1])):
            await self.turn(db, pages, page)
            said = await say("2 I saw this", reply_to_message=900)
            assert (said.about, said.about_idea) == (idea.expansion_id, idea.id)

    @pytest.mark.parametrize("words", ["3. not on this page", "3 days later", "all of them"])
    async def test_without_the_number_of_a_card_it_is_about_the_round(
        self, db: Database, pages: list[Idea], say: Say, words: str
    ) -> None:
        await self.turn(db, pages, 1)
        said = await say(words, reply_to_message=900)
        assert (said.about, said.about_idea) == (pages[0].expansion_id, None)

    async def test_only_the_number_of_a_person_who_was_shown_the_cards_counts(
        self, db: Database, mei: Person, pages: list[Idea], say: Say
    ) -> None:
        await self.turn(db, pages, 1, by=mei.id)
        hers = await say("2 I saw this", reply_to_message=900, by=mei)
        assert (hers.about, hers.about_idea) == (None, None)

    async def test_it_continues_the_fragment_the_cards_grew_from(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        seed = await say("the rain on the umbrella shop")
        begun = await expand.begin(
            db, person_id=ming.id, seed=expand.Seed(seed.text, seed.n), request_id=1, now=NOON
        )
        await expand.dig(db, [], begun, ming, seen=lambda _: None, now=NOON)
        await send_due(db, at=NOON)
        said = await say("and the drain", reply_to_message=900)
        assert (said.reply_to, said.about) == (seed.n, begun.id)
