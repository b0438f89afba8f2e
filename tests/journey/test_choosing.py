"""Which drafts an evening offers: none twice, none that is done, what was put off first."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from bot import resources
from bot.domain import form_names
from bot.domain.digests import Came, DigestBody
from bot.domain.drafts import Line, Opening, Role, Script, Status
from bot.domain.marks import Mark
from bot.domain.outcomes import Became, Outcome, learn
from bot.domain.records import Fragment, Kind, Language, Origin, Person
from bot.engines.offline import OfflineWriter
from bot.engines.prompts import PromptLibrary
from bot.errors import EngineError, Trouble
from bot.journey import capture, digest, own_forms, people, status
from bot.journey.digest import LEASE
from bot.journey.ports import DraftAsk, DraftSketch
from bot.store import drafts, earlier
from bot.store.database import Database
from bot.store.draft_tables import DraftRow
from bot.store.passing import ParcelRow
from bot.store.tables import DigestRow
from tests.fakes import FORMS, ScriptedWriter
from tests.journey.conftest import NOON, Say, send_due
from tests.journey.test_digest import (
    A_DAY,
    A_MINUTE,
    FRIDAY,
    MORE,
    NINE,
    SAID,
    ask_now,
    body_of,
    chapter,
    claim,
    claim_one,
    compose,
    deliver,
    offered,
)

SATURDAY = FRIDAY + A_DAY
FOURS = (SAID, *(MORE[at : at + 4] for at in range(0, len(MORE), 4)))


async def say_four(say: Say, which: int, **more: object) -> list[Fragment]:
    """The nth four things, counted from 1."""
    return [await say(text, **more) for text in FOURS[which - 1]]


def again(first: int, which: int = 1) -> DraftSketch:
    """A script of the nth four, said again from fragment number `first` on."""
    hook, *beats = (
        Line(Role.TURN, text, (n,)) for n, text in enumerate(FOURS[which - 1], start=first)
    )
    return DraftSketch(hook.text, (hook,), tuple(beats), None)


async def at_noon(db: Database, person: Person, *sketches: DraftSketch) -> DigestBody:
    """A digest on the spot, of these drafts."""
    asked = await ask_now(db, person)
    body = await compose(db, person, asked, ScriptedWriter(drafts=sketches), at=NOON)
    await send_due(db, at=NOON)
    assert body is not None
    return body


async def row_of(db: Database, draft_id: int) -> DraftRow:
    async with db.read() as session:
        return await session.get_one(DraftRow, draft_id)


async def make(db: Database, draft_id: int, **values: object) -> None:
    """What became of a draft."""
    async with db.write() as session:
        await session.execute(update(DraftRow).where(DraftRow.id == draft_id).values(**values))


async def put_off(db: Database, draft_id: int, until: date) -> None:
    await make(db, draft_id, postponed_to=until, postponements=1)


class TestNothingTwice:
    async def test_what_was_offered_once_is_not_offered_again_and_nothing_is_paid_for_the_next(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        await deliver(db, ming, await claim_one(db), ScriptedWriter(drafts=[chapter(1)]))
        await say_four(say, 1, at=NINE + A_MINUTE)  # the very same, said anew
        await say_four(say, 2, at=NINE + A_MINUTE)
        paid = ScriptedWriter(name="paid", drafts=[again(5)])
        free = ScriptedWriter(name="free", drafts=[again(9, 2)])
        body = await body_of(db, ming, await claim_one(db, at=NINE + A_DAY), paid, free)
        assert [(one.hook, one.by, one.came) for one in body.offers] == [
            (FOURS[1][0], "free", Came.NEW)
        ]
        assert (len(paid.drafts_asked), len(free.drafts_asked)) == (1, 2)

    async def test_when_nothing_else_is_left_there_is_one_question(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        await deliver(db, ming, await claim_one(db), ScriptedWriter(drafts=[chapter(1)]))
        await say_four(say, 1, at=NINE + A_MINUTE)
        writer = ScriptedWriter(drafts=[again(5)])
        body = await body_of(db, ming, await claim_one(db, at=NINE + A_DAY), writer)
        assert (body.offers, bool(body.question)) == ((), True)

    async def test_a_version_that_is_no_longer_the_newest_is_not_repeated_either(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        first = ScriptedWriter(drafts=[chapter(1)])
        body = await deliver(db, ming, await claim_one(db), first)
        (script,) = await offered(db, ming, body)
        other = Line(Role.HOOK, "完全不同的一句話在這裡", (1,))
        async with db.write() as session:
            old = await drafts.get(session, ming.id, body.offers[0].draft_id)
            assert old
            new = drafts.Written(replace(script, hook=other, beats=(), close=other))
            await drafts.add(session, old, new, now=NINE)
        await say_four(say, 1, at=NINE + A_MINUTE)
        writer = ScriptedWriter(drafts=[again(5)])
        assert not (await body_of(db, ming, await claim_one(db, at=NINE + A_DAY), writer)).offers

    async def test_two_of_one_evening_are_not_the_same(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        writer = ScriptedWriter(drafts=[chapter(1), chapter(1)])
        assert len((await body_of(db, ming, await claim_one(db), writer)).offers) == 1

    async def test_lines_of_what_was_filmed_are_not_told_again_unless_said_anew(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        body = await at_noon(db, ming, chapter(1))
        await make(db, body.offers[0].draft_id, status=Status.FILMED)
        await say(SAID[2], at=NOON + A_MINUTE)
        writer = ScriptedWriter()
        await compose(db, ming, await claim_one(db), writer)
        used = writer.drafts_asked[0].used
        assert set(used) == {SAID[0], SAID[1], SAID[3]}

    async def test_what_was_filmed_today_is_not_offered_again_when_it_is_written_once_more(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        body = await at_noon(db, ming, chapter(1))
        await make(db, body.offers[0].draft_id, status=Status.PUBLISHED)
        writer = ScriptedWriter(drafts=[chapter(1)])
        assert (await body_of(db, ming, await claim_one(db), writer)).offers == ()


class TestWhatIsThereAlready:
    async def test_when_nothing_was_said_since_it_is_offered_again_and_no_writer_is_asked(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        for which in (1, 2):
            await say_four(say, which)
        noon = await at_noon(db, ming, chapter(1), chapter(2))
        claimed, writer = await claim_one(db), ScriptedWriter(drafts=[chapter(1)])
        body = await body_of(db, ming, claimed, writer)
        assert writer.drafts_asked == []
        assert body.offers == tuple(replace(one, came=Came.AGAIN) for one in noon.offers)
        assert (await row_of(db, noon.offers[0].draft_id)).digest_id == claimed.id

    async def test_of_several_takes_the_newest_is_offered(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        noon = await at_noon(db, ming, chapter(1))
        (script,) = await offered(db, ming, noon)
        async with db.write() as session:
            wish = drafts.Wish(ming.id, "short", family=noon.offers[0].draft_id, take=2)
            take = await drafts.open_draft(session, wish, now=NOON)
            await drafts.add(session, take, drafts.Written(script), now=NOON)
        body = await body_of(db, ming, await claim_one(db))
        assert [one.draft_id for one in body.offers] == [take.id]

    async def test_after_more_was_said_what_repeats_it_gives_way_to_its_newest_version(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        noon = await at_noon(db, ming, chapter(1))
        (script,) = await offered(db, ming, noon)
        async with db.write() as session:
            old = await drafts.get(session, ming.id, noon.offers[0].draft_id)
            assert old
            shorter = drafts.Written(replace(script, beats=script.beats[1:]), by="claude")
            version = await drafts.add(session, old, shorter, now=NOON)
        await say_four(say, 2, at=NOON + A_MINUTE)
        writer = ScriptedWriter(drafts=[chapter(1), chapter(2)])
        body = await body_of(db, ming, await claim_one(db), writer)
        assert [(one.version_id, one.came) for one in body.offers[:1]] == [(version.id, Came.AGAIN)]
        assert [one.came for one in body.offers] == [Came.AGAIN, Came.NEW]
        assert body.by == "claude"

    async def test_a_draft_about_something_of_its_own_does_not_stand_for_the_day(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        noon = await at_noon(db, ming, chapter(1))
        await make(db, noon.offers[0].draft_id, about="捷運")
        writer = ScriptedWriter()
        await compose(db, ming, await claim_one(db), writer)
        assert len(writer.drafts_asked) == 1


class TestWhatWasPutOff:
    async def friday(self, db: Database, person: Person, say: Say) -> int:
        """The draft of Friday, put off to Saturday."""
        await say_four(say, 1)
        writer = ScriptedWriter(drafts=[chapter(1)])
        body = await deliver(db, person, await claim_one(db), writer)
        await put_off(db, body.offers[0].draft_id, SATURDAY)
        return body.offers[0].draft_id

    async def test_it_comes_back_before_everything_else_with_what_is_new(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        draft_id = await self.friday(db, ming, say)
        await say_four(say, 2, at=NINE + A_MINUTE)
        saturday = await claim_one(db, at=NINE + A_DAY)
        body = await body_of(db, ming, saturday, ScriptedWriter(drafts=[again(5, 2)]))
        assert [one.came for one in body.offers] == [Came.POSTPONED, Came.NEW]
        row = await row_of(db, draft_id)
        assert (row.digest_id, row.postponed_to) == (saturday.id, None)

    async def test_it_comes_back_on_an_evening_on_which_nothing_was_said(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        draft_id = await self.friday(db, ming, say)
        writer = ScriptedWriter()
        saturday = NINE + A_DAY
        body = await deliver(db, ming, await claim_one(db, at=saturday), writer, at=saturday)
        assert [one.draft_id for one in body.offers] == [draft_id]
        assert (body.fragments, body.question, writer.drafts_asked) == ((), None, [])
        assert await compose(db, ming, await claim_one(db, at=NINE + 2 * A_DAY)) is None

    async def test_what_was_filmed_or_put_off_further_meanwhile_stays_away(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        draft_id = await self.friday(db, ming, say)
        await make(db, draft_id, status=Status.FILMED)
        assert await compose(db, ming, await claim_one(db, at=NINE + A_DAY)) is None
        await make(db, draft_id, status=Status.NEW, postponed_to=SATURDAY + 9 * A_DAY)
        assert await compose(db, ming, await claim_one(db, at=NINE + 2 * A_DAY)) is None

    async def test_what_is_put_off_while_it_is_composed_is_not_offered(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        noon = await at_noon(db, ming, chapter(1))
        await say("還有", at=NOON + A_MINUTE)

        class Slow(ScriptedWriter):
            async def draft(self, ask: DraftAsk) -> DraftSketch | None:
                await put_off(db, noon.offers[0].draft_id, SATURDAY)
                return await super().draft(ask)

        body = await body_of(db, ming, await claim_one(db), Slow(drafts=[chapter(1)]))
        assert body.offers == ()
        assert body.question

    async def test_what_is_asked_for_on_the_spot_leaves_it_to_its_evening(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        draft_id = await self.friday(db, ming, say)
        asked = await ask_now(db, ming, at=NINE + A_MINUTE)
        assert await compose(db, ming, asked) is None
        body = await body_of(db, ming, await claim_one(db, at=NINE + A_DAY))
        assert [one.draft_id for one in body.offers] == [draft_id]

    async def test_of_more_than_three_the_rest_comes_the_evening_after(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        draft_id = await self.friday(db, ming, say)
        async with db.write() as session:
            (known,) = await earlier.of(session, ming.id)
            for _ in range(3):
                wish = drafts.Wish(ming.id, "short")
                more = await drafts.open_draft(session, wish, now=NOON)
                await drafts.add(session, more, drafts.Written(known.script), now=NOON)
        for one in range(draft_id, draft_id + 4):
            await put_off(db, one, SATURDAY)
        for days, ids in ((1, [1, 2, 3]), (2, [4])):
            body = await deliver(db, ming, await claim_one(db, at=NINE + days * A_DAY))
            assert [one.draft_id for one in body.offers] == ids


class TestForms:
    async def test_drafts_are_in_the_form_the_person_chose_also_one_of_their_own(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        await own_forms.keep(db, ming.id, form_names.own("開場", "問一句", 30), now=NOON)
        for form in ("post", "開場", "gone"):
            writer = ScriptedWriter()
            asked = await ask_now(db, replace(ming, digest_form=form))
            await compose(db, replace(ming, digest_form=form), asked, writer)
            assert writer.drafts_asked[0].form.id == (form if form != "gone" else "short")

    async def test_a_newsletter_is_made_of_the_day_alone(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        await deliver(db, ming, await claim_one(db))
        await say_four(say, 2, at=NINE + A_MINUTE)
        writer = ScriptedWriter()
        person = replace(ming, digest_form="newsletter")
        await compose(db, person, await claim_one(db, at=NINE + A_DAY), writer)
        assert [one.n for one in writer.drafts_asked[0].material] == [5, 6, 7, 8]


@pytest.fixture
async def day(say: Say) -> Sequence[Fragment]:
    """Four things said today, enough for a script."""
    return await say_four(say, 1)


class TestMeanwhile:
    """A writer takes its time."""

    async def test_who_says_that_they_still_compose_keeps_it(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        claimed = await claim_one(db)
        await digest.hold(db, claimed, now=NINE + 3 * A_MINUTE)
        assert await claim(db, at=NINE + LEASE) == []
        assert (await claim_one(db, at=NINE + LEASE + 3 * A_MINUTE)).id == claimed.id

    async def test_a_process_that_starts_takes_up_what_the_one_before_it_had_in_hand(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        claimed = await claim_one(db)
        await digest.give_back(db)
        assert (await claim_one(db)).id == claimed.id

    async def test_what_is_composed_is_neither_held_nor_given_back(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        claimed = await claim_one(db)
        await deliver(db, ming, claimed, ScriptedWriter(drafts=[chapter(1)]))
        await digest.hold(db, claimed, now=NINE)
        await digest.give_back(db, claimed.id)
        assert await claim(db, at=NINE + 9 * LEASE) == []

    async def test_a_line_taken_back_while_it_was_written_is_not_offered(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        last = day[3]

        class Slow(ScriptedWriter):
            async def draft(self, ask: DraftAsk) -> DraftSketch | None:
                await capture.mark(
                    db,
                    person_id=ming.id,
                    message_id=last.message_id,
                    mark=Mark.NOT_MINE,
                    now=NINE,
                )
                return await super().draft(ask)

        body = await body_of(db, ming, await claim_one(db), Slow(drafts=[chapter(1)]))
        assert body.offers == ()  # two beats are left, and two are too few
        assert body.question

    async def test_a_fragment_edited_while_it_was_written_leaves_the_others(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        fifth = await say("後來我改在月台上錄")
        hook, *beats = chapter(1).lines
        more = DraftSketch(hook.text, (hook,), (*beats, Line(Role.TURN, fifth.text, (5,))), None)

        class Slow(ScriptedWriter):
            async def draft(self, ask: DraftAsk) -> DraftSketch | None:
                await capture.revise(
                    db,
                    person_id=ming.id,
                    message_id=fifth.message_id,
                    text="改成完全不同的話了",
                    now=NINE,
                )
                return await super().draft(ask)

        body = await body_of(db, ming, await claim_one(db), Slow(drafts=[more]))
        (script,) = await offered(db, ming, body)
        assert [one.text for one in script.beats] == [one.text for one in beats]

    async def test_a_writer_cut_off_again_and_again_is_paid_once_and_the_digest_says_so(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)

        class CutOff(ScriptedWriter):
            async def draft(self, ask: DraftAsk) -> DraftSketch | None:
                self.drafts_asked.append(ask)
                raise asyncio.CancelledError

        paid, free = CutOff(name="paid"), CutOff(name="free")
        for minute in range(3):
            claimed = await claim_one(db, at=NINE + minute * A_MINUTE)
            with pytest.raises(asyncio.CancelledError):
                await compose(db, ming, claimed, paid, free)
            await digest.give_back(db)
        assert (len(paid.drafts_asked), len(free.drafts_asked)) == (1, 2)
        offline = ScriptedWriter(name="free", drafts=[chapter(1)])
        body = await body_of(db, ming, await claim_one(db, at=NINE + LEASE), paid, offline)
        assert ([one.by for one in body.offers], body.trouble) == (["free"], Trouble.INTERRUPTED)
        assert len(paid.drafts_asked) == 1

    async def test_with_a_dead_writer_at_nine_nothing_is_asked_twice(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        paid = ScriptedWriter(name="paid", fails=EngineError(Trouble.UNREACHABLE))
        free = ScriptedWriter(name="offline", drafts=[chapter(1)])
        claimed = await claim_one(db)
        body = await deliver(db, ming, claimed, paid, free)
        assert (body.by, body.trouble) == ("offline", Trouble.UNREACHABLE)
        assert await claim(db, at=NINE + 9 * LEASE) == []
        assert len(paid.drafts_asked) == 1


class TurningInterviewer:
    """Asks otherwise at each turn, as the offline writer does."""

    def question(self, about: str, language: Language, *, turn: int = 0) -> str:
        return f"{about}?{turn}"


class TestTheQuestion:
    async def test_it_is_not_the_one_of_an_earlier_evening(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        asked = []
        for days in range(6):
            await say("早上的雨", at=NINE + (days - 1) * A_DAY + A_MINUTE)
            claimed = await claim_one(db, at=NINE + days * A_DAY)
            body = await digest.compose(
                db, (), TurningInterviewer(), claimed, ming, forms=FORMS, now=NINE
            )
            assert body
            asked.append(body.question)
            await send_due(db, at=NINE + days * A_DAY)
        assert asked[:4] == [f"早上的雨?{turn}" for turn in range(4)]
        assert asked[4:] == ["早上的雨?0"] * 2  # there is no other


class TestThreeEveningsLeftAlone:
    async def evenings(
        self, db: Database, person: Person, say: Say, days: Sequence[int]
    ) -> list[DigestBody]:
        """A thin evening on each of these days."""
        bodies = []
        for n in days:
            await say(f"早上的雨{n}", at=NINE + (n - 1) * A_DAY + A_MINUTE)
            claimed = await claim_one(db, at=NINE + n * A_DAY)
            bodies.append(await deliver(db, person, claimed, at=NINE + n * A_DAY))
        return bodies

    async def test_the_fourth_asks_whether_it_should_come_otherwise_and_no_later_one(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        bodies = await self.evenings(db, ming, say, range(8))
        assert [one.asks for one in bodies] == [n == 3 for n in range(8)]

    @pytest.mark.parametrize("which", [1, 2, 3])
    async def test_one_that_was_touched_begins_the_count_anew(
        self, db: Database, ming: Person, say: Say, which: int
    ) -> None:
        await self.evenings(db, ming, say, range(3))
        async with db.write() as session:
            row = await session.get_one(DigestRow, which)
            row.touched_at = NINE
        bodies = await self.evenings(db, ming, say, range(3, 7))
        assert [one.asks for one in bodies] == [n == which for n in range(4)]

    @pytest.mark.parametrize(
        "became",
        [{"opened_at": NINE}, {"status": Status.FILMED}, {"film_at": NINE}, {"postponements": 1}],
    )
    async def test_drafts_that_were_used_are_not_left_alone(
        self, db: Database, ming: Person, say: Say, became: dict[str, object]
    ) -> None:
        await say_four(say, 1)
        writer = ScriptedWriter(drafts=[chapter(1)])
        body = await deliver(db, ming, await claim_one(db), writer)
        await self.evenings(db, ming, say, (1, 2))
        await make(db, body.offers[0].draft_id, **became)
        assert not (await self.evenings(db, ming, say, (3,)))[0].asks

    async def test_a_draft_that_was_changed_is_not_left_alone(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say_four(say, 1)
        writer = ScriptedWriter(drafts=[chapter(1)])
        body = await deliver(db, ming, await claim_one(db), writer)
        await self.evenings(db, ming, say, (1, 2))
        async with db.write() as session:
            known = await drafts.get(session, ming.id, body.offers[0].draft_id)
            assert known
            await drafts.add(session, known, drafts.Written(text="我的定稿"), now=NINE)
        assert not (await self.evenings(db, ming, say, (3,)))[0].asks

    async def test_one_on_the_spot_asks_nothing_and_shows_that_they_want_it(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await self.evenings(db, ming, say, range(3))
        await say("雨", at=NINE + 2 * A_DAY + A_MINUTE)
        asked = await ask_now(db, ming, at=NINE + 2 * A_DAY + 2 * A_MINUTE)
        assert not (await deliver(db, ming, asked, at=NINE + 3 * A_DAY - A_MINUTE)).asks
        assert not (await self.evenings(db, ming, say, (3,)))[0].asks

    async def test_one_that_never_arrived_was_not_left_alone(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await self.evenings(db, ming, say, range(3))
        async with db.write() as session:
            await session.execute(update(ParcelRow).values(state="unknown"))
        assert not (await self.evenings(db, ming, say, (3,)))[0].asks


class TestLearning:
    async def outcome(
        self,
        db: Database,
        person: Person,
        opening: Opening,
        became: Status = Status.NEW,
        *,
        digest_id: int = 1,
    ) -> None:
        """A draft of Friday's digest, of which nothing is said today, and what became of it."""
        async with db.write() as session:
            n = len(await earlier.of(session, person.id)) + 1
            hook = Line(Role.HOOK, f"第{n}件別的事情在這裡", (1,), opening=opening)
            script = Script("", hook, (), hook, 30, 1.0)
            wish = drafts.Wish(person.id, "short", digest_id=digest_id)
            made = await drafts.open_draft(session, wish, now=NOON)
            await drafts.add(session, made, drafts.Written(script), now=NOON)
        await make(db, made.id, status=became)

    async def evenings(self, db: Database, person: Person, say: Say) -> None:
        """Friday and Saturday are over; scenes of Friday were filmed, questions left alone."""
        for days in range(2):
            await say("雨", at=NINE + (days - 1) * A_DAY + A_MINUTE)
            claimed = await claim_one(db, at=NINE + days * A_DAY)
            await deliver(db, person, claimed, at=NINE + days * A_DAY)
        for _ in range(4):
            await self.outcome(db, person, Opening.SCENE, Status.FILMED)
            await self.outcome(db, person, Opening.QUESTION)

    def opening(self, sketch: DraftSketch, *kinds: Opening) -> DraftSketch:
        """The sketch with hooks of these kinds: its first line, and its beats."""
        lines = (*sketch.hooks, *sketch.beats)
        hooks = (
            replace(one, role=Role.HOOK, opening=kind)
            for one, kind in zip(lines, kinds, strict=False)
        )
        return replace(sketch, hooks=tuple(hooks))

    async def sunday(
        self, db: Database, person: Person, say: Say, *sketches: DraftSketch
    ) -> list[Script]:
        for which in (2, 3):
            await say_four(say, which, at=NINE + A_DAY + A_MINUTE)
        claimed = await claim_one(db, at=NINE + 2 * A_DAY)
        body = await body_of(db, person, claimed, ScriptedWriter(drafts=sketches))
        return await offered(db, person, body)

    async def test_what_is_filmed_most_comes_first(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await self.evenings(db, ming, say)
        told = await self.sunday(
            db,
            ming,
            say,
            self.opening(again(3, 2), Opening.QUESTION),
            self.opening(again(7, 3), Opening.SCENE),
        )
        assert [one.hook.opening for one in told] == [Opening.SCENE, Opening.QUESTION]

    async def test_of_its_openings_the_kind_that_is_filmed_comes_to_the_front(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await self.evenings(db, ming, say)
        both = self.opening(again(3, 2), Opening.QUESTION, Opening.SCENE)
        (script,) = await self.sunday(db, ming, say, both)
        assert (script.hook.text, script.hook.opening) == (FOURS[1][1], Opening.SCENE)

    async def test_one_evening_in_four_goes_by_strength_alone_for_each_of_two_people(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        two = {one.id: one for one in (ming, replace(ming, id=43))}
        await people.welcome(db, two[43], now=NOON)
        sketches = [
            self.opening(again(4 * n - 1, n), Opening.QUESTION, Opening.SCENE) for n in (1, 2, 3, 4)
        ]
        as_found: dict[int, list[bool]] = {one: [] for one in two}
        for days in range(6):
            for text in FOURS[days - 2] if days > 1 else ("雨",):
                for who in two.values():
                    await say(text, at=NINE + (days - 1) * A_DAY + A_MINUTE, by=who)
            for claimed in await claim(db, at=NINE + days * A_DAY):
                who = two[claimed.person_id]
                writer = ScriptedWriter(drafts=[sketches[days - 2]] if days > 1 else [])
                body = await deliver(db, who, claimed, writer, at=NINE + days * A_DAY)
                for one in await offered(db, who, body):
                    as_found[who.id].append(one.hook.opening is Opening.QUESTION)
                for _ in range(4 if days == 0 else 0):
                    for kind, became in (
                        (Opening.SCENE, Status.FILMED),
                        (Opening.QUESTION, Status.NEW),
                    ):
                        await self.outcome(db, who, kind, became, digest_id=claimed.id)
        assert as_found[42] == as_found[43]
        assert sorted(as_found[42]) == [False, False, False, True]

    async def test_a_final_text_of_the_persons_own_counts_as_a_change(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("雨")
        await deliver(db, ming, await claim_one(db))
        await self.outcome(db, ming, Opening.SCENE)
        async with db.write() as session:
            (known,) = await earlier.of(session, ming.id)
            assert not known.changed
            await drafts.add(session, known.draft, drafts.Written(text="我的定稿"), now=NINE)
            (known,) = await earlier.of(session, ming.id)
        assert (len(known.versions), known.changed) == (1, True)
        films = await status.films(db, person_id=ming.id)
        assert films.wanted == learn([Outcome(known.script, Became.KEPT)]).wanted

    async def test_status_counts_what_was_left_alone_only_when_a_later_evening_came(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("雨")
        await deliver(db, ming, await claim_one(db))
        await self.outcome(db, ming, Opening.SCENE)
        assert (await status.films(db, person_id=ming.id)).told == 0
        await compose(db, ming, await claim_one(db, at=NINE + A_DAY))
        assert (await status.films(db, person_id=ming.id)).told == 1


class TestBadMaterial:
    """Composed by the real offline writer."""

    async def evening(self, db: Database, person: Person, writer: OfflineWriter) -> DigestBody:
        claimed = await claim_one(db)
        body = await digest.compose(db, [writer], writer, claimed, person, forms=FORMS, now=NINE)
        assert body is not None
        return body

    async def test_of_a_library_of_one_fragment_it_asks_about_that(
        self, db: Database, ming: Person, say: Say, offline: OfflineWriter
    ) -> None:
        await say("早餐店的老闆今天沒有收錢")
        body = await self.evening(db, ming, offline)
        assert body.offers == ()
        assert body.question
        assert "早餐店的老闆今天沒有收錢" in body.question

    async def test_of_other_peoples_words_alone_nothing_is_made(
        self, db: Database, ming: Person, say: Say, offline: OfflineWriter
    ) -> None:
        for text in FOURS[0]:
            await say(text, origin=Origin.FORWARDED)
        body = await self.evening(db, ming, offline)
        assert (body.offers, len(body.fragments)) == ((), 4)
        assert body.question
        assert not any(text in body.question for text in FOURS[0])

    @pytest.mark.parametrize(
        "said",
        [
            (
                "今朝、駅の階段で転びそうになった。",
                "知らないおばあさんが腕をつかんでくれた。",
                "おばあさんは笑って先に降りていった。",
                "電車の中でずっと腕のことを考えていた。",
            ),
            (
                "Ce matin j'ai raté le bus parce que je parlais au boulanger.",
                "Le boulanger m'a donné un croissant pour attendre le bus.",
                "J'ai mangé le croissant et j'ai raté le bus suivant.",
                "Le chauffeur du troisième bus connaissait le boulanger.",
            ),
        ],
    )
    async def test_a_day_in_another_language_is_told_in_its_own_words_or_asked_about(
        self, db: Database, ming: Person, say: Say, offline: OfflineWriter, said: Sequence[str]
    ) -> None:
        for text in said:
            await say(text)
        body = await self.evening(db, ming, offline)
        assert body.offers or body.question
        for script in await offered(db, ming, body):
            for line in script.lines:
                assert any(line.text in text for text in said)

    async def test_of_nothing_but_files_there_is_only_what_was_kept(
        self, db: Database, ming: Person, say: Say, offline: OfflineWriter
    ) -> None:
        for kind in (Kind.VOICE, Kind.PHOTO, Kind.DOCUMENT):
            await say("", kind=kind)
        body = await self.evening(db, ming, offline)
        assert (body.offers, len(body.unheard)) == ((), 3)
        assert body.question  # about what they sent

    async def test_at_nine_a_writer_that_fails_leaves_the_offline_one_and_says_so(
        self, db: Database, ming: Person, say: Say, offline: OfflineWriter
    ) -> None:
        await say_four(say, 1)
        claimed = await claim_one(db)
        dead = ScriptedWriter(name="claude", fails=EngineError(Trouble.TIMEOUT))
        body = await digest.compose(
            db, [dead, offline], offline, claimed, ming, forms=FORMS, now=NINE
        )
        assert body is not None
        assert (body.by, body.trouble) == ("offline", Trouble.TIMEOUT)
        assert [one.by for one in body.offers] == ["offline"]


@pytest.fixture
def offline() -> OfflineWriter:
    """The writer that needs nobody."""
    return OfflineWriter(PromptLibrary(resources.folder("prompts")))
