"""Drafts: wanted once, written once, and known by the messages that show them."""

import asyncio

import pytest

from bot.domain.drafts import Line, Role, Status, Version
from bot.domain.marks import Mark
from bot.domain.parcels import Content
from bot.domain.records import Person
from bot.errors import EngineError, Trouble
from bot.journey import draft, revise, takes
from bot.journey.capture import mark
from bot.journey.draft import Sheet
from bot.journey.ports import DraftAsk, DraftSketch, Writer
from bot.journey.seeds import Seed
from bot.store import draft_messages
from bot.store.database import Database
from tests.fakes import FORMS, ScriptedInterviewer, ScriptedWriter
from tests.journey.conftest import NOON, Say, everybody, send_due

SAID = (
    "坐到公司那一站,念頭就散了",
    "點子都是在捷運上來的,嗶卡出站就沒了",
    "我在手扶梯上錄音,後面的人一直看我",
    "回到座位打開檔案,只剩一句喂喂喂",
    "早餐店的蛋餅今天切成六塊",
    "老闆說切六塊看起來比較多",
    "我吃完第五塊才發現盤子換小了",
)


def line(n: int, role: Role = Role.TURN) -> Line:
    return Line(role, SAID[n - 1], (n,))


def sketch(*order: int) -> DraftSketch:
    return DraftSketch(
        "嗶卡出站", (line(2, Role.HOOK),), tuple(line(n) for n in order), None, prompt="draft@1"
    )


@pytest.fixture
async def day(say: Say) -> None:
    for text in SAID:
        await say(text)


async def wanted(db: Database, person: Person, *, request_id: int = 1, about: str = "") -> Version:
    seed = Seed(about) if about else None
    return await draft.begin(
        db, person_id=person.id, form="short", seed=seed, request_id=request_id, now=NOON
    )


async def written(db: Database, person: Person, *writers: Writer) -> list[Version]:
    """Write what is wanted now."""
    claimed = await draft.claim(db, everybody, now=NOON)
    for one in claimed:
        await draft.write(db, writers, ScriptedInterviewer(), FORMS, one, person, now=NOON)
    return claimed


async def sheet(db: Database, person: Person, version_id: int) -> Sheet:
    found = await draft.show(db, person.id, version_id)
    assert found is not None
    return found


async def test_the_same_request_wants_one_draft(db: Database, ming: Person, day: None) -> None:
    first, again = await wanted(db, ming), await wanted(db, ming)
    assert first.id == again.id
    assert len(await draft.claim(db, everybody, now=NOON)) == 1


async def test_what_is_written_is_stored_with_its_writer_and_sent_once(
    db: Database, ming: Person, day: None
) -> None:
    version = await wanted(db, ming)
    await written(db, ming, ScriptedWriter(name="claude", drafts=[sketch(1, 3, 4)]))
    found = await sheet(db, ming, version.id)
    assert found.version.script is not None
    assert [one.sources for one in found.version.script.beats] == [(1,), (3,), (4,)]
    assert (found.version.by, found.version.prompt) == ("claude", "draft@1")
    assert sorted(found.cited) == [1, 2, 3, 4]
    parcels = await send_due(db, at=NOON)
    assert [(one.kind, one.about) for one in parcels] == [(Content.DRAFT, version.id)]
    assert await send_due(db, at=NOON) == []


async def test_a_reply_to_its_message_is_known_to_be_about_it(
    db: Database, ming: Person, mei: Person, day: None
) -> None:
    version = await wanted(db, ming)
    await written(db, ming, ScriptedWriter(drafts=[sketch(1, 3, 4)]))
    await send_due(db, at=NOON)
    async with db.read() as session:
        shown = await draft_messages.shown_in(session, ming.id, 900)
        theirs = await draft_messages.shown_in(session, mei.id, 900)
    assert shown is not None
    assert (shown.version.id, theirs) == (version.id, None)


