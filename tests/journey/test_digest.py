"""The evening digest: once an evening, from what came since the last, whatever dies meanwhile."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest

from bot.domain.digests import Digest, DigestBody, Note
from bot.domain.drafts import Line, Role, Script
from bot.domain.evening_wishes import Off, When
from bot.domain.marks import Mark
from bot.domain.records import Fragment, Idea, Kind, Language, Origin, Person, Verdict
from bot.errors import EngineError, Trouble
from bot.journey import capture, digest, expand, intake, outbox, pan, people, work
from bot.journey.digest import LEASE
from bot.journey.gathering import MOST_CHARS
from bot.journey.ports import DraftSketch, IdeaSketch, Material, Writer
from bot.journey.seeds import Seed
from bot.store import drafts, earlier
from bot.store import keep as writing
from bot.store.database import Database
from bot.store.draft_tables import VersionRow
from bot.store.tables import DigestRow
from tests.fakes import FORMS, ScriptedInterviewer, ScriptedWriter
from tests.journey.conftest import NOON, Say, everybody, kept, send_due

NINE = datetime(2026, 11, 20, 13, tzinfo=UTC)  # 21:00 in Taipei
FRIDAY = date(2026, 11, 20)
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
A_MOMENT = timedelta(microseconds=1)

SAID = (
    "坐到公司那一站,念頭就散了",
    "點子都是在捷運上來的,嗶卡出站就沒了",
    "我在手扶梯上錄音,後面的人一直看我",
    "回到座位打開檔案,只剩一句喂喂喂",
)
# Three more things of which each makes a script of its own.
MORE = (
    *("阿嬤的收音機修好了", "老闆說裡面有一隻壁虎", "牠住在喇叭旁邊三年", "現在我不敢轉大聲"),
    *("鄰居的鸚鵡學會我的門鈴", "我每天白跑三趟去開門", "牠站在窗邊看我笑", "後來我把門鈴拆掉"),
    *("我把合唱團的譜印反了", "低音部唱了高音的詞", "指揮閉著眼睛沒發現", "散場大家說這次最好聽"),
)
requests = count(1)


def chapter(n: int) -> DraftSketch:
    """A script of the nth four of `SAID` and `MORE`, counted from 1, verbatim."""
    lines = [*enumerate((*SAID, *MORE), start=1)][4 * n - 4 : 4 * n]
    hook, *beats = (Line(Role.TURN, text, (at,)) for at, text in lines)
    return DraftSketch(hook.text, (hook,), tuple(beats), None, prompt="draft@1")


def sketch(opening: int = 2, *, title: str = "嗶卡出站就沒了") -> DraftSketch:
    """A script of `SAID`, verbatim, that opens with the fragment of this number."""
    hook = Line(Role.HOOK, SAID[opening - 1], (opening,))
    beats = tuple(
        Line(Role.TURN, text, (n,)) for n, text in enumerate(SAID, start=1) if n != opening
    )
    return DraftSketch(title, (hook,), beats, None, prompt="draft@1")


async def claim(
    db: Database, *, at: datetime = NINE, admits: Callable[[int], bool] = everybody
) -> list[Digest]:
    """What there is to do, after seeing that a glance at the work waiting says the same."""
    waits = await work.waits(db, admits, now=at)
    claimed = await digest.claim_due(db, admits, now=at)
    assert waits or not claimed
    return claimed


async def claim_one(db: Database, *, at: datetime = NINE) -> Digest:
    (claimed,) = await claim(db, at=at)
    return claimed


async def compose(
    db: Database, person: Person, claimed: Digest, *writers: Writer, at: datetime = NINE
) -> DigestBody | None:
    return await digest.compose(
        db, writers, ScriptedInterviewer(), claimed, person, forms=FORMS, now=at
    )


async def body_of(db: Database, person: Person, claimed: Digest, *writers: Writer) -> DigestBody:
    body = await compose(db, person, claimed, *writers)
    assert body is not None
    return body


async def scripts(db: Database, person: Person) -> list[Script]:
    async with db.read() as session:
        return [one.script for one in await earlier.of(session, person.id)]


async def offered(db: Database, person: Person, body: DigestBody) -> list[Script]:
    """The scripts that a digest offers, the best first."""
    async with db.read() as session:
        found = [await drafts.version(session, person.id, one.version_id) for one in body.offers]
    return [one.script for one in found if one and one.script]


async def stored(db: Database, claimed: Digest) -> DigestRow:
    async with db.read() as session:
        return await session.get_one(DigestRow, claimed.id)


async def keep(db: Database, fragment: Fragment, *, at: datetime = NOON) -> None:
    """Mark a fragment as gold."""
    await capture.mark(
        db,
        person_id=fragment.person_id,
        message_id=fragment.message_id,
        mark=Mark.GOLD,
        now=at,
    )


async def keep_idea(db: Database, person: Person, title: str, *, at: datetime = NOON) -> Idea:
    """Expand something, show it as message 500 and some, and keep the one idea that comes."""
    seed = Seed("ideas come on the metro")
    begun = await expand.begin(
        db, person_id=person.id, seed=seed, request_id=next(requests), now=at
    )
    writer = ScriptedWriter(ideas=[IdeaSketch(title, title, "reverse", title)])
    (idea,) = (await expand.dig(db, [writer], begun, person, seen=lambda _: None, now=at)).ideas
    await expand.shown_as(db, begun.id, 500 + begun.id)
    await pan.decide(
        db,
        person_id=person.id,
        idea_id=idea.id,
        verdict=Verdict.KEPT,
        request_id=next(requests),
        now=at,
    )
    return idea


async def deliver(
    db: Database, person: Person, claimed: Digest, *writers: Writer, at: datetime = NINE
) -> DigestBody:
    """Compose a digest and send it."""
    body = await body_of(db, person, claimed, *writers)
    await send_due(db, at=max(at, NINE))
    return body


async def ask_now(db: Database, person: Person, *, at: datetime = NOON) -> Digest:
    """Ask for a digest on the spot, and claim it."""
    await digest.ask_now(db, person_id=person.id, request_id=next(requests), now=at)
    return await claim_one(db, at=at)


@pytest.fixture
async def day(say: Say) -> Sequence[Fragment]:
    """Four things said today, enough for a script."""
    return [await say(text) for text in SAID]


@pytest.fixture
async def long_day(day: Sequence[Fragment], say: Say) -> Sequence[Fragment]:
    """Sixteen things, enough for four scripts."""
    return [*day, *[await say(text) for text in MORE]]


class TestClaims:
    async def test_an_evening_is_claimed_when_it_comes_and_only_once(
        self, db: Database, ming: Person
    ) -> None:
        assert await claim(db, at=NINE - A_MOMENT) == []
        assert not await work.waits(db, everybody, now=NINE - A_MOMENT)
        claimed = await claim_one(db, at=NINE)
        assert (claimed.person_id, claimed.evening) == (ming.id, FRIDAY)
        assert (claimed.due_at, claimed.claimed_at, claimed.body) == (NINE, NINE, None)
        assert await claim(db, at=NINE) == []
        assert not await work.waits(db, everybody, now=NINE + A_MINUTE)

    async def test_five_claims_at_once_give_one_digest(self, db: Database, ming: Person) -> None:
        claims = await asyncio.gather(
            *(digest.claim_due(db, everybody, now=NINE) for _ in range(5))
        )
        assert [one.evening for claimed in claims for one in claimed] == [FRIDAY]

    async def test_two_processes_at_once_give_one_digest(self, db: Database, ming: Person) -> None:
        other = Database(db.url)
        claims = await asyncio.gather(
            *(digest.claim_due(each, everybody, now=NINE) for each in (db, other))
        )
        await other.close()
        assert sum(map(len, claims)) == 1

    async def test_a_dead_processes_digest_is_taken_up_when_its_lease_ends(
        self, db: Database, ming: Person
    ) -> None:
        first = await claim_one(db)
        assert await claim(db, at=NINE + LEASE - A_MOMENT) == []
        assert (await claim_one(db, at=NINE + LEASE)).id == first.id
        assert await claim(db, at=NINE + 2 * LEASE - A_MOMENT) == []
        assert (await claim_one(db, at=NINE + 2 * LEASE)).id == first.id

    async def test_a_digest_cut_short_by_a_crash_goes_out_within_five_minutes(self) -> None:
        assert timedelta(minutes=5) >= LEASE + A_MINUTE  # a tick comes every minute

    async def test_each_evening_has_its_own(self, db: Database, ming: Person, say: Say) -> None:
        for i in range(3):
            await say("rain")
            claimed = await claim_one(db, at=NINE + i * A_DAY)
            assert claimed.evening == FRIDAY + i * A_DAY
            await deliver(db, ming, claimed)
            assert not await work.waits(db, everybody, now=NINE + i * A_DAY + LEASE)

    async def test_after_days_without_power_there_is_one_late_digest(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("rain")
        claimed = await claim_one(db, at=NINE + 3 * A_DAY + 2 * A_MINUTE)
        assert claimed.evening == FRIDAY + 3 * A_DAY
        await deliver(db, ming, claimed)
        assert await claim(db, at=NINE + 3 * A_DAY + LEASE) == []

    async def test_late_within_its_day_an_evening_comes_and_later_it_is_folded_into_the_next(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("rain")
        end_of_day = NINE + timedelta(hours=7)  # 04:00 in Taipei
        assert await claim(db, at=end_of_day) == []
        saturday = await claim_one(db, at=NINE + A_DAY)
        body = await deliver(db, ming, saturday)
        assert [note.text for note in body.fragments] == ["rain"]

    async def test_one_cut_short_whose_day_is_over_is_folded_into_the_next(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("rain")
        friday = await claim_one(db)
        await body_of(db, ming, friday)
        assert await claim(db, at=NINE + timedelta(hours=7)) == []
        assert (await stored(db, friday)).state == "folded"
        assert await outbox.claim(db, lambda _: True, now=NINE + timedelta(hours=7)) == []
        saturday = await claim_one(db, at=NINE + A_DAY)
        body = await deliver(db, ming, saturday)
        assert [note.text for note in body.fragments] == ["rain"]

    async def test_a_clock_that_was_ahead_for_a_while_silences_no_evening(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("rain")
        dead = await claim_one(db, at=NINE + 100 * A_DAY)
        await say("wind")
        (friday,) = await claim(db, at=NINE - A_MINUTE)  # no lease is that long
        assert friday.id == dead.id
        await deliver(db, ming, friday)
        tonight = await claim_one(db)
        assert tonight.evening == FRIDAY
        body = await deliver(db, ming, tonight)
        assert [note.text for note in body.fragments] == ["wind"]

    async def test_who_is_no_longer_admitted_gets_none_and_the_others_do(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        await people.choose_timezone(db, mei.id, "Asia/Tokyo", now=NOON)
        both_due = NINE + A_DAY  # an hour after Mei's evening came
        claimed = await claim(db, at=both_due, admits=lambda person_id: person_id == mei.id)
        assert [one.person_id for one in claimed] == [mei.id]
        assert not await work.waits(db, lambda _: False, now=both_due)

    async def test_what_a_process_that_admits_nobody_sees_is_left_to_the_others(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("rain")
        tonight = await claim_one(db)
        later = NINE + LEASE
        assert await claim(db, at=later, admits=lambda _: False) == []
        assert [one.id for one in await claim(db, at=later)] == [tonight.id]
        await deliver(db, ming, tonight)

    async def test_what_becomes_of_one_digest_changes_no_other(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        await say("rain")
        await people.choose_timezone(db, mei.id, "Asia/Tokyo", now=NOON)
        late = NINE + A_DAY
        his, hers = await claim(db, at=late)
        await deliver(db, ming, his)
        assert (await stored(db, hers)).state == "composing"
        assert (await claim_one(db, at=late + LEASE)).id == hers.id

    async def test_everyones_evening_is_their_own(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        his = await claim_one(db, at=NINE)
        assert await compose(db, ming, his) is None
        hers = await claim_one(db, at=NINE + timedelta(hours=16))
        assert (his.person_id, hers.person_id) == (ming.id, mei.id)
        assert his.evening == hers.evening == FRIDAY


class TestComposing:
    async def test_the_day_its_gold_and_a_script(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        await keep(db, day[1])
        await keep_idea(db, ming, "夜班護士怎麼記住一件事")
        writer = ScriptedWriter(name="claude", drafts=[sketch()])
        body = await body_of(db, ming, await claim_one(db), writer)
        assert body.fragments == tuple(Note(n, text) for n, text in enumerate(SAID, start=1))
        assert body.gold == (Note(2, SAID[1]),)
        assert body.gold_ideas == ("夜班護士怎麼記住一件事",)
        assert [one.title for one in body.offers] == ["嗶卡出站就沒了"]
        assert (body.question, body.by, body.trouble) == (None, "claude", None)

    async def test_its_scripts_are_kept_as_drafts_with_who_and_what_made_them(
        self, db: Database, ming: Person, mei: Person, day: Sequence[Fragment]
    ) -> None:
        claimed = await claim_one(db)
        writer = ScriptedWriter(name="claude", drafts=[sketch()])
        body = await body_of(db, ming, claimed, writer)
        assert (await stored(db, claimed)).state == "composed"
        assert await scripts(db, ming) == await offered(db, ming, body)
        assert await scripts(db, mei) == []
        async with db.read() as session:
            row = await session.get_one(VersionRow, 1)
        assert (row.by, row.prompt) == ("claude", "draft@1")
        assert row.created_at == NINE

    async def test_a_writer_gets_the_day_and_whose_words_it_is(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        await say("rain on the roof")
        await say("抄來的一段話", origin=Origin.FORWARDED)
        await say("", kind=Kind.VOICE)
        await say("hers", by=mei)
        await keep_idea(db, ming, "a nurse remembers")
        writer = ScriptedWriter()
        await compose(db, ming, await claim_one(db), writer)
        (ask,) = writer.drafts_asked
        assert ask.person_id == ming.id
        assert ask.material == (
            Material(1, "rain on the roof"),
            Material(2, "抄來的一段話", own=False),
        )
        assert ask.picked == ("a nurse remembers",)
        assert ask.used == ()
        assert ask.language is Language.EN  # of the person's own words alone

    async def test_of_weeks_without_a_digest_a_writer_gets_the_newest_and_the_gold(
        self, db: Database, ming: Person
    ) -> None:
        many = range(2, 60)
        async with db.write() as session:
            await writing.add(
                session,
                [
                    Fragment(0, ming.id, n, Kind.TEXT, Origin.OWN, f"thought {n} " * 100, n, NOON)
                    for n in range(1, many.stop)
                ],
            )
            await writing.set_gold(session, 1, NOON)
        writer = ScriptedWriter()
        body = await body_of(db, ming, await claim_one(db), writer)
        material = writer.drafts_asked[0].material
        newest = [one.n for one in material][1:]
        assert material[0].n == 1
        assert newest == list(many)[-len(newest) :]
        assert sum(len(one.text) for one in material) <= MOST_CHARS
        assert len(newest) < len(many)
        assert [one.n for one in body.fragments] == [1, *many]

    async def test_a_writer_is_told_what_is_gold_and_what_answers_a_card(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await keep(db, await say("2 rivers meet here"))
        idea = await keep_idea(db, ming, "a nurse remembers")
        await say("2 I have seen this", reply_to_message=500 + idea.expansion_id)
        writer = ScriptedWriter()
        body = await body_of(db, ming, await claim_one(db), writer)
        assert writer.drafts_asked[0].material == (
            Material(1, "2 rivers meet here", gold=True),
            Material(2, "I have seen this", answer=True),
        )
        assert [one.text for one in body.fragments] == ["2 rivers meet here", "I have seen this"]
        assert [one.text for one in await kept(db, ming)][1] == "2 I have seen this"

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ("2. I have seen this", "I have seen this"),
            (" 4、這個我真的遇過", "這個我真的遇過"),
            ("2：真的", "真的"),
            ("1.5 hours on the bus", "1.5 hours on the bus"),
            ("4:30 is when I wake up", "4:30 is when I wake up"),
            ("2,000 people saw it", "2,000 people saw it"),
            ("12 people saw it", "12 people saw it"),
            ("9 people saw it", "9 people saw it"),
            ("2", "2"),
        ],
    )
    async def test_the_number_of_a_card_is_left_out_and_no_other(
        self, db: Database, ming: Person, say: Say, said: str, told: str
    ) -> None:
        idea = await keep_idea(db, ming, "a nurse remembers")
        await say(said, reply_to_message=500 + idea.expansion_id)
        writer = ScriptedWriter()
        await compose(db, ming, await claim_one(db), writer)
        assert [one.text for one in writer.drafts_asked[0].material] == [told]

    async def test_other_peoples_words_are_shown_as_theirs_and_never_as_a_line(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        for n, text in enumerate(SAID, start=1):
            await say(text, origin=Origin.FORWARDED if n == 3 else Origin.OWN)
        body = await body_of(db, ming, await claim_one(db), ScriptedWriter(drafts=[sketch()]))
        assert body.fragments[2] == Note(3, SAID[2], origin=Origin.FORWARDED)
        assert body.offers == ()  # two beats are left, and two are too few

    async def test_what_was_not_heard_is_listed_apart(
        self, db: Database, ming: Person, day: Sequence[Fragment], say: Say
    ) -> None:
        await say("", kind=Kind.VOICE)
        body = await body_of(db, ming, await claim_one(db), ScriptedWriter(drafts=[sketch()]))
        assert body.unheard == (Note(5, "", Kind.VOICE),)
        assert [one.n for one in body.fragments] == [1, 2, 3, 4]
        assert body.offers

    async def test_where_nothing_was_heard_no_writer_is_asked(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("", kind=Kind.VOICE)
        writer = ScriptedWriter(drafts=[sketch()])
        body = await body_of(db, ming, await claim_one(db), writer)
        assert (body.offers, [one.n for one in body.unheard]) == ((), [1])
        assert writer.drafts_asked == []

    async def test_there_are_three_scripts_at_most_and_each_is_told_what_the_others_say(
        self, db: Database, ming: Person, long_day: Sequence[Fragment]
    ) -> None:
        writer = ScriptedWriter(drafts=[chapter(n) for n in (1, 2, 3, 4)])
        body = await body_of(db, ming, await claim_one(db), writer)
        told = await offered(db, ming, body)
        assert [one.hook.sources for one in told] == [(1,), (5,), (9,)]
        assert await scripts(db, ming) == told
        used = [ask.used for ask in writer.drafts_asked]
        first, second, _ = ([line.text for line in one.lines] for one in told)
        assert used == [(), tuple(first), (*first, *second)]

    async def test_a_paid_writer_is_asked_once(
        self, db: Database, ming: Person, long_day: Sequence[Fragment]
    ) -> None:
        paid = ScriptedWriter(name="paid", drafts=[chapter(n) for n in (1, 2, 3)])
        free = ScriptedWriter(name="free", drafts=[chapter(4)])
        body = await body_of(db, ming, await claim_one(db), paid, free)
        assert [one.hook.sources for one in await offered(db, ming, body)] == [(1,), (13,)]
        assert len(paid.drafts_asked) == 1
        assert body.by == "paid"

    async def test_after_a_failure_the_second_writer_writes_and_the_trouble_is_told(
        self, db: Database, ming: Person, long_day: Sequence[Fragment]
    ) -> None:
        paid = ScriptedWriter(fails=EngineError(Trouble.BUDGET))
        free = ScriptedWriter(name="free", drafts=[chapter(1), chapter(2)])
        body = await body_of(db, ming, await claim_one(db), paid, free)
        assert (len(body.offers), body.by, body.trouble) == (2, "free", Trouble.BUDGET)
        assert len(paid.drafts_asked) == 1


class TestThinAndSilentDays:
    async def test_a_silent_day_gets_nothing_and_is_done(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        writer = ScriptedWriter(drafts=[sketch()])
        assert await compose(db, ming, await claim_one(db), writer) is None
        assert writer.drafts_asked == []
        assert await claim(db, at=NINE + 2 * LEASE) == []
        await say("rain", at=NINE + A_MINUTE)
        body = await body_of(db, ming, await claim_one(db, at=NINE + A_DAY))
        assert body.fragments == (Note(1, "rain"),)

    async def test_a_thin_day_gets_one_question_about_the_fullest_thing_said(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("哈哈哈哈哈哈哈哈哈哈哈哈")
        await say("早上的雨")
        await say("別人寫的一大段關於雨的話", origin=Origin.FORWARDED)
        await say("雨")
        await say("", kind=Kind.VOICE)
        body = await body_of(db, ming, await claim_one(db), ScriptedWriter())
        assert (body.offers, body.question, body.by) == ((), "早上的雨?", "")
        assert await scripts(db, ming) == []

    async def test_a_day_no_script_holds_for_is_thin(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        ghost = tuple(Line(Role.TURN, "每一次通勤都是與自己的對話", (n,)) for n in (1, 2, 3))
        writer = ScriptedWriter(drafts=[DraftSketch("x", ghost, ghost, None)])
        body = await body_of(db, ming, await claim_one(db), writer)
        assert (body.offers, body.trouble) == ((), Trouble.UNGROUNDED)
        assert body.question in {f"{text}?" for text in SAID}

    async def test_a_day_without_words_of_ones_own_is_asked_about_its_gold(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        theirs = await say("抄來的", origin=Origin.FORWARDED)
        await keep(db, theirs)
        await keep_idea(db, ming, "夜班護士")
        body = await body_of(db, ming, await claim_one(db), ScriptedWriter())
        assert body.question == "夜班護士?"

    async def test_gold_alone_is_no_silence(self, db: Database, ming: Person) -> None:
        await keep_idea(db, ming, "夜班護士")
        writer = ScriptedWriter()
        body = await body_of(db, ming, await claim_one(db), writer)
        assert (body.gold_ideas, body.question) == (("夜班護士",), "夜班護士?")
        assert writer.drafts_asked == []


class TestCuts:
    async def evening(self, db: Database, person: Person, *, at: datetime = NINE) -> DigestBody:
        (claimed,) = await claim(db, at=at, admits=lambda one: one == person.id)
        return await deliver(db, person, claimed, at=at)

    async def test_each_fragment_is_in_the_next_digest_and_no_other(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        shown: list[list[int]] = []
        for i in range(3):
            at = NINE + i * A_DAY
            for minutes in (-60, -1):
                await say("rain", at=at + minutes * A_MINUTE)
            shown.append([one.n for one in (await self.evening(db, ming, at=at)).fragments])
        assert shown == [[1, 2], [3, 4], [5, 6]]

    async def test_what_comes_while_it_is_written_belongs_to_tomorrow(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("before")
        claimed = await claim_one(db)
        await say("meanwhile", at=NINE)
        body = await deliver(db, ming, claimed)
        assert body.fragments == (Note(1, "before"),)
        assert (await self.evening(db, ming, at=NINE + A_DAY)).fragments == (Note(2, "meanwhile"),)

    async def test_what_came_before_a_crash_is_composed_as_it_was_cut(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("before")
        await claim_one(db)
        await say("after the crash", at=NINE + A_MINUTE)
        again = await claim_one(db, at=NINE + LEASE)
        assert (await body_of(db, ming, again)).fragments == (Note(1, "before"),)

    async def test_gold_is_what_was_kept_since_the_last_evening_however_old(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        old, older = await say("old"), await say("older")
        await keep(db, older)
        await keep_idea(db, ming, "first idea")
        friday = await self.evening(db, ming)
        assert (friday.gold, friday.gold_ideas) == ((Note(2, "older"),), ("first idea",))
        await keep(db, old, at=NINE + A_MINUTE)
        await keep(db, older, at=NINE + A_MINUTE)
        await keep_idea(db, ming, "second idea", at=NINE + A_MINUTE)
        await keep_idea(db, mei, "hers", at=NINE + A_MINUTE)
        saturday = await self.evening(db, ming, at=NINE + A_DAY)
        assert saturday.fragments == ()
        assert (saturday.gold, saturday.gold_ideas) == ((Note(1, "old"),), ("second idea",))

    async def test_gold_stands_in_the_order_it_was_kept(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        one, two = await say("one"), await say("two")
        await keep(db, two, at=NOON)
        await keep(db, one, at=NOON + A_MINUTE)
        await keep_idea(db, ming, "夜班護士", at=NOON + 2 * A_MINUTE)
        await keep_idea(db, ming, "早餐店老闆", at=NOON + A_MINUTE)
        body = await self.evening(db, ming)
        assert [note.text for note in body.gold] == ["two", "one"]
        assert body.gold_ideas == ("早餐店老闆", "夜班護士")

    @pytest.mark.parametrize("claimed_at", [NINE, NINE + 30 * A_MINUTE])
    async def test_gold_kept_up_to_the_moment_of_the_cut_is_not_shown_again(
        self, db: Database, ming: Person, say: Say, claimed_at: datetime
    ) -> None:
        await keep(db, await say("rain"), at=claimed_at)
        await keep_idea(db, ming, "夜班護士", at=claimed_at)
        friday = await self.evening(db, ming, at=claimed_at)
        assert (friday.gold, friday.gold_ideas) == ((Note(1, "rain"),), ("夜班護士",))
        await say("wind", at=NINE + 2 * LEASE)
        saturday = await self.evening(db, ming, at=NINE + A_DAY)
        assert (saturday.gold, saturday.gold_ideas) == ((), ())

    async def test_a_cut_is_the_persons_own(
        self, db: Database, ming: Person, mei: Person, say: Say
    ) -> None:
        for text in ("one", "two", "three"):
            await say(text)
        await self.evening(db, ming)
        await say("hers", by=mei)
        hers = await claim_one(db, at=NINE + timedelta(hours=16))
        assert (await body_of(db, mei, hers)).fragments == (Note(1, "hers"),)


class TestDelivery:
    async def test_a_stored_body_is_never_written_or_paid_for_again(
        self, db: Database, ming: Person, day: Sequence[Fragment], say: Say
    ) -> None:
        await keep(db, day[0])
        await keep_idea(db, ming, "夜班護士")
        await say("", kind=Kind.VOICE)
        await say("抄來的", origin=Origin.FORWARDED)
        paid = ScriptedWriter(name="paid", drafts=[sketch()])
        body = await body_of(db, ming, await claim_one(db), paid)
        assert await claim(db, at=NINE + LEASE) == []
        assert await scripts(db, ming) == await offered(db, ming, body)

    async def test_a_crash_while_writing_stores_nothing(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        claimed = await claim_one(db)
        with pytest.raises(ZeroDivisionError):
            await compose(db, ming, claimed, ScriptedWriter(fails=ZeroDivisionError()))
        again = await claim_one(db, at=NINE + LEASE)
        assert again.body is None
        assert (await body_of(db, ming, again, ScriptedWriter(drafts=[sketch()]))).offers

    async def test_what_was_composed_is_sent_once(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        claimed = await claim_one(db)
        await body_of(db, ming, claimed)
        assert [one.about for one in await send_due(db, at=NINE)] == [claimed.id]
        assert await send_due(db, at=NINE + 9 * LEASE) == []
        assert await claim(db, at=NINE + 9 * LEASE) == []

    async def test_who_blocked_the_bot_costs_nothing_and_gets_one_when_they_are_back(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        await people.block(db, [ming.id], now=NINE)
        for days in range(3):
            assert await claim(db, at=NINE + days * A_DAY) == []
            assert not await work.waits(db, lambda one: one == ming.id, now=NINE + days * A_DAY)
        back = NINE + 2 * A_DAY + A_MINUTE
        await intake.keep(db, [intake.Waiting(1, ming.id, "{}", 0)], now=back)
        only = await claim_one(db, at=back)
        assert only.evening == FRIDAY + timedelta(days=2)
        assert len((await deliver(db, ming, only, at=back)).fragments) == 4

    async def test_a_digest_is_found_again_by_its_person_alone(
        self, db: Database, ming: Person, mei: Person, day: Sequence[Fragment]
    ) -> None:
        claimed = await claim_one(db)
        body = await deliver(db, ming, claimed)
        found = await digest.find(db, person_id=ming.id, digest_id=claimed.id)
        assert found is not None
        assert found.body == body
        assert await digest.find(db, person_id=mei.id, digest_id=claimed.id) is None
        assert await digest.find(db, person_id=ming.id, digest_id=999) is None

    @pytest.mark.parametrize("first", [0, 1])
    async def test_of_two_who_take_it_for_theirs_the_first_to_finish_is_sent(
        self, db: Database, ming: Person, day: Sequence[Fragment], first: int
    ) -> None:
        both = [await claim_one(db), await claim_one(db, at=NINE + LEASE)]
        quick, slow = both[first], both[1 - first]
        body = await body_of(db, ming, quick, ScriptedWriter(drafts=[sketch(2)]))
        assert await compose(db, ming, slow, ScriptedWriter(drafts=[sketch(1)])) is None
        assert await scripts(db, ming) == await offered(db, ming, body)
        found = await digest.find(db, person_id=ming.id, digest_id=quick.id)
        assert found is not None
        assert found.body == body
        assert len(await send_due(db, at=NINE + LEASE)) == 1


class TestOnTheSpot:
    async def test_it_is_to_be_done_at_once_and_only_once(self, db: Database, ming: Person) -> None:
        asked = await ask_now(db, ming)
        assert (asked.person_id, asked.evening, asked.due_at) == (ming.id, None, NOON)
        assert await claim(db, at=NOON) == []
        assert (await claim_one(db, at=NOON + LEASE)).id == asked.id

    async def test_the_same_request_asks_once(
        self, db: Database, ming: Person, mei: Person
    ) -> None:
        for person in (ming, ming, mei):
            await digest.ask_now(db, person_id=person.id, request_id=7, now=NOON)
        claimed = await claim(db, at=NOON)
        assert [one.person_id for one in claimed] == [ming.id, mei.id]

    async def test_it_leaves_the_evening_its_material_and_its_gold(
        self, db: Database, ming: Person, day: Sequence[Fragment], say: Say
    ) -> None:
        await keep(db, day[0])
        asked = await ask_now(db, ming, at=NOON + A_MINUTE)
        now = await deliver(db, ming, asked)
        await say("more", at=NOON + 2 * A_MINUTE)
        evening = await body_of(db, ming, await claim_one(db))
        assert [one.n for one in now.fragments] == [1, 2, 3, 4]
        assert [one.n for one in evening.fragments] == [1, 2, 3, 4, 5]
        assert evening.gold == now.gold == (Note(1, SAID[0]),)

    async def test_it_can_be_asked_for_as_often_as_wished(
        self, db: Database, ming: Person, day: Sequence[Fragment]
    ) -> None:
        for i in range(3):
            asked = await ask_now(db, ming, at=NOON + i * A_MINUTE)
            assert len((await deliver(db, ming, asked)).fragments) == 4

    async def test_it_covers_what_was_there_when_it_was_asked_for(
        self, db: Database, ming: Person, say: Say
    ) -> None:
        await say("before")
        asked = await ask_now(db, ming)
        await say("meanwhile")
        assert (await body_of(db, ming, asked)).fragments == (Note(1, "before"),)

    async def test_after_an_evening_it_holds_what_came_since(
        self, db: Database, ming: Person, day: Sequence[Fragment], say: Say
    ) -> None:
        await deliver(db, ming, await claim_one(db))
        await say("rain", at=NINE + A_MINUTE)
        asked = await ask_now(db, ming, at=NINE + 2 * A_MINUTE)
        assert (await body_of(db, ming, asked)).fragments == (Note(5, "rain"),)

    async def test_without_anything_new_it_says_only_that_and_is_done(
        self, db: Database, ming: Person
    ) -> None:
        asked = await ask_now(db, ming)
        assert await compose(db, ming, asked) is None
        assert [one.about for one in await send_due(db, at=NINE)] == [asked.id]
        assert await claim(db, at=NOON + LEASE) == []
        assert (await claim_one(db)).evening == FRIDAY

    async def test_it_needs_no_evening_hour(self, db: Database, ming: Person, say: Say) -> None:
        await say("rain")
        await people.wish(db, ming.id, Off(), now=NOON)
        assert await deliver(db, ming, await ask_now(db, ming))
        assert await claim(db) == []
        await people.wish(db, ming.id, When(time(21)), now=NOON)
        assert (await claim_one(db)).evening == FRIDAY
