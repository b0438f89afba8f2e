"""What an answer to a draft is taken as, and what is made of it."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from bot.domain.drafts import Line, Role, Script, Status, Version
from bot.domain.marks import Mark
from bot.domain.records import Fragment, Kind, Media, Person
from bot.errors import EngineError, Trouble
from bot.journey import draft, hear, meaning, own_forms, revise, seeds
from bot.journey.meaning import FIGURES, FINAL, GAP, LINK, WISH
from bot.journey.ports import DraftSketch
from bot.journey.revise import Told
from bot.store import drafts, fragments
from bot.store import keep as keeping
from bot.store.database import Database
from tests.fakes import FORMS, ScriptedInterviewer, ScriptedWriter, heard
from tests.journey.conftest import NOON, Say, everybody

SAID = (
    "坐到公司那一站,念頭就散了",
    "點子都是在捷運上來的,嗶卡出站就沒了",
    "我在手扶梯上錄音,後面的人一直看我",
    "回到座位打開檔案,只剩一句喂喂喂",
    "每天在捷運上想到三個點子",
)
DRAFT, ASK = 900, 901  # messages of the bot's
requests = count(1000)


def sketch() -> DraftSketch:
    hook, *beats = (Line(Role.TURN, text, (n,), quote=text) for n, text in enumerate(SAID, 1))
    return DraftSketch("t", (hook,), tuple(beats), None, gaps=("那天幾點?",))


@pytest.fixture
def writer() -> ScriptedWriter:
    """Writes one draft, and then is asked no more."""
    return ScriptedWriter(drafts=[sketch()])


@pytest.fixture
async def first(db: Database, ming: Person, say: Say, writer: ScriptedWriter) -> Version:
    """A draft, shown in message 900."""
    for text in SAID:
        await say(text)
    await draft.begin(
        db, person_id=ming.id, form="short", seed=None, request_id=next(requests), now=NOON
    )
    return await write(db, ming, writer)


async def write(db: Database, person: Person, *writers: ScriptedWriter) -> Version:
    """Write what is wanted; shown in message 900 from then on."""
    (wanted,) = await draft.claim(db, everybody, now=NOON)
    await draft.write(db, writers, ScriptedInterviewer(), FORMS, wanted, person, now=NOON)
    await draft.shown_as(db, person.id, wanted.id, DRAFT)
    sheet = await draft.show(db, person.id, wanted.id)
    assert sheet is not None
    return sheet.version


async def take(
    db: Database, person: Person, text: str, *, answers: int = DRAFT, at: int = 800
) -> revise.Taken | None:
    told = Told(person.id, answers, at, text)
    return await revise.take(db, told, request_id=next(requests), now=NOON)


def script(version: Version) -> Script:
    assert version.script is not None
    return version.script


async def recorded(db: Database, person: Person, say: Say, answers: int) -> Fragment:
    said = await say(
        "", kind=Kind.VOICE, reply_to_message=answers, media=(Media("f", "a.ogg", "audio/ogg", 9),)
    )
    assert await revise.spoken(db, answers=answers, fragment=said)
    return said


async def hear_it(db: Database, text: str) -> None:
    (hearing,) = await hear.claim(db, everybody, most=9, now=NOON)
    await hear.keep(db, hearing, heard(text), now=NOON)


async def test_a_wish_edited_before_it_is_carried_out_is_carried_out_as_edited(
    db: Database, ming: Person, first: Version
) -> None:
    await take(db, ming, "drop 1", at=800)
    edited = await revise.edited(db, person_id=ming.id, message_id=800, text="drop 2", now=NOON)
    assert edited is not None
    second = await write(db, ming)
    assert second.wish == "drop 2"
    assert [one.sources for one in script(second).beats] == [(2,), (4,), (5,)]


async def test_what_came_to_nothing_takes_no_number(
    db: Database, ming: Person, first: Version
) -> None:
    await take(db, ming, "drop 9")
    nothing = await write(db, ming)
    assert (nothing.script, nothing.trouble) == (None, "no beat")
    # A reply to the line that says so starts from the draft it was about.
    again = await take(db, ming, "drop 1")
    assert again is not None
    assert (again.version.number, again.version.base) == (2, 1)


async def test_a_model_that_fails_leaves_the_draft_as_it_is(
    db: Database, ming: Person, first: Version
) -> None:
    await take(db, ming, "more about the escalator")
    failing = ScriptedWriter(fails=EngineError(Trouble.TIMEOUT, "too slow"))
    assert (await write(db, ming, failing, ScriptedWriter(name="offline"))).trouble == "timeout"


async def test_a_model_is_given_the_script_in_hand_and_the_wish(
    db: Database, ming: Person, first: Version, writer: ScriptedWriter
) -> None:
    await take(db, ming, "start from version 1: more about the escalator")
    await write(db, ming, writer)
    asked = writer.drafts_asked[-1]
    assert (asked.base, asked.wish) == (first.script, "more about the escalator")


async def test_the_story_asked_for_instead_of_an_invented_one_goes_in(
    db: Database, ming: Person, say: Say, first: Version
) -> None:
    await take(db, ming, "編一個客戶的故事")
    assert (await write(db, ming)).trouble == Trouble.DECLINED
    answer = await say("我把點子寫在手背上", reply_to_message=DRAFT)
    assert (answer.about_draft, answer.aside) == (first.draft_id, False)
    await revise.answered(db, answers=DRAFT, fragment=answer, request_id=next(requests), now=NOON)
    second = await write(db, ming)
    assert ("我把點子寫在手背上", (answer.n,)) in [
        (b.text, b.sources) for b in script(second).beats
    ]
    assert script(second).gaps == ("那天幾點?",)


async def test_a_gap_is_answered_by_voice(
    db: Database, ming: Person, say: Say, first: Version
) -> None:
    await draft.shown_as(db, ming.id, first.id, ASK, asks=f"{GAP}0")
    said = await recorded(db, ming, say, ASK)
    await hear_it(db, "早上八點四十一分")
    second = await write(db, ming)
    assert (said.about_draft, said.aside) == (first.draft_id, False)
    assert "早上八點四十一分" in [one.text for one in script(second).beats]
    assert script(second).gaps == ()


async def test_nothing_is_made_of_a_wish_that_was_spoken(
    db: Database, ming: Person, say: Say, first: Version
) -> None:
    said = await recorded(db, ming, say, DRAFT)
    await hear_it(db, "drop 1")
    assert [one.sources for one in script(await write(db, ming)).beats] == [(3,), (4,), (5,)]
    async with db.read() as session:
        assert said.n not in [one.n for one in await fragments.since(session, ming.id, 0)]
        assert said.n not in [one.n for one in await fragments.texts(session, ming.id)]
        assert said.n in [one.n for one in await fragments.all_of(session, ming.id)]
    last = await seeds.choose(db, person_id=ming.id, text="", reply_to_message=None)
    assert last is not None
    assert last.n == len(SAID)


async def test_a_question_asked_instead_is_answered_and_the_draft_tried_again(
    db: Database, ming: Person, say: Say
) -> None:
    await say("下雨")
    await draft.begin(
        db, person_id=ming.id, form="short", seed=None, request_id=next(requests), now=NOON
    )
    thin = await write(db, ming, ScriptedWriter())
    assert thin.question
    answer = await say("雨傘忘在捷運上", reply_to_message=DRAFT)
    await revise.answered(db, answers=DRAFT, fragment=answer, request_id=next(requests), now=NOON)
    writer = ScriptedWriter()
    await write(db, ming, writer)
    assert answer.n in [one.n for one in writer.drafts_asked[0].material]


async def test_the_persons_own_text_may_be_edited_and_a_wish_about_it_means_the_script(
    db: Database, ming: Person, first: Version
) -> None:
    taken = await take(db, ming, "。".join(SAID), at=800)
    assert taken is not None
    assert (taken.kind, taken.version.by, taken.version.number) == (FINAL, "person", 2)
    await revise.edited(db, person_id=ming.id, message_id=800, text="改好了", now=NOON)
    await draft.shown_as(db, ming.id, taken.version.id, DRAFT)
    wish = await take(db, ming, "drop 1", at=801)
    assert wish is not None
    assert (wish.kind, wish.version.base) == (WISH, 2)
    assert len(script(await write(db, ming)).beats) == 3
    async with db.read() as session:
        stored = await drafts.version(session, ming.id, taken.version.id)
    assert stored is not None
    assert stored.text == "改好了"


async def test_lines_of_fragments_that_are_no_longer_theirs_fall_with_a_change(
    db: Database, ming: Person, first: Version
) -> None:
    async with db.write() as session:
        gone = await fragments.by_number(session, ming.id, 3)
        assert gone is not None
        await keeping.disown(session, gone.id)
    await take(db, ming, "move 4 to 1")
    assert [one.sources for one in script(await write(db, ming)).beats] == [(5,), (2,), (4,)]


@pytest.mark.parametrize(
    ("mark", "status"), [(Mark.GOLD, Status.KEPT), (Mark.NOT_MINE, Status.NEW)]
)
async def test_an_emoji_says_what_became_of_it(
    db: Database, ming: Person, first: Version, mark: Mark, status: Status
) -> None:
    assert await revise.mark(db, person_id=ming.id, message_id=DRAFT, mark=mark, now=NOON)
    sheet = await draft.show(db, ming.id, first.id)
    assert sheet is not None
    assert sheet.draft.status is status


async def test_a_link_and_figures_are_noted_and_changed_by_another_reply(
    db: Database, ming: Person, first: Version
) -> None:
    await draft.set_status(
        db, person_id=ming.id, version_id=first.id, status=Status.PUBLISHED, now=NOON
    )
    await draft.shown_as(db, ming.id, first.id, ASK, asks=LINK)
    for text, answers in (("https://x.com/a", ASK), ("812 views", DRAFT), ("播放 1.2 萬", DRAFT)):
        taken = await take(db, ming, text, answers=answers)
        assert taken is not None
        assert taken.kind == FIGURES
    nothing = await take(db, ming, "改天再說", answers=ASK)
    assert nothing is not None
    assert nothing.published is None
    sheet = await draft.show(db, ming.id, first.id)
    assert sheet is not None
    assert (sheet.draft.link, sheet.draft.figures) == ("https://x.com/a", "播放 1.2 萬")
    wish = await take(db, ming, "drop 1")
    assert wish is not None
    assert wish.kind == WISH


async def test_a_form_of_ones_own_never_hides_one_that_comes_with_the_bot(
    db: Database, ming: Person
) -> None:
    mine = replace(FORMS["post"], id="直播", own=True)
    await own_forms.keep(db, ming.id, mine, now=NOON)
    await own_forms.keep(db, ming.id, replace(mine, id="short", seconds=9.0), now=NOON)
    known = await own_forms.of(db, ming.id, FORMS)
    assert known["直播"].own
    assert known["short"] == FORMS["short"]
    (row, *_) = await own_forms.own(db, ming.id)
    assert await own_forms.remove(db, ming.id, row)
    assert not await own_forms.remove(db, ming.id, row)


async def test_somebody_elses_draft_is_nobodys_to_change(
    db: Database, ming: Person, mei: Person, first: Version
) -> None:
    assert await take(db, mei, "drop 1") is None
    later = NOON + timedelta(minutes=1)
    asked = await revise.ask(
        db, person_id=mei.id, version_id=first.id, wish="✂", request_id=next(requests), now=later
    )
    assert asked is None
    async with db.read() as session:
        assert await meaning.meant(session, mei.id, DRAFT) is None