async def test_a_version_in_hand_is_nobody_elses_until_its_lease_runs_out(
    db: Database, ming: Person, day: None
) -> None:
    await wanted(db, ming)
    assert len(await draft.claim(db, everybody, now=NOON)) == 1
    assert await draft.claim(db, everybody, now=NOON + draft.LEASE / 2) == []
    assert len(await draft.claim(db, everybody, now=NOON + draft.LEASE)) == 1


async def test_one_person_has_one_draft_in_hand_at_a_time(
    db: Database, ming: Person, mei: Person, day: None
) -> None:
    for request_id in (1, 2):
        await wanted(db, ming, request_id=request_id)
        await wanted(db, mei, request_id=request_id)
    assert {one.person_id for one in await draft.claim(db, everybody, now=NOON)} == {42, 43}
    assert await draft.claim(db, everybody, now=NOON) == []


async def test_a_writer_cut_off_while_it_wrote_is_not_paid_again_and_that_is_said(
    db: Database, ming: Person, day: None
) -> None:
    class CutOff(ScriptedWriter):
        async def draft(self, ask: DraftAsk) -> DraftSketch | None:
            await super().draft(ask)
            raise asyncio.CancelledError

    paid, offline = CutOff(name="claude"), ScriptedWriter(name="offline", drafts=[sketch(1, 3, 4)])
    version = await wanted(db, ming)
    with pytest.raises(asyncio.CancelledError):
        await written(db, ming, paid, offline)
    await draft.give_back(db)
    await written(db, ming, paid, offline)
    found = (await sheet(db, ming, version.id)).version
    assert (found.by, found.trouble) == ("offline", Trouble.INTERRUPTED)
    assert len(paid.drafts_asked) == 1

    changed = await revise.ask(
        db, person_id=ming.id, version_id=version.id, wish="語氣再硬一點", request_id=2, now=NOON
    )
    assert changed
    with pytest.raises(asyncio.CancelledError):
        await written(db, ming, paid, offline)
    await draft.give_back(db)
    await written(db, ming, paid, offline)
    found = (await sheet(db, ming, changed.id)).version
    assert (found.script, found.trouble) == (None, Trouble.INTERRUPTED)
    assert len(paid.drafts_asked) == 2


async def test_what_a_dead_process_had_in_hand_is_taken_up_at_the_next_start(
    db: Database, ming: Person, day: None
) -> None:
    await wanted(db, ming)
    await draft.claim(db, everybody, now=NOON)
    await draft.give_back(db)
    assert len(await draft.claim(db, everybody, now=NOON)) == 1


async def test_who_still_writes_keeps_it(db: Database, ming: Person, day: None) -> None:
    await wanted(db, ming)
    (mine,) = await draft.claim(db, everybody, now=NOON)
    await draft.hold(db, mine, now=NOON + draft.LEASE / 2)
    assert await draft.claim(db, everybody, now=NOON + draft.LEASE) == []


async def test_of_two_who_wrote_it_the_first_to_store_is_the_one_that_is_sent(
    db: Database, ming: Person, day: None
) -> None:
    version = await wanted(db, ming)
    (late,) = await draft.claim(db, everybody, now=NOON)
    later = NOON + draft.LEASE
    (taken,) = await draft.claim(db, everybody, now=later)
    for one, order in ((taken, (4, 3, 1)), (late, (1, 3, 4))):
        writer = ScriptedWriter(drafts=[sketch(*order)])
        await draft.write(db, [writer], ScriptedInterviewer(), FORMS, one, ming, now=later)
    script = (await sheet(db, ming, version.id)).version.script
    assert script is not None
    assert [one.sources for one in script.beats] == [(4,), (3,), (1,)]
    assert len(await send_due(db, at=later)) == 1


async def test_too_little_for_a_script_becomes_one_question(
    db: Database, ming: Person, say: Say
) -> None:
    await say("雨下了一整天")
    version = await wanted(db, ming)
    await written(db, ming, ScriptedWriter())
    found = (await sheet(db, ming, version.id)).version
    assert found.script is None
    assert found.question is not None
    assert "雨下了一整天" in found.question


