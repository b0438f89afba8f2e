"""What is sent is kept: once, as it is, and for good."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.domain.marks import Mark
from bot.domain.records import Fragment, Kind, Media, Origin, Person, Said
from bot.journey import expand
from bot.journey.capture import capture, mark, revise, unmark
from bot.journey.seeds import Seed
from bot.store.database import Database
from bot.store.tables import FragmentRow
from tests.fakes import FakeClock, ScriptedWriter, sketches
from tests.journey.conftest import NOON, Say, kept

LATER = NOON + timedelta(hours=1)
VOICE = Media(file_id="v1", path="42/v1.ogg", mime="audio/ogg", size=9, duration_s=23)
PHOTO = Media(file_id="p1", path=None, mime="image/jpeg", size=30_000_000)


async def test_fragments_are_numbered_per_person(
    db: Database, ming: Person, mei: Person, say: Say
) -> None:
    for by in (ming, mei, ming, ming, mei):
        await say("rain", by=by)
    assert [one.n for one in await kept(db, ming)] == [1, 2, 3]
    assert [one.n for one in await kept(db, mei)] == [1, 2]


async def test_texts_that_arrive_at_once_get_a_number_each(
    db: Database, ming: Person, say: Say
) -> None:
    given = await asyncio.gather(*(say(f"thought {i}") for i in range(8)))
    assert sorted(one.n for one in given) == list(range(1, 9))


async def test_a_fragment_is_kept_as_it_was_sent(db: Database, ming: Person, say: Say) -> None:
    text = "  <b>雨</b>\u200b & *not bold* \n"
    given = await say(text, origin=Origin.FORWARDED)
    assert await kept(db, ming) == [given]
    assert (given.text, given.origin, given.kind) == (text, Origin.FORWARDED, Kind.TEXT)
    assert (given.captured_at, given.gold_at, given.revisions) == (NOON, None, ())


async def test_a_redelivered_text_is_kept_once(db: Database, ming: Person) -> None:
    first = await capture(db, Said(ming.id, 7, "rain", NOON))
    again = await capture(db, Said(ming.id, 7, "rain", LATER))
    assert first == again
    assert await kept(db, ming) == [first]
    after = await capture(db, Said(ming.id, 8, "wind", LATER))
    assert after is not None
    assert after.n == 2


async def test_a_text_delivered_twice_at_once_is_kept_once(db: Database, ming: Person) -> None:
    given = await asyncio.gather(*(capture(db, Said(ming.id, 7, "rain", NOON)) for _ in range(5)))
    assert set(given) == {*await kept(db, ming)}
    assert len(set(given)) == 1


async def test_the_same_message_number_of_two_people_is_two_fragments(
    db: Database, ming: Person, mei: Person
) -> None:
    for person in (ming, mei):
        await capture(db, Said(person.id, 7, f"of {person.id}", NOON))
    assert [one.text for one in await kept(db, ming)] == ["of 42"]
    assert [one.text for one in await kept(db, mei)] == ["of 43"]


async def test_the_number_of_an_erased_fragment_is_never_given_again(
    db: Database, ming: Person, say: Say
) -> None:
    await say("rain")
    newest = await say("wind")
    async with db.write() as session:
        await session.execute(delete(FragmentRow).where(FragmentRow.id == newest.id))
    assert (await say("snow")).n == 3


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u200d", "\u3000"])
async def test_a_blank_text_makes_no_fragment_and_takes_no_number(
    db: Database, ming: Person, say: Say, text: str
) -> None:
    assert await capture(db, Said(ming.id, 99, text, NOON)) is None
    assert (await say("rain")).n == 1


@pytest.mark.parametrize(("kind", "file"), [(Kind.VOICE, VOICE), (Kind.PHOTO, PHOTO)])
async def test_a_file_without_words_is_kept_as_not_yet_heard(
    db: Database, ming: Person, say: Say, kind: Kind, file: Media
) -> None:
    given = await say("", kind=kind, media=(file,))
    assert not given.has_words
    assert given.media == (file,)
    assert await kept(db, ming) == [given]


async def test_a_file_with_a_caption_is_heard(say: Say) -> None:
    assert (await say("my desk", kind=Kind.PHOTO, media=[PHOTO, VOICE])).has_words


async def test_each_fragment_has_its_own_files(db: Database, ming: Person, say: Say) -> None:
    await say("", kind=Kind.VOICE, media=[VOICE])
    await say("rain")
    await say("desk", kind=Kind.PHOTO, media=[PHOTO, VOICE])
    assert [one.media for one in await kept(db, ming)] == [(VOICE,), (), (PHOTO, VOICE)]


class TestReplies:
    async def test_a_reply_to_a_fragment_continues_it(self, say: Say) -> None:
        await say("the lid")
        lid = await say("the lid of the piano")
        assert (await say("shut for years", reply_to_message=lid.message_id)).reply_to == lid.n

    async def test_a_reply_to_another_message_of_the_bot_stands_alone(self, say: Say) -> None:
        assert (await say("thanks", reply_to_message=777)).reply_to is None

    async def test_a_reply_never_continues_another_persons_fragment(
        self, mei: Person, say: Say
    ) -> None:
        hers = await say("her words", by=mei)
        assert (await say("mine", reply_to_message=hers.message_id)).reply_to is None

    async def test_a_reply_to_cards_continues_what_they_grew_from(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("the lid")
        seed = await say("plants on the bass end of the piano")
        cards = await show_cards(db, ming, Seed(seed.text, seed.n), message_id=500)
        answer = await say("2 happened to me", reply_to_message=500)
        assert (answer.reply_to, answer.about, answer.text) == (seed.n, cards, "2 happened to me")
        assert (await say("on", reply_to_message=answer.message_id)).about is None

    async def test_an_answer_to_a_question_is_about_no_cards(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        seed = Seed("rain")
        asked = await expand.begin(db, person_id=ming.id, seed=seed, request_id=1, now=NOON)
        await expand.shown_as(db, asked.id, 300)
        answer = await say("3 days later it was gone", reply_to_message=300)
        assert (answer.reply_to, answer.about) == (None, None)

    async def test_a_reply_to_cards_that_grew_from_no_fragment_stands_alone(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        cards = await show_cards(db, ming, Seed("plants and pianos"), message_id=500)
        answer = await say("2 happened to me", reply_to_message=500)
        assert (answer.reply_to, answer.about) == (None, cards)


async def show_cards(db: Database, person: Person, seed: Seed, *, message_id: int) -> int:
    """Expand a seed into cards and show them as this message of the bot; which expansion it is."""
    begun = await expand.begin(db, person_id=person.id, seed=seed, request_id=1, now=NOON)
    writers = [ScriptedWriter(ideas=sketches("one", "two", "three", "four"))]
    await expand.dig(db, writers, begun, person, seen=lambda _: None, now=NOON)
    await expand.shown_as(db, begun.id, message_id)
    return begun.id


class TestEdits:
    async def test_an_edit_is_a_revision_and_keeps_what_it_replaced(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        first = await say("the lid")
        for text in ("the lid of it", "the lid of the piano"):
            await edit(db, first, text)
        (now,) = await kept(db, ming)
        assert (now.n, now.text) == (1, "the lid of the piano")
        assert now.revisions == ("the lid", "the lid of it")
        assert now.captured_at == NOON

    async def test_the_same_text_again_is_no_revision(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        first = await say("the lid")
        await edit(db, first, "the lid of it")
        await edit(db, first, "the lid of it")
        assert (await kept(db, ming))[0].revisions == ("the lid",)

    async def test_going_back_to_an_old_text_is_a_revision(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        first = await say("the lid")
        await edit(db, first, "the pedal")
        await edit(db, first, "the lid")
        (now,) = await kept(db, ming)
        assert (now.text, now.revisions) == ("the lid", ("the lid", "the pedal"))

    async def test_an_edit_to_nothing_leaves_the_words_there(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        first = await say("the lid")
        await edit(db, first, " ")
        assert await kept(db, ming) == [first]

    async def test_an_edit_touches_its_own_fragment_alone(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        first = await say("the lid")
        await say("the pedal")
        await edit(db, first, "the lid of the piano")
        assert [one.text for one in await kept(db, ming)] == ["the lid of the piano", "the pedal"]
        assert [one.revisions for one in await kept(db, ming)] == [("the lid",), ()]
        hers = await revise(
            db, person_id=mei.id, message_id=first.message_id, text="stolen", now=LATER
        )
        assert hers is None

    async def test_an_edit_of_what_never_was_a_fragment_makes_none(
        self, db: Database, ming: Person
    ) -> None:
        edited = await revise(db, person_id=ming.id, message_id=9, text="/gold", now=LATER)
        assert edited is None
        assert await kept(db, ming) == []


async def edit(db: Database, fragment: Fragment, text: str) -> None:
    await revise(
        db,
        person_id=fragment.person_id,
        message_id=fragment.message_id,
        text=text,
        now=LATER,
    )


class TestMarks:
    @pytest.fixture
    async def lid(self, say: Say) -> Fragment:
        """The fragment that is marked, between two that are not."""
        await say("before")
        lid = await say("the lid")
        await say("after")
        return lid

    async def marked(
        self, db: Database, lid: Fragment, given: Mark, clock: FakeClock
    ) -> Fragment | None:
        return await mark(
            db, person_id=lid.person_id, message_id=lid.message_id, mark=given, now=clock.now()
        )

    async def unmarked(self, db: Database, lid: Fragment, given: Mark) -> Fragment | None:
        return await unmark(db, person_id=lid.person_id, message_id=lid.message_id, mark=given)

    async def test_gold_keeps_the_moment_it_was_first_given(
        self, db: Database, lid: Fragment, clock: FakeClock
    ) -> None:
        first = await self.marked(db, lid, Mark.GOLD, clock)
        assert first is not None
        assert first.gold_at == NOON
        clock.set(LATER)
        assert await self.marked(db, lid, Mark.GOLD, clock) == first

    async def test_gold_is_taken_away_and_given_anew(
        self, db: Database, lid: Fragment, clock: FakeClock
    ) -> None:
        await self.marked(db, lid, Mark.GOLD, clock)
        assert await self.unmarked(db, lid, Mark.GOLD) == lid
        clock.set(LATER)
        again = await self.marked(db, lid, Mark.GOLD, clock)
        assert again is not None
        assert again.gold_at == LATER

    async def test_not_mine_is_taken_away_again(
        self, db: Database, lid: Fragment, clock: FakeClock
    ) -> None:
        not_mine = await self.marked(db, lid, Mark.NOT_MINE, clock)
        assert not_mine is not None
        assert (not_mine.origin, not_mine.gold_at) == (Origin.FORWARDED, None)
        assert await self.unmarked(db, lid, Mark.NOT_MINE) == lid

    async def test_one_mark_leaves_the_other_as_it_is(
        self, db: Database, lid: Fragment, clock: FakeClock
    ) -> None:
        await self.marked(db, lid, Mark.GOLD, clock)
        both = await self.marked(db, lid, Mark.NOT_MINE, clock)
        assert both is not None
        assert (both.origin, both.gold_at) == (Origin.FORWARDED, NOON)
        still = await self.unmarked(db, lid, Mark.GOLD)
        assert still is not None
        assert (still.origin, still.gold_at) == (Origin.FORWARDED, None)

    async def test_a_mark_touches_its_own_fragment_alone(
        self, db: Database, ming: Person, mei: Person, lid: Fragment, clock: FakeClock
    ) -> None:
        await self.marked(db, lid, Mark.GOLD, clock)
        await self.marked(db, lid, Mark.NOT_MINE, clock)
        golden = [(one.gold_at is not None, one.origin) for one in await kept(db, ming)]
        plain = (False, Origin.OWN)
        assert golden == [plain, (True, Origin.FORWARDED), plain]
        message = {"person_id": mei.id, "message_id": lid.message_id, "mark": Mark.GOLD}
        assert await mark(db, **message, now=NOON) is None
        assert await unmark(db, **message) is None

    async def test_a_mark_on_what_is_no_fragment_does_nothing(
        self, db: Database, ming: Person
    ) -> None:
        message = {"person_id": ming.id, "message_id": 9, "mark": Mark.GOLD}
        assert await mark(db, **message, now=NOON) is None
        assert await unmark(db, **message) is None


async def test_a_forward_stays_somebody_elses_whatever_is_said_of_it(
    db: Database, ming: Person, clock: FakeClock
) -> None:
    await capture(db, Said(ming.id, 1, "別人寫的", clock.now(), origin=Origin.FORWARDED))
    not_mine = {"person_id": ming.id, "message_id": 1, "mark": Mark.NOT_MINE}
    await mark(db, **not_mine, now=clock.now())
    left = await unmark(db, **not_mine)
    assert left is not None
    assert left.origin is Origin.FORWARDED