async def test_of_nothing_no_writer_is_asked(db: Database, ming: Person) -> None:
    version = await wanted(db, ming, about="火星")
    writer = ScriptedWriter()
    await written(db, ming, writer)
    assert writer.drafts_asked == []
    assert (await sheet(db, ming, version.id)).version.question


async def test_why_the_first_writer_did_not_is_told(db: Database, ming: Person, day: None) -> None:
    version = await wanted(db, ming)
    failing = ScriptedWriter(fails=EngineError(Trouble.BUDGET))
    await written(db, ming, failing, ScriptedWriter(name="offline", drafts=[sketch(1, 3, 4)]))
    found = (await sheet(db, ming, version.id)).version
    assert (found.by, found.trouble) == ("offline", Trouble.BUDGET)


class TestAnotherTake:
    async def test_it_stands_beside_the_first_and_knows_it(
        self, db: Database, ming: Person, day: None
    ) -> None:
        first = await wanted(db, ming)
        await written(db, ming, ScriptedWriter(drafts=[sketch(1, 3, 4)]))
        again = await takes.another(
            db, person_id=ming.id, draft_id=first.draft_id, request_id=2, now=NOON
        )
        assert again is not None
        other = DraftSketch("扇貝", (line(5, Role.HOOK),), (line(5), line(6), line(7)), None)
        writer = ScriptedWriter(drafts=[other])
        await written(db, ming, writer)
        found = await sheet(db, ming, again.id)
        assert [(one.id, one.take) for one in found.takes] == [(1, 1), (2, 2)]
        (told,) = writer.drafts_asked[0].takes
        assert [one.sources for one in told.beats] == [(1,), (3,), (4,)]
        assert (await sheet(db, ming, first.id)).version.script == told

    async def test_one_that_says_the_same_again_is_none(
        self, db: Database, ming: Person, day: None
    ) -> None:
        first = await wanted(db, ming)
        await written(db, ming, ScriptedWriter(drafts=[sketch(1, 3, 4)]))
        again = await takes.another(
            db, person_id=ming.id, draft_id=first.draft_id, request_id=2, now=NOON
        )
        assert again is not None
        await written(db, ming, ScriptedWriter(drafts=[sketch(4, 3, 1)]))
        found = (await sheet(db, ming, again.id)).version
        assert (found.script, found.trouble) == (None, Trouble.ALIKE)

    async def test_of_somebody_elses_there_is_none(
        self, db: Database, ming: Person, mei: Person, day: None
    ) -> None:
        first = await wanted(db, ming)
        for draft_id in (first.draft_id, 99):
            again = takes.another(db, person_id=mei.id, draft_id=draft_id, request_id=2, now=NOON)
            assert await again is None
        assert await draft.show(db, mei.id, first.id) is None


async def test_what_became_of_it_is_kept_and_only_its_persons_to_say(
    db: Database, ming: Person, mei: Person, day: None
) -> None:
    version = await wanted(db, ming)

    async def say_so(person: Person, status: Status) -> bool:
        return await draft.set_status(
            db, person_id=person.id, version_id=version.id, status=status, now=NOON
        )

    assert await say_so(ming, Status.FILMED)
    assert not await say_so(mei, Status.NEW)
    assert (await sheet(db, ming, version.id)).draft.status is Status.FILMED


async def test_what_was_taken_back_while_it_was_written_stands_in_no_draft(
    db: Database, ming: Person, day: None
) -> None:
    class Meanwhile(ScriptedWriter):
        async def draft(self, ask: DraftAsk) -> DraftSketch | None:
            await mark(db, person_id=ming.id, message_id=4, mark=Mark.NOT_MINE, now=NOON)
            return await super().draft(ask)

    version = await wanted(db, ming)
    await written(db, ming, Meanwhile(drafts=[sketch(1, 3, 4, 5)]))
    script = (await sheet(db, ming, version.id)).version.script
    assert script is not None
    assert [one.sources for one in script.beats] == [(1,), (3,), (5,)]
